// Package limiter decides when a call to HeyGen may start: it limits the calls
// in flight, adapts their rate to HeyGen's 429s, stops calling an endpoint that
// keeps failing, and bounds retries. One Limiter serves one credential.
//
// It knows nothing of HTTP: its callers classify each attempt as an [Outcome].
package limiter

import (
	"context"
	"errors"
	"log/slog"
	"time"
)

// Limiter holds the limits of one credential. HeyGen counts calls by key, and
// the state of one key says nothing about another.
type Limiter struct {
	pace     pace
	slots    chan struct{} // holds one element for each call in flight
	breakers breakers
	budget   budget
}

// New returns a Limiter that allows maxConcurrent calls in flight. It logs
// back-offs and the state changes of its circuit breakers.
func New(maxConcurrent int, log *slog.Logger) *Limiter {
	return &Limiter{pace: pace{log: log}, slots: make(chan struct{}, maxConcurrent), breakers: breakers{log: log}}
}

// The reasons for which Do rejects a call, besides [PausedError] and the end of
// the context.
var (
	// ErrQueueFull: too many calls are queued.
	ErrQueueFull = errors.New("limiter: queue full")
	// ErrCircuitOpen: too many of the endpoint's recent calls failed.
	ErrCircuitOpen = errors.New("limiter: circuit breaker open")
)

// PausedError rejects a call that would have to wait beyond its deadline for
// its turn under the rate limit.
type PausedError struct {
	RetryAfter time.Duration // how long the call would have to wait
}

func (PausedError) Error() string { return "limiter: paused by the rate limit" }

// Result classifies what an attempt says about HeyGen.
type Result int

const (
	Ignored     Result = iota // nothing: the caller ended it, or it panicked
	Success                   // HeyGen responded, if only with an error of the caller's
	Failure                   // HeyGen failed, or did not respond
	RateLimited               // HeyGen responded with 429
)

// Outcome is how an attempt ended.
type Outcome struct {
	Result     Result
	RetryAfter time.Duration // with RateLimited: the back-off that HeyGen named; 0: none
}

// Do calls attempt once, as soon as the circuit breaker, the rate limit and a
// slot allow it. It returns an error if and only if it did not call attempt:
// [ErrQueueFull], [ErrCircuitOpen], a [PausedError], or the error of ctx.
func (l *Limiter) Do(ctx context.Context, endpoint string, attempt func() Outcome) error {
	b := l.breakers.forEndpoint(endpoint)
	epoch, permit, err := l.acquire(ctx, b)
	if err != nil {
		return err
	}
	var outcome Outcome // Ignored if attempt panics
	defer func() {
		b.done(permit, outcome.Result)
		<-l.slots
	}()
	outcome = attempt()
	switch outcome.Result {
	case RateLimited:
		l.pace.limited(epoch, outcome.RetryAfter)
	case Success:
		l.pace.answered(epoch)
	}
	return nil
}

// Delay returns how long a call that was queued now would wait for the rate limit.
func (l *Limiter) Delay() time.Duration { return l.pace.rest() }

// CircuitOpen reports whether Do would reject calls to the endpoint.
func (l *Limiter) CircuitOpen(endpoint string) bool { return l.breakers.forEndpoint(endpoint).isOpen() }

// errProbeInFlight makes a call wait for the end of another's half-open probe.
var errProbeInFlight = errors.New("limiter: half-open probe in flight")

// acquire waits for a half-open probe, at most for maxProbeWait, and then for a
// slot. epoch is that of the rate limit at the start of the call.
func (l *Limiter) acquire(ctx context.Context, b *breaker) (epoch int, p permit, err error) {
	for remaining := maxProbeWait; ; {
		if ctx.Err() == nil && !b.waitForProbe(ctx, &remaining) {
			return 0, permit{}, ErrCircuitOpen
		}
		epoch, p, err = l.acquireSlot(ctx, b)
		if err != errProbeInFlight {
			return epoch, p, err
		}
	}
}

// maxQueuePerSlot is how many calls may be queued for each slot. At HeyGen's
// 300 ms a call the last of them waits 12 s. When HeyGen hangs, more would wait
// in vain, and occupy all of a server's capacity for operations.
const maxQueuePerSlot = 40

// acquireSlot takes a slot for a call that may start at once, and the breaker's
// permission. A call that has to wait holds no slot: a 429 that arrives while it
// waits for the slot sends it back to the queue. It returns errProbeInFlight
// while another call probes a half-open breaker.
func (l *Limiter) acquireSlot(ctx context.Context, b *breaker) (epoch int, p permit, err error) {
	w := l.pace.enqueue(ctx, maxQueuePerSlot*cap(l.slots))
	if w == nil {
		return 0, permit{}, ErrQueueFull
	}
	defer l.pace.leave(w)
	for {
		if delay, ok := l.pace.await(w); !ok {
			return 0, permit{}, PausedError{delay}
		}
		if ctx.Err() == nil && b.isOpen() { // it opened while the call was queued, which uses no start of the rate
			return 0, permit{}, ErrCircuitOpen
		}
		acquired := false
		select {
		case l.slots <- struct{}{}:
			acquired = true
		case <-ctx.Done():
		}
		if ctx.Err() != nil { // even with a slot: select picks at random between two ready cases
			if acquired {
				<-l.slots
			}
			return 0, permit{}, ctx.Err()
		}
		p, err := b.allow()
		if err != nil {
			<-l.slots
			return 0, permit{}, err
		}
		if epoch, ok := l.pace.begin(w); ok {
			return epoch, p, nil
		}
		b.done(p, Ignored)
		<-l.slots
	}
}
