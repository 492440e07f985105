//go:build redis

package replicatest

import (
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"heygen-graphql/heygen/sandbox"
)

const (
	perSecond = 60
	// maxDelay is by how much Redis may delay the 99th percentile.
	maxDelay = 50 * time.Millisecond
)

// fixture is three replicas that share a Redis, and a load whose entries become stale all
// the time.
type fixture struct {
	redis    *redisServer
	heyGen   *sandbox.Sandbox
	settings []string // without REDIS_URL
	load     *load
}

func newFixture(t *testing.T, redisArgs ...string) *fixture {
	f := &fixture{redis: startRedis(t, redisArgs...)}
	var url string
	f.heyGen, url = startHeyGen(t, sandbox.Options{Latency: 20 * time.Millisecond, GroupCount: 100})
	f.load = newLoad(t, f.heyGen, url)
	f.settings = []string{"HEYGEN_BASE_URL=" + url, "HEYGEN_API_KEY=" + key, "CACHE_FRESH=500ms", "CACHE_STALE=0s", "CACHE_PENDING_TTL=0s", "CACHE_NEGATIVE_TTL=0s"}
	return f
}

func (f *fixture) replicas(t *testing.T, n int, settings ...string) []*replica {
	t.Helper()
	return startReplicas(t, n, slices.Concat(f.settings, settings)...)
}

// maxAttempts is how often a comparison may be repeated: anything else that the machine does
// delays one side more than the other.
const maxAttempts = 3

// compare runs the load while fault acts on three replicas with Redis, and on three without
// it. It fails the test if a response is wrong or missing, or if the 99th percentile is more
// than maxDelay above, in each of maxAttempts comparisons.
func (f *fixture) compare(t *testing.T, redisURL string, fault func()) []*replica {
	t.Helper()
	with, without := f.replicas(t, 3, "REDIS_URL="+redisURL), f.replicas(t, 3)
	for attempt := 1; ; attempt++ {
		var baseline *outcome
		shared := f.load.during(t.Context(), perSecond/2, with, func() {
			baseline = f.load.during(t.Context(), perSecond/2, without, fault)
		})
		shared.checkNoFault(t)
		baseline.checkNoFault(t)
		got, want := shared.quantile(0.99), baseline.quantile(0.99)
		t.Logf("%d responses; p50 %v, without Redis %v; p99 %v, without Redis %v", len(shared.latencies), shared.quantile(0.5), baseline.quantile(0.5), got, want)
		if got <= want+maxDelay {
			return with
		}
		if attempt == maxAttempts {
			t.Fatalf("99th percentile %v, without Redis %v", got, want)
		}
	}
}

func pause(d time.Duration) { <-time.After(d) }

func TestKilledRedisFailsNoRequest(t *testing.T) {
	f := newFixture(t)
	replicas := f.compare(t, f.redis.url(), func() {
		pause(time.Second)
		f.redis.kill()
		pause(1500 * time.Millisecond)
		f.redis.start() // empty
		pause(time.Second)
	})
	for _, r := range replicas {
		eventually(t, "Redis to be used again", func() bool { return r.metric("heygen_graphql_redis_up") == "1" })
		if n := strings.Count(r.output(), "level=ERROR"); n > 0 {
			t.Errorf("%d errors are logged: %s", n, r.output())
		}
	}
	replicas[0].data(`{avatarGroups(first:1){nodes{name}}}`)
	if len(f.redis.keys()) == 0 {
		t.Error("nothing is stored in the restarted Redis")
	}
}

func TestStoppedRedisDelaysNoRequest(t *testing.T) {
	f := newFixture(t)
	replicas := f.compare(t, f.redis.url(), func() {
		pause(time.Second)
		f.redis.signal(syscall.SIGSTOP)
		pause(10 * time.Second)
		f.redis.signal(syscall.SIGCONT)
		pause(2 * time.Second)
	})
	for _, r := range replicas {
		eventually(t, "Redis to be used again", func() bool { return r.metric("heygen_graphql_redis_up") == "1" })
	}
}

func TestFlushedRedisFailsNoRequest(t *testing.T) {
	f := newFixture(t)
	f.compare(t, f.redis.url(), func() {
		for range 5 {
			pause(500 * time.Millisecond)
			f.redis.do([]string{"FLUSHALL"})
		}
	})
}

func TestFullRedisFailsNoRequest(t *testing.T) {
	for _, policy := range []string{"noeviction", "allkeys-random"} {
		t.Run(policy, func(t *testing.T) {
			f := newFixture(t, "--maxmemory-policy", policy)
			f.compare(t, f.redis.url(), func() {
				pause(500 * time.Millisecond)
				f.redis.do([]string{"CONFIG", "SET", "maxmemory", "1200000"})
				pause(1500 * time.Millisecond)
			})
		})
	}
}

func TestKeysOfWrongTypeFailNoRequest(t *testing.T) {
	f := newFixture(t)
	f.compare(t, f.redis.url(), func() {
		for range 6 {
			pause(400 * time.Millisecond)
			for i, name := range f.redis.keys() {
				if i%2 == 0 {
					_, _ = f.redis.try2([]string{"DEL", name}, []string{"LPUSH", name, "x"})
				} else {
					_, _ = f.redis.try2([]string{"SET", name, "garbage \x00\xff", "KEEPTTL"})
				}
			}
		}
	})
}

func TestRestrictedUserFailsNoRequest(t *testing.T) {
	for name, rules := range map[string][]string{
		"without scripts": {"~*", "&*", "+@all", "-@scripting"},
		"without pubsub":  {"~*", "+@all", "-@pubsub"},
		"read only":       {"~*", "&*", "+@read", "+@connection", "+@pubsub"},
		"nothing":         {"+ping"},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFixture(t)
			f.redis.do(append([]string{"ACL", "SETUSER", "app", "on", ">secret-of-redis"}, rules...))
			replicas := f.compare(t, "redis://app:secret-of-redis@"+f.redis.address, func() { pause(1500 * time.Millisecond) })
			for _, r := range replicas {
				if strings.Contains(r.output(), "secret-of-redis") || strings.Contains(r.output(), f.redis.address) {
					t.Errorf("the log has the URL: %s", r.output())
				}
			}
		})
	}
}

func TestSlowRedisDelaysNoRequest(t *testing.T) {
	f := newFixture(t)
	proxy := startDelayProxy(t, f.redis.address, 200*time.Millisecond)
	f.compare(t, "redis://"+proxy.address, func() { pause(3 * time.Second) })
}

func TestUnreachableRedisDelaysNoStartAndNoRequest(t *testing.T) {
	f := newFixture(t)
	f.redis.kill()
	f.compare(t, f.redis.url(), func() { pause(1500 * time.Millisecond) })
}

func TestKilledReplicaLosesOnlyItsOwnRequests(t *testing.T) {
	f := newFixture(t)
	replicas := f.replicas(t, 3, "REDIS_URL="+f.redis.url())
	others := f.load.during(t.Context(), perSecond/2, replicas[:2], func() {
		f.load.during(t.Context(), perSecond/2, replicas[2:], func() {
			pause(1500 * time.Millisecond)
			replicas[2].kill()
		})
		pause(4 * time.Second) // leases and slots of the killed replica end
	})
	others.checkNoFault(t)
	if p99 := others.quantile(0.99); p99 > 4*time.Second {
		t.Errorf("99th percentile %v: requests wait for the killed replica", p99)
	}
}
