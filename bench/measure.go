package main

import (
	"context"
	"fmt"
	"time"

	"heygen-graphql/bench/internal/load"
	"heygen-graphql/bench/internal/results"
)

// measure is one cell in one round.
func (e *entrant) measure(ctx context.Context, clients int, time time.Duration) (results.Sample, error) {
	sample, err := e.sample(ctx, clients, time)
	if err != nil {
		return sample, fmt.Errorf("%s: %w", e.title, err)
	}
	return sample, nil
}

func (e *entrant) sample(ctx context.Context, clients int, time time.Duration) (results.Sample, error) {
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
