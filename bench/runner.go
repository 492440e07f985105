package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"heygen-graphql/bench/internal/process"
	"heygen-graphql/bench/internal/results"
	"heygen-graphql/bench/internal/upstream"
	"heygen-graphql/bench/internal/workload"
)

// field is where it all takes place.
type field struct {
	options    options
	groups     int // how many there are in all
	paths      paths
	contenders []contender
	upstream   *process.Process
	heygen     heygen
	results    results.Results
	progress   io.Writer
}

// compare is the whole run. The servers' logs are kept where it fails.
func compare(ctx context.Context, o options, out, progress io.Writer) error {
	folder, err := os.MkdirTemp("", "heygen-graphql-bench-")
	if err != nil {
		return err
	}
	f := &field{options: o, groups: upstream.Most, progress: progress}
	if f.paths, err = prepare(ctx, folder, o.needsNode(), progress); err != nil {
		return err
	}
	f.contenders = contenders
	if err := f.all(ctx); err != nil {
		return fmt.Errorf("%w (the servers' logs are in %s)", err, folder)
	}
	if err := os.RemoveAll(folder); err != nil {
		return err
	}
	return f.tell(ctx, out)
}

// all is everything that is measured.
func (f *field) all(ctx context.Context) error {
	server, err := f.startUpstream(ctx, "upstream", f.groups)
	if err != nil {
		return err
	}
	defer server.Stop()
	f.upstream = server
	f.heygen = heygen{address: server.Address, catalogue: upstream.New(f.groups)}
	for _, w := range f.options.workloads() {
		if err := f.workload(ctx, w); err != nil {
			return fmt.Errorf("%s: %w", w.Name, err)
		}
	}
	if err := f.growth(ctx); err != nil {
		return fmt.Errorf("growth: %w", err)
	}
	return nil
}

func (f *field) startUpstream(ctx context.Context, name string, groups int) (*process.Process, error) {
	return process.Start(ctx, process.Options{
		Name: "the upstream", Command: []string{f.paths.self, "serve-upstream"}, Env: []string{fmt.Sprintf("GROUPS=%d", groups)},
		Log: filepath.Join(f.paths.logs, name+".log"), Address: listening,
	})
}

// start runs a contender before an upstream.
func (f *field) start(ctx context.Context, c contender, before heygen) (*entrant, error) {
	e := &entrant{contender: c, Process: f.upstream, upstream: before}
	if c.command == nil {
		return e, nil
	}
	running, err := process.Start(ctx, f.paths.options(c, before.address))
	if err != nil {
		return nil, err
	}
	e.Process = running
	return e, nil
}

// workload starts the contenders, checks and warms them, and measures them in
// rounds. They are new for each: what one workload leaves in a memory is no
// advantage, and no burden, in the next.
func (f *field) workload(ctx context.Context, w workload.Workload) error {
	if err := f.heygen.shorten(w.Groups); err != nil {
		return err
	}
	entrants, err := f.enter(ctx, w)
	defer func() {
		for _, e := range entrants {
			e.end()
		}
	}()
	if err != nil || len(entrants) == 0 {
		return err
	}
	cases := w.Cases(f.heygen.catalogue)
	var answer []byte
	for _, e := range entrants {
		fmt.Fprintf(f.progress, "%s: %s\n", w.Name, e.title)
		if err := e.ready(ctx, f.options, w, cases, &answer); err != nil {
			return fmt.Errorf("%s: %w", e.title, err)
		}
	}
	for round := range f.options.rounds {
		fmt.Fprintf(f.progress, "%s: round %d\n", w.Name, round+1)
		if err := f.round(ctx, w, entrants); err != nil {
			return err
		}
	}
	return f.heygen.slow(0)
}

// enter starts the contenders of a workload side by side. Beside an error it gives
// those that have started.
func (f *field) enter(ctx context.Context, w workload.Workload) ([]*entrant, error) {
	var (
		starting sync.WaitGroup
		entrants = make([]*entrant, len(f.contenders))
		failed   = make([]error, len(f.contenders))
	)
	for i, c := range f.contenders {
		if f.options.takes(w.Name, c.name) && c.can(w) {
			starting.Go(func() {
				if entrants[i], failed[i] = f.start(ctx, c, f.heygen); failed[i] == nil {
					entrants[i].Cell = results.Cell{Workload: w.Name, Contender: c.name}
				}
			})
		}
	}
	starting.Wait()
	return slices.DeleteFunc(entrants, func(e *entrant) bool { return e == nil }), errors.Join(failed...)
}

// round measures each cell once, all entrants after one another.
func (f *field) round(ctx context.Context, w workload.Workload, entrants []*entrant) error {
	for _, c := range f.options.cells() {
		if err := f.heygen.slow(c.Delay); err != nil {
			return err
		}
		for _, e := range entrants {
			if c.Delay > 0 && (w.Idle || !e.calls()) {
				continue
			}
			if err := f.cell(ctx, e, c.Clients, c.Delay); err != nil {
				return err
			}
		}
	}
	return nil
}

// cell measures one. Where the upstream is slow it is the time of a request that
// counts, which half as long shows as well.
func (f *field) cell(ctx context.Context, e *entrant, clients int, delay time.Duration) error {
	length := f.options.time
	if delay > 0 {
		length /= 2
	}
	sample, err := e.measure(ctx, clients, length)
	if err != nil {
		return err
	}
	c := e.Cell
	c.Clients, c.Delay = clients, delay
	f.results.Add(c, sample)
	return nil
}
