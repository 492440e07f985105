//go:build redis

package redisstore_test

import (
	"errors"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/throttled/throttled/v2"

	"heygen-graphql/internal/cache"
	"heygen-graphql/internal/redisstore"
)

func TestRealRedisServesEverythingToTheDocumentedUser(t *testing.T) {
	r := startRedis(t)
	var log logged
	o := options(r.url(r.documentedUser()))
	o.Logger = log.logger()
	one, two := openUp(t, o), openUp(t, o)
	a := tenant(t, one, alice)
	b, invalidated := listening(t, two, alice)
	eventually(t, "subscription", func() bool {
		return strings.HasSuffix(r.command("PUBSUB", "NUMSUB", events), "2")
	})
	put(t, a, record(groups, "data"))
	got, ok := b.Load(t.Context(), groups)
	if age := time.Since(got.StoredAt); !ok || string(got.Data) != "data" || age < 0 || age > patience {
		t.Errorf("%+v, %t", got, ok)
	}
	release := slot(t, a)
	slot(t, b)()
	release()
	a.BackOff(time.Minute)
	eventually(t, "back-off", func() bool {
		release, backoff, _ := b.AcquireSlot(t.Context())
		if release != nil {
			release()
		}
		return backoff > 0
	})
	one.StoreDocument(t.Context(), hashOf("{me}"), "{me}")
	if source, ok := two.LoadDocument(t.Context(), hashOf("{me}")); source != "{me}" || !ok {
		t.Errorf("document %q, %t", source, ok)
	}
	for _, s := range []*redisstore.Store{one, two} {
		limiter, err := throttled.NewGCRARateLimiterCtx(s.RateLimitStore(), throttled.RateQuota{MaxRate: throttled.PerHour(1), MaxBurst: 2})
		if err != nil {
			t.Fatal(err)
		}
		var results []bool
		for range 3 {
			limited, _, err := limiter.RateLimitCtx(t.Context(), "caller", 1)
			if err != nil {
				t.Fatal(err)
			}
			results = append(results, limited)
		}
		if results[0] != (s == two) || !results[2] && s == two {
			t.Errorf("limited %v", results)
		}
	}
	for _, key := range r.keys("*") {
		if ttl := r.command("PTTL", key); strings.HasPrefix(ttl, "-1") {
			t.Errorf("%s does not expire", key)
		}
	}
	if endpoint := invalidation(t, a, "GET /v3/avatars", invalidated); endpoint != "GET /v3/avatars" {
		t.Errorf("endpoint %q", endpoint)
	}
	if _, ok := b.Load(t.Context(), groups); ok {
		t.Error("an invalidated record is loaded")
	}
	if strings.Contains(log.String(), "rejected") {
		t.Errorf("the user lacks a permission: %s", log.String())
	}
}

func TestRealRedisThatStopsDelaysARequestOnce(t *testing.T) {
	r := startRedis(t)
	var o observed
	short := redisstore.Options{URL: r.url(""), Version: "test", Slots: 2, Observe: o.observe}
	s := openUp(t, short)
	one := tenant(t, s, alice)
	for range 3 {
		eventually(t, "record", func() bool { // the machine may be busy
			_, lease := one.Acquire(t.Context(), groups, accept)
			if lease != nil {
				lease.Release(t.Context(), record(groups, "data"))
			}
			_, ok := one.Load(t.Context(), groups)
			return ok
		})
		timeouts, skipped := o.count("load timeout"), o.count("load skipped")
		r.signal(syscall.SIGSTOP)
		ctx := redisstore.WithBudget(t.Context())
		for range 20 {
			if _, ok := one.Load(ctx, groups); ok {
				t.Error("a stopped Redis has a record")
			}
		}
		if timeouts, skipped := o.count("load timeout")-timeouts, o.count("load skipped")-skipped; timeouts != 1 || skipped != 19 {
			t.Errorf("%d timeouts and %d skipped commands, want 1 and 19", timeouts, skipped)
		}
		r.signal(syscall.SIGCONT)
		eventually(t, "recovery", s.Up)
	}
}

func TestRealRedisThatRestartsIsUsedAgain(t *testing.T) {
	r := startRedis(t)
	s := openUp(t, options(r.url("")))
	one := tenant(t, s, alice)
	put(t, one, record(groups, "data"))
	r.kill()
	one.Load(t.Context(), groups)
	eventually(t, "outage", func() bool { one.Load(t.Context(), groups); return !s.Up() })
	r.start()
	eventually(t, "recovery", s.Up)
	if _, ok := one.Load(t.Context(), groups); ok {
		t.Error("a lost record is loaded")
	}
	put(t, one, record(groups, "data"))
	r.command("FLUSHALL")
	put(t, one, record(groups, "new"))
	if got, ok := one.Load(t.Context(), groups); !ok || string(got.Data) != "new" {
		t.Errorf("%q, %t", got.Data, ok)
	}
}

func TestRealRedisOutOfMemoryIsAMiss(t *testing.T) {
	r := startRedis(t)
	var log logged
	o := options(r.url(""))
	o.Logger = log.logger()
	s := openUp(t, o)
	one := tenant(t, s, alice)
	put(t, one, record(groups, "data"))
	r.command("CONFIG", "SET", "maxmemory", "1", "maxmemory-policy", "noeviction")
	if _, lease := one.Acquire(t.Context(), "another", accept); lease != nil {
		t.Error("a lease without memory")
	}
	slot(t, one)()
	if _, ok := one.Load(t.Context(), groups); !ok || !s.Up() || log.count("reason=OOM") != 1 {
		t.Errorf("record %t, up %t, log:\n%s", ok, s.Up(), log.String())
	}
	one.Invalidate(t.Context(), "GET /v3/avatars")
	if found := r.keys("*:gen"); len(found) != 0 {
		t.Errorf("the generation remains: %q", found)
	}
	r.command("CONFIG", "SET", "maxmemory", "0")
	eventually(t, "invalidation", func() bool { return len(r.keys("*:gen")) == 1 })
}

func TestRealRedisThatForbidsScriptsAndMessagesIsUsed(t *testing.T) {
	r := startRedis(t)
	r.command("ACL", "SETUSER", "limited", "on", ">pw", "~heygen-graphql:*", "resetchannels", "+@all", "-@scripting", "-@pubsub", "-@dangerous", "-cluster")
	one, two := openUp(t, options(r.url("limited:pw@"))), openUp(t, options(r.url("limited:pw@")))
	a, b := tenant(t, one, alice), tenant(t, two, alice)
	put(t, a, record(groups, "data"))
	if _, ok := b.Load(t.Context(), groups); !ok {
		t.Error("no record")
	}
	if _, err := one.RateLimitStore().CompareAndSwapWithTTL(t.Context(), "k", 1, 2, time.Minute); !errors.Is(err, redisstore.ErrNoScripts) {
		t.Errorf("error %v", err)
	}
	a.Invalidate(t.Context(), "GET /v3/avatars")
	if _, ok := b.Load(t.Context(), groups); ok {
		t.Error("an invalidated record is loaded")
	}
}

func TestRealRedisWithoutMessagesIsComparedEveryTenSeconds(t *testing.T) {
	r := startRedis(t)
	r.command("ACL", "SETUSER", "limited", "on", ">pw", "~*", "+@all", "-@pubsub")
	a := tenant(t, openUp(t, options(r.url("limited:pw@"))), alice)
	b, invalidated := listening(t, openUp(t, options(r.url("limited:pw@"))), alice)
	put(t, b, record(groups, "data"))
	generation := r.keys("*:gen")[0]
	a.Invalidate(t.Context(), "GET /v3/avatars")
	r.command("EXPIRE", generation, "100")
	<-invalidated
	put(t, b, record(groups, "data")) // which must not outlive its generation
	if ttl, err := strconv.Atoi(r.command("TTL", generation)); err != nil || ttl < 1000 {
		t.Errorf("the generation is not extended: it expires in %d s", ttl)
	}
}

func TestRealRedisWithAWrongPasswordIsLogged(t *testing.T) {
	r := startRedis(t)
	r.command("ACL", "SETUSER", "limited", "on", ">pw")
	var log logged
	o := options(r.url("limited:wrong@"))
	o.Logger = log.logger()
	open(t, o)
	eventually(t, "log line", func() bool { return log.count("reason=WRONGPASS") == 1 })
	if strings.Contains(log.String(), "wrong") || strings.Contains(log.String(), "limited") {
		t.Errorf("log:\n%s", log.String())
	}
}

func TestRealRedisEndsTheLeaseOfADeadHolder(t *testing.T) {
	r := startRedis(t)
	p := newProxy(t, r.socket)
	holder := tenant(t, openUp(t, options(p.url())), alice)
	waiter := tenant(t, openUp(t, options(r.url(""))), alice)
	acquire(t, holder, groups)
	p.stop()
	start := time.Now()
	acquire(t, waiter, groups)
	if waited := time.Since(start); waited < time.Second {
		t.Errorf("the lease ends after %v", waited)
	}
}

func TestRealRedisRenewsTheLeaseOfASlowHolder(t *testing.T) {
	r := startRedis(t)
	holder := tenant(t, openUp(t, options(r.url(""))), alice)
	waiter := tenant(t, openUp(t, options(r.url(""))), alice)
	lease := acquire(t, holder, groups)
	release := time.AfterFunc(4*time.Second, func() { lease.Release(t.Context(), record(groups, "slow")) })
	defer release.Stop()
	got, next := waiter.Acquire(t.Context(), groups, accept)
	if next != nil || string(got.Data) != "slow" {
		t.Errorf("%q, %v", got.Data, next)
	}
}

func BenchmarkRealLoad(b *testing.B) {
	r := startRedis(b)
	one := tenant(b, openUp(b, options(r.url(""))), alice)
	put(b, one, record(groups, string(make([]byte, 4<<10))))
	b.ReportAllocs()
	for b.Loop() {
		if _, ok := one.Load(b.Context(), groups); !ok {
			b.Fatal("no record")
		}
	}
}

func BenchmarkRealLoadParallel(b *testing.B) {
	r := startRedis(b)
	one := tenant(b, openUp(b, options(r.url(""))), alice)
	put(b, one, record(groups, string(make([]byte, 4<<10))))
	b.ReportAllocs()
	b.SetParallelism(32)
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			one.Load(b.Context(), groups)
		}
	})
}

func BenchmarkRealAcquireAndRelease(b *testing.B) {
	r := startRedis(b)
	one := tenant(b, openUp(b, options(r.url(""))), alice)
	var n atomic.Int64
	b.ReportAllocs()
	for b.Loop() {
		data := cache.Record{Key: strconv.FormatInt(n.Add(1)%100, 10), Data: make([]byte, 4<<10), StoredAt: time.Now(), Lifetime: time.Hour}
		acquire(b, one, data.Key).Release(b.Context(), data)
	}
}
