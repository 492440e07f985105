package redisstore_test

import (
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/throttled/throttled/v2"

	"heygen-graphql/internal/redisstore"
)

var _ throttled.GCRAStoreCtx = redisstore.RateLimitStore{}

func TestReplicasShareARateLimit(t *testing.T) {
	m := server(t)
	var limiters []*throttled.GCRARateLimiterCtx
	for _, s := range replicas(t, m, 3) {
		limiter, err := throttled.NewGCRARateLimiterCtx(s.RateLimitStore(), throttled.RateQuota{MaxRate: throttled.PerHour(1), MaxBurst: 9})
		if err != nil {
			t.Fatal(err)
		}
		limiters = append(limiters, limiter)
	}
	for i := range 30 {
		limited, _, err := limiters[i%3].RateLimitCtx(t.Context(), "caller", 1)
		if err != nil || limited != (i >= 10) {
			t.Errorf("request %d: limited %t, %v", i, limited, err)
		}
	}
	key := name(t, m, ":rate:")
	if m.TTL(key) <= time.Hour || strings.Contains(key, "caller") {
		t.Errorf("%s expires in %v", key, m.TTL(key))
	}
}

func TestCompareAndSwapSwapsOnlyTheOldValue(t *testing.T) {
	m := server(t)
	limits := replicas(t, m, 1)[0].RateLimitStore()
	swap := func(old, new int64) bool {
		t.Helper()
		swapped, err := limits.CompareAndSwapWithTTL(t.Context(), "k", old, new, time.Minute)
		if err != nil {
			t.Fatal(err)
		}
		return swapped
	}
	if value, now, err := limits.GetWithTime(t.Context(), "k"); value != -1 || err != nil || now.Unix() <= 0 {
		t.Errorf("missing key: %d, %v, %v", value, now, err)
	}
	if swap(1, 2) {
		t.Error("a missing key is swapped")
	}
	for _, want := range []bool{true, false} {
		if set, err := limits.SetIfNotExistsWithTTL(t.Context(), "k", 1, time.Minute); set != want || err != nil {
			t.Errorf("set %t, %v; want %t", set, err, want)
		}
	}
	if swap(2, 3) || !swap(1, 2) {
		t.Error("the old value is not compared")
	}
	if value, _, err := limits.GetWithTime(t.Context(), "k"); value != 2 || err != nil {
		t.Errorf("value %d, %v", value, err)
	}
	m.FastForward(time.Minute)
	if value, _, _ := limits.GetWithTime(t.Context(), "k"); value != -1 {
		t.Errorf("value %d after its time to live", value)
	}
}

func TestForbiddenScriptsAreNotTriedAgain(t *testing.T) {
	m := server(t)
	var tried atomic.Int64
	refuse(m, func(command string, _ []string) string {
		if command == "EVAL" || command == "EVALSHA" {
			tried.Add(1)
			return "NOPERM no permission"
		}
		return ""
	})
	limits := replicas(t, m, 1)[0].RateLimitStore()
	for range 3 {
		if _, err := limits.CompareAndSwapWithTTL(t.Context(), "k", 1, 2, time.Minute); !errors.Is(err, redisstore.ErrNoScripts) {
			t.Errorf("error %v", err)
		}
		if _, _, err := limits.GetWithTime(t.Context(), "k"); !errors.Is(err, redisstore.ErrNoScripts) {
			t.Errorf("error %v", err)
		}
	}
	if tried.Load() != 1 {
		t.Errorf("%d attempts, want 1", tried.Load())
	}
}

func TestRateLimitsAreUnavailableWithoutRedis(t *testing.T) {
	m := server(t)
	s := replicas(t, m, 1)[0]
	s.Close()
	limits := s.RateLimitStore()
	_, _, get := limits.GetWithTime(t.Context(), "k")
	_, set := limits.SetIfNotExistsWithTTL(t.Context(), "k", 1, time.Minute)
	_, swap := limits.CompareAndSwapWithTTL(t.Context(), "k", 1, 2, time.Minute)
	for _, err := range []error{get, set, swap} {
		if !errors.Is(err, redisstore.ErrUnavailable) {
			t.Errorf("error %v", err)
		}
	}
}
