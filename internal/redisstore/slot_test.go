package redisstore_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"heygen-graphql/internal/redisstore"
)

func slot(t *testing.T, one *redisstore.Tenant) func() {
	t.Helper()
	release, backoff, err := one.AcquireSlot(t.Context())
	if err != nil || backoff != 0 || release == nil {
		t.Fatalf("no slot: back-off %v, error %v", backoff, err)
	}
	return release
}

func TestReplicasTogetherExceedNoSlots(t *testing.T) {
	m := server(t)
	var now, most atomic.Int64
	var all sync.WaitGroup
	for _, s := range replicas(t, m, 3) {
		one := tenant(t, s, alice)
		for range 10 {
			all.Go(func() {
				release, _, err := one.AcquireSlot(t.Context())
				if err != nil {
					t.Error(err)
					return
				}
				n := now.Add(1)
				for old := most.Load(); n > old && !most.CompareAndSwap(old, n); old = most.Load() {
				}
				<-time.After(time.Millisecond)
				now.Add(-1)
				release()
			})
		}
	}
	all.Wait()
	if most.Load() > 2 {
		t.Errorf("%d calls at once, want at most 2", most.Load())
	}
	eventually(t, "release", func() bool { return len(names(m, ":s:")) == 0 })
}

func TestSlotsOfTenantsAreIndependent(t *testing.T) {
	m := server(t)
	s := replicas(t, m, 1)[0]
	one, other := tenant(t, s, alice), tenant(t, s, bob)
	slot(t, one)
	slot(t, one)
	slot(t, other)
}

func TestWaitForASlotEndsWithTheContext(t *testing.T) {
	m := server(t)
	one := tenant(t, replicas(t, m, 1)[0], alice)
	slot(t, one)
	slot(t, one)
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if release, backoff, err := one.AcquireSlot(ctx); !errors.Is(err, context.DeadlineExceeded) || release != nil || backoff != 0 {
		t.Errorf("%t, %v, %v", release != nil, backoff, err)
	}
}

func TestSlotOfADeadReplicaIsFree(t *testing.T) {
	m := server(t)
	all := replicas(t, m, 2)
	one, two := tenant(t, all[0], alice), tenant(t, all[1], alice)
	slot(t, one)
	slot(t, one)
	m.FastForward(5 * time.Second)
	slot(t, two)
	slot(t, two)
}

func TestSlotIsRenewed(t *testing.T) {
	m := server(t)
	one := tenant(t, replicas(t, m, 1)[0], alice)
	slot(t, one)
	key := name(t, m, ":s:")
	m.FastForward(4 * time.Second)
	eventually(t, "renewal", func() bool { return m.TTL(key) == 5*time.Second })
}

func TestBackOffReachesTheOtherReplicas(t *testing.T) {
	m := server(t)
	all := replicas(t, m, 2)
	subscribed(t, m, 2)
	var published atomic.Int64
	refuse(m, func(command string, _ []string) string {
		if command == "PUBLISH" {
			published.Add(1)
		}
		return ""
	})
	one := tenant(t, all[0], alice)
	received := make(chan time.Duration, 1)
	two := all[1].Tenant(alice, redisstore.Events{BackedOff: func(d time.Duration) { received <- d }})
	defer two.Close()
	one.BackOff(time.Minute)
	if d := <-received; d <= 0 || d > time.Minute {
		t.Errorf("back-off %v", d)
	}
	if release, backoff, err := two.AcquireSlot(t.Context()); release != nil || backoff <= 0 || backoff > time.Minute || err != nil {
		t.Errorf("another replica: %t, %v, %v", release != nil, backoff, err)
	}
	eventually(t, "release", func() bool { return len(names(m, ":s:")) == 0 })
	slot(t, one) // whose limiter backs off by itself
	slot(t, tenant(t, all[1], bob))
	one.BackOff(time.Second)
	one.BackOff(0)
	eventually(t, "second message", func() bool { return published.Load() == 2 })
	m.FastForward(30 * time.Second)
	if _, backoff, _ := two.AcquireSlot(t.Context()); backoff == 0 {
		t.Error("a shorter back-off replaces a longer one")
	}
	m.FastForward(30 * time.Second)
	slot(t, two)
}

func TestSlotsAreUnlimitedWithoutALimitOrPermission(t *testing.T) {
	m := server(t)
	unlimited := options("redis://" + m.Addr())
	unlimited.Slots = 0
	one := tenant(t, openUp(t, unlimited), alice)
	limited := tenant(t, replicas(t, m, 1)[0], alice)
	refuse(m, func(command string, _ []string) string {
		if command == "SET" {
			return "OOM command not allowed when used memory > 'maxmemory'."
		}
		return ""
	})
	for range 5 {
		slot(t, one)()
		slot(t, limited)()
	}
}

func TestKeysThatAreNoSlotsAreReplaced(t *testing.T) {
	m := server(t)
	all := replicas(t, m, 2)
	one, two := tenant(t, all[0], alice), tenant(t, all[1], alice)
	release := slot(t, one)
	prefix := name(t, m, ":s:")
	prefix = prefix[:len(prefix)-1]
	release()
	eventually(t, "release", func() bool { return len(names(m, ":s:")) == 0 })
	set(t, m, prefix+"0", "no slot")
	if _, err := m.Push(prefix+"1", "no slot"); err != nil {
		t.Fatal(err)
	}
	slot(t, one)
	slot(t, two)
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if _, _, err := two.AcquireSlot(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a third slot: %v", err)
	}
}

func TestLongerBackOffReachesTheReplicaThatBacksOff(t *testing.T) {
	m := server(t)
	all := replicas(t, m, 2)
	one, two := tenant(t, all[0], alice), tenant(t, all[1], alice)
	one.BackOff(time.Second)
	eventually(t, "back-off", func() bool { return len(names(m, ":backoff")) == 1 })
	slot(t, one)() // whose limiter backs off by itself
	two.BackOff(time.Minute)
	eventually(t, "longer back-off", func() bool { return m.TTL(name(t, m, ":backoff")) == time.Minute })
	for _, replica := range []*redisstore.Tenant{one, two} {
		_, backoff, err := replica.AcquireSlot(t.Context())
		if (backoff > 50*time.Second) != (replica == one) || err != nil {
			t.Errorf("back-off %v, error %v", backoff, err)
		}
	}
}
