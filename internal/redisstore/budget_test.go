package redisstore

import (
	"context"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/alicebob/miniredis/v2/server"

	"heygen-graphql/internal/cache"
)

func TestBudgetIsTheUnionOfWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := budgetOf(WithBudget(t.Context()))
		var all sync.WaitGroup
		for i := range 10 { // each 10 ms, from 0 to 19 ms: 19 ms together
			all.Go(func() {
				<-time.After(time.Duration(i) * time.Millisecond)
				if left, want := b.enter(time.Hour), DefaultTimeout-time.Duration(i)*time.Millisecond; left != want {
					t.Errorf("wait %d may take %v, want %v", i, left, want)
				}
				<-time.After(10 * time.Millisecond)
				b.leave()
			})
		}
		all.Wait()
		<-time.After(time.Hour) // without a wait
		if left := b.remaining(time.Hour); left != DefaultTimeout-19*time.Millisecond {
			t.Errorf("%v left", left)
		}
		b.charge(3 * time.Millisecond)
		for range 100 { // round trips to a healthy Redis
			b.enter(time.Hour)
			<-time.After(freeWait)
			b.leave()
		}
		if left := b.enter(time.Hour); left != 18*time.Millisecond {
			t.Errorf("%v left", left)
		}
		<-time.After(30 * time.Millisecond)
		b.leave()
		if left := b.enter(time.Hour); left > 0 {
			t.Errorf("%v left of a spent budget", left)
		}
	})
}

// refuseCluster makes a Redis of this process one that is no cluster, and that takes 100 ms for
// each of the slow commands.
func refuseCluster(m *miniredis.Miniredis, slow ...string) {
	m.Server().SetPreHook(func(p *server.Peer, command string, _ ...string) bool {
		if slices.Contains(slow, command) {
			<-time.After(100 * time.Millisecond)
		}
		if command != "CLUSTER" {
			return false
		}
		p.WriteError("ERR This instance has cluster support disabled")
		return true
	})
}

func TestLoadedRecordsCostNoBudget(t *testing.T) {
	m := miniredis.RunT(t)
	refuseCluster(m, "PTTL")
	s := Open(Options{URL: "redis://" + m.Addr(), Version: "test", Timeout: 10 * time.Second})
	defer s.Close()
	for !s.Up() {
		<-time.After(time.Millisecond)
	}
	one := s.Tenant([32]byte{1}, Events{})
	defer one.Close()
	_, lease := one.Acquire(t.Context(), "key", func(cache.Record) bool { return false })
	lease.Release(t.Context(), cache.Record{Key: "key", Data: []byte("data"), StoredAt: time.Now(), Lifetime: time.Hour})
	ctx := context.WithValue(t.Context(), budgetKey{}, &budget{maximum: 500 * time.Millisecond})
	for range 8 {
		if _, ok := one.Load(ctx, "key"); !ok {
			t.Fatal("no record")
		}
	}
	for n := range 8 { // what Redis does not have costs
		_, _ = one.Load(ctx, "missing")
		if left := budgetOf(ctx).remaining(time.Hour); n == 7 && left > 0 {
			t.Errorf("%v left", left)
		}
	}
}

func TestRequestHasOneBudget(t *testing.T) {
	ctx := WithBudget(t.Context())
	if WithBudget(ctx) != ctx {
		t.Error("a second budget replaces the first")
	}
	if left := budgetOf(t.Context()).enter(time.Hour); left != time.Hour {
		t.Errorf("%v without a budget", left)
	}
}

func TestQueueAdmitsInOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var q queue
		if !q.idle() || q.enter(t.Context()) != nil || q.idle() {
			t.Fatal("the first caller is not admitted")
		}
		leaving, cancel := context.WithCancel(t.Context())
		var admitted []int
		var all sync.WaitGroup
		for i := range 5 {
			ctx := t.Context()
			if i == 2 {
				ctx = leaving
			}
			all.Go(func() {
				if err := q.enter(ctx); err != nil {
					return
				}
				admitted = append(admitted, i)
				q.leave()
			})
			synctest.Wait()
		}
		cancel()
		synctest.Wait()
		q.leave()
		all.Wait()
		if want := []int{0, 1, 3, 4}; len(admitted) != 4 || [4]int(admitted) != [4]int(want) || !q.idle() {
			t.Errorf("admitted %v, want %v", admitted, want)
		}
	})
}
