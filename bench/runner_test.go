package main

import (
	"context"
	"errors"
	"io"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"heygen-graphql/bench/internal/results"
)

// arena is a field with the contenders that need neither Node nor this project's
// binary, each a process all the same.
func arena(t *testing.T, only string) *field {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	f := &field{
		options: options{rounds: 2, time: 10 * time.Millisecond, only: regexp.MustCompile(only), quick: true},
		groups:  6000,
		paths:   paths{self: self, logs: t.TempDir()}, progress: io.Discard,
	}
	for _, c := range contenders {
		if c.command == nil || c.command[0] == "{self}" {
			f.contenders = append(f.contenders, c)
		}
	}
	return f
}

func TestARunMeasuresEachThatCanDoTheWorkload(t *testing.T) {
	f := arena(t, "^(group|typename)/")
	if err := f.all(t.Context()); err != nil {
		t.Fatal(err)
	}
	calls := map[string]float64{"group/gqlgen": 1, "group/proxy": 1, "group/upstream": 1, "group/static": 0, "typename/gqlgen": 0, "typename/static": 0, "typename/bare": 0}
	for _, workload := range []string{"group", "typename"} {
		for _, c := range f.contenders {
			want, measured := calls[workload+"/"+c.name]
			got, ok := f.results.Of(results.Cell{Workload: workload, Contender: c.name, Clients: 64})
			if ok != measured || got.Calls != want {
				t.Errorf("%s/%s: measured %v, %v calls", workload, c.name, ok, got.Calls)
			}
			if ok && (got.Rate <= 0 || got.P50 <= 0 || got.P99 < got.P50 || got.CPU <= 0 || got.Peak <= 0) {
				t.Errorf("%s/%s: %+v", workload, c.name, got)
			}
		}
	}
	if text := f.report(t.Context()).Markdown(); !strings.Contains(text, "| default gqlgen | ") {
		t.Error(text)
	}
}

func TestARunEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := arena(t, "^group/").all(ctx); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
