package limiter

import (
	"context"
	"log/slog"
	"sync"
	"time"
)

const (
	openDuration = 5 * time.Second // then one call probes
	maxProbeWait = 2 * time.Second // that other calls wait for a probe: HeyGen responds to 99 % of reads by then
)

// breakers holds one circuit breaker for each endpoint: an id for which HeyGen
// always fails must not stop the calls for lists.
type breakers struct {
	log *slog.Logger

	mu         sync.Mutex
	byEndpoint map[string]*breaker
}

func (b *breakers) forEndpoint(endpoint string) *breaker {
	b.mu.Lock()
	defer b.mu.Unlock()
	found, ok := b.byEndpoint[endpoint]
	if !ok {
		if b.byEndpoint == nil {
			b.byEndpoint = map[string]*breaker{}
		}
		found = &breaker{log: b.log.With("endpoint", endpoint)}
		b.byEndpoint[endpoint] = found
	}
	return found
}

type breakerState int

const (
	stateClosed   breakerState = iota // every attempt is allowed
	stateOpen                         // none is, for openDuration
	stateHalfOpen                     // one at a time is, the probe
)

// breaker is a circuit breaker: it rejects the calls to an endpoint while too many
// of them fail. It counts an attempt when it ends. Counted when it starts, a timeout
// of 15 s would have left the window of 10 s before its result is known.
type breaker struct {
	log *slog.Logger

	mu         sync.Mutex
	state      breakerState
	generation int // the number of state changes
	openUntil  time.Time
	probe      chan struct{} // closed when the half-open probe ends; nil: none is in flight
	window     window        // of the closed state
}

// permit allows one attempt. It must be returned with done.
type permit struct {
	generation int
	probe      chan struct{} // nil unless the attempt is the half-open probe
}

// allow permits an attempt now, or returns ErrCircuitOpen or errProbeInFlight.
func (b *breaker) allow() (permit, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if err := b.rejection(); err != nil {
		return permit{}, err
	}
	if b.state == stateHalfOpen {
		b.probe = make(chan struct{})
	}
	return permit{b.generation, b.probe}, nil
}

// check returns the error that allow would return, and permits nothing.
func (b *breaker) check() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.rejection()
}

// rejection returns why no attempt is allowed now. b.mu is held.
func (b *breaker) rejection() error {
	switch state := b.currentState(); {
	case state == stateOpen:
		return ErrCircuitOpen
	case state == stateHalfOpen && b.probe != nil:
		return errProbeInFlight
	default:
		return nil
	}
}

// done ends a permitted attempt. An attempt of an earlier generation changes
// nothing: it says nothing about HeyGen now. An ignored probe makes room for
// another. A 429 is a response, and counts as a success.
func (b *breaker) done(p permit, result Result) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if p.probe != nil {
		b.probe = nil
		defer close(p.probe)
	}
	if p.generation != b.generation || result == Ignored {
		return
	}
	now, failed := time.Now(), result == Failure
	if b.state == stateClosed {
		b.window.add(now, failed)
	}
	switch {
	case failed && (b.state == stateHalfOpen || b.window.shouldTrip(now)):
		b.setState(stateOpen)
		b.openUntil = now.Add(openDuration)
		b.log.Warn("circuit breaker open, not calling HeyGen", "open_for", openDuration)
	case !failed && b.state == stateHalfOpen:
		b.setState(stateClosed)
		b.log.Info("circuit breaker closed, HeyGen has recovered")
	}
}

// currentState returns the state, which turns from open to half-open with time.
// Its caller holds mu.
func (b *breaker) currentState() breakerState {
	if b.state == stateOpen && !time.Now().Before(b.openUntil) {
		b.setState(stateHalfOpen)
	}
	return b.state
}

func (b *breaker) setState(state breakerState) {
	b.state = state
	b.generation++
	b.window = window{}
}

// isOpen reports whether every call would be rejected.
func (b *breaker) isOpen() bool {
	open, _ := b.status()
	return open
}

// status reports whether the breaker is open. probe is closed when the half-open
// probe ends; it is nil if none is in flight.
func (b *breaker) status() (open bool, probe <-chan struct{}) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.currentState() == stateOpen, b.probe
}

// waitForProbe waits while another call probes, at most for remaining, from which
// it subtracts the wait. Without it, the first operation after an outage would
// lose all its calls but one. It reports false if the call has to be rejected.
func (b *breaker) waitForProbe(ctx context.Context, remaining *time.Duration) bool {
	for {
		open, probe := b.status()
		if probe == nil {
			return !open
		}
		start := time.Now()
		timer := time.NewTimer(*remaining)
		select {
		case <-probe:
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return true // acquireSlot returns the error of ctx
		}
		timer.Stop()
		*remaining -= time.Since(start)
		if *remaining <= 0 {
			if _, current := b.status(); current == probe {
				return false
			}
		}
	}
}
