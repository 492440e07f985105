package limiter_test

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"heygen-graphql/heygen/internal/limiter"
)

// Ten calls arrive together after an outage: one probes, and the others follow
// when it has succeeded. They wait for it two seconds, without a slot and outside
// the queue.
func TestCallsWaitForAProbeTwoSeconds(t *testing.T) {
	for _, test := range []struct {
		probe     step
		elapsed   time.Duration // of all calls but the probe
		successes int
		attempts  int
	}{
		{after(time.Second, success), time.Second, 10, 10},
		{after(1900*time.Millisecond, failure), 1900 * time.Millisecond, 0, 1},
		{after(3*time.Second, success), 2 * time.Second, 1, 1},
		{hang, 2 * time.Second, 0, 1},
	} {
		synctest.Test(t, func(t *testing.T) {
			u := newUpstream(defaultConcurrent, success)
			u.trip(t)
			<-time.After(5 * time.Second)
			u.then(test.probe, success)
			before, start := len(u.attempts()), time.Now()
			var mu sync.Mutex
			var wait sync.WaitGroup
			successes, inTime := 0, 0
			for range 10 {
				wait.Go(func() {
					err := u.call(t.Context())
					mu.Lock()
					defer mu.Unlock()
					if err == nil {
						successes++
					}
					if time.Since(start) == test.elapsed {
						inTime++
					}
				})
			}
			wait.Wait()
			if attempts := len(u.attempts()) - before; successes != test.successes || attempts != test.attempts || inTime < 9 {
				t.Errorf("%d of 10 succeed in %d attempts, %d after %v", successes, attempts, inTime, test.elapsed)
			}
		})
	}
}

func TestCancelledCallDoesNotWaitForAProbe(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		u := newUpstream(defaultConcurrent, success)
		u.trip(t)
		<-time.After(5 * time.Second)
		u.then(hang)
		probe, end := context.WithCancel(t.Context())
		defer end()
		go func() { _ = u.call(probe) }()
		synctest.Wait()
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		start := time.Now()
		if err := u.call(ctx); time.Since(start) != time.Second {
			t.Errorf("%v after %v", err, time.Since(start))
		}
	})
}

// The calls that waited for a probe also wait for the pause after its 429.
func TestRateLimitedProbePausesTheCallsThatWaitForIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		u := newUpstream(defaultConcurrent, success)
		u.trip(t)
		<-time.After(5 * time.Second)
		u.then(after(time.Second, rateLimited(20*time.Second)), success)
		before, start := len(u.attempts()), time.Since(u.start)
		u.concurrently(t.Context(), 10)
		at := u.attempts()[before:]
		if len(at) != 10 || at[0] != start || at[1] != start+21*time.Second {
			t.Errorf("attempts at %v, from %v on", at, start)
		}
	})
}

// More calls wait for a probe than there are slots: all wait two seconds.
func TestCallThatWaitsForAProbeHoldsNoSlot(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		u := newUpstream(3, success)
		u.trip(t)
		<-time.After(5 * time.Second)
		u.then(hang)
		var wait sync.WaitGroup
		start := time.Now()
		for i := range 40 {
			wait.Go(func() {
				err := u.call(t.Context())
				if elapsed := time.Since(start); elapsed != 2*time.Second && elapsed != attemptTimeout {
					t.Errorf("call %d: %v after %v", i, err, elapsed)
				}
			})
		}
		wait.Wait()
	})
}

// The wait for a slot does not count towards the two seconds.
func TestWaitForASlotDoesNotShortenTheWaitForAProbe(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		u := newUpstream(2, success)
		u.trip(t)
		<-time.After(5 * time.Second)
		u.then(after(time.Second/2, success))
		var wait sync.WaitGroup
		for range 2 {
			wait.Go(func() { _ = do(t.Context(), u.Limiter, listEndpoint, after(4*time.Second, success)) })
		}
		synctest.Wait()
		for range 6 {
			wait.Go(func() { wantSuccess(t, u.call(t.Context())) })
		}
		wait.Wait()
	})
}

func TestHalfOpenBreakerAllowsOneProbe(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		u := newUpstream(defaultConcurrent, success)
		u.trip(t)
		<-time.After(5 * time.Second)
		u.then(after(time.Second, failure))
		before, failed := len(u.attempts()), 0
		for _, err := range u.concurrently(t.Context(), 10) {
			if err == errAttempt {
				failed++
				continue
			}
			if err != limiter.ErrCircuitOpen {
				t.Error(err)
			}
		}
		if n := len(u.attempts()) - before; n != 1 || failed != 1 {
			t.Errorf("%d attempts, and %d calls with their result", n, failed)
		}
	})
}
