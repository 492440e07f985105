package cache_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"heygen-graphql/internal/cache"
)

func TestIdenticalRequestsAreCoalesced(t *testing.T) {
	for _, bytes := range []int64{0, 1 << 20} {
		runWithFixture(t, bytes, func(f *fixture) {
			var all sync.WaitGroup
			for range 100 {
				all.Go(func() { f.wantGet("a", "response 1", nil, second) })
			}
			all.Wait()
			f.wantCalls(1)
		})
	}
}

// getInBackground gets "a" in a goroutine, with a context that is canceled after some
// time, or has its deadline then.
func (f *fixture) getInBackground(all *sync.WaitGroup, after time.Duration, canceled bool, want error) {
	ctx, cancel := context.WithTimeout(f.Context(), after)
	if canceled {
		cancel()
		ctx, cancel = context.WithCancel(f.Context())
		time.AfterFunc(after, cancel)
	}
	start := time.Now()
	all.Go(func() {
		defer cancel()
		_, err := cache.Get(ctx, f.Scope, f.request("a"))
		if !errors.Is(err, want) || want != nil && time.Since(start) != after {
			f.Errorf("%v after %v; want %v after %v", err, time.Since(start), want, after)
		}
	})
	synctest.Wait()
}

func TestCallOutlivesCallerThatStartedIt(t *testing.T) {
	runWithFixture(t, 1<<20, func(f *fixture) {
		var all sync.WaitGroup
		f.getInBackground(&all, second/4, true, context.Canceled) // it started the call
		f.getInBackground(&all, second/2, false, context.DeadlineExceeded)
		f.getInBackground(&all, 9*second, false, nil)
		all.Wait()
		f.wantGetAndCalls("a", "response 1", nil, 0, 1)
		if len(f.canceled()) != 0 {
			f.Error(f.canceled())
		}
	})
}

func TestCallIsCanceledWhenLastWaiterLeaves(t *testing.T) {
	runWithFixture(t, 1<<20, func(f *fixture) {
		f.setBehavior(nil, true)
		var all sync.WaitGroup
		f.getInBackground(&all, 2*second, false, context.DeadlineExceeded)
		f.getInBackground(&all, 3*second, true, context.Canceled)
		f.advanceTo(3*second - 1)
		if len(f.canceled()) != 0 {
			f.Error("canceled though a caller waits")
		}
		f.advanceTo(3 * second)
		all.Wait()
		f.setBehavior(nil, false)
		f.wantGetAndCalls("a", "response 2", nil, second, 2) // not that of the canceled call
		f.setBehavior(nil, true)
		f.advanceTo(100 * second)
		f.getInBackground(&all, 4*second, false, nil) // stale-if-error: maxRefreshWait passes before the deadline
		all.Wait()
		f.advanceTo(129 * second)
		if len(f.canceled()) != 1 {
			f.Errorf("canceled: %v", f.canceled())
		}
		f.advanceTo(130 * second)
		if want := []error{context.Canceled, context.DeadlineExceeded}; !slices.Equal(f.canceled(), want) {
			f.Errorf("canceled with %v, want %v", f.canceled(), want)
		}
	})
	runWithFixture(t, 1<<20, func(f *fixture) {
		f.setBehavior(nil, true)
		var all sync.WaitGroup
		f.getInBackground(&all, 2*second, true, context.Canceled)
		f.getInBackground(&all, 3*second, false, context.DeadlineExceeded)
		all.Wait()
		synctest.Wait()
		if want := []error{context.DeadlineExceeded}; !slices.Equal(f.canceled(), want) {
			f.Errorf("canceled with %v, want %v", f.canceled(), want)
		}
	})
}

func TestCallHasLatestDeadlineOfItsWaiters(t *testing.T) {
	runWithFixture(t, 1<<20, func(f *fixture) {
		contexts := make(chan context.Context, 1)
		r := f.request("a")
		r.Fetch = func(ctx context.Context) (string, error) {
			contexts <- ctx
			return f.fetch(ctx)
		}
		var all sync.WaitGroup
		var call context.Context
		for _, wait := range []time.Duration{5 * second, 9 * second, 7 * second, 0} {
			all.Go(func() {
				ctx := f.Context()
				if wait > 0 {
					timeout, cancel := context.WithTimeout(ctx, wait)
					defer cancel()
					ctx = timeout
				}
				_, _ = cache.Get(ctx, f.Scope, r)
			})
			synctest.Wait()
			if call == nil {
				call = <-contexts
			}
			deadline, hasDeadline := call.Deadline()
			if want := map[time.Duration]time.Duration{5 * second: 5 * second, 9 * second: 9 * second, 7 * second: 9 * second}[wait]; hasDeadline != (wait > 0) || hasDeadline && deadline != f.start.Add(want) {
				f.Errorf("after a wait of %v: %v, %v", wait, deadline.Sub(f.start), hasDeadline)
			}
		}
		all.Wait()
	})
}

func TestInvalidateRemovesEntriesAndDiscardsCallsInFlight(t *testing.T) {
	runWithFixture(t, 1<<20, func(f *fixture) {
		f.wantGetAndCalls("a", "response 1", nil, second, 1)
		other := &fixture{T: f.T, Cache: f.Cache, Scope: f.NewScope(), start: f.start}
		other.wantGetAndCalls("a", "response 1", nil, second, 1) // not shared between scopes
		var all sync.WaitGroup
		all.Go(func() { f.wantGet("b", "response 2", nil, second) })
		synctest.Wait()
		f.Invalidate()
		all.Go(func() { f.wantGet("b", "response 3", nil, second) })
		all.Wait()
		f.wantGetAndCalls("b", "response 3", nil, 0, 3)
		f.wantGetAndCalls("a", "response 4", nil, second, 4)
		other.wantGetAndCalls("a", "response 1", nil, 0, 1)

		before, size := f.Snapshot(), f.Size()
		all.Go(func() { f.wantGet("d", "response 5", nil, second) })
		synctest.Wait()
		f.Invalidate()
		all.Wait()
		if n := f.Size(); n <= 0 || n >= size {
			f.Errorf("%d bytes left of %d", n, size)
		}
		expiry := f.request(nil).Expiry("", nil, time.Now())
		cache.Put(before, "c", "put late", time.Now(), expiry)
		f.wantGetAndCalls("c", "response 6", nil, second, 6)
	})
}

// A canceled call takes its time to return. Another call of the key that starts in the
// meantime is not affected.
func TestAbandonedCallDoesNotAffectNextCall(t *testing.T) {
	runWithFixture(t, 1<<20, func(f *fixture) {
		r := f.request("a")
		r.Fetch = func(ctx context.Context) (string, error) {
			<-ctx.Done()
			<-time.After(second / 2)
			return "", errPermanent
		}
		ctx, cancel := context.WithCancel(f.Context())
		time.AfterFunc(second, cancel)
		if _, err := cache.Get(ctx, f.Scope, r); err != context.Canceled || time.Since(f.start) != second {
			f.Error(err)
		}
		var all sync.WaitGroup
		all.Go(func() { f.wantGet("a", "response 1", nil, second) })
		f.advanceTo(second + 3*second/4) // the first has returned
		all.Go(func() { f.wantGet("a", "response 1", nil, second/4) })
		all.Wait()
		f.wantCalls(1)
	})
}

// Many callers request a value at once, some of them just after it was stored: it is
// fetched once.
func TestConcurrentRequestsNeverFetchTwice(t *testing.T) {
	c := cache.New(cache.Options{MaxBytes: 64 << 20})
	defer c.Close()
	s := c.NewScope()
	end := time.Now().Add(time.Hour)
	for key := range 3000 {
		var calls atomic.Int32
		r := cache.Request[int]{
			Key:    key,
			Fetch:  func(context.Context) (int, error) { calls.Add(1); return key, nil },
			Expiry: func(int, error, time.Time) cache.Expiry { return cache.Expiry{Fresh: end, Stale: end, Expires: end} },
		}
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() { _, _ = cache.Get(t.Context(), s, r) })
		}
		all.Wait()
		if n := calls.Load(); n != 1 {
			t.Fatalf("%d calls for one key", n)
		}
	}
}

// An entry is invalidated while a caller waits for its refresh. The caller must not get
// it as stale-if-error.
func TestInvalidatedEntryIsNotServedOnError(t *testing.T) {
	runWithFixture(t, 1<<20, func(f *fixture) {
		f.wantGetAndCalls("a", "response 1", nil, second, 1)
		f.advanceTo(61 * second)
		f.setBehavior(errTransient, false)
		var all sync.WaitGroup
		all.Go(func() { f.wantGet("a", "", errTransient, second) })
		synctest.Wait()
		f.Invalidate()
		all.Wait()
	})
}

func TestCloseCancelsCallsInFlight(t *testing.T) {
	runWithFixture(t, 1<<20, func(f *fixture) {
		f.wantGetAndCalls("a", "response 1", nil, second, 1)
		f.advanceTo(61 * second)
		f.setBehavior(nil, true)
		var all sync.WaitGroup
		all.Go(func() { f.wantGet("a", "response 1", nil, 0) }) // its call is canceled
		all.Go(func() { f.wantGet("b", "", context.Canceled, 0) })
		synctest.Wait()
		r, returned := f.request("slow to return"), false
		r.Fetch = func(ctx context.Context) (string, error) {
			<-ctx.Done()
			<-time.After(second)
			returned = true
			return "", errPermanent
		}
		all.Go(func() { _, _ = cache.Get(f.Context(), f.Scope, r) })
		synctest.Wait()
		if f.Close(); !returned {
			f.Error("closed before its calls had returned")
		}
		all.Wait()
		f.wantGetAndCalls("c", "", context.Canceled, 0, 3)
	})
}

// A caller with a goroutine of its own makes the call in it. It is released at its
// deadline though others still wait, and the call continues for those.
func TestCallInCallersGoroutineOutlivesItsDeadline(t *testing.T) {
	runWithFixture(t, 1<<20, func(f *fixture) {
		var all sync.WaitGroup
		left := make(chan error, 2)
		all.Go(func() {
			ctx, cancel := context.WithTimeout(f.Context(), second/4)
			defer cancel()
			r := f.request("a")
			r.OnLeave = func(err error) {
				if time.Since(f.start) != second/4 {
					f.Errorf("left after %v", time.Since(f.start))
				}
				left <- err
			}
			if _, err := cache.Get(ctx, f.Scope, r); err != cache.ErrLeft || time.Since(f.start) != second {
				f.Errorf("%v after %v", err, time.Since(f.start))
			}
		})
		synctest.Wait()
		all.Go(func() { f.wantGet("a", "response 1", nil, second) })
		all.Wait()
		if len(left) != 1 || <-left != context.DeadlineExceeded || len(f.canceled()) != 0 {
			f.Errorf("OnLeave was called %d times, canceled: %v", len(left), f.canceled())
		}
		f.wantGetAndCalls("a", "response 1", nil, 0, 1)
	})
}

// While no other caller waits, the end of its context ends the call, as in any goroutine.
func TestCallInCallersGoroutineEndsWithItsOnlyCaller(t *testing.T) {
	for _, cause := range []error{context.DeadlineExceeded, context.Canceled} {
		runWithFixture(t, 1<<20, func(f *fixture) {
			ctx, cancel := context.WithTimeout(f.Context(), second/4)
			defer cancel()
			if cause == context.Canceled {
				ctx, cancel = context.WithCancel(f.Context())
				time.AfterFunc(second/4, cancel)
			}
			r := f.request("a")
			r.OnLeave = func(error) { f.Error("OnLeave was called though nobody else waits") }
			entry, err := cache.Get(ctx, f.Scope, r)
			if err != cause || entry.Result != cache.Miss || time.Since(f.start) != second/4 || len(f.canceled()) != 1 {
				f.Errorf("%v, %v after %v, canceled: %v", entry.Result, err, time.Since(f.start), f.canceled())
			}
			f.wantGetAndCalls("a", "response 2", nil, second, 2)
		})
	}
}
