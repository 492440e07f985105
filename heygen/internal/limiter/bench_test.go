package limiter_test

import (
	"log/slog"
	"testing"

	"heygen-graphql/heygen/internal/limiter"
)

// BenchmarkDo measures what the limits add to an attempt that nothing holds back.
func BenchmarkDo(b *testing.B) {
	success := func() limiter.Outcome { return limiter.Outcome{Result: limiter.Success} }
	b.Run("serial", func(b *testing.B) {
		l := limiter.New(12, slog.New(slog.DiscardHandler), nil)
		b.ReportAllocs()
		for b.Loop() {
			if err := l.Do(b.Context(), "GET /v3/avatars", limiter.NewTicket(limiter.Priority{}), success); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("parallel", func(b *testing.B) {
		l := limiter.New(12, slog.New(slog.DiscardHandler), nil)
		b.ReportAllocs()
		b.RunParallel(func(pb *testing.PB) {
			for pb.Next() {
				if err := l.Do(b.Context(), "GET /v3/avatars", limiter.NewTicket(limiter.Priority{}), success); err != nil {
					b.Error(err)
				}
			}
		})
	})
}
