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

// starts is a Limiter that records the names of its attempts in the order of their
// starts.
type starts struct {
	*upstream
	wait  sync.WaitGroup
	order []string
}

func newStarts(maxConcurrent int) *starts { return &starts{upstream: newUpstream(maxConcurrent)} }

// queue makes attempts of one call, one after another, in a goroutine. When it returns,
// the first one is queued or in flight.
func (s *starts) queue(ctx context.Context, name string, p limiter.Priority, attempts ...step) {
	ticket := limiter.NewTicket(p)
	s.wait.Go(func() {
		for _, attempt := range attempts {
			err := doWith(ctx, s.Limiter, getEndpoint, ticket, func(ctx context.Context) limiter.Outcome {
				s.mu.Lock()
				s.order = append(s.order, name)
				s.starts = append(s.starts, time.Since(s.start))
				s.mu.Unlock()
				return attempt(ctx)
			})
			if err != nil && err != errAttempt {
				s.mu.Lock()
				s.order = append(s.order, name+": "+err.Error())
				s.mu.Unlock()
				return
			}
		}
	})
	synctest.Wait()
}

func (s *starts) expect(t *testing.T, want ...string) {
	t.Helper()
	s.wait.Wait()
	if !slices.Equal(s.order, want) {
		t.Errorf("started %q at %v, want %q", s.order, s.attempts(), want)
	}
}

var (
	anyone = limiter.Priority{}
	soon   = after(time.Second/10, success)
)

func TestRetryAfter429StartsBeforeLaterCalls(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStarts(defaultConcurrent)
		s.queue(t.Context(), "first", anyone, after(time.Second, rateLimited(time.Second)), rateLimited(time.Second), success)
		<-time.After(time.Second / 2)
		s.queue(t.Context(), "second", anyone, after(time.Second, rateLimited(time.Second)), success)
		<-time.After(time.Second)
		for _, name := range []string{"third", "fourth"} { // during the first back-off
			s.queue(t.Context(), name, anyone, success)
		}
		s.expect(t, "first", "second", "first", "first", "second", "third", "fourth")
	})
}

// A call is retried after a failure, when the only slot is busy and others wait for it.
func TestRetryWaitsForASlotBeforeLaterCalls(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStarts(1)
		ticket := limiter.NewTicket(anyone)
		s.wait.Go(func() {
			_ = doWith(t.Context(), s.Limiter, getEndpoint, ticket, failure)
			<-time.After(time.Second / 2)
			wantSuccess(t, doWith(t.Context(), s.Limiter, getEndpoint, ticket, func(ctx context.Context) limiter.Outcome {
				s.order = append(s.order, "retry")
				return success(ctx)
			}))
		})
		synctest.Wait()
		for _, name := range []string{"second", "third", "fourth"} {
			s.queue(t.Context(), name, anyone, after(time.Second, success))
		}
		s.expect(t, "second", "retry", "third", "fourth")
	})
}

// They wait for the probe outside of the queue, and then for its back-off.
func TestCallsThatWaitedForAProbeStartBeforeLaterCalls(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStarts(1)
		s.trip(t)
		<-time.After(5 * time.Second)
		s.queue(t.Context(), "probe", anyone, after(time.Second, rateLimited(time.Second)))
		for _, name := range []string{"second", "third"} {
			s.queue(t.Context(), name, anyone, soon)
		}
		s.wait.Go(func() {
			_ = do(t.Context(), s.Limiter, listEndpoint, func(ctx context.Context) limiter.Outcome {
				s.order = append(s.order, "list")
				return soon(ctx)
			})
		})
		synctest.Wait()
		s.expect(t, "probe", "second", "third", "list")
	})
}

// Each operation's calls are queued in the reverse of their order in its response.
func TestCallsOfOneOperationStartInResponseOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStarts(1)
		s.queue(t.Context(), "busy", anyone, soon)
		in := func(operation string, position ...int) limiter.Priority {
			return limiter.Priority{Operation: operation, Position: position}
		}
		s.queue(t.Context(), "A[3]", in("A", 3), soon)
		s.queue(t.Context(), "none", anyone, soon)
		s.queue(t.Context(), "B[9]", in("B", 9), soon)
		s.queue(t.Context(), "A[2 1]", in("A", 2, 1), soon)
		s.queue(t.Context(), "B[8]", in("B", 8), soon)
		s.queue(t.Context(), "A[2]", in("A", 2), soon)
		s.queue(t.Context(), "A[2] too", in("A", 2), soon)
		s.queue(t.Context(), "A", in("A"), soon)
		// The calls of A start when its first, third, fourth … came, whichever they are.
		s.expect(t, "busy", "A", "none", "B[8]", "A[2]", "B[9]", "A[2] too", "A[2 1]", "A[3]")
	})
}

// The retry of a call far down in the response leaves its position to the top.
func TestRetryStartsInResponseOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStarts(defaultConcurrent)
		s.queue(t.Context(), "A[8]", limiter.Priority{Operation: "A", Position: []int{8}}, after(time.Second, rateLimited(2*time.Second)), success)
		<-time.After(1500 * time.Millisecond)
		s.queue(t.Context(), "B[0]", limiter.Priority{Operation: "B", Position: []int{0}}, success)
		s.queue(t.Context(), "A[0]", limiter.Priority{Operation: "A", Position: []int{0}}, success)
		s.expect(t, "A[8]", "A[0]", "B[0]", "A[8]")
	})
}

func TestRetryIntoAFullQueueRejectsTheLastCall(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStarts(1)
		ticket := limiter.NewTicket(anyone)
		_ = doWith(t.Context(), s.Limiter, getEndpoint, ticket, failure)
		s.queue(t.Context(), "busy", anyone, after(time.Second, success))
		for range 39 {
			s.wait.Go(func() { _ = do(t.Context(), s.Limiter, getEndpoint, success) })
		}
		synctest.Wait()
		s.queue(t.Context(), "last", anyone, success)
		wantSuccess(t, doWith(t.Context(), s.Limiter, getEndpoint, ticket, success))
		s.expect(t, "busy", "last: "+limiter.ErrQueueFull.Error())
	})
}

// Ten calls with too little time are before one with enough: they do not count.
func TestCallIsNotRejectedForCallsThatAreRejected(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		u := newUpstream(1, after(time.Second, rateLimited(3*time.Second)), success)
		var wait sync.WaitGroup
		wait.Go(func() { _ = u.call(t.Context()) })
		synctest.Wait()
		short, cancel := context.WithTimeout(t.Context(), 2*time.Second)
		defer cancel()
		for range 10 {
			wait.Go(func() {
				err := u.call(short)
				if _, ok := errors.AsType[limiter.BackoffError](err); !ok || time.Since(u.start) != time.Second {
					t.Errorf("with too little time: %v after %v", err, time.Since(u.start))
				}
			})
		}
		synctest.Wait()
		enough, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		if err := u.call(enough); err != nil || time.Since(u.start) != 4*time.Second {
			t.Errorf("with enough time: %v after %v", err, time.Since(u.start))
		}
		wait.Wait()
	})
}

// The rate grows while calls wait: at one a second from 1 s on, 5/4 a second from 6 s on,
// and 6/4 from 11 s on.
func TestCallIsRejectedByTheRateAtWhichItWouldStart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for calls := 1; calls < 30; calls++ {
			u := newUpstream(defaultConcurrent, rateLimited(time.Second), success)
			_ = u.call(t.Context())
			u.concurrently(t.Context(), calls)
			last := u.attempts()[calls] - u.attempts()[0]
			for _, test := range []struct {
				timeout time.Duration
				ok      bool
			}{{last, false}, {last + 1, true}} {
				u := newUpstream(defaultConcurrent, rateLimited(time.Second), success)
				_ = u.call(t.Context())
				var wait sync.WaitGroup
				wait.Go(func() { u.concurrently(t.Context(), calls-1) })
				synctest.Wait()
				ctx, cancel := context.WithTimeout(t.Context(), test.timeout)
				if err := u.call(ctx); (err == nil) != test.ok {
					t.Errorf("call %d within %v: %v", calls, test.timeout, err)
				}
				cancel()
				wait.Wait()
			}
		}
	})
}

// Retry-After is what is left of HeyGen's back-off, however long the queue is.
func TestRejectedCallReportsTheRemainingBackoff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		u := newUpstream(defaultConcurrent, rateLimited(4*time.Second), success)
		_ = u.call(t.Context())
		var wait sync.WaitGroup
		wait.Go(func() { u.concurrently(t.Context(), 20) })
		<-time.After(1500 * time.Millisecond)
		for _, want := range []time.Duration{2500 * time.Millisecond, time.Second, time.Second} { // at 1.5 s, 3.5 s and 5.5 s
			ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
			requestedAt := time.Now()
			err := u.call(ctx)
			if rejected, ok := errors.AsType[limiter.BackoffError](err); !ok || rejected.RetryAfter != want || u.RetryAfter() != want || time.Since(requestedAt) != 0 {
				t.Errorf("%v, Retry-After %v and %v, want %v", err, rejected.RetryAfter, u.RetryAfter(), want)
			}
			cancel()
			<-time.After(2 * time.Second)
		}
		wait.Wait()
	})
}

// canceledLater is a context that is canceled after so many calls of Err.
type canceledLater struct {
	context.Context
	calls int
}

func (c *canceledLater) Err() error {
	if c.calls--; c.calls < 0 {
		return context.Canceled
	}
	return nil
}

// A call is canceled while it is started. It leaves its slot and its start to the next.
func TestCanceledCallDoesNotCountAsStart(t *testing.T) {
	canceled := 0
	for calls := range 5 {
		synctest.Test(t, func(t *testing.T) {
			u := newUpstream(1, rateLimited(time.Second), success)
			_ = u.call(t.Context())
			<-time.After(time.Second)
			err := u.call(&canceledLater{t.Context(), calls})
			wantStats(t, u.Limiter, "after the canceled call", limiter.Stats{Rate: 1})
			wantSuccess(t, u.call(t.Context()))
			want := []time.Duration{0, time.Second}
			if err == nil {
				want = append(want, 2*time.Second)
			} else if canceled++; err != context.Canceled {
				t.Error(err)
			}
			if at := u.attempts(); !slices.Equal(at, want) {
				t.Errorf("canceled after %d checks: %v, attempts at %v", calls, err, at)
			}
		})
	}
	if canceled < 3 {
		t.Errorf("only %d calls were canceled", canceled)
	}
}

func TestCanceledCallLeavesTheProbeToTheNext(t *testing.T) {
	for calls := range 5 {
		synctest.Test(t, func(t *testing.T) {
			u := newUpstream(1, success)
			u.trip(t)
			<-time.After(5 * time.Second)
			u.then(success)
			_ = u.call(&canceledLater{t.Context(), calls})
			wantSuccess(t, u.call(t.Context()))
		})
	}
}
