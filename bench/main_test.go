package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"heygen-graphql/bench/internal/workload"
)

// TestMain lets the test binary run the subcommands, as the real binary does.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && subcommands[os.Args[1]] != nil {
		os.Exit(run(context.Background(), os.Args[1:], os.Stdout, os.Stderr))
	}
	os.Exit(m.Run())
}

func TestInvalidFlagIsReportedInOneLine(t *testing.T) {
	for _, c := range []struct{ args, want string }{
		{"-rounds 0", "-rounds"}, {"-rounds x", "-rounds"}, {"-time 1", "-time"}, {"-time 2h", "-time"}, {"-only (", "-only"},
		{"-write -quick", "-write"}, {"-write -only page", "-write"}, {"-write -baseline /bin/true", "-write"}, {"-baseline heygen-graphql", "-baseline"}, {"-baseline /nowhere", "-baseline"}, {"-baseline /", "-baseline"}, {"page", "page"}, {"-fast", "-fast"}, {"serve-static now", "serve-static"},
	} {
		var out, log bytes.Buffer
		if code := run(t.Context(), strings.Fields(c.args), &out, &log); code != 2 {
			t.Errorf("%s: exit code %d", c.args, code)
		}
		if message := log.String(); !strings.Contains(message, c.want) || strings.Count(message, "\n") != 1 || out.Len() > 0 {
			t.Errorf("%s: %q %q", c.args, message, out.String())
		}
	}
}

func TestHelpListsEveryFlag(t *testing.T) {
	var help bytes.Buffer
	if _, err := parseOptions([]string{"-h"}, &help); !errors.Is(err, flag.ErrHelp) {
		t.Error(err)
	}
	for _, name := range []string{"-rounds", "-time", "-only", "-quick", "-write", "-baseline"} {
		if !strings.Contains(help.String(), name+" ") && !strings.Contains(help.String(), name+"\n") {
			t.Errorf("no %s in\n%s", name, help.String())
		}
	}
}

func TestBaselineComparesTwoBuildsOnly(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	o, err := parseOptions([]string{"-baseline", self, "-only", "^page/off$"}, nil)
	if err != nil || o.rounds != 10 || o.needsNode() {
		t.Errorf("%+v %v", o, err)
	}
	selected := map[string]string{}
	for _, s := range o.servers() {
		if o.selected("page", s.name) {
			selected[s.name] = s.command[0] + " " + strings.Join(s.env, " ")
		}
	}
	if diff := cmp.Diff(map[string]string{"off": projectBinary + " CACHE_BYTES=0", "baseline-off": self + " CACHE_BYTES=0"}, selected); diff != "" {
		t.Error(diff)
	}
	if o, err = parseOptions([]string{"-baseline", self, "-rounds", "5"}, nil); err != nil || o.rounds != 5 {
		t.Errorf("%+v %v", o, err)
	}
}

func TestDefaultsMeasureEverything(t *testing.T) {
	o, err := parseOptions(nil, nil)
	if err != nil || o.rounds != 5 || o.time != 500*time.Millisecond || !o.needsNode() || !o.selected("page", "on") || len(o.conditions(workload.Workload{})) != 4 {
		t.Errorf("%+v %v", o, err)
	}
	o, err = parseOptions([]string{"-only", "^page/(on|proxy)$"}, nil)
	if err != nil || o.needsNode() || o.selected("same-page", "on") || o.selected("page", "off") || !o.selected("page", "proxy") {
		t.Errorf("%+v %v", o, err)
	}
}
