package redisstore_test

import (
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"

	"heygen-graphql/internal/redisstore"
)

func TestStoppedRedisDelaysARequestOnce(t *testing.T) {
	m := server(t)
	p := newProxy(t, m.Addr())
	var o observed
	short := redisstore.Options{URL: p.url(), Version: "test", Slots: 2, Observe: o.observe}
	s := openUp(t, short)
	one := tenant(t, s, alice)
	p.stop()
	ctx := redisstore.WithBudget(t.Context())
	for range 20 {
		if _, ok := one.Load(ctx, groups); ok {
			t.Error("a stopped Redis has a record")
		}
	}
	if timeouts, skipped := o.count("load timeout"), o.count("load skipped"); timeouts != 1 || skipped != 19 {
		t.Errorf("%d timeouts and %d skipped commands, want 1 and 19", timeouts, skipped)
	}
	for range 2 { // two more requests: a single timeout may be that of this process
		one.Load(redisstore.WithBudget(t.Context()), groups)
	}
	if s.Up() {
		t.Error("the circuit breaker is closed")
	}
	if _, lease := one.Acquire(t.Context(), groups, accept); lease != nil {
		t.Error("a lease without Redis")
	}
	if release, backoff, err := one.AcquireSlot(t.Context()); release == nil || backoff != 0 || err != nil {
		t.Errorf("slot: %v, %v", backoff, err)
	}
	p.resume()
	eventually(t, "recovery", s.Up)
}

func TestNothingPilesUpWhileRedisIsStopped(t *testing.T) {
	m := server(t)
	p := newProxy(t, m.Addr())
	var o observed
	short := redisstore.Options{URL: p.url(), Version: "test", Slots: 2, Observe: o.observe}
	s := openUp(t, short)
	one := tenant(t, s, alice)
	p.stop()
	one.Load(t.Context(), groups)
	before := runtime.NumGoroutine()
	for range 10_000 {
		one.Load(t.Context(), groups)
		one.BackOff(patience)
		s.StoreDocument(t.Context(), hashOf("{me}"), "{me}")
	}
	if after := runtime.NumGoroutine(); after > before+20 {
		t.Errorf("%d goroutines, %d before", after, before)
	}
}

func TestRedisThatIsDownAtStartIsUsedLater(t *testing.T) {
	m := server(t)
	address := m.Addr()
	m.Close()
	var log logged
	o := options("redis://user:secret@" + address)
	o.Logger = log.logger()
	s := open(t, o)
	one := tenant(t, s, alice)
	if _, lease := one.Acquire(t.Context(), groups, accept); lease != nil || s.Up() {
		t.Error("a lease without Redis")
	}
	eventually(t, "log line", func() bool { return log.count("Redis is unavailable") > 0 })
	restart(t, m)
	eventually(t, "connection", s.Up)
	put(t, one, record(groups, "data"))
	if strings.Contains(log.String(), "secret") || strings.Contains(log.String(), address) || log.count("reason=connection") == 0 {
		t.Errorf("log:\n%s", log.String())
	}
}

// restart starts a Redis again, at the same address, that has a user.
func restart(t *testing.T, m *miniredis.Miniredis) {
	t.Helper()
	if err := m.Restart(); err != nil {
		t.Fatal(err)
	}
	m.RequireUserAuth("user", "secret")
	refuse(m, func(string, []string) string { return "" })
}

func TestLostConnectionIsReplaced(t *testing.T) {
	m := server(t)
	p := newProxy(t, m.Addr())
	s := openUp(t, options(p.url()))
	one := tenant(t, s, alice)
	put(t, one, record(groups, "data"))
	for range 3 {
		p.disconnect()
		eventually(t, "connection", func() bool {
			_, ok := one.Load(t.Context(), groups)
			return ok
		})
	}
	subscribed(t, m, 1)
}

func TestWrongPasswordIsLoggedWithoutIt(t *testing.T) {
	m := server(t)
	m.RequireUserAuth("user", "right")
	var log logged
	o := options("redis://user:wrong@" + m.Addr())
	o.Logger = log.logger()
	s := open(t, o)
	eventually(t, "log line", func() bool { return log.count("reason=WRONGPASS") == 1 })
	if strings.Contains(log.String(), "wrong") || s.Up() {
		t.Errorf("log:\n%s", log.String())
	}
}

func TestErrorRepliesAreMissesAndDoNotOpenTheBreaker(t *testing.T) {
	m := server(t)
	var log logged
	var seen observed
	o := options("redis://" + m.Addr())
	o.Logger, o.Observe = log.logger(), seen.observe
	s := openUp(t, o)
	one := tenant(t, s, alice)
	put(t, one, record(groups, "data"))
	for _, reply := range []string{"WRONGTYPE of heygen-graphql", "OOM", "NOPERM heygen-graphql", "NOAUTH", "READONLY", "strange heygen-graphql"} {
		refuse(m, func(string, []string) string { return reply })
		if _, ok := one.Load(t.Context(), groups); ok {
			t.Errorf("%s is a record", reply)
		}
		if _, lease := one.Acquire(t.Context(), groups, accept); lease != nil {
			t.Errorf("%s is a lease", reply)
		}
		if !s.Up() {
			t.Errorf("%s opens the circuit breaker", reply)
		}
	}
	if log.count("Redis rejected a command") > 2 || log.count("reason=WRONGTYPE") != 1 || strings.Contains(log.String(), "heygen-graphql") {
		t.Errorf("log:\n%s", log.String())
	}
	if seen.count("load error") != 6 {
		t.Errorf("%d errors observed, want 6", seen.count("load error"))
	}
	for _, reply := range []string{"LOADING", "MASTERDOWN", "CLUSTERDOWN"} {
		refuse(m, func(string, []string) string { return reply })
		one.Load(t.Context(), groups)
		if s.Up() {
			t.Errorf("%s leaves the circuit breaker closed", reply)
		}
		refuse(m, func(string, []string) string { return "" })
		eventually(t, "recovery", s.Up)
	}
}

func TestCheckURLNamesNoPartOfTheURL(t *testing.T) {
	for _, url := range []string{"redis://host", "rediss://user:secret@host:6380/1", "redis://a:1?addr=b:2&addr=c:3", "redis://s:26379?master_set=main", "unix:///run/redis.sock", "redis://[::1]", "redis://:6379", "rediss://h?skip_verify&protocol=2&client_name=n&write_timeout=2s&dial_timeout=2s&db=2"} {
		if err := redisstore.CheckURL(url); err != nil {
			t.Errorf("%s: %v", url, err)
		}
	}
	for _, url := range []string{
		"", "secret", "http://secret", "redis://secret:x/y", "redis://host/secret", "redis://host/1/secret", "redis://host?db=secret", "unix://", "redis://h?dial_timeout=-1s", "redis://user:sec%ret@host",
		"redis://secret:99999", "redis://secret:0", "redis://secret/-1", "redis://h?secret=1", "redis://h?addr=secret", "redis://h?addr=:1", "redis://h?addr=secret:", "redis://h?addr=secret:99999",
	} {
		if err := redisstore.CheckURL(url); err == nil || strings.Contains(err.Error(), "secret") || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v", url, err)
		}
	}
}

// A Redis that was stopped sets leases and slots for callers that have left, and so are
// never extended.
func TestHoldThatIsNotExtendedEndsSoon(t *testing.T) {
	m := server(t)
	refuse(m, func(command string, _ []string) string {
		if command == "PEXPIRE" {
			return "ERR refused"
		}
		return ""
	})
	o := options("redis://" + m.Addr())
	o.Timeout = redisstore.DefaultTimeout
	one := tenant(t, openUp(t, o), alice)
	if _, lease := one.Acquire(t.Context(), groups, accept); lease == nil {
		t.Fatal("no lease")
	}
	if _, _, err := one.AcquireSlot(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{":l:", ":s:"} {
		for _, name := range names(m, part) {
			if ttl := m.TTL(name); ttl > 100*time.Millisecond {
				t.Errorf("%s expires in %v", name, ttl)
			}
		}
	}
}

func TestIdleProcessNoticesAnOutage(t *testing.T) {
	m := server(t)
	s := replicas(t, m, 1)[0]
	m.Close()
	eventually(t, "outage", func() bool { return !s.Up() })
}

func TestFlappingRedisIsLoggedOnceAMinute(t *testing.T) {
	m := server(t)
	var log logged
	o := options("redis://" + m.Addr())
	o.Logger = log.logger()
	one := tenant(t, openUp(t, o), alice)
	for range 3 {
		refuse(m, func(command string, _ []string) string {
			if command == "GETRANGE" {
				return "LOADING Redis is loading the dataset in memory"
			}
			return ""
		})
		one.Load(t.Context(), groups)
		refuse(m, func(string, []string) string { return "" })
		eventually(t, "recovery", func() bool {
			_, lease := one.Acquire(t.Context(), groups, reject)
			if lease != nil {
				lease.Release(t.Context())
			}
			return lease != nil
		})
	}
	if down, up := log.count("Redis is unavailable"), log.count("Redis is available"); down != 1 || up != 2 {
		t.Errorf("%d outages and %d recoveries are logged, want 1 and 2", down, up)
	}
}
