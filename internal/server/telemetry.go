package server

import (
	"context"
	"log/slog"
	"maps"
	"net/http"
	"slices"
	"sync/atomic"

	"heygen-graphql/graph"
	"heygen-graphql/heygen"
	"heygen-graphql/heygen/cached"
	"heygen-graphql/internal/cache"
	"heygen-graphql/internal/metrics"
)

// rejectionReasons are what requests are refused by before they are operations, by the HTTP
// status of the answer.
var rejectionReasons = map[int]string{
	http.StatusUnauthorized: "token", http.StatusForbidden: "origin", http.StatusMisdirectedRequest: "host", http.StatusServiceUnavailable: "overloaded",
}

// clientClosedRequest is the code of operations to whose answer nobody listened.
const clientClosedRequest = "CLIENT_CLOSED_REQUEST"

// Telemetry counts what happens for /metrics.
type Telemetry struct {
	metrics  *metrics.Metrics
	snapshot atomic.Pointer[func() metrics.Snapshot]
}

func NewTelemetry(log *slog.Logger) *Telemetry {
	m := &Telemetry{}
	codes := make([]string, len(graph.Codes))
	for i, code := range graph.Codes {
		codes[i] = string(code)
	}
	codes = append(codes, clientClosedRequest)
	m.metrics = metrics.New(metrics.Options{
		Codes: codes, Endpoints: heygen.Endpoints(), Outcomes: heygen.Outcomes(), CacheResults: cache.Results(), Rejections: slices.Sorted(maps.Values(rejectionReasons)), Logger: log,
		Snapshot: func() metrics.Snapshot { return (*m.snapshot.Load())() },
	})
	return m
}

// CollectFrom tells the metrics where to look at each scrape.
func (m *Telemetry) CollectFrom(client *cached.Client, api *graph.Handler) {
	state := func() metrics.Snapshot {
		s := metrics.Snapshot{Operations: api.InFlight(), CacheBytes: client.Size(), OpenBreakers: map[string]int{}}
		for _, load := range client.Stats() {
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
	m.snapshot.Store(&state)
}

func (m *Telemetry) UpstreamCall(_ context.Context, c heygen.Call) {
	m.metrics.UpstreamRequest(c.Endpoint, c.Outcome(), c.Duration)
}

func (m *Telemetry) Operation(r graph.OperationRecord) {
	if r.Rejected {
		m.metrics.Rejected(rejectionReasons[r.Status])
		return
	}
	code := string(r.Code)
	if r.Status == 0 {
		code = clientClosedRequest
	}
	m.metrics.Operation(code, r.Status, r.Duration, r.Cost)
	for _, upstream := range r.Upstream {
		m.metrics.CacheRequest(upstream.Endpoint, string(upstream.Result), upstream.Count)
	}
}
