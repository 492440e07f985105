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

// runner measures the selected servers and collects the results.
type runner struct {
	options  options
	groups   int // in the upstream's full catalogue
	paths    paths
	servers  []server
	upstream *process.Process
	control  upstreamControl
	results  results.Results
	progress io.Writer
	note     string // for the report; may be empty
}

// compare builds, measures and reports. If a measurement fails, the server logs
// stay on disk and the error names their folder.
func compare(ctx context.Context, o options, out, progress io.Writer) error {
	folder, err := os.MkdirTemp("", "heygen-graphql-bench-")
	if err != nil {
		return err
	}
	r := &runner{options: o, groups: upstream.MaxGroups, progress: progress}
	if r.paths, err = prepare(ctx, folder, o.needsNode(), progress); err != nil {
		return err
	}
	r.servers, r.note = withoutTailcall(ctx, o.servers(), tailcallPath(r.paths.node))
	if r.note != "" {
		fmt.Fprintln(progress, r.note)
	}
	if err := r.measureAll(ctx); err != nil {
		return fmt.Errorf("%w (server logs: %s)", err, folder)
	}
	if err := os.RemoveAll(folder); err != nil {
		return err
	}
	return r.writeReport(ctx, out)
}

// measureAll measures every workload and, without a baseline, how the cost scales and
// searches.
func (r *runner) measureAll(ctx context.Context) error {
	running, err := r.startUpstream(ctx, "upstream", r.groups)
	if err != nil {
		return err
	}
	defer running.Stop()
	r.upstream = running
	r.control = upstreamControl{address: running.Address, catalogue: upstream.New(r.groups)}
	for _, w := range r.options.workloads() {
		if err := r.measureWorkload(ctx, w); err != nil {
			return fmt.Errorf("%s: %w", w.Name, err)
		}
	}
	if r.options.baseline != "" {
		return nil
	}
	if err := r.measureScaling(ctx); err != nil {
		return fmt.Errorf("scaling: %w", err)
	}
	if err := r.measureSearch(ctx); err != nil {
		return fmt.Errorf("search: %w", err)
	}
	return nil
}

func (r *runner) startUpstream(ctx context.Context, name string, groups int) (*process.Process, error) {
	return process.Start(ctx, process.Options{
		Name: "the upstream", Command: []string{r.paths.self, "serve-upstream"}, Env: []string{fmt.Sprintf("GROUPS=%d", groups)},
		Log: filepath.Join(r.paths.logs, name+".log"), Address: listenAddress,
	})
}

// startInstance starts a server that uses the given upstream. env is added to the
// server's environment.
func (r *runner) startInstance(ctx context.Context, s server, control upstreamControl, env ...string) (*instance, error) {
	i := &instance{server: s, Process: r.upstream, upstream: control}
	if s.command == nil {
		return i, nil
	}
	options, err := r.paths.processOptions(s, control.address, env...)
	if err != nil {
		return nil, err
	}
	running, err := process.Start(ctx, options)
	if err != nil {
		return nil, err
	}
	i.Process = running
	return i, nil
}

// measureWorkload starts the servers, checks their responses, warms them up and
// measures them in rounds. Every workload has new processes, so the memory and
// caches that one workload leaves behind do not affect the next.
func (r *runner) measureWorkload(ctx context.Context, w workload.Workload) error {
	if err := r.control.setGroups(w.Groups); err != nil {
		return err
	}
	instances, err := r.startInstances(ctx, w)
	defer func() {
		for _, i := range instances {
			i.stop()
		}
	}()
	if err != nil || len(instances) == 0 {
		return err
	}
	cases := w.Cases(r.control.catalogue)
	var staticBody []byte
	for _, i := range instances {
		fmt.Fprintf(r.progress, "%s: %s\n", w.Name, i.title)
		if err := i.setUp(ctx, r.options, w, cases, &staticBody); err != nil {
			return fmt.Errorf("%s: %w", i.title, err)
		}
	}
	for round := range r.options.rounds {
		fmt.Fprintf(r.progress, "%s: round %d\n", w.Name, round+1)
		slices.Reverse(instances) // so that none is always measured after the same other
		if err := r.measureRound(ctx, w, instances); err != nil {
			return err
		}
	}
	if err := r.control.setDelay(0); err != nil {
		return err
	}
	return r.measureOpen(ctx, w, instances)
}

// startInstances starts the servers of a workload concurrently. If it returns an
// error, it also returns the instances that did start.
func (r *runner) startInstances(ctx context.Context, w workload.Workload) ([]*instance, error) {
	var (
		starting  sync.WaitGroup
		instances = make([]*instance, len(r.servers))
		errs      = make([]error, len(r.servers))
	)
	for i, s := range r.servers {
		if r.options.selected(w.Name, s.name) && s.supports(w) {
			starting.Go(func() {
				if instances[i], errs[i] = r.startInstance(ctx, s, r.control, environmentFor(w)...); errs[i] == nil {
					instances[i].Key = results.Key{Workload: w.Name, Server: s.name}
				}
			})
		}
	}
	starting.Wait()
	return slices.DeleteFunc(instances, func(i *instance) bool { return i == nil }), errors.Join(errs...)
}

// measureRound measures each combination of clients and delay once, one instance
// after another.
func (r *runner) measureRound(ctx context.Context, w workload.Workload, instances []*instance) error {
	for _, c := range r.options.conditions(w) {
		duration := r.options.time
		if c.Delay > 0 || c.Clients == 1 && r.options.baseline == "" {
			duration /= 2 // enough for latencies; no target depends on the CPU time
		}
		if err := r.control.setDelay(c.Delay); err != nil {
			return err
		}
		for _, i := range instances {
			if c.Delay > 0 && (w.NoCalls || !i.callsUpstream()) {
				continue
			}
			if err := r.measureOnce(ctx, i, c.Clients, c.Delay, duration); err != nil {
				return err
			}
		}
	}
	return nil
}

// measureOnce adds one sample.
func (r *runner) measureOnce(ctx context.Context, i *instance, clients int, delay, duration time.Duration) error {
	sample, err := i.measure(ctx, clients, duration)
	if err != nil {
		return err
	}
	key := i.Key
	key.Clients, key.Delay = clients, delay
	r.results.Add(key, sample)
	return nil
}
