package limiter_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"sync"
	"testing"
	"time"

	"heygen-graphql/heygen/internal/limiter"
)

const (
	getEndpoint  = "GET /v3/avatars/{group_id}"
	listEndpoint = "GET /v3/avatars"

	defaultConcurrent = 12
	attemptTimeout    = 15 * time.Second
)

// errAttempt is the error of an attempt that was made and did not succeed.
var errAttempt = errors.New("attempt failed")

// step is one scripted attempt.
type step func(context.Context) limiter.Outcome

func outcome(o limiter.Outcome) step { return func(context.Context) limiter.Outcome { return o } }

var (
	success        = outcome(limiter.Outcome{Result: limiter.Success})
	failure        = outcome(limiter.Outcome{Result: limiter.Failure})
	ignored        = outcome(limiter.Outcome{Result: limiter.Ignored})
	unspecified429 = rateLimited(0)
)

func rateLimited(retryAfter time.Duration) step {
	return outcome(limiter.Outcome{Result: limiter.RateLimited, RetryAfter: retryAfter})
}

// after delays a step. The attempt is ignored if the context ends first.
func after(delay time.Duration, then step) step {
	return func(ctx context.Context) limiter.Outcome {
		select {
		case <-time.After(delay):
			return then(ctx)
		case <-ctx.Done():
			return ignored(ctx)
		}
	}
}

// hang fails after attemptTimeout.
var hang = after(attemptTimeout, failure)

// do makes one attempt of a new call. It returns the error of Do, or errAttempt.
func do(ctx context.Context, l *limiter.Limiter, endpoint string, attempt step) error {
	return doWith(ctx, l, endpoint, limiter.NewTicket(limiter.Priority{}), attempt)
}

// doWith makes one attempt of a call.
func doWith(ctx context.Context, l *limiter.Limiter, endpoint string, ticket *limiter.Ticket, attempt step) error {
	var result limiter.Result
	err := l.Do(ctx, endpoint, ticket, func() limiter.Outcome {
		o := attempt(ctx)
		result = o.Result
		return o
	})
	if err == nil && result != limiter.Success {
		return errAttempt
	}
	return err
}

// upstream follows a script, whose last step it repeats, within the limits of a
// Limiter. It records when attempts start.
type upstream struct {
	*limiter.Limiter
	log bytes.Buffer

	mu     sync.Mutex
	start  time.Time
	script []step
	starts []time.Duration // since start
}

func newUpstream(maxConcurrent int, script ...step) *upstream {
	return newReplica(maxConcurrent, nil, script...)
}

// newReplica returns an upstream of one of the processes that share limits.
func newReplica(maxConcurrent int, shared limiter.SharedLimits, script ...step) *upstream {
	u := &upstream{start: time.Now(), script: script}
	u.Limiter = limiter.New(maxConcurrent, slog.New(slog.NewTextHandler(&u.log, nil)), shared)
	return u
}

func (u *upstream) call(ctx context.Context) error {
	return do(ctx, u.Limiter, getEndpoint, func(ctx context.Context) limiter.Outcome {
		u.mu.Lock()
		attempt := u.script[min(len(u.starts), len(u.script)-1)]
		u.starts = append(u.starts, time.Since(u.start))
		u.mu.Unlock()
		return attempt(ctx)
	})
}

// concurrently makes so many calls at once, and returns their errors.
func (u *upstream) concurrently(ctx context.Context, calls int) []error {
	errs := make([]error, calls)
	var wait sync.WaitGroup
	for i := range errs {
		wait.Go(func() { errs[i] = u.call(ctx) })
	}
	wait.Wait()
	return errs
}

// then replaces the steps of the attempts to come.
func (u *upstream) then(steps ...step) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.script = append(make([]step, len(u.starts)), steps...)
}

// attempts returns when each attempt started.
func (u *upstream) attempts() []time.Duration {
	u.mu.Lock()
	defer u.mu.Unlock()
	return append([]time.Duration(nil), u.starts...)
}

// attemptsBetween returns how many attempts started at or after from and before to.
func (u *upstream) attemptsBetween(from, to time.Duration) (n int) {
	for _, at := range u.attempts() {
		if at >= from && at < to {
			n++
		}
	}
	return n
}

// trip opens the circuit breaker.
func (u *upstream) trip(t *testing.T) {
	t.Helper()
	u.then(failure)
	for range 10 {
		_ = u.call(t.Context())
	}
	wantCircuitOpen(t, u.call(t.Context()))
}

func wantCircuitOpen(t *testing.T, err error) {
	t.Helper()
	if err != limiter.ErrCircuitOpen {
		t.Errorf("got %v, want %v", err, limiter.ErrCircuitOpen)
	}
}

func wantSuccess(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Error(err)
	}
}
