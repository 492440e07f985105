package cached_test

import (
	"testing"
	"time"

	"heygen-graphql/heygen"
	"heygen-graphql/heygen/cached"
	"heygen-graphql/heygen/sandbox"
	"heygen-graphql/internal/cache/cachetest"
)

// newBenchClient returns a client of a sandbox whose entries stay fresh for an hour.
func newBenchClient(b *testing.B, configure ...func(*cached.Options)) *cached.Client {
	b.Helper()
	s := sandbox.New(sandbox.Options{})
	client, err := heygen.New(heygen.Options{BaseURL: "http://127.0.0.1", Key: heygen.NewKey("sk_V2_secret"), Transport: s.Transport()})
	if err != nil {
		b.Fatal(err)
	}
	o := cached.Options{HeyGen: client, MaxBytes: 64 << 20, Fresh: time.Hour, PendingTTL: time.Hour}
	for _, apply := range configure {
		apply(&o)
	}
	c := cached.New(o)
	b.Cleanup(func() {
		c.Close()
		s.Close()
	})
	return c
}

func BenchmarkFreshPage(b *testing.B) { benchmarkPage(b, newBenchClient(b)) }

func BenchmarkFreshPageWithSecondLevel(b *testing.B) {
	benchmarkPage(b, newBenchClient(b, func(o *cached.Options) { o.Shared = sharedStore{cachetest.New()} }))
}

// The cache is too small for the page, which is loaded and decoded each time.
func BenchmarkPageOfSecondLevel(b *testing.B) {
	benchmarkPage(b, newBenchClient(b, func(o *cached.Options) { o.Shared, o.MaxBytes = sharedStore{cachetest.New()}, 2 }))
}

func benchmarkPage(b *testing.B, c *cached.Client) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := c.ListAvatarGroups(b.Context(), allGroups); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFreshItem(b *testing.B) {
	c := newBenchClient(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := c.AvatarGroup(b.Context(), "group_monica"); err != nil {
			b.Fatal(err)
		}
	}
}
