package cache_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"heygen-graphql/internal/cache"
	"heygen-graphql/internal/cache/cachetest"
)

const millisecond = time.Millisecond

func TestEntryOfAnotherReplicaCostsNoCall(t *testing.T) {
	runWithReplicas(t, func(f *replicas, a, b, c *replica) {
		a.want("response 1", nil, cache.Miss, time.Second)
		f.advanceTo(5 * time.Second)
		for _, r := range []*replica{b, c} {
			r.want("response 1", nil, cache.SharedHit, 0)
		}
		b.want("response 1", nil, cache.Hit, 0) // it has an entry of its own now
		entry, _ := cache.Get(f.Context(), b.Scope, b.request("a"))
		if entry.StoredAt != f.start.Add(time.Second) || entry.Expiry.Fresh != f.start.Add(11*time.Second) || !entry.Ref.Valid() {
			f.Errorf("stored at %v, fresh until %v", entry.StoredAt, entry.Expiry.Fresh)
		}
		f.wantCalls(1)
	})
}

func TestEntryIsServedWithoutCallOfSecondLevel(t *testing.T) {
	runWithReplicas(t, func(f *replicas, a, b, _ *replica) {
		a.want("response 1", nil, cache.Miss, time.Second)
		before := f.store.Counts()
		for range 10 {
			a.want("response 1", nil, cache.Hit, 0)
		}
		if after := f.store.Counts(); after != before {
			f.Errorf("%+v, before: %+v", after, before)
		}
		f.advanceTo(20 * time.Second)
		f.store.SetFault(cachetest.Hangs)
		a.want("response 1", nil, cache.Stale, 0) // the background refresh alone waits
		if after := f.store.Counts(); after.Loads != before.Loads {
			f.Errorf("%+v, before: %+v", after, before)
		}
	})
}

func TestStaleRecordIsRevalidatedOnce(t *testing.T) {
	runWithReplicas(t, func(f *replicas, a, b, c *replica) {
		a.want("response 1", nil, cache.Miss, time.Second)
		f.advanceTo(20 * time.Second)
		b.want("response 1", nil, cache.Stale, 0)
		a.want("response 1", nil, cache.Stale, 0)
		f.advanceTo(25 * time.Second)
		f.wantCalls(2)
		c.want("response 2", nil, cache.SharedHit, 0)
		a.want("response 2", nil, cache.Hit, 0)
		b.want("response 2", nil, cache.Hit, 0)
		f.wantCalls(2)
	})
}

func TestRecordIsServedIfUpstreamFails(t *testing.T) {
	runWithReplicas(t, func(f *replicas, a, b, c *replica) {
		a.want("response 1", nil, cache.Miss, time.Second)
		f.advanceTo(2 * time.Minute) // neither fresh nor stale-while-revalidate
		f.setBehavior(errTransient, false)
		b.want("response 1", nil, cache.Stale, time.Second)
		b.want("response 1", nil, cache.Stale, 0) // the refresh has failed a moment ago
		c.want("response 1", nil, cache.Stale, 0) // in another replica
		a.want("response 1", nil, cache.Stale, 0)
		f.wantCalls(2)
		f.advanceTo(2*time.Minute + 4*time.Second)
		f.setBehavior(nil, false)
		c.want("response 3", nil, cache.Miss, time.Second)
		a.want("response 3", nil, cache.SharedHit, 0)
	})
}

func TestExpiredRecordIsNoEntry(t *testing.T) {
	runWithReplicas(t, func(f *replicas, a, b, _ *replica) {
		a.want("response 1", nil, cache.Miss, time.Second)
		// The settings of the other replica differ.
		b.want("response 2", nil, cache.Miss, time.Second, func(r *cache.Request[string]) {
			r.Expiry = func(_ string, _ error, at time.Time) cache.Expiry { return cache.Expiry{} }
		})
	})
}

func TestNegativeEntryIsShared(t *testing.T) {
	runWithReplicas(t, func(f *replicas, a, b, _ *replica) {
		f.setBehavior(errCacheable, false)
		a.want("", errCacheable, cache.Miss, time.Second)
		b.want("", errCacheable, cache.SharedHit, 0)
		b.want("", errCacheable, cache.Hit, 0)
		f.advanceTo(7 * time.Second)
		b.want("", errCacheable, cache.Miss, time.Second)
		f.wantCalls(2)
	})
}

func TestLoadsAreCoalesced(t *testing.T) {
	runWithReplicas(t, func(f *replicas, a, _, _ *replica) {
		a.want("response 1", nil, cache.Miss, time.Second)
		before := f.store.Counts().Loads
		f.store.SetLatency(10 * millisecond)
		f.wantAll("response 1", nil)
		if loads := f.store.Counts().Loads - before; loads != 2 { // of the two other replicas
			f.Errorf("%d loads", loads)
		}
		f.wantCalls(1)
	})
}

func TestCallerJoinsFetchWithoutLoad(t *testing.T) {
	runWithReplicas(t, func(f *replicas, a, _, _ *replica) {
		f.store.SetLatency(10 * millisecond)
		go a.want("response 1", nil, cache.Miss, time.Second+30*millisecond)
		f.advanceTo(500 * millisecond)
		a.want("response 1", nil, cache.Coalesced, 530*millisecond)
		if n := f.store.Counts(); n.Loads != 1 {
			f.Errorf("%+v", n)
		}
	})
}

func TestLoadOfInvalidatedScopeIsDiscarded(t *testing.T) {
	runWithReplicas(t, func(f *replicas, a, b, _ *replica) {
		a.want("response 1", nil, cache.Miss, time.Second)
		f.store.SetLatency(10 * millisecond)
		var loading sync.WaitGroup
		loading.Go(func() {
			b.want("response 2", nil, cache.Miss, time.Second+30*millisecond, func(r *cache.Request[string]) { r.Codec = readableOnce(r.Codec) })
		})
		f.advanceTo(time.Second + 5*millisecond)
		b.Invalidate()
		f.advanceTo(time.Second + 15*millisecond)
		if b.isCached() {
			f.Error("cached")
		}
		loading.Wait()
	})
}

// readableOnce returns how values are shared, with a decoder that can read only the first
// record.
func readableOnce(s *cache.Codec[string]) *cache.Codec[string] {
	other, first := *s, true
	other.Decode = func(data []byte) (string, error, bool) {
		if !first {
			return "", nil, false
		}
		first = false
		return s.Decode(data)
	}
	return &other
}

func TestUnreadableRecordIsNoEntry(t *testing.T) {
	runWithReplicas(t, func(f *replicas, a, b, c *replica) {
		a.want("response 1", nil, cache.Miss, time.Second)
		f.store.SetFault(cachetest.Garbage)
		b.want("response 2", nil, cache.Miss, time.Second)
		f.store.SetFault(cachetest.None)
		panics := *stringCodec
		panics.Decode = func([]byte) (string, error, bool) { panic("decode") }
		c.want("response 3", nil, cache.Miss, time.Second, func(r *cache.Request[string]) { r.Codec = &panics })
		c.want("response 3", nil, cache.Hit, 0)
	})
}

func TestPanicOfOnLoadLosesNoValue(t *testing.T) {
	runWithReplicas(t, func(f *replicas, a, b, _ *replica) {
		a.want("response 1", nil, cache.Miss, time.Second)
		panicked := false
		b.want("response 1", nil, cache.SharedHit, 0, func(r *cache.Request[string]) {
			r.OnLoad = func(string, time.Time, cache.Snapshot) {
				if !panicked {
					panicked = true
					panic("on load")
				}
			}
		})
	})
}

func TestOnLoadIsCalledInsteadOfOnFetch(t *testing.T) {
	runWithReplicas(t, func(f *replicas, a, b, c *replica) {
		var fetched, loaded []string
		configure := func(r *cache.Request[string]) {
			r.OnFetch = func(value string, _ error, _ time.Time, _ cache.Snapshot) { fetched = append(fetched, value) }
			r.OnLoad = func(value string, at time.Time, of cache.Snapshot) {
				if at != f.start.Add(time.Second) || of != b.Snapshot() && of != c.Snapshot() {
					f.Error(at, of)
				}
				loaded = append(loaded, value)
			}
		}
		var waiting sync.WaitGroup
		time.AfterFunc(500*millisecond, func() {
			waiting.Go(func() { c.want("response 1", nil, cache.Coalesced, 500*millisecond, configure) })
		})
		a.want("response 1", nil, cache.Miss, time.Second, configure)
		waiting.Wait()
		b.want("response 1", nil, cache.SharedHit, 0, configure)
		if len(fetched) != 1 || len(loaded) != 2 {
			f.Errorf("%d fetched, %d loaded", len(fetched), len(loaded))
		}
	})
}

func TestNewerEntryIsNotReplacedByRecord(t *testing.T) {
	runWithReplicas(t, func(f *replicas, a, b, _ *replica) {
		a.want("response 1", nil, cache.Miss, time.Second)
		f.advanceTo(2 * time.Second)
		now := time.Now()
		cache.Put(b.Snapshot(), "a", "newer", now, cache.Expiry{Fresh: now.Add(time.Second), Stale: now.Add(time.Second), Expires: now.Add(time.Minute)})
		f.advanceTo(5 * time.Second)
		f.setBehavior(errTransient, false)
		b.want("newer", nil, cache.Stale, time.Second)
	})
}

func TestAcceptedEntriesIncludeThoseOfOtherReplicas(t *testing.T) {
	runWithReplicas(t, func(f *replicas, a, b, c *replica) {
		a.want("response 1", nil, cache.Miss, time.Second)
		storedAfter := func(after time.Duration) func(*cache.Request[string]) {
			return func(r *cache.Request[string]) {
				r.Accept = func(storedAt time.Time, _ cache.Expiry) bool { return storedAt.After(f.start.Add(after)) }
			}
		}
		b.want("response 1", nil, cache.SharedHit, 0, storedAfter(0))
		b.want("response 2", nil, cache.Miss, time.Second, storedAfter(time.Second))
		a.want("response 2", nil, cache.SharedHit, 0, storedAfter(time.Second))
		f.advanceTo(30 * time.Second)
		noRevalidation := func(r *cache.Request[string]) { r.NoRevalidation = true }
		c.want("response 2", nil, cache.Stale, 0, noRevalidation)
		f.advanceTo(3 * time.Minute)
		f.add(1<<20).want("response 2", nil, cache.Stale, 0, func(r *cache.Request[string]) { r.ServeSince = f.start })
		f.wantCalls(2)
	})
}

func TestCallerLeavesLoadInTime(t *testing.T) {
	runWithReplicas(t, func(f *replicas, a, b, c *replica) {
		a.want("response 1", nil, cache.Miss, time.Second)
		f.store.SetLatency(40 * millisecond)
		var others sync.WaitGroup
		for _, onLeave := range []func(error){nil, func(error) {}} {
			for range 2 {
				r := b.request("a")
				r.OnLeave = onLeave
				start := time.Now()
				if _, err := cache.Get(f.leaveAfter(10*millisecond), b.Scope, r); !errors.Is(err, context.Canceled) || time.Since(start) != 10*millisecond {
					f.Error(err, time.Since(start))
				}
			}
		}
		// The others get the value of a load that one of them has left.
		left := make(chan error, 1)
		r := c.request("a")
		r.OnLeave = func(err error) { left <- err }
		others.Go(func() {
			if _, err := cache.Get(f.leaveAfter(10*millisecond), c.Scope, r); err != cache.ErrLeft {
				f.Error(err)
			}
		})
		synctest.Wait()
		c.want("response 1", nil, cache.SharedHit, 40*millisecond)
		others.Wait()
		if err := <-left; err != context.Canceled {
			f.Error(err)
		}
		f.wantCalls(1)
	})
}

func TestCloseEndsLoadsAndWaits(t *testing.T) {
	runWithReplicas(t, func(f *replicas, a, b, c *replica) {
		go func() { _, _ = cache.Get(f.Context(), a.Scope, a.request("a")) }()
		f.advanceTo(500 * millisecond)
		f.store.SetLatency(100 * millisecond)
		var waiting sync.WaitGroup
		for _, r := range []*replica{b, c} {
			waiting.Go(func() { r.want("", context.Canceled, cache.Miss, 400*millisecond) })
			f.advanceTo(time.Since(f.start) + 50*millisecond)
		}
		f.store.SetLatency(0)
		f.advanceTo(900 * millisecond)
		b.Cache.Close()
		f.advanceTo(950 * millisecond)
		c.Cache.Close()
		waiting.Wait()
	})
}
