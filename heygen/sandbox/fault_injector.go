package sandbox

import (
	"context"
	"math/rand/v2"
	"slices"
	"sync"
	"time"
)

// dealer says how each API call fares: how long it waits, and how it goes wrong if it does.
type dealer struct {
	mu      sync.Mutex
	dice    *rand.Rand
	script  []Fault
	options Options
	kinds   []Fault
}

func (d *dealer) init(options Options) {
	d.options, d.kinds = options, options.Faults
	if len(d.kinds) == 0 {
		d.kinds = AllFaults()
	}
	d.dice = rand.New(rand.NewPCG(options.Seed, 0))
}

// QueueFaults makes the next API calls misbehave in this order, one each, after those of an earlier Misbehave. OK stands for a
// call that does not. While there are any left, Options.FaultRate does not count. It panics for a fault that is none of
// [AllFaults].
func (s *Sandbox) QueueFaults(script ...Fault) {
	mustKnow(script)
	s.dealer.mu.Lock()
	defer s.dealer.mu.Unlock()
	s.dealer.script = append(s.dealer.script, script...)
}

// SetFaults replaces Options.FaultRate and Options.Faults: from now on, so many of the API calls go wrong, in one of these
// ways (none: in any). It panics for a fault that is none of [AllFaults].
func (s *Sandbox) SetFaults(rate float64, faults ...Fault) {
	mustKnow(faults)
	s.dealer.mu.Lock()
	defer s.dealer.mu.Unlock()
	s.dealer.options.FaultRate = rate
	if s.dealer.kinds = slices.Clone(faults); len(faults) == 0 {
		s.dealer.kinds = AllFaults()
	}
}

// deal rolls the dice for a call whether or not it follows a script, so that a script does not shift the luck of the calls
// after it.
func (d *dealer) deal() (Fault, time.Duration) {
	d.mu.Lock()
	defer d.mu.Unlock()
	fault, wait := OK, d.options.Latency
	if d.options.Jitter > 0 {
		wait += time.Duration(d.dice.Int64N(int64(d.options.Jitter) + 1))
	}
	if d.options.FaultRate > 0 {
		luck, kind := d.dice.Float64(), d.kinds[d.dice.IntN(len(d.kinds))]
		if luck < d.options.FaultRate {
			fault = kind
		}
	}
	if len(d.script) > 0 {
		fault, d.script = d.script[0], d.script[1:]
	}
	return fault, wait
}

// pause waits for d, or until ctx ends, and then says why it did.
func pause(ctx context.Context, d time.Duration) error {
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
