package cache_test

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"heygen-graphql/internal/cache"
)

// cacheTwentyStale gets twenty values and waits until all of their entries are stale.
func (f *fixture) cacheTwentyStale() {
	f.Helper()
	for i := range 20 {
		f.wantGet(i, fmt.Sprint("response ", i+1), nil, second)
	}
	f.advanceTo(40 * second)
}

// At most four background refreshes of a queue are in flight at once. Calls that a
// caller waits for do not queue.
func TestBackgroundRefreshesAreLimited(t *testing.T) {
	runWithFixture(t, 1<<20, func(f *fixture) {
		f.cacheTwentyStale()
		for i := range 20 {
			f.wantGet(i, fmt.Sprint("response ", i+1), nil, 0)
		}
		f.wantCalls(24)
		f.wantGet("new", "response 25", nil, second)
		f.wantCalls(25 + 4)
		f.advanceTo(45 * second)
		f.wantCalls(41)
	})
	runWithFixture(t, 1<<20, func(f *fixture) { // RefreshTimeout counts in the queue, too
		for i := range 6 {
			f.wantGet(i, fmt.Sprint("response ", i+1), nil, second)
		}
		f.advanceTo(20 * second)
		var calls, failures atomic.Int32
		for i := range 6 {
			r := f.request(i)
			r.Fetch = func(context.Context) (string, error) {
				calls.Add(1)
				<-time.After(40 * second) // it ignores its context
				return "", errTransient
			}
			r.OnStaleIfError = func(error) { failures.Add(1) }
			if entry, err := cache.Get(f.Context(), f.Scope, r); err != nil || entry.Value != fmt.Sprint("response ", i+1) {
				f.Error(entry, err)
			}
		}
		f.advanceTo(70 * second)
		if calls.Load() != 4 || failures.Load() != 4 {
			f.Errorf("%d calls, %d reported as failed; want the four that got a slot", calls.Load(), failures.Load())
		}
	})
	runWithFixture(t, 1<<20, func(f *fixture) { // each queue has slots of its own
		f.cacheTwentyStale()
		for i := range 20 {
			r := f.request(i)
			r.Queue = []cache.Queue{cache.SingleQueue, cache.BulkQueue, cache.LongQueue}[i%3]
			if _, err := cache.Get(f.Context(), f.Scope, r); err != nil {
				f.Error(err)
			}
		}
		f.wantCalls(20 + 4 + 4 + 1)
	})
}

// A refresh waits in the queue. When the old entry has expired, a caller waits for the
// refresh, and it starts at once.
func TestForegroundRequestPromotesQueuedRefresh(t *testing.T) {
	runWithFixture(t, 1<<20, func(f *fixture) {
		end := f.start.Add(5 * second / 2)
		for i := range 20 {
			cache.Put(f.Snapshot(), i, "put", f.start, cache.Expiry{Fresh: f.start, Stale: end, Expires: end})
		}
		var queued sync.Map
		for i := range 20 {
			queued.Store(i, true)
			r := f.request(i)
			r.Fetch = func(ctx context.Context) (string, error) {
				queued.Delete(i)
				return f.fetch(ctx)
			}
			if entry, err := cache.Get(f.Context(), f.Scope, r); entry.Value != "put" || err != nil {
				f.Error(entry, err)
			}
		}
		f.advanceTo(5 * second / 2)
		f.wantCalls(12)
		queued.Range(func(last, _ any) bool {
			f.wantGet(last, "response 13", nil, second)
			return false
		})
	})
}

func TestRefreshQueueIsBounded(t *testing.T) {
	const maxQueued = 1000
	synctest.Test(t, func(t *testing.T) {
		f := &fixture{T: t, Cache: cache.New(cache.Options{MaxBytes: 8 << 20, MaxBackgroundRefreshes: 8, RefreshTimeout: time.Hour}), start: time.Now()}
		f.Scope = f.NewScope()
		end := f.start.Add(time.Hour)
		for i := range maxQueued + 5 {
			cache.Put(f.Snapshot(), i, "put", f.start, cache.Expiry{Fresh: f.start, Stale: end, Expires: end})
		}
		for i := range maxQueued + 5 {
			f.wantGet(i, "put", nil, 0)
		}
		f.advanceTo(260 * second) // at four calls a second
		f.wantCalls(maxQueued)
		for i := range maxQueued + 5 {
			_, _ = cache.Get(f.Context(), f.Scope, f.request(i))
		}
		f.advanceTo(265 * second)
		f.mu.Lock()
		calls := f.calls
		f.mu.Unlock()
		if calls < maxQueued+5 {
			f.Errorf("%d calls: the entries beyond the queue were not refreshed later", calls)
		}
		f.Close()
	})
}

// A list may have put the entry of a refresh that is still queued.
func TestQueuedRefreshIsSkippedWhenNewerEntryWasPut(t *testing.T) {
	runWithFixture(t, 1<<20, func(f *fixture) {
		f.cacheTwentyStale()
		for i := range 20 {
			f.wantGet(i, fmt.Sprint("response ", i+1), nil, 0)
		}
		f.wantCalls(24)
		now := time.Now()
		for i := range 20 {
			cache.Put(f.Snapshot(), i, "listed", now, f.request(nil).Expiry("", nil, now))
		}
		f.advanceTo(50*second - 1)
		f.wantCalls(24)
	})
}

func TestAwaitedReportsWhetherACallerWaits(t *testing.T) {
	runWithFixture(t, 1<<20, func(f *fixture) {
		var atStart, atEnd atomic.Bool
		get := func(wantStart, wantEnd bool, joinAfter time.Duration) {
			f.Helper()
			r := f.request("key")
			r.Fetch = func(ctx context.Context) (string, error) {
				atStart.Store(cache.Awaited(ctx))
				<-time.After(second)
				atEnd.Store(cache.Awaited(ctx))
				return "", errTransient // so that the entry remains as it is
			}
			_, _ = cache.Get(f.Context(), f.Scope, r)
			<-time.After(joinAfter)
			_, _ = cache.Get(f.Context(), f.Scope, r)
			<-time.After(3 * second)
			if atStart.Load() != wantStart || atEnd.Load() != wantEnd {
				f.Errorf("awaited at the start %t and at the end %t, want %t and %t", atStart.Load(), atEnd.Load(), wantStart, wantEnd)
			}
		}
		get(true, true, 0) // a miss
		f.wantGet("key", "response 1", nil, second)
		f.advanceTo(30 * second)
		get(false, false, 0)                              // in the background
		f.advanceTo(66*second - 500*time.Millisecond + 1) // it is stale until 66 s
		get(false, true, 500*time.Millisecond)            // and joined
		f.advanceTo(100 * second)
		get(true, true, 0) // stale-if-error: a caller waits two seconds
	})
}
