package cache_test

import (
	"testing"
	"testing/synctest"

	"heygen-graphql/internal/cache"
)

func TestEntryReportsItsResult(t *testing.T) {
	runWithFixture(t, 1<<20, func(f *fixture) {
		wantResult := func(want cache.Result) {
			f.Helper()
			entry, err := cache.Get(f.Context(), f.Scope, f.request("a"))
			if entry.Result != want {
				f.Errorf("at %v: %s, %v; want %s", f.start, entry.Result, err, want)
			}
		}
		done := make(chan struct{})
		go func() { defer close(done); wantResult(cache.Miss) }()
		synctest.Wait()
		wantResult(cache.Coalesced) // at the same time
		<-done
		wantResult(cache.Hit)
		f.advanceTo(15 * second)
		wantResult(cache.Stale)
		f.advanceTo(17 * second)
		wantResult(cache.Hit)
		f.advanceTo(100 * second)
		wantResult(cache.Miss) // the caller waited for the refresh
		f.setBehavior(errTransient, false)
		f.advanceTo(200 * second)
		wantResult(cache.Stale) // stale-if-error
		wantResult(cache.Stale) // no other attempt during the back-off
		other, err := cache.Get(f.Context(), f.Scope, f.request("b"))
		if other.Result != cache.Miss || err == nil {
			f.Error(other, err)
		}
	})
}
