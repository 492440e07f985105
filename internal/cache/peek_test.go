package cache_test

import (
	"testing"
	"testing/synctest"
	"time"

	"heygen-graphql/internal/cache"
)

func TestPeekReturnsFreshEntriesOnly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := cache.New(cache.Options{MaxBytes: 1 << 20})
		defer c.Close()
		s, other := c.NewScope(), c.NewScope()
		type id string
		want := func(when string, s *cache.Scope, want string) {
			t.Helper()
			if got, ok := cache.Peek[string](s, id("a")); got != want || ok != (want != "") {
				t.Errorf("%s: %q, %t, want %q", when, got, ok, want)
			}
		}
		want("before", s, "")
		now := time.Now()
		cache.Put(s.Snapshot(), id("a"), "value", now, cache.Expiry{Fresh: now.Add(time.Minute), Stale: now.Add(time.Hour), Expires: now.Add(time.Hour)})
		want("fresh", s, "value")
		want("another scope", other, "")
		if _, ok := cache.Peek[int](s, id("a")); ok {
			t.Error("a value of another type")
		}
		<-time.After(time.Minute)
		want("stale", s, "")
		now = time.Now()
		cache.Put(s.Snapshot(), id("a"), "value", now, cache.Expiry{Fresh: now.Add(time.Minute), Stale: now.Add(time.Hour), Expires: now.Add(time.Hour)})
		want("fresh again", s, "value")
		s.Invalidate()
		want("invalidated", s, "")
	})
	c := cache.New(cache.Options{})
	defer c.Close()
	if _, ok := cache.Peek[string](c.NewScope(), "a"); ok {
		t.Error("an entry without a cache")
	}
}

func TestInspectReturnsStaleEntries(t *testing.T) {
	runWithFixture(t, 1<<20, func(f *fixture) {
		want := func(want string) {
			t.Helper()
			if got, ok := cache.Inspect[string](f.Scope, "a"); got != want || ok != (want != "") {
				t.Errorf("%q, %t, want %q", got, ok, want)
			}
		}
		want("")
		f.wantGet("a", "response 1", nil, second)
		want("response 1")
		f.advanceTo(time.Hour + second - 1)
		want("response 1")
		f.advanceTo(time.Hour + second)
		want("")
		f.wantGet("a", "response 2", nil, second)
		f.Invalidate()
		want("")
		f.setBehavior(errCacheable, false)
		f.wantGet("a", "", errCacheable, second)
		want("")
	})
	c := cache.New(cache.Options{})
	defer c.Close()
	if _, ok := cache.Inspect[string](c.NewScope(), "a"); ok {
		t.Error("an entry without a cache")
	}
}
