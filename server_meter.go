package main

import (
	"context"
	"log/slog"
	"sync/atomic"

	"heygen-graphql/graph"
	"heygen-graphql/heygen"
	"heygen-graphql/heygen/cached"
	"heygen-graphql/internal/metrics"
)

// meter counts what happens for /metrics.
type meter struct {
	metrics *metrics.Metrics
	state   atomic.Pointer[func() metrics.State]
}

func newMeter(log *slog.Logger) *meter {
	m := &meter{}
	codes := make([]string, len(graph.Codes))
	for i, code := range graph.Codes {
		codes[i] = string(code)
	}
	m.metrics = metrics.New(metrics.Options{
		Codes: codes, Endpoints: heygen.Endpoints(), Outcomes: heygen.Outcomes(), Froms: heygen.Froms(), Logger: log,
		State: func() metrics.State { return (*m.state.Load())() },
	})
	return m
}

// watch tells the metrics where to look at each scrape.
func (m *meter) watch(kept *cached.Client, api *graph.Handler) {
	state := func() metrics.State {
		s := metrics.State{Operations: api.UnderWay(), CacheBytes: kept.Bytes(), OpenBreakers: map[string]int{}}
		for _, load := range kept.Loads() {
			s.Credentials++
			s.CallsUnderWay += load.UnderWay
			s.CallsWaiting += load.Waiting
			if load.Paused > 0 {
				s.Pauses++
			}
			for _, endpoint := range load.Open {
				s.OpenBreakers[endpoint]++
			}
		}
		return s
	}
	m.state.Store(&state)
}

func (m *meter) call(_ context.Context, c heygen.Call) {
	m.metrics.Call(c.Endpoint, c.Outcome(), c.Took)
}

func (m *meter) operation(r graph.Record) {
	m.metrics.Operation(string(r.Code), r.Status, r.Took, r.Cost)
	for endpoint, by := range r.Asked {
		for from, n := range by {
			for range n {
				m.metrics.Answer(endpoint, string(from))
			}
		}
	}
}
