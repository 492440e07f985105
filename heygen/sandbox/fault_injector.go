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
	faults  []Fault
}

func (i *faultInjector) init(options Options) {
	i.options, i.faults = options, options.Faults
	if len(i.faults) == 0 {
		i.faults = AllFaults()
	}
	i.rand = rand.New(rand.NewPCG(options.Seed, 0))
}

// QueueFaults injects these faults into the next API calls, one each and in this order, after those already queued. OK
// means a call without a fault. While the queue is not empty, Options.FaultRate does not apply. It panics for a fault
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
	if s.injector.faults = slices.Clone(faults); len(faults) == 0 {
		s.injector.faults = AllFaults()
	}
}

// next draws random numbers for a call even if a fault is queued, so that the queue does not shift the sequence of the
// calls after it.
func (i *faultInjector) next() (Fault, time.Duration) {
	i.mu.Lock()
	defer i.mu.Unlock()
	fault, wait := OK, i.options.Latency
	if i.options.Jitter > 0 {
		wait += time.Duration(i.rand.Int64N(int64(i.options.Jitter) + 1))
	}
	if i.options.FaultRate > 0 {
		p, picked := i.rand.Float64(), i.faults[i.rand.IntN(len(i.faults))]
		if p < i.options.FaultRate {
			fault = picked
		}
	}
	if len(i.queued) > 0 {
		fault, i.queued = i.queued[0], i.queued[1:]
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
