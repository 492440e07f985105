package cache_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"heygen-graphql/internal/cache"
	"heygen-graphql/internal/cache/cachetest"
)

func TestIdenticalRequestsOfAllReplicasAreOneCall(t *testing.T) {
	for _, failure := range []error{nil, errTransient, errCacheable, errPermanent} {
		for _, cacheable := range []bool{true, false} {
			runWithReplicas(t, func(f *replicas, a, b, c *replica) {
				f.setBehavior(failure, false)
				value := "response 1"
				if failure != nil {
					value = ""
				}
				var callers sync.WaitGroup
				for n, r := range []*replica{a, b, c} {
					for range 10 {
						callers.Go(func() {
							request := r.request("a")
							if !cacheable {
								request.Expiry = func(string, error, time.Time) cache.Expiry { return cache.Expiry{} }
							}
							entry, err := cache.Get(f.Context(), r.Scope, request)
							if entry.Value != value || err != failure || n > 0 && entry.Result != cache.Coalesced {
								f.Error(entry.Value, err, entry.Result)
							}
						})
					}
					f.advanceTo(time.Duration(n+1) * 100 * millisecond)
				}
				callers.Wait()
				f.wantCalls(1)
			})
		}
	}
}

func TestUncacheableValueIsFetchedAgain(t *testing.T) {
	for _, failure := range []error{nil, errTransient, errPermanent} {
		runWithReplicas(t, func(f *replicas, a, b, _ *replica) {
			f.setBehavior(failure, false)
			for n, r := range []*replica{a, b, a, b} {
				request := r.request("a")
				request.Expiry = func(string, error, time.Time) cache.Expiry { return cache.Expiry{} }
				if entry, err := cache.Get(f.Context(), r.Scope, request); err != failure || entry.Result != cache.Miss {
					f.Error(entry, err)
				}
				f.wantCalls(n + 1)
			}
		})
	}
}

func TestRecordThatIsNoLongerTrueIsNotLoaded(t *testing.T) {
	runWithReplicas(t, func(f *replicas, a, b, _ *replica) {
		a.want("response 1", nil, cache.Miss, time.Second)
		f.advanceTo(20 * time.Second)
		f.setBehavior(errPermanent, false)
		a.want("response 1", nil, cache.Stale, 0)
		f.advanceTo(22 * time.Second)
		b.want("", errPermanent, cache.Miss, time.Second)
		f.advanceTo(30 * time.Second)
		b.want("", errPermanent, cache.Miss, time.Second)
	})
}

func TestFailedRefreshBacksOffInAllReplicas(t *testing.T) {
	runWithReplicas(t, func(f *replicas, a, b, c *replica) {
		f.wantAll("response 1", nil)
		f.advanceTo(20 * time.Second)
		f.setBehavior(errTransient, false)
		var failures []error
		logged := func(r *cache.Request[string]) {
			r.OnStaleIfError = func(err error) { failures = append(failures, err) }
		}
		for n, r := range []*replica{a, b, c} {
			f.advanceTo(20*time.Second + time.Duration(n)*1200*millisecond)
			r.want("response 1", nil, cache.Stale, 0, logged)
		}
		f.wantCalls(2)
		f.advanceTo(24 * time.Second)
		for _, r := range f.all {
			r.want("response 1", nil, cache.Stale, 0)
		}
		f.advanceTo(25500 * millisecond)
		f.wantCalls(3)
		if len(failures) != 3 {
			f.Error(failures)
		}
	})
}

func TestCallerThatLeavesPassesLeaseOn(t *testing.T) {
	runWithReplicas(t, func(f *replicas, a, b, _ *replica) {
		go func() {
			if _, err := cache.Get(f.leaveAfter(300*millisecond), a.Scope, a.request("a")); !errors.Is(err, context.Canceled) {
				f.Error(err)
			}
		}()
		f.advanceTo(100 * millisecond)
		b.want("response 2", nil, cache.Miss, 1200*millisecond)
		if n := f.store.Counts(); n.Leases != 2 {
			f.Errorf("%+v", n)
		}
	})
}

func TestWaitingCallerLeavesInTime(t *testing.T) {
	runWithReplicas(t, func(f *replicas, a, b, _ *replica) {
		go a.want("response 1", nil, cache.Miss, time.Second)
		f.advanceTo(100 * millisecond)
		start := time.Now()
		if _, err := cache.Get(f.leaveAfter(200*millisecond), b.Scope, b.request("a")); err != context.Canceled || time.Since(start) != 200*millisecond {
			f.Error(err, time.Since(start))
		}
		f.advanceTo(2 * time.Second)
		f.wantCalls(1)
	})
}

func TestPanicReleasesLease(t *testing.T) {
	runWithReplicas(t, func(f *replicas, a, b, _ *replica) {
		for _, configure := range []func(*cache.Request[string]){
			func(r *cache.Request[string]) { r.Fetch = func(context.Context) (string, error) { panic("fetch") } },
			func(r *cache.Request[string]) {
				r.OnFetch = func(string, error, time.Time, cache.Snapshot) { panic("on fetch") }
			},
		} {
			request := a.request("a")
			request.Codec = new(*stringCodec)
			request.Codec.Encode = func(_ string, err error) ([]byte, bool) { return nil, err == nil }
			configure(&request)
			_, err := cache.Get(f.Context(), a.Scope, request)
			if _, ok := errors.AsType[*cache.PanicError](err); !ok {
				f.Error(err)
			}
		}
		b.want("response 2", nil, cache.Miss, time.Second)
	})
}

func TestEntryThatAppearsWhileWaitingSavesCall(t *testing.T) {
	runWithReplicas(t, func(f *replicas, a, b, _ *replica) {
		go func() { _, _ = cache.Get(f.leaveAfter(time.Second/2), a.Scope, a.request("a")) }()
		f.advanceTo(100 * millisecond)
		time.AfterFunc(200*millisecond, func() {
			now := time.Now()
			cache.Put(b.Snapshot(), "a", "item of a list", now, cache.Expiry{Fresh: now.Add(time.Minute), Stale: now.Add(time.Minute), Expires: now.Add(time.Minute)})
		})
		b.want("item of a list", nil, cache.Coalesced, 400*millisecond)
		f.wantCalls(1)
	})
}

func TestInvalidationDuringFetchStoresNoRecord(t *testing.T) {
	runWithReplicas(t, func(f *replicas, a, b, _ *replica) {
		time.AfterFunc(500*millisecond, a.Invalidate)
		a.want("response 1", nil, cache.Miss, time.Second)
		if _, ok := f.store.Record(credential, "GET a"); ok || a.isCached() {
			f.Error("stored")
		}
		b.want("response 2", nil, cache.Miss, time.Second)
	})
}

func TestItemsOfValueAreRecords(t *testing.T) {
	runWithReplicas(t, func(f *replicas, a, b, _ *replica) {
		items := *stringCodec
		items.Items = func(id any, value string, at time.Time) (records []cache.Record) {
			for n, word := range strings.Fields(value) {
				data, _ := stringCodec.Encode(word, nil)
				records = append(records, cache.Record{Key: fmt.Sprint("GET ", id, n), Data: data, StoredAt: at, Lifetime: time.Minute})
			}
			return records
		}
		a.want("response 1", nil, cache.Miss, time.Second, func(r *cache.Request[string]) { r.Codec = &items })
		for key, want := range map[string]string{"a0": "response", "a1": "1"} {
			if entry, err := cache.Get(f.Context(), b.Scope, b.request(key)); entry.Value != want || err != nil || entry.Result != cache.SharedHit {
				f.Error(entry, err)
			}
		}
		f.wantCalls(1)
	})
}

type valueKey struct{}

func TestSecondLevelGetsValuesOfWaitingCaller(t *testing.T) {
	runWithReplicas(t, func(f *replicas, a, _, _ *replica) {
		var mu sync.Mutex
		var seen []string
		f.store.SetObserver(func(ctx context.Context, operation string) {
			mu.Lock()
			defer mu.Unlock()
			if _, ok := ctx.Deadline(); operation != "release" && ctx.Value(valueKey{}) != nil && !ok {
				f.Error(operation, " without a deadline")
			}
			seen = append(seen, fmt.Sprint(operation, " ", ctx.Value(valueKey{})))
		})
		ctx, cancel := context.WithTimeout(context.WithValue(f.Context(), valueKey{}, "budget"), time.Minute)
		defer cancel()
		_, _ = cache.Get(ctx, a.Scope, a.request("a"))
		f.advanceTo(20 * time.Second)
		_, _ = cache.Get(ctx, a.Scope, a.request("a")) // refreshed in the background
		f.advanceTo(25 * time.Second)
		synctest.Wait()
		if got := strings.Join(seen, ", "); got != "load budget, acquire budget, release budget, acquire <nil>, release <nil>" {
			f.Error(got)
		}
	})
}

func TestFaultyStoreChangesNoResult(t *testing.T) {
	for _, fault := range []cachetest.Fault{cachetest.Unavailable, cachetest.Hangs, cachetest.Forgets, cachetest.Garbage} {
		runWithReplicas(t, func(f *replicas, a, b, c *replica) {
			f.store.SetFault(fault)
			for n, r := range []*replica{a, b, c} {
				for range 3 {
					entry, err := cache.Get(f.Context(), r.Scope, r.request("a"))
					if want := fmt.Sprint("response ", n+1); entry.Value != want || err != nil {
						f.Errorf("fault %d: %q, want %q: %v", fault, entry.Value, want, err)
					}
				}
			}
			if took := time.Since(f.start); took > 3*(time.Second+3*40*millisecond) {
				f.Error(took)
			}
			f.wantCalls(3)
		})
	}
}

func TestDisabledCacheStillSharesCalls(t *testing.T) {
	runWithReplicas(t, func(f *replicas, _, _, _ *replica) {
		f.all = nil
		for range 3 {
			f.add(0)
		}
		f.wantAll("response 1", nil)
		f.wantCalls(1)
	})
}
