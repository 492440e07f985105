// Package results keeps what was measured and finds the medians of it.
package results

import (
	"slices"
	"time"

	"heygen-graphql/bench/internal/load"
)

// Cell is what is measured alike in each round.
type Cell struct {
	Workload  string
	Contender string
	Clients   int
	Delay     time.Duration // of the upstream
}

// Sample is what one round has measured. What is "a request" is a mean.
type Sample struct {
	Rate     float64       // requests a second
	P50, P99 time.Duration // of a request
	CPU      time.Duration // a request, of the contender's process
	Peak     int64         // resident memory, bytes
	Calls    float64       // to the upstream, a request
}

// Results are the samples of a run. The zero Results has none.
type Results struct{ samples map[Cell][]Sample }

// Add keeps a sample.
func (r *Results) Add(c Cell, s Sample) {
	if r.samples == nil {
		r.samples = map[Cell][]Sample{}
	}
	r.samples[c] = append(r.samples[c], s)
}

// Of gives the medians of a cell, each figure by itself, and of its memory the most;
// false: it was not measured.
func (r *Results) Of(c Cell) (Sample, bool) {
	samples := r.samples[c]
	if len(samples) == 0 {
		return Sample{}, false
	}
	return Sample{
		Rate: median(samples, func(s Sample) float64 { return s.Rate }),
		P50:  median(samples, func(s Sample) time.Duration { return s.P50 }), P99: median(samples, func(s Sample) time.Duration { return s.P99 }),
		CPU:   median(samples, func(s Sample) time.Duration { return s.CPU }),
		Peak:  slices.MaxFunc(samples, func(a, b Sample) int { return int(a.Peak - b.Peak) }).Peak,
		Calls: median(samples, func(s Sample) float64 { return s.Calls }),
	}, true
}

func median[V interface{ ~int64 | ~float64 }](samples []Sample, figure func(Sample) V) V {
	values := make([]V, len(samples))
	for i, s := range samples {
		values[i] = figure(s)
	}
	return load.Median(values)
}
