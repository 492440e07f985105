package main

import (
	"context"
	"log/slog"
	"maps"
	"net/http"
	"slices"
	"sync/atomic"

	"heygen-graphql/graph"
	"heygen-graphql/graph/errcode"
	"heygen-graphql/heygen"
	"heygen-graphql/heygen/cached"
	"heygen-graphql/internal/cache"
	"heygen-graphql/internal/metrics"
)

// doors are what requests are refused by before they are operations, by the HTTP
// status of the answer.
var doors = map[int]string{
	http.StatusUnauthorized: "token", http.StatusForbidden: "origin", http.StatusMisdirectedRequest: "host", http.StatusServiceUnavailable: "overloaded",
}

// callerLeft is the code of operations to whose answer nobody listened.
const callerLeft = "CLIENT_CLOSED_REQUEST"

// meter counts what happens for /metrics.
type meter struct {
	metrics *metrics.Metrics
	state   atomic.Pointer[func() metrics.Snapshot]
}

func newMeter(log *slog.Logger) *meter {
	m := &meter{}
	codes := make([]string, len(errcode.All))
	for i, code := range errcode.All {
		codes[i] = string(code)
	}
	codes = append(codes, callerLeft)
	m.metrics = metrics.New(metrics.Options{
		Codes: codes, Endpoints: heygen.Endpoints(), Outcomes: heygen.Outcomes(), CacheResults: cache.Results(), Rejections: slices.Sorted(maps.Values(doors)), Logger: log,
		Snapshot: func() metrics.Snapshot { return (*m.state.Load())() },
	})
	return m
}

// watch tells the metrics where to look at each scrape.
func (m *meter) watch(kept *cached.Client, api *graph.Handler) {
	state := func() metrics.Snapshot {
		s := metrics.Snapshot{Operations: api.InFlight(), CacheBytes: kept.Size(), OpenBreakers: map[string]int{}}
		for _, load := range kept.Stats() {
			s.Credentials++
			s.UpstreamInFlight += load.InFlight
			s.UpstreamQueued += load.Queued
			if load.PausedFor > 0 {
				s.RateLimited++
			}
			for _, endpoint := range load.OpenBreakers {
				s.OpenBreakers[endpoint]++
			}
		}
		return s
	}
	m.state.Store(&state)
}

func (m *meter) call(_ context.Context, c heygen.Call) {
	m.metrics.UpstreamRequest(c.Endpoint, c.Outcome(), c.Duration)
}

func (m *meter) operation(r graph.OperationRecord) {
	if r.Rejected {
		m.metrics.Rejected(doors[r.Status])
		return
	}
	code := string(r.Code)
	if r.Status == 0 {
		code = callerLeft
	}
	m.metrics.Operation(code, r.Status, r.Duration, r.Cost)
	for _, asked := range r.Upstream {
		m.metrics.CacheRequest(asked.Endpoint, string(asked.Result), asked.Count)
	}
}
