package main

import (
	"bytes"
	"context"
	"fmt"
	"time"

	"heygen-graphql/bench/internal/load"
	"heygen-graphql/bench/internal/process"
	"heygen-graphql/bench/internal/results"
	"heygen-graphql/bench/internal/workload"
)

// entrant is a contender that runs, with the requests of a workload.
type entrant struct {
	contender
	*process.Process
	requests [][]byte
	upstream heygen
}

const graphQLPath = "/graphql"

// render makes the requests. A GraphQL server is asked for its own cursors first.
func (e *entrant) render(w workload.Workload, cases []workload.Case) error {
	var cursors workload.Cursors
	if e.speaks == graphQL {
		var err error
		if cursors, err = w.Cursors(e.Address, graphQLPath); err != nil {
			return err
		}
	} else {
		cursors = make(workload.Cursors, w.Walk+1) // they are not looked at, but shall be as long
		for i := range cursors {
			cursors[i] = "EtWGaOcAAWju1iwNk_Kk5qaXYWDayYO2-mCuAt1Y"
		}
	}
	e.requests = nil
	for _, c := range cases {
		if e.speaks == rest {
			e.requests = append(e.requests, load.Get(e.Address, c.Target))
		} else {
			e.requests = append(e.requests, load.Post(e.Address, graphQLPath, w.Body(c, cursors)))
		}
	}
	return nil
}

// mostChecked bounds how many answers are looked at; they are spread over all.
const mostChecked = 50

// check compares answers with what the upstream has. What is static has the answer
// to the first request, whatever it is asked.
func (e *entrant) check(cases []workload.Case) error {
	step := max(1, len(cases)/mostChecked)
	for i := 0; i < len(cases); i += step {
		answer, err := load.Ask(e.Address, e.requests[i])
		if err != nil {
			return fmt.Errorf("request %d: %w", i, err)
		}
		switch {
		case e.speaks == rest && !bytes.Equal(answer, e.upstream.catalogue.Body(cases[i].Target)):
			err = fmt.Errorf("the answer is not the upstream's: %.300s", answer)
		case e.speaks == static:
			err = workload.Check(answer, cases[0].Want())
		case e.speaks != rest:
			err = workload.Check(answer, cases[i].Want())
		}
		if err != nil {
			return fmt.Errorf("request %d is answered wrongly: %w", i, err)
		}
	}
	return nil
}

// warm asks until a JIT has had its time and what can be kept is kept.
func (e *entrant) warm(ctx context.Context, o options) error {
	most, atMost := max(3000, 2*len(e.requests)), 4*time.Second
	if o.quick {
		most, atMost = 300, 200*time.Millisecond
	}
	_, err := load.Run(ctx, load.Options{Address: e.Address, Requests: e.requests, Clients: 64, Most: most, Time: atMost})
	return err
}

// measure is one cell in one round.
func (e *entrant) measure(ctx context.Context, clients int, time time.Duration) (results.Sample, error) {
	calls, err := e.upstream.calls()
	if err != nil {
		return results.Sample{}, err
	}
	e.ResetPeak()
	before, err := e.Usage()
	if err != nil {
		return results.Sample{}, err
	}
	measured, err := load.Run(ctx, load.Options{Address: e.Address, Requests: e.requests, Clients: clients, Time: time})
	if err != nil {
		return results.Sample{}, err
	}
	after, err := e.Usage()
	if err != nil {
		return results.Sample{}, err
	}
	since, err := e.upstream.calls()
	if err != nil {
		return results.Sample{}, err
	}
	return sampleOf(measured, after.CPU-before.CPU, after.Peak, since-calls), nil
}

func sampleOf(r load.Result, cpu time.Duration, peak, calls int64) results.Sample {
	return results.Sample{
		Rate: r.Rate(), P50: load.Percentile(r.Latencies, 50), P99: load.Percentile(r.Latencies, 99),
		CPU: cpu / time.Duration(r.Requests), Peak: peak, Calls: float64(calls) / float64(r.Requests),
	}
}
