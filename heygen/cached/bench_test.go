package cached_test

import (
	"testing"
	"time"

	"heygen-graphql/heygen"
	"heygen-graphql/heygen/cached"
	"heygen-graphql/heygen/sandbox"
)

// newBenchClient returns a client of a sandbox whose entries stay fresh for an hour.
func newBenchClient(b *testing.B) *cached.Client {
	b.Helper()
	s := sandbox.New(sandbox.Options{})
	client, err := heygen.New(heygen.Options{BaseURL: "http://127.0.0.1", Key: heygen.NewKey("sk_V2_secret"), Transport: s.Transport()})
	if err != nil {
		b.Fatal(err)
	}
	c := cached.New(cached.Options{HeyGen: client, MaxBytes: 64 << 20, Fresh: time.Hour, PendingTTL: time.Hour})
	b.Cleanup(func() {
		c.Close()
		s.Close()
	})
	return c
}

func BenchmarkFreshPage(b *testing.B) {
	c := newBenchClient(b)
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
