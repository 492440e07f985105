package redisstore_test

import (
	"context"
	"encoding/binary"
	"net"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"heygen-graphql/internal/redisstore"
)

func TestCloseFreesLeasesAndSlots(t *testing.T) {
	m := server(t)
	s := replicas(t, m, 1)[0]
	one := tenant(t, s, alice)
	lease := acquire(t, one, groups)
	release := slot(t, one)
	s.Close()
	if found := append(names(m, ":l:"), names(m, ":s:")...); len(found) != 0 {
		t.Errorf("keys %q", found)
	}
	lease.Release(t.Context(), record(groups, "data"))
	release()
	one.BackOff(time.Minute)
	one.Invalidate(t.Context(), groups)
	if _, ok := one.Load(t.Context(), groups); ok || s.Up() {
		t.Error("a closed store has a record")
	}
	if _, next := one.Acquire(t.Context(), groups, accept); next != nil {
		t.Error("a closed store has a lease")
	}
	slot(t, one)()
	s.Close()
}

func TestCloseDoesNotWaitForAStoppedRedis(t *testing.T) {
	m := server(t)
	p := newProxy(t, m.Addr())
	s := openUp(t, redisstore.Options{URL: p.url(), Version: "test", Slots: 2})
	one := tenant(t, s, alice)
	one.AcquireSlot(t.Context())
	p.stop()
	one.Load(t.Context(), groups)
	s.Close() // goleak checks that nothing remains
}

func TestCloseEndsADialThatHangs(t *testing.T) {
	dialing := make(chan struct{}, 10)
	o := options("redis://127.0.0.1:1")
	o.Dial = func(ctx context.Context, _ string) (net.Conn, error) {
		dialing <- struct{}{}
		<-ctx.Done()
		return nil, ctx.Err()
	}
	s := redisstore.Open(o)
	<-dialing
	s.Close()
}

func TestTenantsWithTheSameCredentialShareTheirState(t *testing.T) {
	m := server(t)
	s := replicas(t, m, 1)[0]
	one, two := tenant(t, s, alice), tenant(t, s, alice)
	put(t, one, record(groups, "data"))
	one.Close()
	two.Invalidate(t.Context(), groups)
	if _, ok := one.Load(t.Context(), groups); ok {
		t.Error("an invalidated record is loaded")
	}
}

func TestThousandTenantsHaveTheirOwnRecords(t *testing.T) {
	m := server(t)
	all := replicas(t, m, 2)
	var wait sync.WaitGroup
	for worker := range 10 {
		wait.Go(func() {
			for i := range 100 {
				var credential [32]byte
				binary.BigEndian.PutUint64(credential[:], uint64(worker*100+i))
				one, two := all[0].Tenant(credential, redisstore.Events{}), all[1].Tenant(credential, redisstore.Events{})
				want := strconv.Itoa(worker*100 + i)
				if _, lease := one.Acquire(t.Context(), groups, accept); lease != nil {
					lease.Release(t.Context(), record(groups, want))
				}
				if got, ok := two.Load(t.Context(), groups); !ok || string(got.Data) != want {
					t.Errorf("tenant %s loads %q, %t", want, got.Data, ok)
				}
				one.Close()
				two.Close()
			}
		})
	}
	wait.Wait()
}

func TestClusterIsSupported(t *testing.T) {
	m := cluster(t)
	s := openUp(t, options("redis://"+m.Addr()))
	one := tenant(t, s, alice)
	eventually(t, "record", func() bool {
		_, lease := one.Acquire(t.Context(), groups, accept)
		if lease != nil {
			lease.Release(t.Context(), record(groups, "data"))
		}
		_, ok := one.Load(t.Context(), groups)
		return ok
	})
	slot(t, one)()
	s.StoreDocument(t.Context(), hashOf("{me}"), "{me}")
	if _, ok := s.LoadDocument(t.Context(), hashOf("{me}")); !ok {
		t.Error("no document")
	}
}

func TestBackgroundWritesAreBounded(t *testing.T) {
	m := server(t)
	p := newProxy(t, m.Addr())
	var seen observed
	o := options(p.url())
	o.Observe = seen.observe
	s := openUp(t, o)
	one := tenant(t, s, alice)
	p.stop()
	for range 256 + 10 {
		one.BackOff(time.Minute)
	}
	if skipped := seen.count("slot skipped"); skipped != 10 {
		t.Errorf("%d writes dropped, want 10", skipped)
	}
	p.resume()
	eventually(t, "writes", func() bool { return seen.count("slot ok") == 256 })
}

func TestWriteOutlastsItsCaller(t *testing.T) {
	m := server(t)
	s := replicas(t, m, 1)[0]
	one := tenant(t, s, alice)
	lease := acquire(t, one, groups)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	lease.Release(ctx, record(groups, "data"))
	eventually(t, "record", func() bool {
		_, ok := one.Load(t.Context(), groups)
		return ok
	})
}

func BenchmarkLoad(b *testing.B) {
	m := server(b)
	one := tenant(b, openUp(b, options("redis://"+m.Addr())), alice)
	put(b, one, record(groups, string(make([]byte, 4<<10))))
	b.ReportAllocs()
	for b.Loop() {
		if _, ok := one.Load(b.Context(), groups); !ok {
			b.Fatal("no record")
		}
	}
}

func BenchmarkAcquireAndRelease(b *testing.B) {
	m := server(b)
	one := tenant(b, openUp(b, options("redis://"+m.Addr())), alice)
	data := record(groups, string(make([]byte, 4<<10)))
	var n atomic.Int64
	b.ReportAllocs()
	for b.Loop() {
		data.Key = strconv.FormatInt(n.Add(1)%100, 10)
		acquire(b, one, data.Key).Release(b.Context(), data)
	}
}

func TestClosingATenantTwiceLeavesItsSuccessor(t *testing.T) {
	m := server(t)
	all := replicas(t, m, 2)
	subscribed(t, m, 2)
	first := all[0].Tenant(alice, redisstore.Events{})
	first.Close()
	second, invalidated := listening(t, all[0], alice)
	first.Close()
	put(t, second, record(groups, "data"))
	tenant(t, all[1], alice).Invalidate(t.Context(), groups)
	<-invalidated // by the message: nothing else looks at the generation within the test
}
