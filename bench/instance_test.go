package main

import (
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"heygen-graphql/bench/internal/gqlgen"
	"heygen-graphql/bench/internal/load"
	"heygen-graphql/bench/internal/process"
	"heygen-graphql/bench/internal/reference"
	"heygen-graphql/bench/internal/upstream"
	"heygen-graphql/bench/internal/workload"
)

// before is an upstream within the test.
func before(t *testing.T) heygen {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	c := upstream.New(6000)
	server := upstream.Serve(listener, c)
	t.Cleanup(server.Close)
	return heygen{address: listener.Addr().String(), catalogue: c}
}

// entered is a server within the test as an entrant.
func entered(t *testing.T, upstream heygen, s speaks, handler http.Handler) *entrant {
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return &entrant{contender: contender{title: "it", speaks: s}, Process: &process.Process{Address: server.Listener.Addr().String()}, upstream: upstream}
}

func TestDefaultGqlgenAnswersEveryWorkload(t *testing.T) {
	h := before(t)
	e := entered(t, h, graphQL, gqlgen.Server("http://"+h.address, "sk"))
	for _, w := range append(workload.All(3), workload.Growth(600, 100, 3)) {
		h.catalogue.Shorten(w.Groups)
		cases := w.Cases(h.catalogue)
		if err := e.render(w, cases); err != nil {
			t.Fatal(w.Name, err)
		}
		if err := e.check(cases, 20); err != nil {
			t.Error(w.Name, err)
		}
	}
}

func TestAWrongAnswerFailsTheRunBeforeItIsTimed(t *testing.T) {
	h := before(t)
	w := workload.All(3)[0]
	cases := w.Cases(h.catalogue)
	right, err := url.Parse("http://" + h.address)
	if err != nil {
		t.Fatal(err)
	}
	for name, e := range map[string]*entrant{
		"static": entered(t, h, static, reference.Static()),
		"rest":   entered(t, h, rest, http.RedirectHandler("/elsewhere", http.StatusFound)),
		"other": entered(t, h, rest, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			r.URL.RawQuery = "limit=50" // always the first page
			reference.Proxy(right).ServeHTTP(w, r)
		})),
	} {
		answer := []byte(`{"data":{"avatarGroups":null}}`)
		if err := e.ready(t.Context(), options{quick: true}, w, cases, &answer); err == nil || !strings.Contains(err.Error(), "request 0") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAStaticAnswerNeedsOneToGive(t *testing.T) {
	h := before(t)
	w := workload.All(3)[0]
	var none []byte
	err := entered(t, h, static, reference.Static()).ready(t.Context(), options{quick: true}, w, w.Cases(h.catalogue), &none)
	if err == nil || !strings.Contains(err.Error(), "no GraphQL server") {
		t.Error(err)
	}
}

func TestWhatIsARequestIsAMean(t *testing.T) {
	s := sampleOf(load.Result{Requests: 4, Elapsed: 2 * time.Second, Latencies: []time.Duration{1, 2, 3, 4}}, 10*time.Millisecond, 99, 6)
	if s.Rate != 2 || s.P50 != 2 || s.P99 != 4 || s.CPU != 2500*time.Microsecond || s.Peak != 99 || s.Calls != 1.5 {
		t.Errorf("%+v", s)
	}
}

func TestPackagesAreStaleWhereTheyAreOlderThanTheirList(t *testing.T) {
	folder := t.TempDir()
	at := func(name string, hour int) {
		file := filepath.Join(folder, name)
		when := time.Date(2026, 1, 1, hour, 0, 0, 0, time.UTC)
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, nil, 0o644), os.Chtimes(file, when, when)); err != nil {
			t.Fatal(err)
		}
	}
	at("package-lock.json", 2)
	if !stale(folder) {
		t.Error("there are none")
	}
	at("node_modules/.package-lock.json", 1)
	if !stale(folder) {
		t.Error("they are older")
	}
	at("node_modules/.package-lock.json", 3)
	if stale(folder) {
		t.Error("they are newer")
	}
}
