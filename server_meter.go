package main

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
	state   atomic.Pointer[func() metrics.State]
}

func newMeter(log *slog.Logger) *meter {
	m := &meter{}
	codes := make([]string, len(graph.Codes))
	for i, code := range graph.Codes {
		codes[i] = string(code)
	}
	codes = append(codes, callerLeft)
	m.metrics = metrics.New(metrics.Options{
		Codes: codes, Endpoints: heygen.Endpoints(), Outcomes: heygen.Outcomes(), Froms: heygen.Froms(), Refusals: slices.Sorted(maps.Values(doors)), Logger: log,
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
	if r.Refused {
		m.metrics.Refused(doors[r.Status])
		return
	}
	code := string(r.Code)
	if r.Status == 0 {
		code = callerLeft
	}
	m.metrics.Operation(code, r.Status, r.Took, r.Cost)
	for _, asked := range r.Asked {
		m.metrics.Answers(asked.Endpoint, string(asked.From), asked.Times)
	}
}
