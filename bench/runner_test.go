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

// newTestRunner returns a runner with the servers that need neither Node nor the
// project's binary. Each is still a separate process.
func newTestRunner(t *testing.T, only string) *runner {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	r := &runner{
		options: options{rounds: 2, time: 10 * time.Millisecond, only: regexp.MustCompile(only), quick: true},
		groups:  6000,
		paths:   paths{self: self, logs: t.TempDir()}, progress: io.Discard,
	}
	for _, s := range servers {
		if s.command == nil || s.command[0] == "{self}" {
			r.servers = append(r.servers, s)
		}
	}
	return r
}

func TestRunnerMeasuresEveryServerThatSupportsTheWorkload(t *testing.T) {
	r := newTestRunner(t, "^(group|typename)/")
	if err := r.measureAll(t.Context()); err != nil {
		t.Fatal(err)
	}
	calls := map[string]float64{"group/gqlgen": 1, "group/proxy": 1, "group/upstream": 1, "group/static": 0, "typename/gqlgen": 0, "typename/static": 0, "typename/bare": 0}
	for _, workload := range []string{"group", "typename"} {
		for _, s := range r.servers {
			want, measured := calls[workload+"/"+s.name]
			got, ok := r.results.Medians(results.Key{Workload: workload, Server: s.name, Clients: 64})
			if ok != measured || got.Calls != want {
				t.Errorf("%s/%s: measured = %v, %v calls", workload, s.name, ok, got.Calls)
			}
			if ok && (got.Rate <= 0 || got.P50 <= 0 || got.P99 < got.P50 || got.CPU <= 0 || got.Peak <= 0) {
				t.Errorf("%s/%s: %+v", workload, s.name, got)
			}
		}
	}
	for _, rate := range r.results.OpenRates("group") {
		for _, s := range r.servers {
			if _, ok := r.results.Open(results.OpenKey{Workload: "group", Server: s.name, Rate: rate}); ok == (s.name == "bare") {
				t.Errorf("group/%s at %d requests/s: measured = %v", s.name, rate, ok)
			}
		}
	}
	if rates := r.results.OpenRates("group"); len(rates) == 0 || rates[0] != 2000 || len(r.results.OpenRates("typename")) > 0 {
		t.Errorf("arrival rates: %v", rates)
	}
	if markdown := r.buildReport(t.Context()).Markdown(); !strings.Contains(markdown, "| default gqlgen | ") {
		t.Error(markdown)
	}
}

func TestServersCompressResponsesForBrowsersOnly(t *testing.T) {
	r := newTestRunner(t, "^same-page(-browser)?/")
	if err := r.measureAll(t.Context()); err != nil {
		t.Fatal(err)
	}
	for server, coding := range map[string]string{"gqlgen": "zstd", "static": "gzip", "proxy": "identity", "upstream": "identity"} {
		plain, _ := r.results.Medians(results.Key{Workload: "same-page", Server: server, Clients: 64})
		browser, ok := r.results.Medians(results.Key{Workload: "same-page-browser", Server: server, Clients: 64})
		if !ok || plain.Coding != "identity" || browser.Coding != coding || (browser.Bytes < plain.Bytes/2) != (coding != "identity") {
			t.Errorf("%s: %.0f bytes of %s, from a browser %.0f of %s", server, plain.Bytes, plain.Coding, browser.Bytes, browser.Coding)
		}
	}
}

func TestRunnerMeasuresBothBuildsInEachRound(t *testing.T) {
	r := newTestRunner(t, "^group/")
	r.options.baseline = r.paths.self
	r.servers = []server{
		{name: "on", title: "this project", command: []string{selfBinary, "serve-gqlgen"}, address: listenAddress},
		{name: "baseline-on", title: "baseline", command: []string{r.paths.self, "serve-gqlgen"}, address: listenAddress},
	}
	if err := r.measureAll(t.Context()); err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if err := r.writeReport(t.Context(), &out); err != nil {
		t.Fatal(err)
	}
	for _, clients := range []string{"64", "1"} {
		if row := regexp.MustCompile(`\| one random group with ten fields; this project \| ` + clients + ` \| .* [012] of 2 \|`); !row.MatchString(out.String()) {
			t.Errorf("no row for %s clients in\n%s", clients, out.String())
		}
	}
}

func TestRunnerStopsWhenContextIsCanceled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := newTestRunner(t, "^group/").measureAll(ctx); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
