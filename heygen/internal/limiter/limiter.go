// Package limiter decides when a call to HeyGen may start. It limits the calls
// in flight, adapts their rate to HeyGen's 429s, rejects calls to an endpoint while
// too many of them fail, and bounds the number of retries. One [Limiter] serves one
// credential.
//
// It sends no request and knows no error of the client: its caller makes each
// attempt, and classifies it as an [Outcome].
package limiter

import (
	"context"
	"errors"
	"log/slog"
	"time"
)

// The errors with which [Limiter.Do] rejects a call, besides [BackoffError].
var (
	ErrQueueFull   = errors.New("limiter: queue full")
	ErrCircuitOpen = errors.New("limiter: circuit breaker open")
)

// BackoffError rejects a call whose wait for the rate limit would end after the
// deadline of its context.
type BackoffError struct {
	RetryAfter time.Duration // the wait
}

func (BackoffError) Error() string { return "limiter: rate limited beyond the deadline" }

// Result is what an attempt says about HeyGen.
type Result int

const (
	Ignored     Result = iota // nothing, as its caller ended it or it panicked
	Success                   // HeyGen responded, if only with an error such as 404
	Failure                   // HeyGen failed, or did not respond in time
	RateLimited               // HeyGen responded with a 429
)

// Outcome is how an attempt ended.
type Outcome struct {
	Result     Result
	RetryAfter time.Duration // of a 429; 0: HeyGen named none
}

// Limiter holds the limits of one credential. HeyGen counts calls by key, and
// its responses to one key say nothing about another.
type Limiter struct {
	rate        rateLimiter
	slots       chan struct{} // a semaphore: one element for each call in flight
	breakers    breakers
	retryBudget retryBudget
}

// New returns a Limiter that allows maxConcurrent calls in flight. log receives
// its back-offs and the state changes of its circuit breakers. A breaker logs
// with its lock held: a handler must not call the Limiter.
func New(maxConcurrent int, log *slog.Logger) *Limiter {
	return &Limiter{rate: rateLimiter{log: log}, slots: make(chan struct{}, maxConcurrent), breakers: breakers{log: log}}
}

// Do calls attempt as soon as the circuit breaker of the endpoint, the rate limit
// and a slot allow it. It returns nil if it called attempt, and else why it did
// not: [ErrQueueFull], [ErrCircuitOpen], a [BackoffError] or the error of ctx.
func (l *Limiter) Do(ctx context.Context, endpoint string, attempt func() Outcome) error {
	b := l.breakers.forEndpoint(endpoint)
	epoch, p, err := l.acquire(ctx, b)
	if err != nil {
		return err
	}
	var outcome Outcome // Ignored if attempt panics
	defer func() {
		b.done(p, outcome.Result)
		<-l.slots
	}()
	outcome = attempt()
	switch outcome.Result { // before done: the calls that wait for a probe must find the back-off
	case RateLimited:
		l.rate.onRateLimited(epoch, outcome.RetryAfter)
	case Success:
		l.rate.onSuccess(epoch)
	}
	return nil
}

// Delay returns how long a call would wait for the rate limit that was queued now.
func (l *Limiter) Delay() time.Duration { return l.rate.delay() }

// CircuitOpen reports whether Do rejects every call of the endpoint.
func (l *Limiter) CircuitOpen(endpoint string) bool { return l.breakers.forEndpoint(endpoint).isOpen() }

// DepositRetry adds a tenth of a retry to the retry budget. It is called once for
// each call, not for its retries.
func (l *Limiter) DepositRetry() { l.retryBudget.deposit() }

// WithdrawRetry takes one retry from the retry budget. It reports false if the
// budget is exhausted.
func (l *Limiter) WithdrawRetry() bool { return l.retryBudget.tryWithdraw() }

// errProbeInFlight: the breaker is half-open, and another call probes.
var errProbeInFlight = errors.New("limiter: half-open probe in flight")

// acquire waits for a half-open probe, at most for maxProbeWait, and then
// acquires a slot. epoch is that of the rate limit at the start of the call.
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

// acquireSlot waits for the rate limit, a slot and the breaker's permit. A call
// that has to wait holds no slot: a 429 that arrives while it waits for the slot
// sends it back. It returns errProbeInFlight if another call probes.
func (l *Limiter) acquireSlot(ctx context.Context, b *breaker) (epoch int, p permit, err error) {
	w := l.rate.enqueue(ctx, maxQueuePerSlot*cap(l.slots))
	if w == nil {
		return 0, permit{}, ErrQueueFull
	}
	defer l.rate.dequeue(w)
	for {
		if delay, ok := l.rate.wait(w); !ok {
			return 0, permit{}, BackoffError{delay}
		}
		if ctx.Err() == nil && b.isOpen() { // since the call was queued; it does not count as a start
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
		if p, err = b.allow(); err != nil {
			<-l.slots
			return 0, permit{}, err
		}
		started := false
		if epoch, started = l.rate.start(w); started {
			return epoch, p, nil
		}
		b.done(p, Ignored)
		<-l.slots
	}
}
