package ratelimit_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/throttled/throttled/v2"
	"github.com/throttled/throttled/v2/store/memstore"

	"heygen-graphql/graph/caller"
	"heygen-graphql/internal/ratelimit"
)

var _ caller.RateLimiter = (*ratelimit.Limiter)(nil)

func TestBurstIsSpentAtOnceAndRegainedEvenly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := ratelimit.New(ratelimit.Options{PerMinute: 60, Burst: 10})
		assert := func(cost int, want caller.RateLimit) {
			t.Helper()
			want.Limit, want.Window = 10, 10*time.Second
			if got := l.Allow(t.Context(), "ada", cost); got != want {
				t.Errorf("cost %d: %+v, want %+v", cost, got, want)
			}
		}
		assert(4, caller.RateLimit{Allowed: true, Remaining: 6, ResetAfter: 4 * time.Second})
		assert(6, caller.RateLimit{Allowed: true, Remaining: 0, ResetAfter: 10 * time.Second})
		assert(3, caller.RateLimit{Remaining: 0, ResetAfter: 10 * time.Second, RetryAfter: 3 * time.Second})
		<-time.After(2999 * time.Millisecond)
		assert(3, caller.RateLimit{Remaining: 2, ResetAfter: 7001 * time.Millisecond, RetryAfter: time.Millisecond})
		<-time.After(time.Millisecond)
		assert(3, caller.RateLimit{Allowed: true, Remaining: 0, ResetAfter: 10 * time.Second})
		<-time.After(time.Hour)
		assert(11, caller.RateLimit{Remaining: 10}) // never
		assert(10, caller.RateLimit{Allowed: true, Remaining: 0, ResetAfter: 10 * time.Second})
		if got := l.Allow(t.Context(), "bob", 10); !got.Allowed {
			t.Errorf("another caller is limited: %+v", got)
		}
	})
}

func TestConcurrentOperationsSpendTheBurstExactly(t *testing.T) {
	l := ratelimit.New(ratelimit.Options{PerMinute: 1, Burst: 500})
	var allowed atomic.Int64
	var callers sync.WaitGroup
	for range 1000 {
		callers.Go(func() {
			if l.Allow(t.Context(), "ada", 1).Allowed {
				allowed.Add(1)
			}
		})
	}
	callers.Wait()
	if n := allowed.Load(); n != 500 {
		t.Errorf("%d operations were allowed, want 500", n)
	}
}

func TestMadeUpCallersDoNotFillMemory(t *testing.T) {
	l := ratelimit.New(ratelimit.Options{PerMinute: 1, Burst: 1})
	if !l.Allow(t.Context(), "ada", 1).Allowed || l.Allow(t.Context(), "ada", 1).Allowed {
		t.Fatal("the limit does not apply")
	}
	for i := range 65_536 {
		l.Allow(t.Context(), fmt.Sprint("made up ", i), 1)
	}
	if !l.Allow(t.Context(), "ada", 1).Allowed {
		t.Error("more than 65,536 callers are known")
	}
}

// failingStore fails if it is down.
type failingStore struct {
	throttled.GCRAStoreCtx
	down bool
}

func (s *failingStore) GetWithTime(ctx context.Context, key string) (int64, time.Time, error) {
	if s.down {
		return 0, time.Time{}, errors.New("down")
	}
	return s.GCRAStoreCtx.GetWithTime(ctx, key)
}

func newFailingStore(t *testing.T) *failingStore {
	memory, err := memstore.NewCtx(10)
	if err != nil {
		t.Fatal(err)
	}
	return &failingStore{GCRAStoreCtx: memory}
}

func TestReplicasContinueFromTheSharedLimitIfTheStoreFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := newFailingStore(t)
		first := ratelimit.New(ratelimit.Options{PerMinute: 1, Burst: 2, Shared: store})
		second := ratelimit.New(ratelimit.Options{PerMinute: 1, Burst: 2, Shared: store})
		allowed := func(l *ratelimit.Limiter) bool { return l.Allow(t.Context(), "ada", 1).Allowed }
		if !allowed(first) || !allowed(second) || allowed(first) || allowed(second) {
			t.Error("the replicas do not share the limit")
		}
		store.down = true
		if allowed(first) || allowed(second) {
			t.Error("a failure of the store restores the limit")
		}
		<-time.After(time.Hour)
		for _, l := range []*ratelimit.Limiter{first, second} {
			n := 0
			for allowed(l) {
				n++
			}
			if n != 2 {
				t.Errorf("a replica by itself allows %d operations, want 2", n)
			}
		}
		store.down = false
		<-time.After(time.Hour)
		if !allowed(first) || !allowed(second) || allowed(first) || allowed(second) {
			t.Error("the replicas do not share the limit again")
		}
	})
}

func TestOperationsDuringAFailureCountLater(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := newFailingStore(t)
		l := ratelimit.New(ratelimit.Options{PerMinute: 1, Burst: 10, Shared: store})
		for i, cost := range []int{3, 4, 3} {
			store.down = i == 1
			if got := l.Allow(t.Context(), "ada", cost); !got.Allowed || got.Remaining != []int{7, 3, 0}[i] {
				t.Errorf("cost %d: %+v", cost, got)
			}
		}
		if got := l.Allow(t.Context(), "ada", 1); got.Allowed || got.RetryAfter != time.Minute {
			t.Errorf("beyond the burst: %+v", got)
		}
	})
}

// What another replica counted must not count twice here.
func TestOperationThatTheSharedLimitRejectsCostsNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := newFailingStore(t)
		first := ratelimit.New(ratelimit.Options{PerMinute: 1, Burst: 10, Shared: store})
		second := ratelimit.New(ratelimit.Options{PerMinute: 1, Burst: 10, Shared: store})
		first.Allow(t.Context(), "ada", 4)
		for range 3 {
			if got := second.Allow(t.Context(), "ada", 7); got.Allowed || got.Remaining != 6 || got.RetryAfter != time.Minute {
				t.Errorf("%+v", got)
			}
		}
		if got := second.Allow(t.Context(), "ada", 6); !got.Allowed || got.Remaining != 0 {
			t.Errorf("the rest: %+v", got)
		}
	})
}

// slowStore takes a millisecond for each call, and counts the calls.
type slowStore struct {
	throttled.GCRAStoreCtx
	calls atomic.Int64
}

func (s *slowStore) GetWithTime(ctx context.Context, key string) (int64, time.Time, error) {
	s.calls.Add(1)
	<-time.After(time.Millisecond)
	return s.GCRAStoreCtx.GetWithTime(ctx, key)
}

func TestConcurrentOperationsAreCountedTogether(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := &slowStore{GCRAStoreCtx: newFailingStore(t)}
		replicas := []*ratelimit.Limiter{
			ratelimit.New(ratelimit.Options{PerMinute: 1, Burst: 100, Shared: store}),
			ratelimit.New(ratelimit.Options{PerMinute: 1, Burst: 100, Shared: store}),
		}
		var allowed, limited atomic.Int64
		for i, l := range replicas {
			var operations sync.WaitGroup
			for range 80 {
				operations.Go(func() {
					if got := l.Allow(t.Context(), "ada", 1); got.Allowed {
						allowed.Add(1)
					} else if limited.Add(1); got.RetryAfter > time.Minute || got.RetryAfter < 59*time.Second {
						t.Errorf("%+v", got)
					}
				})
			}
			operations.Wait()
			if n := store.calls.Load(); n > int64(5*(i+1)) {
				t.Errorf("%d calls to the store", n)
			}
		}
		if allowed.Load() != 100 || limited.Load() != 60 {
			t.Errorf("%d operations are allowed, and %d are not", allowed.Load(), limited.Load())
		}
	})
}

func TestDamagedSharedLimitIsIgnored(t *testing.T) {
	store := newFailingStore(t)
	l := ratelimit.New(ratelimit.Options{PerMinute: 60, Burst: 2, Shared: store})
	for _, value := range []int64{math.MaxInt64, math.MinInt64, time.Now().Add(time.Hour).UnixNano()} {
		for _, key := range []string{"ada", "60/2 ada"} {
			if ok, err := store.SetIfNotExistsWithTTL(t.Context(), key, value, 0); !ok || err != nil {
				t.Fatal(ok, err)
			}
		}
		if got := l.Allow(t.Context(), "ada", 1); !got.Allowed {
			t.Errorf("%d: %+v", value, got)
		}
		store.GCRAStoreCtx = newFailingStore(t)
		l = ratelimit.New(ratelimit.Options{PerMinute: 60, Burst: 2, Shared: store})
	}
}

func TestLimitsOfAnotherRateAreNotShared(t *testing.T) {
	store := newFailingStore(t)
	slow := ratelimit.New(ratelimit.Options{PerMinute: 1, Burst: 100, Shared: store})
	if !slow.Allow(t.Context(), "ada", 100).Allowed {
		t.Fatal("the burst is not allowed")
	}
	fast := ratelimit.New(ratelimit.Options{PerMinute: 600, Burst: 100, Shared: store})
	if got := fast.Allow(t.Context(), "ada", 1); !got.Allowed {
		t.Errorf("after a change of the settings: %+v", got)
	}
}

func BenchmarkAllow(b *testing.B) {
	l := ratelimit.New(ratelimit.Options{PerMinute: 1_000_000, Burst: 1_000_000})
	b.ReportAllocs()
	for b.Loop() {
		l.Allow(b.Context(), "ada", 1)
	}
}
