package cache_test

import (
	"context"
	"testing"
	"time"

	"heygen-graphql/internal/cache"
	"heygen-graphql/internal/cache/cachetest"
)

// newSharedBench returns a cache over a store in memory, and a request of its key "a".
func newSharedBench(b *testing.B) (*cache.Scope, cache.Request[string]) {
	b.Helper()
	c := cache.New(cache.Options{MaxBytes: 64 << 20})
	b.Cleanup(c.Close)
	s := c.NewScope()
	s.SetSecondLevel(cachetest.New().Tenant(credential, nil, nil))
	return s, cache.Request[string]{
		Key:   "a",
		Codec: stringCodec,
		Fetch: func(context.Context) (string, error) { return "value", nil },
		Expiry: func(_ string, _ error, at time.Time) cache.Expiry {
			return cache.Expiry{Fresh: at.Add(time.Hour), Stale: at.Add(time.Hour), Expires: at.Add(time.Hour)}
		},
	}
}

func benchmarkGet(b *testing.B, s *cache.Scope, r cache.Request[string], before func()) {
	_, _ = cache.Get(b.Context(), s, r)
	b.ReportAllocs()
	for b.Loop() {
		before()
		if entry, err := cache.Get(b.Context(), s, r); err != nil || entry.Value != "value" {
			b.Fatal(entry, err)
		}
	}
}

func BenchmarkFreshEntryWithSecondLevel(b *testing.B) {
	s, r := newSharedBench(b)
	benchmarkGet(b, s, r, func() {})
}

func BenchmarkSecondLevelHit(b *testing.B) {
	s, r := newSharedBench(b)
	benchmarkGet(b, s, r, s.Invalidate)
}

func BenchmarkSecondLevelMiss(b *testing.B) {
	s, r := newSharedBench(b)
	r.Accept = func(time.Time, cache.Expiry) bool { return false }
	benchmarkGet(b, s, r, func() {})
}
