package limiter_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"heygen-graphql/heygen/internal/limiter"
)

// movableDeadline is a context whose deadline moves, like that of a call that more
// callers join.
type movableDeadline struct {
	context.Context
	mu       sync.Mutex
	deadline time.Time
}

func (c *movableDeadline) Deadline() (time.Time, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.deadline, true
}

func (c *movableDeadline) extend(by time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.deadline = c.deadline.Add(by)
}

// A pause that is too long for the first caller may be short enough for one that
// joined later.
func TestQueuedCallUsesItsCurrentDeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		u := newUpstream(defaultConcurrent, rateLimited(2*time.Second), after(time.Second/2, rateLimited(10*time.Second)), success)
		_ = u.call(t.Context())
		start := time.Now()
		ctx := &movableDeadline{Context: t.Context(), deadline: start.Add(4 * time.Second)}
		go func() { _ = u.call(t.Context()) }() // a 429 once more, after 2.5 s
		synctest.Wait()
		time.AfterFunc(2250*time.Millisecond, func() { ctx.extend(26 * time.Second) })
		if err := u.call(ctx); err != nil || time.Since(start) < 12*time.Second {
			t.Errorf("%v after %v", err, time.Since(start))
		}
	})
}

func TestFullQueueRejectsCalls(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		u := newUpstream(1, hang)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		rejected := 0
		for _, err := range u.concurrently(ctx, 50) {
			if err == limiter.ErrQueueFull {
				rejected++
			}
		}
		if rejected != 50-1-40 {
			t.Errorf("%d of 50 are rejected", rejected)
		}
	})
}

func TestCancelledCallsLeaveTheQueue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		u := newUpstream(defaultConcurrent, rateLimited(10*time.Second), success)
		_ = u.call(t.Context())
		for range 50 {
			ctx, cancel := context.WithCancel(t.Context())
			time.AfterFunc(2*time.Second, cancel)
			go func() { _ = u.call(ctx) }()
		}
		synctest.Wait()
		short, cancel := context.WithTimeout(t.Context(), 20*time.Second)
		defer cancel()
		err := u.call(short)
		if _, paused := errors.AsType[limiter.BackoffError](err); !paused || time.Since(u.start) != 0 {
			t.Errorf("after 50 others: %v after %v", err, time.Since(u.start))
		}
		<-time.After(3 * time.Second)
		if err := u.call(short); err != nil || time.Since(u.start) != 10*time.Second {
			t.Errorf("%v after %v", err, time.Since(u.start))
		}
	})
}

func TestDoReturnsTheErrorOfItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		u := newUpstream(1, hang)
		go func() { _ = u.call(t.Context()) }()
		synctest.Wait()
		cancelled, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, cancel)
		if err := u.call(cancelled); err != context.Canceled || time.Since(u.start) != time.Second {
			t.Errorf("%v after %v", err, time.Since(u.start))
		}
		late, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := u.call(late); err != context.DeadlineExceeded || time.Since(u.start) != 2*time.Second {
			t.Errorf("%v after %v", err, time.Since(u.start))
		}
		<-time.After(attemptTimeout)
	})
}

func TestPauseBeyondTheDeadlineRejectsQueuedCallsAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		u := newUpstream(defaultConcurrent, after(time.Second, rateLimited(time.Minute)), rateLimited(3*time.Second), success)
		var wait sync.WaitGroup
		wait.Go(func() { _ = u.call(t.Context()) })
		synctest.Wait()
		_ = u.call(t.Context())
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		err := u.call(ctx)
		if paused, ok := errors.AsType[limiter.BackoffError](err); !ok || paused.RetryAfter != time.Minute || time.Since(u.start) != time.Second {
			t.Errorf("%v after %v", err, time.Since(u.start))
		}
		wait.Wait()
	})
}

// A 429 arrives while calls wait for the slot: they wait for its pause, and release
// the slot meanwhile.
func TestNoSlotIsHeldDuringAPause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		u := newUpstream(1, after(time.Second, rateLimited(5*time.Second)), success)
		if errs := u.concurrently(t.Context(), 4); !slices.Contains(errs, nil) {
			t.Error(errs)
		}
		second := time.Second
		if !slices.Equal(u.attempts(), []time.Duration{0, 6 * second, 7 * second, 8 * second}) {
			t.Errorf("attempts at %v", u.attempts())
		}
	})
}

func TestQueuedCallKeepsItsPositionThroughAnotherPause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		u := newUpstream(defaultConcurrent, rateLimited(2*time.Second))
		_ = u.call(t.Context())
		var order []int
		var mu sync.Mutex
		var wait sync.WaitGroup
		script := []step{success, rateLimited(3 * time.Second), success, success}
		for id := range 4 {
			wait.Go(func() {
				_ = do(t.Context(), u.Limiter, getEndpoint, func(ctx context.Context) limiter.Outcome {
					mu.Lock()
					attempt := script[len(order)]
					order = append(order, id)
					u.starts = append(u.starts, time.Since(u.start))
					mu.Unlock()
					return attempt(ctx)
				})
			})
			synctest.Wait()
		}
		wait.Wait()
		second := time.Second
		if !slices.Equal(order, []int{0, 1, 2, 3}) || !slices.Equal(u.attempts(), []time.Duration{0, 2 * second, 3 * second, 6 * second, 7 * second}) {
			t.Errorf("%v at %v", order, u.attempts())
		}
	})
}

// One endpoint fails while the rate is reduced. Its queued calls are rejected
// without a start, and the other endpoint's call is next.
func TestCallsRejectedByTheBreakerDoNotCountAsStarts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		u := newUpstream(defaultConcurrent, rateLimited(time.Second), failure)
		_ = u.call(t.Context())
		start := time.Now()
		var wait sync.WaitGroup
		wait.Go(func() { u.concurrently(t.Context(), 30) })
		synctest.Wait()
		err := do(t.Context(), u.Limiter, listEndpoint, success)
		if elapsed := time.Since(start); err != nil || elapsed > 12*time.Second {
			t.Errorf("%v after %v", err, elapsed) // ten failures at one a second, and then the list
		}
		wait.Wait()
	})
}
