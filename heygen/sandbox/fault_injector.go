package sandbox

import (
	"context"
	"math/rand/v2"
	"slices"
	"sync"
	"time"
)

// faultInjector decides the latency and the fault of each API call.
type faultInjector struct {
	mu      sync.Mutex
	rand    *rand.Rand
	queued  []Fault
	options Options
	kinds   []Fault
}

func (d *faultInjector) init(options Options) {
	d.options, d.kinds = options, options.Faults
	if len(d.kinds) == 0 {
		d.kinds = AllFaults()
	}
	d.rand = rand.New(rand.NewPCG(options.Seed, 0))
}

// QueueFaults injects these faults into the next API calls, one each and in this order, after those already queued. OK
// stands for a call without a fault. While the queue is not empty, Options.FaultRate does not apply. It panics for a fault
// that is not in [AllFaults].
func (s *Sandbox) QueueFaults(faults ...Fault) {
	mustBeKnown(faults)
	s.injector.mu.Lock()
	defer s.injector.mu.Unlock()
	s.injector.queued = append(s.injector.queued, faults...)
}

// SetFaults replaces Options.FaultRate and Options.Faults: from now on, this share of the API calls fails with one of these
// faults (none: any). It panics for a fault that is not in [AllFaults].
func (s *Sandbox) SetFaults(rate float64, faults ...Fault) {
	mustBeKnown(faults)
	s.injector.mu.Lock()
	defer s.injector.mu.Unlock()
	s.injector.options.FaultRate = rate
	if s.injector.kinds = slices.Clone(faults); len(faults) == 0 {
		s.injector.kinds = AllFaults()
	}
}

// next draws random numbers for a call even if a fault is queued, so that the queue does not shift the sequence of the
// calls after it.
func (d *faultInjector) next() (Fault, time.Duration) {
	d.mu.Lock()
	defer d.mu.Unlock()
	fault, wait := OK, d.options.Latency
	if d.options.Jitter > 0 {
		wait += time.Duration(d.rand.Int64N(int64(d.options.Jitter) + 1))
	}
	if d.options.FaultRate > 0 {
		p, kind := d.rand.Float64(), d.kinds[d.rand.IntN(len(d.kinds))]
		if p < d.options.FaultRate {
			fault = kind
		}
	}
	if len(d.queued) > 0 {
		fault, d.queued = d.queued[0], d.queued[1:]
	}
	return fault, wait
}

// sleep waits for d, or until ctx ends. It returns the error of ctx.
func sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
