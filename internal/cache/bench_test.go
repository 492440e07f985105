package cache_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"heygen-graphql/internal/cache"
)

func BenchmarkAFreshAnswer(b *testing.B) {
	c := cache.New(cache.Options{MaxBytes: 64 << 20})
	defer c.Close()
	s, now := c.NewScope(), time.Now()
	life := cache.Expiry{Fresh: now.Add(time.Hour), Stale: now.Add(time.Hour), Expires: now.Add(time.Hour)}
	for i := range 1000 {
		cache.Put(s.Snapshot(), fmt.Sprint("key ", i), "value", now, life)
	}
	r := cache.Request[string]{Key: "key 500", Fetch: func(context.Context) (string, error) { panic("asked") }}
	b.ReportAllocs()
	for b.Loop() {
		if answer, err := cache.Get(b.Context(), s, r); err != nil || answer.Value != "value" {
			b.Fatal(answer, err)
		}
	}
}

func BenchmarkSizeOfAPage(b *testing.B) {
	page := make([]thing, 50)
	for i := range page {
		page[i] = newThing(i)
	}
	b.ReportAllocs()
	for b.Loop() {
		cache.SizeOf(page)
	}
}
