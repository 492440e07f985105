package redisstore_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"heygen-graphql/internal/cache"
)

// wait starts Acquire in another goroutine, and returns once it has polled.
func wait(t *testing.T, o *observed, acquire func() (cache.Record, cache.Lease)) chan acquired {
	t.Helper()
	before := o.count("lease ok")
	result := make(chan acquired, 1)
	go func() {
		record, lease := acquire()
		result <- acquired{record, lease}
	}()
	eventually(t, "poll", func() bool { return o.count("lease ok") >= before+2 })
	return result
}

type acquired struct {
	record cache.Record
	lease  cache.Lease
}

func TestWaiterGetsTheRecordOfTheHolder(t *testing.T) {
	for _, transient := range []bool{false, true} {
		m := server(t)
		holder := tenant(t, replicas(t, m, 1)[0], alice)
		var o observed
		observing := options("redis://" + m.Addr())
		observing.Observe = o.observe
		waiter := tenant(t, openUp(t, observing), alice)
		lease := acquire(t, holder, groups)
		start := time.Now()
		result := wait(t, &o, func() (cache.Record, cache.Lease) {
			return waiter.Acquire(t.Context(), groups, func(r cache.Record) bool { return r.StoredAt.After(start) })
		})
		stored := record(groups, "data")
		stored.StoredAt, stored.Transient = stored.StoredAt.Add(time.Millisecond), transient
		lease.Release(t.Context(), stored)
		got := <-result
		if got.lease != nil || string(got.record.Data) != "data" || got.record.Transient != transient {
			t.Errorf("transient %t: %+v", transient, got)
		}
		if _, ok := waiter.Load(t.Context(), groups); ok == transient {
			t.Errorf("transient %t: loaded %t", transient, ok)
		}
	}
}

func TestWaiterTakesTheLeaseIfTheRecordIsNotAccepted(t *testing.T) {
	m := server(t)
	all := replicas(t, m, 1)
	holder := tenant(t, all[0], alice)
	var o observed
	observing := options("redis://" + m.Addr())
	observing.Observe = o.observe
	waiter := tenant(t, openUp(t, observing), alice)
	lease := acquire(t, holder, groups)
	result := wait(t, &o, func() (cache.Record, cache.Lease) { return waiter.Acquire(t.Context(), groups, reject) })
	lease.Release(t.Context())
	got := <-result
	if got.lease == nil {
		t.Fatal("no lease after the release")
	}
	got.lease.Release(t.Context())
	if found := names(m, ":l:"); len(found) != 0 {
		t.Errorf("leases %q", found)
	}
}

func TestAcceptedRecordNeedsNoLease(t *testing.T) {
	m := server(t)
	one := tenant(t, replicas(t, m, 1)[0], alice)
	put(t, one, record(groups, "data"))
	got, lease := one.Acquire(t.Context(), groups, accept)
	if lease != nil || string(got.Data) != "data" {
		t.Errorf("%+v, %v", got, lease)
	}
	eventually(t, "release", func() bool { return len(names(m, ":l:")) == 0 })
}

func TestLeaseOfADeadHolderIsTakenAndThatOfAnotherIsNotDeleted(t *testing.T) {
	m := server(t)
	var held observed
	observing := options("redis://" + m.Addr())
	observing.Observe = held.observe
	holder := tenant(t, openUp(t, observing), alice)
	waiter := tenant(t, replicas(t, m, 1)[0], alice)
	late := acquire(t, holder, groups)
	eventually(t, "extension", func() bool { return held.count("lease ok") == 2 })
	m.FastForward(3 * time.Second) // in which the holder has not renewed the lease
	next := acquire(t, waiter, groups)
	renewed := held.count("lease ok")
	eventually(t, "renewal", func() bool { return held.count("lease ok") > renewed })
	late.Release(t.Context(), record(groups, "late"))
	if found := names(m, ":l:"); len(found) != 1 {
		t.Errorf("leases %q, want that of the new holder", found)
	}
	next.Release(t.Context())
	if found := names(m, ":l:"); len(found) != 0 {
		t.Errorf("leases %q", found)
	}
}

func TestLeaseIsRenewedWhileTheHolderFetches(t *testing.T) {
	m := server(t)
	one := tenant(t, replicas(t, m, 1)[0], alice)
	lease := acquire(t, one, groups)
	key := name(t, m, ":l:")
	for range 2 {
		m.FastForward(2 * time.Second)
		eventually(t, "renewal", func() bool { return m.TTL(key) == 3*time.Second })
	}
	lease.Release(t.Context())
	if m.Exists(key) {
		t.Error("the lease remains")
	}
}

func TestWaitEndsWithTheContext(t *testing.T) {
	m := server(t)
	all := replicas(t, m, 1)
	lease := acquire(t, tenant(t, all[0], alice), groups)
	ctx, cancel := context.WithCancel(t.Context())
	var o observed
	observing := options("redis://" + m.Addr())
	observing.Observe = o.observe
	waiter := tenant(t, openUp(t, observing), alice)
	result := wait(t, &o, func() (cache.Record, cache.Lease) { return waiter.Acquire(ctx, groups, accept) })
	cancel()
	if got := <-result; got.lease != nil || got.record.Data != nil {
		t.Errorf("%+v", got)
	}
	lease.Release(t.Context())
}

func TestKeyThatIsNoLeaseIsNotWaitedFor(t *testing.T) {
	m := server(t)
	one := tenant(t, replicas(t, m, 1)[0], alice)
	acquire(t, one, groups)
	key := name(t, m, ":l:")
	m.Del(key)
	if err := m.Set(key, "forever"); err != nil {
		t.Fatal(err)
	}
	if got, lease := one.Acquire(t.Context(), groups, reject); lease != nil || got.Data != nil {
		t.Errorf("%+v, %v", got, lease)
	}
}

func TestReplicasFetchOnce(t *testing.T) {
	m := server(t)
	var fetches sync.Map
	var all sync.WaitGroup
	for _, s := range replicas(t, m, 4) {
		one := tenant(t, s, alice)
		for _, key := range []string{"a", "b", "c"} {
			all.Go(func() {
				got, lease := one.Acquire(t.Context(), key, accept)
				switch {
				case lease != nil:
					if _, again := fetches.LoadOrStore(key, true); again {
						t.Errorf("%s is fetched twice", key)
					}
					lease.Release(t.Context(), record(key, "data of "+key))
				case string(got.Data) != "data of "+key:
					t.Errorf("%s: %q", key, got.Data)
				}
			})
		}
	}
	all.Wait()
}

func TestMadeUpCredentialLeavesNothingLasting(t *testing.T) {
	m := server(t)
	one := tenant(t, replicas(t, m, 1)[0], alice)
	lease := acquire(t, one, groups)
	failed := record(groups, "error")
	failed.Transient = true
	lease.Release(t.Context(), failed)
	one.Invalidate(t.Context(), "*")
	m.FastForward(2 * time.Minute)
	if found := names(m, ""); len(found) != 0 {
		t.Errorf("keys %q", found)
	}
	put(t, one, record(groups, "data"))
	m.FastForward(2 * time.Minute)
	if found := names(m, ":gen"); len(found) != 1 {
		t.Errorf("generations %q", found)
	}
}
