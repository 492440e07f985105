package main

import (
	"context"
	"fmt"
	"slices"

	"heygen-graphql/bench/internal/load"
	"heygen-graphql/bench/internal/report"
	"heygen-graphql/bench/internal/results"
	"heygen-graphql/bench/internal/workload"
)

// openClients is above the number of requests that a server has at once, unless it is
// saturated.
const openClients = 128

// measureOpen measures the instances of a workload at two constant arrival rates, in
// rounds. It needs the results with 64 clients.
func (r *runner) measureOpen(ctx context.Context, w workload.Workload, instances []*instance) error {
	if r.options.baseline != "" || !slices.Contains(report.OpenWorkloads, w.Name) || r.options.quick && w.Name != report.OpenWorkloads[1] {
		return nil
	}
	rates := []int{report.OpenRate, r.halfOfSlowest(instances)}
	for round := range r.options.rounds {
		fmt.Fprintf(r.progress, "%s: constant arrival rates, round %d\n", w.Name, round+1)
		slices.Reverse(instances)
		for _, rate := range slices.Compact(rates) {
			for _, i := range instances {
				result, err := load.RunOpen(ctx, load.OpenOptions{
					Address: i.Address, Requests: i.requests, Rate: rate, Duration: 2 * r.options.time, Clients: openClients,
				})
				if err != nil {
					return fmt.Errorf("%s: %w", i.title, err)
				}
				r.results.AddOpen(results.OpenKey{Workload: w.Name, Server: i.name, Rate: rate}, result)
			}
		}
	}
	return nil
}

// halfOfSlowest returns a rate that all instances can sustain: half of what the slowest
// reached with 64 clients, rounded down to a multiple of ten, and below the fixed one.
func (r *runner) halfOfSlowest(instances []*instance) int {
	slowest := 2.0 * report.OpenRate
	for _, i := range instances {
		key := i.Key
		key.Clients = 64
		if s, ok := r.results.Medians(key); ok {
			slowest = min(slowest, s.Rate)
		}
	}
	return max(10, int(slowest/2)/10*10)
}
