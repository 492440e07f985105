package limiter_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"heygen-graphql/heygen/internal/limiter"
)

func wantStats(t *testing.T, l *limiter.Limiter, when string, want limiter.Stats) {
	t.Helper()
	if diff := cmp.Diff(want, l.Stats()); diff != "" {
		t.Errorf("%s (- want, + got):\n%s", when, diff)
	}
}

func TestStatsOfAnIdleLimiterAreZero(t *testing.T) {
	u := newUpstream(defaultConcurrent, success)
	wantStats(t, u.Limiter, "new", limiter.Stats{})
	_ = u.call(t.Context())
	wantStats(t, u.Limiter, "after a call", limiter.Stats{})
}

func TestStatsCountCallsInFlightAndQueued(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		u := newUpstream(2, after(time.Second, success))
		done := make(chan struct{})
		go func() {
			defer close(done)
			u.concurrently(t.Context(), 5)
		}()
		for _, want := range []limiter.Stats{{InFlight: 2, Queued: 3}, {InFlight: 2, Queued: 1}, {InFlight: 1}} {
			synctest.Wait()
			wantStats(t, u.Limiter, "of five calls", want)
			<-time.After(time.Second)
		}
		<-done
		wantStats(t, u.Limiter, "at the end", limiter.Stats{})
	})
}

func TestStatsReportThePauseAndTheRate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		u := newUpstream(defaultConcurrent, success, success, success, success, success, success, success, rateLimited(10*time.Second), success)
		for range 8 {
			_ = u.call(t.Context())
		}
		wantStats(t, u.Limiter, "after the 429", limiter.Stats{BackoffFor: 10 * time.Second, Rate: 4})
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		done := make(chan struct{})
		go func() {
			defer close(done)
			_ = u.call(ctx)
		}()
		<-time.After(4 * time.Second)
		wantStats(t, u.Limiter, "in the pause", limiter.Stats{Queued: 1, BackoffFor: 6 * time.Second, Rate: 4})
		<-done
		wantStats(t, u.Limiter, "after the pause", limiter.Stats{Rate: 4})
		<-time.After(10 * time.Second)
		wantStats(t, u.Limiter, "10 s after it", limiter.Stats{Rate: 6})
		<-time.After(10 * time.Second)
		wantStats(t, u.Limiter, "20 s after it", limiter.Stats{})
	})
}

func TestStatsListOpenBreakers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newUpstream(defaultConcurrent, failure).Limiter
		const voiceEndpoint = "GET /v3/voices/{voice_id}"
		for range 10 {
			_ = do(t.Context(), l, voiceEndpoint, failure)
			_ = do(t.Context(), l, listEndpoint, failure)
		}
		for range 9 {
			_ = do(t.Context(), l, getEndpoint, failure)
		}
		wantStats(t, l, "after ten failures", limiter.Stats{OpenBreakers: []string{listEndpoint, voiceEndpoint}})
		<-time.After(5 * time.Second)
		wantStats(t, l, "half-open", limiter.Stats{})
		_ = do(t.Context(), l, voiceEndpoint, failure)
		wantStats(t, l, "after a failed probe", limiter.Stats{OpenBreakers: []string{voiceEndpoint}})
	})
}
