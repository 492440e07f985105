package main

import (
	"context"
	"fmt"
	"time"

	"heygen-graphql/bench/internal/load"
	"heygen-graphql/bench/internal/results"
)

// measure takes one sample: one instance in one round.
func (i *instance) measure(ctx context.Context, clients int, duration time.Duration) (results.Sample, error) {
	sample, err := i.takeSample(ctx, clients, duration)
	if err != nil {
		return sample, fmt.Errorf("%s: %w", i.title, err)
	}
	return sample, nil
}

func (i *instance) takeSample(ctx context.Context, clients int, duration time.Duration) (results.Sample, error) {
	callsBefore, err := i.upstream.calls()
	if err != nil {
		return results.Sample{}, err
	}
	i.ResetPeak()
	before, err := i.Usage()
	if err != nil {
		return results.Sample{}, err
	}
	result, err := load.Run(ctx, load.Options{Address: i.Address, Requests: i.requests, Clients: clients, Duration: duration, MaxRequests: i.maxRequests})
	if err != nil {
		return results.Sample{}, err
	}
	after, err := i.Usage()
	if err != nil {
		return results.Sample{}, err
	}
	callsAfter, err := i.upstream.calls()
	if err != nil {
		return results.Sample{}, err
	}
	return newSample(result, after.CPU-before.CPU, after.Peak, callsAfter-callsBefore), nil
}

func newSample(r load.Result, cpu time.Duration, peak, calls int64) results.Sample {
	return results.Sample{
		Rate: r.Rate(), P50: load.Percentile(r.Latencies, 50), P99: load.Percentile(r.Latencies, 99),
		CPU: cpu / time.Duration(r.Requests), Peak: peak, Calls: float64(calls) / float64(r.Requests),
		Bytes: float64(r.Bytes) / float64(r.Requests), Coding: r.Coding,
	}
}
