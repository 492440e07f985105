package main

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"heygen-graphql/bench/internal/load"
	"heygen-graphql/bench/internal/upstream"
	"heygen-graphql/bench/internal/workload"
)

func TestRequestsWithoutCachedResponsesAreNeverRepeated(t *testing.T) {
	i := &instance{server: server{protocol: graphQL}}
	i.Process = newTestInstance(t, upstreamControl{}, graphQL, http.NotFoundHandler()).Process
	var sent int
	seen := map[string]bool{}
	for _, w := range []workload.Workload{workload.SearchPages(700), workload.PlainPages(700)} {
		m := &searchMeasurement{instance: i, workload: w, cases: w.Cases(upstream.New(700)), distinct: true, sent: &sent}
		for range 3 {
			m.renew(100)
			if len(m.requests) != 100 || m.maxRequests != 100 {
				t.Fatalf("%d requests, at most %d are sent", len(m.requests), m.maxRequests)
			}
			for _, request := range m.requests {
				seen[string(request)] = true
			}
		}
	}
	if len(seen) != 600 {
		t.Errorf("%d of 600 requests are distinct", len(seen))
	}
}

func TestMeasurementEndsBeforeItRepeatsRequests(t *testing.T) {
	r := newTestRunner(t, "")
	running, err := r.startUpstream(t.Context(), "upstream", 100)
	if err != nil {
		t.Fatal(err)
	}
	defer running.Stop()
	control := upstreamControl{address: running.Address}
	i := &instance{Process: running, upstream: control, requests: [][]byte{load.GetRequest(running.Address, "/v3/avatars")}, maxRequests: 7}
	if _, err := i.measure(t.Context(), 2, time.Minute); err != nil {
		t.Fatal(err)
	}
	if calls, err := control.calls(); err != nil || calls != 7 {
		t.Errorf("%d requests, %v", calls, err)
	}
}

func TestFirstSearchFailsWithWrongResponse(t *testing.T) {
	control := startTestUpstream(t)
	for body, want := range map[string]string{
		`{"data":{"avatarGroups":{"nodes":[],"totalCount":0}}}`: "wrong response",
		`{"errors":[{"message":"no"}]}`:                         "wrong response",
	} {
		i := newTestInstance(t, control, graphQL, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, body) }))
		if _, err := i.sendFirstSearch(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", body, err)
		}
	}
}

// startTestMetrics starts a server each of whose responses is that of one more garbage
// collection, after which the next one starts at the given heap sizes.
func startTestMetrics(t *testing.T, goals ...int) *instance {
	var mu sync.Mutex
	collection := 0
	return newTestInstance(t, upstreamControl{}, graphQL, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		_, _ = fmt.Fprintf(w, "# TYPE go_gc_duration_seconds summary\ngo_gc_duration_seconds_count %d\ngo_memstats_next_gc_bytes %d\n", collection, goals[min(collection, len(goals)-1)])
		collection++
	}))
}

func TestLiveHeapIsTheLowestAfterTheSecondCollection(t *testing.T) {
	i := startTestMetrics(t, 100, 125, 3000, 2500, 2750, 3000)
	if live, err := i.liveHeap(t.Context()); err != nil || live != 2000 {
		t.Errorf("%d bytes, %v", live, err)
	}
	i = newTestInstance(t, upstreamControl{}, graphQL, http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	if _, err := i.liveHeap(t.Context()); err == nil || !strings.Contains(err.Error(), "go_gc_duration_seconds_count") {
		t.Error(err)
	}
}
