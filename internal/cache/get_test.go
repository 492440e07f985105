package cache_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"heygen-graphql/internal/cache"
)

const second = time.Second

func TestFreshEntryIsServedWithoutCall(t *testing.T) {
	runWithFixture(t, 1<<20, func(f *fixture) {
		f.wantGetAndCalls("a", "response 1", nil, second, 1)
		f.wantGetAndCalls("a", "response 1", nil, 0, 1)
		f.wantGetAndCalls("b", "response 2", nil, second, 2)
		f.advanceTo(11*second - 1) // it was stored after 1 s
		f.wantGetAndCalls("a", "response 1", nil, 0, 2)
	})
}

func TestStaleWhileRevalidateServesStaleEntryAndRefreshesOnce(t *testing.T) {
	runWithFixture(t, 1<<20, func(f *fixture) {
		f.wantGetAndCalls("a", "response 1", nil, second, 1)
		f.advanceTo(11 * second)
		for range 100 {
			f.wantGetAndCalls("a", "response 1", nil, 0, 2)
		}
		f.advanceTo(12 * second)
		f.wantGetAndCalls("a", "response 2", nil, 0, 2)
		f.advanceTo(22*second - 1)
		f.wantGetAndCalls("a", "response 2", nil, 0, 2)
	})
}

func TestEntryBeyondStaleWaitsForRefresh(t *testing.T) {
	runWithFixture(t, 1<<20, func(f *fixture) {
		f.wantGetAndCalls("a", "response 1", nil, second, 1)
		f.advanceTo(61 * second)
		f.wantGetAndCalls("a", "response 2", nil, second, 2)
	})
}

func TestStaleIfErrorServesOldEntry(t *testing.T) {
	runWithFixture(t, 1<<20, func(f *fixture) {
		f.wantGetAndCalls("a", "response 1", nil, second, 1)
		f.setBehavior(errTransient, false)
		f.advanceTo(100 * second)
		f.wantGetAndCalls("a", "response 1", nil, second, 2)
		f.advanceTo(102 * second) // no other attempt during the back-off of 2 s
		f.wantGetAndCalls("a", "response 1", nil, 0, 2)
		f.advanceTo(103 * second)
		f.wantGetAndCalls("a", "response 1", nil, second, 3)

		f.setBehavior(nil, true)
		f.advanceTo(200 * second)
		f.wantGetAndCalls("a", "response 1", nil, 2*second, 4) // maxRefreshWait
		f.wantGetAndCalls("a", "response 1", nil, 0, 4)        // which counts from the start of the call
		f.advanceTo(229 * second)
		f.wantGetAndCalls("a", "response 1", nil, 0, 4)
		f.advanceTo(230 * second) // RefreshTimeout cancels the call
		f.setBehavior(nil, false)
		f.wantGetAndCalls("a", "response 1", nil, 0, 4)
		f.advanceTo(232 * second)
		f.wantGetAndCalls("a", "response 5", nil, second, 5)
	})
}

func TestExpiredEntryIsNotServed(t *testing.T) {
	runWithFixture(t, 1<<20, func(f *fixture) {
		f.wantGetAndCalls("a", "response 1", nil, second, 1)
		f.setBehavior(errTransient, false)
		f.advanceTo(time.Hour + second - 1)
		f.wantGetAndCalls("a", "", errTransient, second, 2) // it expired during the refresh
		f.wantGetAndCalls("a", "", errTransient, second, 3)
		if n := f.Size(); n != 0 {
			f.Errorf("%d bytes left of an expired entry", n)
		}
	})
	runWithFixture(t, 1<<20, func(f *fixture) {
		f.wantGetAndCalls("a", "response 1", nil, second, 1)
		f.setBehavior(nil, true)
		f.advanceTo(time.Hour)
		ctx, cancel := context.WithTimeout(f.Context(), 10*second)
		defer cancel()
		if entry, err := cache.Get(ctx, f.Scope, f.request("a")); entry.Value != "" || err != context.DeadlineExceeded || time.Since(f.start) != time.Hour+10*second {
			f.Errorf("%q, %v", entry.Value, err) // it expired before maxRefreshWait had passed
		}
		f.wantCalls(2)
	})
	runWithFixture(t, 1<<20, func(f *fixture) {
		f.wantGetAndCalls("a", "response 1", nil, second, 1)
		f.setBehavior(errTransient, false)
		f.advanceTo(time.Hour - second)
		f.wantGetAndCalls("a", "response 1", nil, second, 2)
	})
}

func TestPermanentErrorRemovesEntry(t *testing.T) {
	runWithFixture(t, 1<<20, func(f *fixture) {
		f.wantGetAndCalls("a", "response 1", nil, second, 1)
		f.setBehavior(errPermanent, false)
		f.advanceTo(11 * second)
		f.wantGetAndCalls("a", "response 1", nil, 0, 2)
		f.advanceTo(12 * second)
		f.wantGetAndCalls("a", "", errPermanent, second, 3)
		f.wantGetAndCalls("a", "", errPermanent, second, 4) // it is not cached
	})
}

func TestNegativeCachingServesCachedError(t *testing.T) {
	runWithFixture(t, 1<<20, func(f *fixture) {
		f.wantGetAndCalls("a", "response 1", nil, second, 1)
		f.setBehavior(errCacheable, false)
		f.advanceTo(61 * second)
		f.wantGetAndCalls("a", "", errCacheable, second, 2)
		f.advanceTo(67*second - 1)
		f.wantGetAndCalls("a", "", errCacheable, 0, 2)
		f.setBehavior(nil, false)
		f.advanceTo(67 * second)
		f.wantGetAndCalls("a", "response 3", nil, second, 3)
	})
}

func TestZeroMaxBytesDisablesCaching(t *testing.T) {
	runWithFixture(t, 0, func(f *fixture) {
		f.wantGetAndCalls("a", "response 1", nil, second, 1)
		f.wantGetAndCalls("a", "response 2", nil, second, 2)
		cache.Put(f.Snapshot(), "b", "put", time.Now(), cache.Expiry{Expires: time.Now().Add(time.Hour)})
		f.wantGetAndCalls("b", "response 3", nil, second, 3)
		f.Invalidate()
	})
}

func TestOnFetchIsCalledBeforeEntryIsServed(t *testing.T) {
	runWithFixture(t, 1<<20, func(f *fixture) {
		var fetched []string
		r := f.request("a")
		r.OnFetch = func(value string, err error, at time.Time, _ cache.Snapshot) { fetched = append(fetched, value) }
		for range 2 {
			entry, err := cache.Get(f.Context(), f.Scope, r)
			if err != nil || len(fetched) != 1 || fetched[0] != entry.Value {
				f.Errorf("OnFetch was called with %q before %q, %v", fetched, entry.Value, err)
			}
			if age := time.Since(entry.StoredAt); age != 0 || entry.Expiry.Fresh != entry.StoredAt.Add(10*second) {
				f.Errorf("%v old, %v", age, entry.Expiry)
			}
		}
	})
}

func TestPutDoesNotReplaceNewerEntry(t *testing.T) {
	runWithFixture(t, 1<<20, func(f *fixture) {
		expiry := func(at time.Time) cache.Expiry { return f.request(nil).Expiry("", nil, at) }
		now := time.Now()
		cache.Put(f.Snapshot(), "a", "put", now, expiry(now))
		f.wantGetAndCalls("a", "put", nil, 0, 0)
		f.wantGetAndCalls("b", "response 1", nil, second, 1)
		cache.Put(f.Snapshot(), "b", "older", now, expiry(now))
		f.wantGetAndCalls("b", "response 1", nil, 0, 1)
		later := now.Add(2 * second)
		f.advanceTo(2 * second)
		cache.Put(f.Snapshot(), "b", "newer", later, expiry(later))
		f.wantGetAndCalls("b", "newer", nil, 0, 1)
		before := f.Size()
		cache.Put(f.Snapshot(), "c", "expired", later, cache.Expiry{Expires: later})
		if n := f.Size(); n != before {
			f.Errorf("%d bytes left of an expired entry", n-before)
		}
		f.wantGetAndCalls("c", "response 2", nil, second, 2)
	})
}

// A newer value is put while a call is in flight. The call returns only then.
func TestCallInFlightDoesNotReplaceNewerEntry(t *testing.T) {
	for _, failure := range []error{nil, errCacheable} {
		runWithFixture(t, 1<<20, func(f *fixture) {
			f.setBehavior(failure, false)
			var all sync.WaitGroup
			all.Go(func() { f.wantGet("a", map[bool]string{true: "response 1"}[failure == nil], failure, second) })
			f.advanceTo(second / 2)
			now := time.Now()
			cache.Put(f.Snapshot(), "a", "newer", now, f.request(nil).Expiry("", nil, now))
			all.Wait()
			f.wantGetAndCalls("a", "newer", nil, 0, 1)
		})
	}
	runWithFixture(t, 1<<20, func(f *fixture) { // a permanent error removes even a newer entry
		f.setBehavior(errPermanent, false)
		var all sync.WaitGroup
		all.Go(func() { f.wantGet("a", "", errPermanent, second) })
		f.advanceTo(second / 2)
		now := time.Now()
		cache.Put(f.Snapshot(), "a", "newer", now, f.request(nil).Expiry("", nil, now))
		all.Wait()
		f.wantGetAndCalls("a", "", errPermanent, second, 2)
	})
}

func TestPanicIsErrorOfAllWaiters(t *testing.T) {
	runWithFixture(t, 1<<20, func(f *fixture) {
		r := f.request("a")
		r.Fetch = func(context.Context) (string, error) { panic("ouch") }
		if entry, err := cache.Get(f.Context(), f.Scope, r); err == nil || entry.Value != "" {
			f.Errorf("%q, %v", entry.Value, err)
		}
		f.wantGetAndCalls("a", "response 1", nil, second, 1)

		// In a background refresh a panic is reported, and the refresh backs off.
		reports := 0
		r.OnStaleIfError = func(err error) {
			if _, ok := errors.AsType[*cache.PanicError](err); ok {
				reports++
			}
		}
		f.advanceTo(20 * second)
		for range 100 {
			if entry, err := cache.Get(f.Context(), f.Scope, r); entry.Value != "response 1" || err != nil {
				f.Error(entry, err)
			}
			synctest.Wait()
		}
		if reports != 1 {
			f.Errorf("reported %d times, want once", reports)
		}
	})
}
