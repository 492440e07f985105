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

// startTestUpstream starts an upstream in the test process.
func startTestUpstream(t *testing.T) upstreamControl {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	catalogue := upstream.New(6000)
	running := upstream.Serve(listener, catalogue)
	t.Cleanup(running.Close)
	return upstreamControl{address: listener.Addr().String(), catalogue: catalogue}
}

// newTestInstance returns an instance whose server runs in the test process.
func newTestInstance(t *testing.T, control upstreamControl, p protocol, handler http.Handler) *instance {
	running := httptest.NewServer(handler)
	t.Cleanup(running.Close)
	return &instance{server: server{title: "test", protocol: p}, Process: &process.Process{Address: running.Listener.Addr().String()}, upstream: control}
}

func TestDefaultGqlgenServesEveryWorkload(t *testing.T) {
	control := startTestUpstream(t)
	i := newTestInstance(t, control, graphQL, gqlgen.Server("http://"+control.address, "sk", false))
	for _, w := range append(workload.All(3), workload.Scaling(600, 100, 3)) {
		control.catalogue.SetLen(w.Groups)
		cases := w.Cases(control.catalogue)
		if err := i.buildRequests(w, cases); err != nil {
			t.Fatal(w.Name, err)
		}
		if err := i.checkResponses(cases, 20); err != nil {
			t.Error(w.Name, err)
		}
	}
}

func TestWrongResponseFailsBeforeTiming(t *testing.T) {
	control := startTestUpstream(t)
	w := workload.All(3)[0]
	cases := w.Cases(control.catalogue)
	base, err := url.Parse("http://" + control.address)
	if err != nil {
		t.Fatal(err)
	}
	for name, i := range map[string]*instance{
		"static":   newTestInstance(t, control, static, reference.Static()),
		"redirect": newTestInstance(t, control, rest, http.RedirectHandler("/elsewhere", http.StatusFound)),
		"wrong page": newTestInstance(t, control, rest, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			r.URL.RawQuery = "limit=50" // always the first page
			reference.Proxy(base).ServeHTTP(w, r)
		})),
	} {
		staticBody := []byte(`{"data":{"avatarGroups":null}}`)
		if err := i.setUp(t.Context(), options{quick: true}, w, cases, &staticBody); err == nil || !strings.Contains(err.Error(), "request 0") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestStaticServerNeedsGraphQLServer(t *testing.T) {
	control := startTestUpstream(t)
	w := workload.All(3)[0]
	var staticBody []byte
	err := newTestInstance(t, control, static, reference.Static()).setUp(t.Context(), options{quick: true}, w, w.Cases(control.catalogue), &staticBody)
	if err == nil || !strings.Contains(err.Error(), "no GraphQL server") {
		t.Error(err)
	}
}

func TestSampleIsMeanPerRequest(t *testing.T) {
	s := newSample(load.Result{Requests: 4, Elapsed: 2 * time.Second, Latencies: []time.Duration{1, 2, 3, 4}, Bytes: 10, Coding: "br"}, 10*time.Millisecond, 99, 6)
	if s.Rate != 2 || s.P50 != 2 || s.P99 != 4 || s.CPU != 2500*time.Microsecond || s.Peak != 99 || s.Calls != 1.5 || s.Bytes != 2.5 || s.Coding != "br" {
		t.Errorf("%+v", s)
	}
}

func TestNodePackagesAreOutdatedIfOlderThanLockFile(t *testing.T) {
	folder := t.TempDir()
	writeAt := func(name string, hour int) {
		file := filepath.Join(folder, name)
		modified := time.Date(2026, 1, 1, hour, 0, 0, 0, time.UTC)
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, nil, 0o644), os.Chtimes(file, modified, modified)); err != nil {
			t.Fatal(err)
		}
	}
	writeAt("package-lock.json", 2)
	if !outdated(folder) {
		t.Error("not outdated, though no packages are installed")
	}
	writeAt("node_modules/.package-lock.json", 1)
	if !outdated(folder) {
		t.Error("not outdated, though the packages are older")
	}
	writeAt("node_modules/.package-lock.json", 3)
	if outdated(folder) {
		t.Error("outdated, though the packages are newer")
	}
}
