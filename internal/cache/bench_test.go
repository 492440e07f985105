package cache_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"heygen-graphql/internal/cache"
)

func BenchmarkFreshEntry(b *testing.B) {
	c := cache.New(cache.Options{MaxBytes: 64 << 20})
	defer c.Close()
	s, now := c.NewScope(), time.Now()
	expiry := cache.Expiry{Fresh: now.Add(time.Hour), Stale: now.Add(time.Hour), Expires: now.Add(time.Hour)}
	for i := range 1000 {
		cache.Put(s.Snapshot(), fmt.Sprint("key ", i), "value", now, expiry)
	}
	r := cache.Request[string]{Key: "key 500", Fetch: func(context.Context) (string, error) { panic("fetched") }}
	b.ReportAllocs()
	for b.Loop() {
		if entry, err := cache.Get(b.Context(), s, r); err != nil || entry.Value != "value" {
			b.Fatal(entry, err)
		}
	}
}

func BenchmarkSizeOfPage(b *testing.B) {
	page := make([]record, 50)
	for i := range page {
		page[i] = newRecord(i)
	}
	b.ReportAllocs()
	for b.Loop() {
		cache.SizeOf(page)
	}
}
