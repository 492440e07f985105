package limiter_test

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"heygen-graphql/heygen/internal/limiter"
)

func TestBreakerTripsWhenThreeFifthsOfTwentyCallsFail(t *testing.T) {
	fifth := []step{failure, success, failure, success, failure} // three of five, and never ten consecutive ones
	for name, test := range map[string]struct {
		script   []step
		interval time.Duration
		open     bool
	}{
		"12 of 20":                 {slices.Repeat(fifth, 4), 400 * time.Millisecond, true},
		"11 of 19":                 {slices.Repeat(fifth, 4)[1:], 400 * time.Millisecond, false},
		"12 of 21":                 {append([]step{success}, slices.Repeat(fifth, 4)...), 400 * time.Millisecond, false},
		"12 of 20 in 20 s":         {slices.Repeat(fifth, 4), time.Second, false},
		"30 of 50, 19 in any 10 s": {slices.Repeat(fifth, 10), 555 * time.Millisecond, false},
	} {
		synctest.Test(t, func(t *testing.T) {
			u := newUpstream(defaultConcurrent, test.script...)
			for range test.script {
				_ = u.call(t.Context())
				<-time.After(test.interval)
			}
			if n := len(u.attempts()); n != len(test.script) {
				t.Errorf("%s: open after %d attempts", name, n)
			}
			u.then(success)
			if err := u.call(t.Context()); (err != nil) != test.open {
				t.Errorf("%s: %v", name, err)
			}
		})
	}
}

func TestBreakerTripsAfterTenConsecutiveFailures(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		u := newUpstream(defaultConcurrent, slices.Repeat([]step{hang}, 9)...)
		for range 9 { // over two minutes
			_ = u.call(t.Context())
		}
		u.then(success, failure)
		wantSuccess(t, u.call(t.Context()))
		<-time.After(time.Minute) // so that no percentage counts
		for range 10 {
			_ = u.call(t.Context())
		}
		if !u.CircuitOpen(getEndpoint) || u.CircuitOpen(listEndpoint) {
			t.Error("want the breaker of one endpoint open")
		}
		wantCircuitOpen(t, u.call(t.Context()))
		if n := len(u.attempts()); n != 20 {
			t.Errorf("%d attempts, want 20", n)
		}
	})
}

func TestBreakerForgetsCallsAfterTenSeconds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		u := newUpstream(defaultConcurrent, slices.Repeat([]step{failure, success, failure, failure}, 5)[1:]...) // 14 of 19
		for range 19 {
			_ = u.call(t.Context())
		}
		<-time.After(13 * time.Second)
		u.then(failure)
		for range 5 {
			_ = u.call(t.Context())
		}
		u.then(success)
		wantSuccess(t, u.call(t.Context()))
	})
}

func TestProbeClearsTheWindow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		u := newUpstream(defaultConcurrent, success)
		u.trip(t)
		<-time.After(5 * time.Second)
		u.then(success)
		for range 5 {
			wantSuccess(t, u.call(t.Context()))
		}
		u.then(failure)
		for range 9 { // with those before the probe, 19 of 24 in ten seconds
			_ = u.call(t.Context())
		}
		u.then(success)
		wantSuccess(t, u.call(t.Context()))
	})
}

func TestIgnoredAttemptsDoNotCount(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		u := newUpstream(defaultConcurrent, slices.Concat(slices.Repeat([]step{failure}, 9), slices.Repeat([]step{ignored}, 50), []step{failure, success})...)
		for range 60 {
			_ = u.call(t.Context())
		}
		wantCircuitOpen(t, u.call(t.Context()))
	})
}

func TestIgnoredProbeIsFollowedByAnother(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		u := newUpstream(defaultConcurrent, success)
		u.trip(t)
		<-time.After(5 * time.Second)
		u.then(ignored, ignored, failure)
		for range 3 {
			if err := u.call(t.Context()); err != errAttempt {
				t.Errorf("got %v, want an attempt", err)
			}
		}
		wantCircuitOpen(t, u.call(t.Context()))
		<-time.After(5 * time.Second)
		u.then(ignored, success)
		_ = u.call(t.Context())
		for range 5 {
			wantSuccess(t, u.call(t.Context()))
		}
	})
}

func TestPanickingAttemptReleasesItsSlotAndIsIgnored(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		u := newUpstream(1, success)
		recovered := func() (got any) {
			defer func() { got = recover() }()
			return do(t.Context(), u.Limiter, getEndpoint, func(context.Context) limiter.Outcome { panic("of the attempt") })
		}
		for range 20 {
			if got := recovered(); got != "of the attempt" {
				t.Fatalf("recovered %v", got)
			}
		}
		wantSuccess(t, u.call(t.Context()))
		u.trip(t)
		<-time.After(5 * time.Second)
		if got := recovered(); got != "of the attempt" {
			t.Errorf("recovered %v from the probe", got)
		}
		u.then(success)
		wantSuccess(t, u.call(t.Context()))
	})
}

// An id for which HeyGen always fails does not stop the lists.
func TestBreakersAreIndependentByEndpoint(t *testing.T) {
	u := newUpstream(defaultConcurrent, failure)
	for range 30 {
		_ = u.call(t.Context())
	}
	wantCircuitOpen(t, u.call(t.Context()))
	wantSuccess(t, do(t.Context(), u.Limiter, listEndpoint, success))
}

// The breaker rejects a call at once, even while the rate limit pauses.
func TestOpenBreakerRejectsWithoutWaiting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		u := newUpstream(defaultConcurrent, append([]step{after(time.Millisecond, rateLimited(time.Minute))}, slices.Repeat([]step{after(2*time.Millisecond, failure)}, 10)...)...)
		u.concurrently(t.Context(), 11)
		before := time.Now()
		wantCircuitOpen(t, u.call(t.Context()))
		if time.Since(before) != 0 {
			t.Errorf("after %v", time.Since(before))
		}
	})
}

// An attempt that started before the breaker opened is no probe, and says nothing
// about HeyGen now.
func TestLateSuccessNeitherClosesNorReopensTheBreaker(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		u := newUpstream(defaultConcurrent, after(8*time.Second, success), failure)
		var wait sync.WaitGroup
		wait.Go(func() { _ = u.call(t.Context()) })
		synctest.Wait()
		for range 10 {
			_ = u.call(t.Context())
		}
		<-time.After(6 * time.Second)
		u.then(after(5*time.Second, failure))
		wait.Go(func() { _ = u.call(t.Context()) }) // the probe
		<-time.After(3 * time.Second)               // the late success has arrived
		wantCircuitOpen(t, u.call(t.Context()))
		wait.Wait()
		wantCircuitOpen(t, u.call(t.Context()))
	})
}

func TestBreakerLogsItsStateChanges(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		u := newUpstream(defaultConcurrent, success)
		u.trip(t)
		<-time.After(5*time.Second - 1)
		wantCircuitOpen(t, u.call(t.Context()))
		<-time.After(1)
		u.then(failure, success)
		_ = u.call(t.Context())
		<-time.After(5 * time.Second)
		wantSuccess(t, u.call(t.Context()))
		var records []string
		for line := range strings.Lines(u.log.String()) {
			_, record, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "level=")
			records = append(records, record)
		}
		opened := `WARN msg="circuit breaker open, not calling HeyGen" endpoint="GET /v3/avatars/{group_id}" open_for=5s`
		closed := `INFO msg="circuit breaker closed, HeyGen has recovered" endpoint="GET /v3/avatars/{group_id}"`
		if !slices.Equal(records, []string{opened, opened, closed}) {
			t.Errorf("log: %q", records)
		}
	})
}
