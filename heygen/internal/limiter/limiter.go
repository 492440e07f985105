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

// BackoffError rejects a call that the rate limit would hold up beyond the deadline of
// its context.
type BackoffError struct {
	RetryAfter time.Duration // the remaining back-off, at least a second
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
	queue       queue
	breakers    breakers
	retryBudget retryBudget
}

// New returns a Limiter that allows maxConcurrent calls in flight. log receives
// its back-offs and the state changes of its circuit breakers. A breaker logs
// with its lock held: a handler must not call the Limiter. shared coordinates it with the
// limiters of other processes; nil: there are none.
func New(maxConcurrent int, log *slog.Logger, shared SharedLimits) *Limiter {
	return &Limiter{queue: queue{log: log, slots: maxConcurrent, shared: shared}, breakers: breakers{log: log}}
}

// Do calls attempt as soon as the circuit breaker of the endpoint, the rate limit,
// a slot and a shared slot allow it. All attempts of a call have the same ticket. Do returns nil if
// it called attempt, and else why it did not: [ErrQueueFull], [ErrCircuitOpen], a
// [BackoffError] or the error of ctx.
func (l *Limiter) Do(ctx context.Context, endpoint string, t *Ticket, attempt func() Outcome) error {
	b := l.breakers.forEndpoint(endpoint)
	l.queue.register(t)
	release, err := l.acquire(ctx, t, b)
	if err != nil {
		return err
	}
	epoch, p := t.epoch, t.permit
	var outcome Outcome // Ignored if attempt panics
	defer func() { l.queue.release(epoch, outcome.Result) }()
	if release != nil {
		defer release() // before the slot is free: the next call needs both
	}
	defer func() { b.done(p, outcome.Result) }()
	outcome = attempt()
	if outcome.Result == RateLimited { // before done and release: the calls that wait must find the back-off
		l.queue.onRateLimited(epoch, outcome.RetryAfter)
	}
	return nil
}

// BackOff backs off because HeyGen has rate limited another process: no call starts before
// the pause is over, and then calls start at half the rate. It is for back-offs that the
// store of [SharedLimits] announces, and does not announce them again.
func (l *Limiter) BackOff(pause time.Duration) { l.queue.onBackoffReceived(pause) }

// RetryAfter returns how long a caller should wait after a 429: what is left of the
// back-off, at least a second.
func (l *Limiter) RetryAfter() time.Duration { return l.queue.retryAfter() }

// CircuitOpen reports whether Do rejects every call of the endpoint.
func (l *Limiter) CircuitOpen(endpoint string) bool { return l.breakers.forEndpoint(endpoint).isOpen() }

// DepositRetry adds a tenth of a retry to the retry budget. It is called once for
// each call, not for its retries.
func (l *Limiter) DepositRetry() { l.retryBudget.deposit() }

// WithdrawRetry takes one retry from the retry budget. It reports false if the
// budget is exhausted.
func (l *Limiter) WithdrawRetry() bool { return l.retryBudget.tryWithdraw() }

// RefundRetry returns a retry that was not made to the retry budget.
func (l *Limiter) RefundRetry() { l.retryBudget.refund() }

// errProbeInFlight: the breaker is half-open, and another call probes.
var errProbeInFlight = errors.New("limiter: half-open probe in flight")

// acquire waits for a half-open probe, at most for maxProbeWait, and then
// acquires a slot. release frees the shared slot; nil: there is none.
func (l *Limiter) acquire(ctx context.Context, t *Ticket, b *breaker) (release func(), err error) {
	for remaining := maxProbeWait; ; {
		if ctx.Err() == nil && !b.waitForProbe(ctx, &remaining) {
			return nil, ErrCircuitOpen
		}
		release, err = l.queue.acquire(ctx, t, b)
		if err != errProbeInFlight {
			return release, err
		}
	}
}
