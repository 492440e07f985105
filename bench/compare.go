package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"time"

	"heygen-graphql/bench/internal/load"
	"heygen-graphql/bench/internal/process"
	"heygen-graphql/bench/internal/results"
	"heygen-graphql/bench/internal/upstream"
	"heygen-graphql/bench/internal/workload"
)

// field is where it all takes place.
type field struct {
	options  options
	paths    paths
	heygen   heygen
	results  results.Results
	progress io.Writer
}

// compare is the whole run.
func compare(ctx context.Context, o options, out, progress io.Writer) error {
	folder, err := os.MkdirTemp("", "heygen-graphql-bench-")
	if err != nil {
		return err
	}
	f := &field{options: o, progress: progress}
	if f.paths, err = prepare(ctx, folder, o.needsNode(), progress); err != nil {
		return err
	}
	server, err := process.Start(ctx, process.Options{
		Name: "the upstream", Command: []string{f.paths.self, "serve-upstream"}, Log: folder + "/upstream.log", Address: listening,
	})
	if err != nil {
		return err
	}
	defer server.Stop()
	f.heygen = heygen{address: server.Address, catalogue: upstream.New(upstream.Most)}
	for _, w := range workload.All {
		if err := f.workload(ctx, w); err != nil {
			return fmt.Errorf("%s: %w (the servers' logs are in %s)", w.Name, err, folder)
		}
	}
	for _, w := range workload.All {
		for _, c := range contenders {
			for _, clients := range []int{64, 1} {
				if s, ok := f.results.Of(results.Cell{Workload: w.Name, Contender: c.name, Clients: clients}); ok {
					fmt.Fprintf(out, "%-14s %-10s %2d  %6.0f/s  p50 %9s p99 %9s  cpu %9s  %4d MiB  %.2f calls\n", w.Name, c.name, clients, s.Rate, s.P50.Round(time.Microsecond), s.P99.Round(time.Microsecond), s.CPU.Round(time.Microsecond), s.Peak>>20, s.Calls)
				}
			}
		}
	}
	return os.RemoveAll(folder)
}

// takes tells whether a contender is measured in a workload.
func (o options) takes(w workload.Workload, c contender) bool {
	return c.can(w) && o.only.MatchString(w.Name+"/"+c.name)
}

func (o options) needsNode() bool {
	for _, w := range workload.All {
		for _, c := range contenders {
			if c.node && o.takes(w, c) {
				return true
			}
		}
	}
	return false
}

// workload starts the contenders, checks and warms them, and measures them in rounds.
func (f *field) workload(ctx context.Context, w workload.Workload) error {
	if err := f.heygen.shorten(w.Groups); err != nil {
		return err
	}
	var entrants []*entrant
	defer func() {
		for _, e := range entrants {
			e.Stop()
		}
	}()
	cases := w.Cases(f.heygen.catalogue)
	var answer []byte // of the first, for what is static
	for _, c := range contenders {
		if !f.options.takes(w, c) {
			continue
		}
		fmt.Fprintf(f.progress, "%s: %s\n", w.Name, c.title)
		running, err := process.Start(ctx, f.paths.options(c, f.heygen.address))
		if err != nil {
			return err
		}
		e := &entrant{contender: c, Process: running, upstream: f.heygen}
		entrants = append(entrants, e)
		if err := e.ready(ctx, f.options, w, cases, &answer); err != nil {
			return fmt.Errorf("%s: %w", c.title, err)
		}
	}
	for round := range f.options.rounds {
		fmt.Fprintf(f.progress, "%s: round %d\n", w.Name, round+1)
		if err := f.round(ctx, w, entrants); err != nil {
			return err
		}
	}
	return nil
}

// ready brings an entrant to where it can be measured.
func (e *entrant) ready(ctx context.Context, o options, w workload.Workload, cases []workload.Case, answer *[]byte) error {
	if err := e.render(w, cases); err != nil {
		return err
	}
	if e.speaks == static {
		if _, err := load.Ask(e.Address, load.Post(e.Address, "/control/answer", *answer)); err != nil {
			return err
		}
	}
	if err := e.check(cases); err != nil {
		return err
	}
	if *answer == nil {
		body, err := load.Ask(e.Address, e.requests[0])
		if err != nil {
			return err
		}
		*answer = body
	}
	return e.warm(ctx, o)
}

// round measures each cell once, all entrants after one another.
func (f *field) round(ctx context.Context, w workload.Workload, entrants []*entrant) error {
	for _, delay := range []time.Duration{0} {
		if err := f.heygen.slow(delay); err != nil {
			return err
		}
		for _, clients := range []int{64, 1} {
			for _, e := range entrants {
				sample, err := e.measure(ctx, clients, f.options.time)
				if err != nil {
					return fmt.Errorf("%s: %w", e.title, err)
				}
				f.results.Add(results.Cell{Workload: w.Name, Contender: e.name, Clients: clients, Delay: delay}, sample)
			}
		}
	}
	return f.heygen.slow(0)
}
