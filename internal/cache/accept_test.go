package cache_test

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"heygen-graphql/internal/cache"
)

// wantConfigured gets the value of key "a" with a request that is changed by configure.
// It fails unless the value, the error, the result and the time it takes are the given ones.
func (f *fixture) wantConfigured(configure func(*cache.Request[string]), value string, err error, result cache.Result, took time.Duration) {
	f.Helper()
	r := f.request("a")
	configure(&r)
	start := time.Now()
	entry, got := cache.Get(f.Context(), f.Scope, r)
	if entry.Value != value || got != err || entry.Result != result || time.Since(start) != took {
		f.Errorf("at %v: %q, %v, %s after %v; want %q, %v, %s after %v", start.Sub(f.start), entry.Value, got, entry.Result, time.Since(start), value, err, result, took)
	}
}

// storedAfter accepts only entries that were stored later than a time after the start.
func (f *fixture) storedAfter(after time.Duration) func(*cache.Request[string]) {
	return func(r *cache.Request[string]) {
		r.Accept = func(storedAt time.Time, _ cache.Expiry) bool { return storedAt.After(f.start.Add(after)) }
	}
}

func acceptFresh(r *cache.Request[string]) {
	r.Accept = func(_ time.Time, e cache.Expiry) bool { return time.Now().Before(e.Fresh) }
}

func TestUnacceptableEntryIsFetchedFirst(t *testing.T) {
	runWithFixture(t, 1<<20, func(f *fixture) {
		f.wantConfigured(f.storedAfter(0), "response 1", nil, cache.Miss, second)
		f.wantConfigured(f.storedAfter(0), "response 1", nil, cache.Hit, 0)
		f.wantConfigured(f.storedAfter(second), "response 2", nil, cache.Miss, second)
		f.wantConfigured(f.storedAfter(second), "response 2", nil, cache.Hit, 0)
		f.wantGetAndCalls("a", "response 2", nil, 0, 2)
		f.advanceTo(20 * second) // stale
		f.wantConfigured(acceptFresh, "response 3", nil, cache.Miss, second)
		f.wantConfigured(acceptFresh, "response 3", nil, cache.Hit, 0)
		f.wantCalls(3)
	})
}

func TestUnacceptableEntryIsNotServedIfError(t *testing.T) {
	runWithFixture(t, 1<<20, func(f *fixture) {
		f.wantGetAndCalls("a", "response 1", nil, second, 1)
		f.advanceTo(20 * second)
		f.setBehavior(errTransient, false)
		f.wantConfigured(acceptFresh, "", errTransient, cache.Miss, second)
		f.wantConfigured(acceptFresh, "", errTransient, cache.Miss, second) // not even during the back-off
		f.wantGetAndCalls("a", "response 1", nil, 0, 3)                     // it is valid for others
	})
}

// A failed refresh stores the old entry again, with a back-off, while another call for it
// is about to start.
func TestUnacceptableEntryIsNotServedBecauseItWasStoredAgain(t *testing.T) {
	runWithFixture(t, 1<<20, func(f *fixture) {
		f.wantGetAndCalls("a", "response 1", nil, second, 1)
		f.advanceTo(20 * second)
		r := f.request("a")
		called := false
		r.Accept = func(time.Time, cache.Expiry) bool {
			if !called { // while Get decides, a refresh of another caller fails
				called = true
				f.setBehavior(errTransient, false)
				f.wantGet("a", "response 1", nil, 0)
				f.advanceTo(21 * second)
				f.setBehavior(nil, false)
			}
			return false
		}
		if e, err := cache.Get(f.Context(), f.Scope, r); err != nil || e.Value != "response 3" {
			f.Error(e.Value, err)
		}
	})
}

func TestCallsForUnacceptableEntryAreCoalesced(t *testing.T) {
	runWithFixture(t, 1<<20, func(f *fixture) {
		f.wantGetAndCalls("a", "response 1", nil, second, 1)
		var all sync.WaitGroup
		all.Go(func() { f.wantConfigured(f.storedAfter(second), "response 2", nil, cache.Miss, second) })
		synctest.Wait()
		for range 10 {
			all.Go(func() { f.wantConfigured(f.storedAfter(second), "response 2", nil, cache.Coalesced, second) })
		}
		all.Wait()
		f.wantCalls(2)
	})
}

func TestNoRevalidationServesStaleWithoutRefresh(t *testing.T) {
	noRevalidation := func(r *cache.Request[string]) { r.NoRevalidation = true }
	runWithFixture(t, 1<<20, func(f *fixture) {
		f.wantGetAndCalls("a", "response 1", nil, second, 1)
		f.advanceTo(20 * second)
		f.wantConfigured(noRevalidation, "response 1", nil, cache.Stale, 0)
		f.advanceTo(61*second - 1)
		f.wantConfigured(noRevalidation, "response 1", nil, cache.Stale, 0)
		f.wantCalls(1)
		f.advanceTo(61 * second)
		f.wantConfigured(noRevalidation, "response 2", nil, cache.Miss, second)
	})
}

func TestRefreshReceivesOldEntry(t *testing.T) {
	runWithFixture(t, 1<<20, func(f *fixture) {
		refresh := func(r *cache.Request[string]) {
			r.Refresh = func(_ context.Context, old cache.Entry[string]) (string, error) {
				if old.StoredAt != f.start.Add(second) || old.Expiry.Fresh != f.start.Add(11*second) {
					f.Error(old)
				}
				return "after " + old.Value, nil
			}
		}
		f.wantConfigured(refresh, "response 1", nil, cache.Miss, second)
		f.wantConfigured(refresh, "response 1", nil, cache.Hit, 0)
		f.advanceTo(61 * second)
		f.wantConfigured(refresh, "after response 1", nil, cache.Miss, 0)
		f.wantConfigured(refresh, "after response 1", nil, cache.Hit, 0)
		f.wantCalls(1)
	})
}

func TestContextDemandsNewerEntries(t *testing.T) {
	runWithFixture(t, 1<<20, func(f *fixture) {
		f.wantGetAndCalls("a", "response 1", nil, second, 1)
		get := func(since time.Time, want string, result cache.Result) {
			f.Helper()
			entry, err := cache.Get(cache.WithNewerThan(f.Context(), since), f.Scope, f.request("a"))
			if entry.Value != want || entry.Result != result || err != nil {
				f.Errorf("%+v, %v", entry, err)
			}
		}
		storedAt := time.Now()
		f.advanceTo(5 * second)
		get(storedAt, "response 1", cache.Hit)
		get(storedAt.Add(1), "response 2", cache.Miss)
		storedAt = time.Now()
		f.advanceTo(61 * second) // stale
		get(storedAt, "response 2", cache.Stale)
		f.wantCalls(2)
	})
}

func TestServeSinceServesRecentEntryInAnyState(t *testing.T) {
	serveSince := func(after time.Duration) func(*cache.Request[string]) {
		return func(r *cache.Request[string]) { r.ServeSince = time.Now().Add(-after) }
	}
	runWithFixture(t, 1<<20, func(f *fixture) {
		f.wantGetAndCalls("a", "response 1", nil, second, 1)
		f.advanceTo(61 * second) // it would be served only if the upstream failed
		f.wantConfigured(serveSince(61*second), "response 1", nil, cache.Stale, 0)
		f.wantCalls(1)
		f.wantConfigured(serveSince(59*second), "response 2", nil, cache.Miss, second)
	})
}
