package cache_test

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"heygen-graphql/internal/cache"
)

// ref returns the Ref of an entry.
func (f *fixture) ref(key any) cache.Ref {
	f.Helper()
	entry, err := cache.Get(f.Context(), f.Scope, f.request(key))
	if err != nil {
		f.Fatal(err)
	}
	return entry.Ref
}

// wantValid fails unless the Ref is valid, or invalid, as wanted.
func (f *fixture) wantValid(when string, r cache.Ref, want bool) {
	f.Helper()
	if r.Valid() != want {
		f.Errorf("at %v: %s: valid is %t", time.Since(f.start), when, !want)
	}
}

func TestRefIsValidUntilEntryIsReplaced(t *testing.T) {
	runWithFixture(t, 1<<20, func(f *fixture) {
		first := f.ref("a")
		f.wantValid("cached", first, true)
		if again := f.ref("a"); again != first {
			f.Error("the same entry has two Refs")
		}
		f.advanceTo(11 * second)
		f.ref("a") // stale, with a background refresh
		f.wantValid("stale", first, true)
		f.advanceTo(12 * second)
		f.wantValid("refreshed", first, false)
		f.wantValid("the new entry", f.ref("a"), true)
	})
	runWithFixture(t, 1<<20, func(f *fixture) {
		first := f.ref("a")
		cache.Put(f.Snapshot(), "a", "put", time.Now(), cache.Expiry{Fresh: time.Now().Add(second), Stale: time.Now().Add(second), Expires: time.Now().Add(second)})
		f.wantValid("another value was put", first, false)
	})
	runWithFixture(t, 1<<20, func(f *fixture) {
		first := f.ref("a")
		f.Invalidate()
		f.wantValid("invalidated", first, false)
		f.ref("a")
		f.wantValid("fetched again", first, false)
	})
	runWithFixture(t, 1<<20, func(f *fixture) {
		first := f.ref("a")
		f.advanceTo(2 * time.Hour)
		f.wantValid("expired", first, false)
	})
	runWithFixture(t, 0, func(f *fixture) { f.wantValid("caching is disabled", f.ref("a"), false) })
	runWithFixture(t, 1<<20, func(f *fixture) { // a failed refresh postpones the next one, and does not replace the entry
		first := f.ref("a")
		f.setBehavior(errTransient, false)
		f.advanceTo(61 * second)
		f.wantGetAndCalls("a", "response 1", nil, second, 2)
		f.wantValid("stale-if-error", first, true)
	})
}

// getDerived gets an entry that its first caller computes.
func (f *fixture) getDerived(ctx context.Context, valid func(string) bool) (string, cache.Result, error) {
	r := f.request("a")
	r.Derived, r.Valid = true, valid
	entry, err := cache.Get(ctx, f.Scope, r)
	return entry.Value, entry.Result, err
}

func TestInvalidEntryIsFetchedAgain(t *testing.T) {
	runWithFixture(t, 1<<20, func(f *fixture) {
		valid := true
		wantGet := func(want string, calls int) {
			f.Helper()
			if got, _, err := f.getDerived(f.Context(), func(string) bool { return valid }); got != want || err != nil {
				f.Errorf("%q, %v; want %q", got, err, want)
			}
			f.wantCalls(calls)
		}
		wantGet("response 1", 1)
		wantGet("response 1", 1)
		valid = false
		wantGet("response 2", 2)
		valid = true
		wantGet("response 2", 2)
	})
}

func TestDerivedCallIsCoalescedAndOutlivesItsCaller(t *testing.T) {
	runWithFixture(t, 1<<20, func(f *fixture) {
		var all sync.WaitGroup
		ctx, cancel := context.WithCancel(f.Context())
		all.Go(func() {
			if _, result, _ := f.getDerived(ctx, nil); result != cache.Miss {
				f.Error("the first caller got", result)
			}
		})
		synctest.Wait()
		all.Go(func() {
			if got, result, err := f.getDerived(f.Context(), nil); got != "response 1" || result != cache.Coalesced || err != nil {
				f.Error(got, result, err)
			}
		})
		f.advanceTo(second / 2)
		cancel()
		all.Wait()
		f.wantCalls(1)
		if causes := f.canceled(); len(causes) > 0 {
			f.Error("canceled with", causes)
		}
	})
}

func TestDerivedCallIsCanceledWhenLastWaiterLeaves(t *testing.T) {
	runWithFixture(t, 1<<20, func(f *fixture) {
		f.setBehavior(nil, true)
		ctx, cancel := context.WithTimeout(f.Context(), 3*second)
		defer cancel()
		var all sync.WaitGroup
		for range 2 {
			all.Go(func() {
				if _, _, err := f.getDerived(ctx, nil); err == nil {
					f.Error("a response of an upstream that hangs")
				}
			})
		}
		all.Wait()
		if took := time.Since(f.start); took != 3*second {
			f.Errorf("canceled after %v, want 3 s", took)
		}
		f.setBehavior(nil, false)
		if got, _, err := f.getDerived(f.Context(), nil); got != "response 2" || err != nil {
			f.Error(got, err)
		}
	})
}

type sizedValue struct{ text string }

func (s sizedValue) Size() int { return 12345 }

func TestSizedValueReportsItsOwnSize(t *testing.T) {
	if n := cache.SizeOf(sizedValue{"x"}); n != 12345 {
		t.Error(n)
	}
}

func TestDerivedEntriesDoNotEvictFetchedEntries(t *testing.T) {
	runWithFixture(t, 1<<20, func(f *fixture) {
		for i := range 500 { // with 500 bytes each
			cache.Put(f.Snapshot(), i, "fetched", time.Now(), cache.Expiry{Fresh: time.Now().Add(time.Hour), Stale: time.Now().Add(time.Hour), Expires: time.Now().Add(time.Hour)})
		}
		for i := range 5000 {
			_, err := cache.Get(f.Context(), f.Scope, cache.Request[sizedValue]{
				Key: sizedKey(i), Derived: true, Fetch: func(context.Context) (sizedValue, error) { return sizedValue{}, nil },
				Expiry: func(sizedValue, error, time.Time) cache.Expiry {
					end := time.Now().Add(time.Hour)
					return cache.Expiry{Fresh: end, Stale: end, Expires: end}
				},
			})
			if err != nil {
				f.Fatal(err)
			}
		}
		for i := range 500 {
			f.wantGet(i, "fetched", nil, 0)
		}
		if n := f.Size(); n > 1<<20 {
			f.Errorf("%d bytes, want at most 1 MiB", n)
		}
		f.Invalidate()
		if n := f.Size(); n != 0 {
			f.Errorf("%d bytes left of an invalidated scope", n)
		}
	})
}

type sizedKey int
