package limiter_test

import (
	"context"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"heygen-graphql/heygen/internal/limiter"
)

func TestCallThatWaitsForASharedSlotCountsAsQueued(t *testing.T) {
	runWithStore(t, 1, func(t *testing.T, s *fakeStore) {
		u := newReplica(12, s, after(time.Second, success))
		var wait sync.WaitGroup
		wait.Go(func() { u.concurrently(t.Context(), 4) })
		<-time.After(500 * time.Millisecond)
		wantStats(t, u.Limiter, "with one shared slot", limiter.Stats{InFlight: 1, Queued: 3})
		wait.Wait()
		wantStats(t, u.Limiter, "at the end", limiter.Stats{})
	})
}

func TestSharedSlotsAreFreedHoweverTheCallEnds(t *testing.T) {
	runWithStore(t, 2, func(t *testing.T, s *fakeStore) {
		u := newReplica(1, s)
		func() {
			defer func() { _ = recover() }()
			_ = do(t.Context(), u.Limiter, getEndpoint, func(context.Context) limiter.Outcome { panic("in an attempt") })
			t.Error("the panic is swallowed")
		}()
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		_ = do(ctx, u.Limiter, getEndpoint, hang)
		cancel()
		_ = do(ctx, u.Limiter, getEndpoint, success)
		_ = do(t.Context(), u.Limiter, getEndpoint, hang)
		_ = do(t.Context(), u.Limiter, getEndpoint, rateLimited(time.Second))
		s.wantFree()
		wantSuccess(t, do(t.Context(), u.Limiter, getEndpoint, success))
		wantStats(t, u.Limiter, "at the end", limiter.Stats{Rate: 1})
	})
}

func TestCallThatEndsWhileItWaitsForASharedSlotMakesWay(t *testing.T) {
	runWithStore(t, 1, func(t *testing.T, s *fakeStore) {
		u := newReplica(1, s, success)
		s.hold(3 * time.Second)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		var wait sync.WaitGroup
		wait.Go(func() {
			if err := u.call(ctx); err != context.DeadlineExceeded || time.Since(u.start) != time.Second {
				t.Errorf("%v after %v", err, time.Since(u.start))
			}
		})
		synctest.Wait()
		wantSuccess(t, u.call(t.Context()))
		wait.Wait()
		if at := u.attempts(); len(at) != 1 || at[0] > 3*time.Second+pollInterval {
			t.Errorf("starts at %v", at)
		}
	})
}

// panickingStore panics once.
type panickingStore struct {
	*fakeStore
	panicked bool
}

func (s *panickingStore) AcquireSlot(ctx context.Context) (func(), time.Duration, error) {
	if !s.panicked {
		s.panicked = true
		panic("in the store")
	}
	return s.fakeStore.AcquireSlot(ctx)
}

func TestPanicOfTheStoreFreesTheSlot(t *testing.T) {
	runWithStore(t, 1, func(t *testing.T, s *fakeStore) {
		u := newReplica(1, &panickingStore{fakeStore: s}, success)
		func() {
			defer func() { _ = recover() }()
			_ = u.call(t.Context())
		}()
		wantSuccess(t, u.call(t.Context()))
	})
}

// A call of an operation waits for a shared slot when a back-off begins. It returns to the
// queue, where by now another call of its operation is earlier in the response, and a call
// of another operation has come after it.
func TestCallThatIsHeldUpReturnsToItsPosition(t *testing.T) {
	runWithStore(t, 1, func(t *testing.T, s *fakeStore) {
		u := newReplica(12, s)
		s.hold(time.Second)
		var mu sync.Mutex
		var order []string
		var wait sync.WaitGroup
		call := func(operation string, position int, name string) {
			ticket := limiter.NewTicket(limiter.Priority{Operation: operation, Position: []int{position}})
			wait.Go(func() {
				wantSuccess(t, doWith(t.Context(), u.Limiter, getEndpoint, ticket, func(context.Context) limiter.Outcome {
					mu.Lock()
					defer mu.Unlock()
					order = append(order, name)
					return limiter.Outcome{Result: limiter.Success}
				}))
			})
			synctest.Wait()
		}
		call("A", 2, "A2")
		call("B", 0, "B0")
		call("A", 1, "A1")
		call("A", 3, "A3")
		<-time.After(100 * time.Millisecond)
		s.BackOff(2 * time.Second)
		wait.Wait()
		if want := []string{"A1", "B0", "A2", "A3"}; !slices.Equal(order, want) {
			t.Errorf("started %v, want %v", order, want)
		}
	})
}

func TestCallThatABackoffOfAnotherProcessHoldsUpTooLongIsRejectedAtOnce(t *testing.T) {
	runWithStore(t, 1, func(t *testing.T, s *fakeStore) {
		u := newReplica(12, s, success)
		s.hold(time.Minute)
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		time.AfterFunc(time.Second, func() { s.BackOff(10 * time.Second) })
		for _, err := range u.concurrently(ctx, 3) { // one waits for a shared slot, and two for that one
			if rejected, ok := err.(limiter.BackoffError); !ok || rejected.RetryAfter < 10*time.Second-pollInterval || rejected.RetryAfter > 10*time.Second {
				t.Errorf("got %+v", err)
			}
		}
		if took := time.Since(u.start); took > time.Second+pollInterval || len(u.attempts()) != 0 {
			t.Errorf("rejected after %v and %d attempts", took, len(u.attempts()))
		}
		<-time.After(time.Minute)
	})
}

// A call gets a shared slot from a store that does not know the back-off.
func TestCallThatWaitsForASharedSlotDoesNotStartInABackoff(t *testing.T) {
	runWithStore(t, 12, func(t *testing.T, s *fakeStore) {
		u := newReplica(12, s, success)
		u.concurrently(t.Context(), 8)
		s.hold(time.Second)
		time.AfterFunc(500*time.Millisecond, func() { u.BackOff(time.Second) })
		u.concurrently(t.Context(), 4)
		ms := time.Millisecond
		if at := u.attempts()[8:]; !slices.Equal(at, []time.Duration{1500 * ms, 1750 * ms, 2000 * ms, 2250 * ms}) { // half the rate
			t.Errorf("starts at %v", at)
		}
	})
}

// stubbornStore returns a slot after two seconds, even if the call has ended by then.
type stubbornStore struct{ *fakeStore }

func (s stubbornStore) AcquireSlot(context.Context) (func(), time.Duration, error) {
	<-time.After(2 * time.Second)
	return s.fakeStore.AcquireSlot(context.Background())
}

func TestCallThatGetsASharedSlotAfterItsEndIsNotSent(t *testing.T) {
	runWithStore(t, 1, func(t *testing.T, s *fakeStore) {
		u := newReplica(1, stubbornStore{s}, success)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := u.call(ctx); err != context.DeadlineExceeded || len(u.attempts()) != 0 || s.acquired != 1 {
			t.Errorf("%v after %d attempts", err, len(u.attempts()))
		}
		wantStats(t, u.Limiter, "at the end", limiter.Stats{})
	})
}

// The half-open probe takes its permit when it starts. While it waits for other processes,
// the calls to its endpoint are queued and not rejected.
func TestProbeThatWaitsForASharedSlotHoldsUpNoCall(t *testing.T) {
	runWithStore(t, 12, func(t *testing.T, s *fakeStore) {
		u := newReplica(12, s, success)
		u.trip(t)
		u.then(after(time.Second, success))
		<-time.After(5 * time.Second)
		s.hold(4 * time.Second)
		for _, err := range u.concurrently(t.Context(), 5) {
			wantSuccess(t, err)
		}
		probe := u.attempts()[10]
		if n := u.attemptsBetween(probe+1, probe+time.Second); n != 0 || probe < 9*time.Second {
			t.Errorf("attempts at %v", u.attempts()[10:])
		}
		if s.acquired != 15 {
			t.Errorf("%d slots are acquired for 15 calls", s.acquired)
		}
	})
}

func TestBreakerThatOpensWhileACallWaitsForASharedSlotRejectsIt(t *testing.T) {
	runWithStore(t, 10, func(t *testing.T, s *fakeStore) {
		u := newReplica(12, s, after(time.Second, failure))
		time.AfterFunc(500*time.Millisecond, func() { s.hold(2 * time.Second) })
		errs := u.concurrently(t.Context(), 12) // ten fail, and open the breaker
		rejected := 0
		for _, err := range errs {
			if err == limiter.ErrCircuitOpen {
				rejected++
			}
		}
		if rejected != 2 || len(u.attempts()) != 10 {
			t.Errorf("%d attempts, %d calls rejected", len(u.attempts()), rejected)
		}
		wantStats(t, u.Limiter, "at the end", limiter.Stats{OpenBreakers: []string{getEndpoint}})
	})
}
