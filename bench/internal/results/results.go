// Package results stores samples and computes their medians.
package results

import (
	"slices"
	"time"

	"heygen-graphql/bench/internal/load"
)

// Key identifies a measurement that is repeated in each round.
type Key struct {
	Workload string
	Server   string
	Clients  int
	Delay    time.Duration // before each response of the upstream
}

// Sample holds the measurements of one round. Values per request are means.
type Sample struct {
	Rate     float64       // requests a second
	P50, P99 time.Duration // latency of a request
	CPU      time.Duration // per request, of the server's process
	Peak     int64         // resident memory in bytes
	Calls    float64       // to the upstream, per request
	Bytes    float64       // on the wire, per response with its head
	Coding   string        // of the response bodies
}

// Results holds the samples of a run. The zero value is empty.
type Results struct {
	samples map[Key][]Sample
	open    map[OpenKey][]load.OpenResult

	firstSearches map[int][]FirstSearch // by length of the list
	indexBytes    map[int][]int64
}

// Add stores a sample.
func (r *Results) Add(key Key, s Sample) {
	if r.samples == nil {
		r.samples = map[Key][]Sample{}
	}
	r.samples[key] = append(r.samples[key], s)
}

// Samples returns the samples of key, one for each round.
func (r *Results) Samples(key Key) []Sample { return r.samples[key] }

// Medians returns the median of each value separately, the maximum of the peak memory,
// and the first coding. It returns false if key was not measured.
func (r *Results) Medians(key Key) (Sample, bool) {
	samples := r.samples[key]
	if len(samples) == 0 {
		return Sample{}, false
	}
	return Sample{
		Rate: median(samples, func(s Sample) float64 { return s.Rate }),
		P50:  median(samples, func(s Sample) time.Duration { return s.P50 }), P99: median(samples, func(s Sample) time.Duration { return s.P99 }),
		CPU:   median(samples, func(s Sample) time.Duration { return s.CPU }),
		Peak:  slices.MaxFunc(samples, func(a, b Sample) int { return int(a.Peak - b.Peak) }).Peak,
		Calls: median(samples, func(s Sample) float64 { return s.Calls }),
		Bytes: median(samples, func(s Sample) float64 { return s.Bytes }), Coding: samples[0].Coding,
	}, true
}

func median[T any, V interface{ ~int64 | ~float64 }](samples []T, value func(T) V) V {
	values := make([]V, len(samples))
	for i, s := range samples {
		values[i] = value(s)
	}
	return load.Median(values)
}
