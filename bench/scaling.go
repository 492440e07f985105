package main

import (
	"context"
	"fmt"

	"heygen-graphql/bench/internal/report"
	"heygen-graphql/bench/internal/results"
	"heygen-graphql/bench/internal/upstream"
	"heygen-graphql/bench/internal/workload"
)

// measureScaling measures this project's cost of a request by the length of the
// catalogue and of the page. It uses one client: with several, requests of a short
// catalogue would be coalesced, and long catalogues would look more expensive.
func (r *runner) measureScaling(ctx context.Context) error {
	var instances []*instance
	defer func() {
		for _, i := range instances {
			i.stop()
		}
	}()
	lengths, pageSizes := r.options.scaling()
	for _, groups := range lengths {
		if !r.selectsScaling(groups) {
			continue
		}
		running, err := r.startUpstream(ctx, fmt.Sprintf("upstream-%d", groups), groups)
		if err != nil {
			return err
		}
		defer running.Stop()
		control := upstreamControl{address: running.Address, catalogue: upstream.New(groups)}
		for _, s := range r.servers {
			if s.command[0] != projectBinary {
				break
			}
			if !r.options.selected(report.ScalingName(groups), s.name) {
				continue
			}
			i, err := r.startInstance(ctx, s, control)
			if err != nil {
				return err
			}
			instances = append(instances, i)
		}
	}
	for _, pageSize := range pageSizes {
		if err := r.measurePages(ctx, pageSize, instances); err != nil {
			return err
		}
	}
	return nil
}

// selectsScaling reports whether any server is selected for a catalogue length.
func (r *runner) selectsScaling(groups int) bool {
	for _, s := range r.servers {
		if r.options.selected(report.ScalingName(groups), s.name) {
			return true
		}
	}
	return false
}

// measurePages measures all instances with pages of one size.
func (r *runner) measurePages(ctx context.Context, pageSize int, instances []*instance) error {
	for _, i := range instances {
		groups := i.upstream.catalogue.Len()
		fmt.Fprintf(r.progress, "scaling: pages of %d, %d groups, %s\n", pageSize, groups, i.title)
		w := workload.Scaling(groups, pageSize, r.options.distinctPages())
		i.Key = results.Key{Workload: report.ScalingWorkload(groups, pageSize), Server: i.name}
		var staticBody []byte
		if err := i.setUp(ctx, r.options, w, w.Cases(i.upstream.catalogue), &staticBody); err != nil {
			return fmt.Errorf("%d groups, %s: %w", groups, i.title, err)
		}
	}
	for range r.options.rounds {
		for _, i := range instances {
			if err := r.measureOnce(ctx, i, 1, 0, r.options.time); err != nil {
				return err
			}
		}
	}
	return nil
}
