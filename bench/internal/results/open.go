package results

import (
	"maps"
	"slices"
	"time"

	"heygen-graphql/bench/internal/load"
)

// OpenKey identifies a measurement with a constant arrival rate.
type OpenKey struct {
	Workload string
	Server   string
	Rate     int // arrivals per second
}

// OpenSummary summarizes the rounds of a measurement with a constant arrival rate.
type OpenSummary struct {
	P50, P99, P999 time.Duration // of the requests of all rounds; from the scheduled arrival
	Rate           float64       // responses per second
	Saturated      bool          // in most of the rounds the server did not keep up
}

// AddOpen stores the result of a round.
func (r *Results) AddOpen(key OpenKey, result load.OpenResult) {
	if r.open == nil {
		r.open = map[OpenKey][]load.OpenResult{}
	}
	r.open[key] = append(r.open[key], result)
}

// OpenRates returns the arrival rates that a workload was measured at, in descending
// order.
func (r *Results) OpenRates(workload string) []int {
	rates := map[int]bool{}
	for key := range r.open {
		if key.Workload == workload {
			rates[key.Rate] = true
		}
	}
	sorted := slices.Sorted(maps.Keys(rates))
	slices.Reverse(sorted)
	return sorted
}

// Open summarizes all rounds: a single round has too few requests for a 99.9th
// percentile. It returns false if key was not measured.
func (r *Results) Open(key OpenKey) (OpenSummary, bool) {
	rounds := r.open[key]
	if len(rounds) == 0 {
		return OpenSummary{}, false
	}
	var (
		latencies []time.Duration
		rates     []float64
		saturated int
	)
	for _, round := range rounds {
		latencies = append(latencies, round.Latencies...)
		rates = append(rates, round.Rate())
		if !round.Sustained() {
			saturated++
		}
	}
	slices.Sort(latencies)
	return OpenSummary{
		P50: load.Percentile(latencies, 50), P99: load.Percentile(latencies, 99), P999: load.Percentile(latencies, 99.9),
		Rate: load.Median(rates), Saturated: 2*saturated > len(rounds),
	}, true
}
