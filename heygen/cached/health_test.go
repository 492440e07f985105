package cached_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"heygen-graphql/heygen"
	"heygen-graphql/heygen/cached"
	"heygen-graphql/heygen/sandbox"
)

// wantHealth fails unless Health returns this error, or none if it is empty, after so
// many calls.
func (f *fixture) wantHealth(want string, calls int) {
	f.Helper()
	f.wantCalls(calls, func() {
		got := ""
		if err := f.Health(f.Context()); err != nil {
			got = err.Error()
		}
		if got != want {
			f.Errorf("at %v: %q, want %q", time.Since(f.start), got, want)
		}
	})
}

const (
	rejectsKey  = "HeyGen rejects the key"
	unavailable = "HeyGen is unavailable, and the cache is empty"
)

func TestHealthProbesHeyGenOnlyWhenUnknown(t *testing.T) {
	runWithFixture(t, sandbox.Options{}, func(f *fixture) {
		f.wantHealth("", 1)
		for range 10 {
			f.wantHealth("", 0)
		}
		f.QueueFaults(sandbox.InternalError, sandbox.InternalError, sandbox.InternalError)
		f.advanceTo(time.Hour / 2) // the entry can still be served
		f.wantHealth("", 0)
	})
}

func TestHealthRecoversWithinFiveSeconds(t *testing.T) {
	runWithFixture(t, sandbox.Options{}, func(f *fixture) {
		f.SetFaults(1, sandbox.InternalError)
		f.wantHealth(unavailable, 1)
		f.wantHealth(unavailable, 0) // at most one probe in 5 s
		f.advanceTo(5*second - 1)
		f.wantHealth(unavailable, 0)
		f.SetFaults(0)
		f.advanceTo(5 * second)
		f.wantHealth("", 1)
	})
}

func TestRejectedKeyIsUnhealthyDespiteEntries(t *testing.T) {
	runWithFixture(t, sandbox.Options{}, func(f *fixture) {
		f.wantHealth("", 1)
		f.SetKeys("another")
		_, _ = f.AvatarGroup(f.Context(), "unknown")
		f.advanceTo(5 * second)
		f.wantHealth(rejectsKey, 1)
		_, _ = f.ForKey(heygen.NewKey("another")).AvatarGroup(f.Context(), "group_monica") // a caller's key says nothing of the server's own
		f.advanceTo(10 * second)
		f.wantHealth(rejectsKey, 1)
		f.SetKeys("sk_V2_secret")
		f.advanceTo(15 * second)
		f.wantHealth("", 1)
	})
}

func TestHealthWithoutCacheLastsAMinute(t *testing.T) {
	runWithFixture(t, sandbox.Options{}, func(f *fixture) {
		f.wantHealth("", 1)
		f.advanceTo(time.Minute)
		f.wantHealth("", 0)
		f.advanceTo(time.Minute + second)
		f.wantHealth("", 1)
	}, func(o *cached.Options) { o.MaxBytes = 0 })
}

func TestHealthReturnsReasonAndLogsItOnce(t *testing.T) {
	for fault, reason := range map[sandbox.Fault]string{
		sandbox.Forbidden:       "HeyGen does not let the key list avatar groups, and the cache is empty",
		sandbox.PaymentRequired: "the HeyGen account lacks the credit or the plan, and the cache is empty",
		sandbox.RateLimited:     "HeyGen rate limits the key, and the cache is empty",
		sandbox.HTMLPage:        "HeyGen's responses are invalid, and the cache is empty",
		sandbox.BadRequest:      "HeyGen rejects requests, and the cache is empty",
		sandbox.NotFound:        "HeyGen rejects requests, and the cache is empty",
		sandbox.Teapot:          "HeyGen rejects requests, and the cache is empty",
		sandbox.Conflict:        unavailable,
		sandbox.InternalError:   unavailable,
	} {
		runWithFixture(t, sandbox.Options{RetryAfter: second}, func(f *fixture) {
			f.SetFaults(1, fault)
			for i := range 3 {
				f.advanceTo(time.Duration(i) * 6 * second)
				f.wantHealth(reason, 1)
			}
			if n := strings.Count(f.log.String(), "not ready"); n != 1 || !strings.Contains(f.log.String(), "level=WARN") {
				f.Errorf("%s: logged %d times, want once: %s", fault, n, f.log)
			}
		})
	}
}

func TestProbeOutlivesItsCaller(t *testing.T) {
	runWithFixture(t, sandbox.Options{Latency: second}, func(f *fixture) {
		ctx, cancel := context.WithTimeout(f.Context(), second/2)
		defer cancel()
		if err := f.Health(ctx); err != nil {
			f.Error(err)
		}
	})
}

func TestExpiredEntriesAreUnhealthy(t *testing.T) {
	runWithFixture(t, sandbox.Options{}, func(f *fixture) {
		_, _ = f.getGroup("missing", 1) // negative caching does not extend health
		f.advanceTo(2 * time.Minute)
		f.SetFaults(1, sandbox.InternalError)
		f.wantHealth(unavailable, 1)
		f.SetFaults(0)
		f.advanceTo(3 * time.Minute)
		f.wantHealth("", 1)
		f.SetFaults(1, sandbox.InternalError)
		f.advanceTo(time.Hour)
		f.wantHealth("", 0) // the entry expires after an hour and a minute
		f.advanceTo(72 * time.Hour)
		f.wantHealth(unavailable, 1)
	})
}

func TestConcurrentHealthChecksShareOneProbe(t *testing.T) {
	runWithFixture(t, sandbox.Options{Latency: second}, func(f *fixture) {
		f.wantCalls(1, func() {
			var all sync.WaitGroup
			for range 10 {
				all.Go(func() {
					if err := f.Health(f.Context()); err != nil {
						f.Error(err)
					}
				})
			}
			all.Wait()
		})
	})
}

func TestProbeTimesOutAfterThreeSeconds(t *testing.T) {
	runWithFixture(t, sandbox.Options{}, func(f *fixture) {
		f.QueueFaults(sandbox.Hang)
		if err := f.Health(f.Context()); err == nil || time.Since(f.start) != 3*second {
			f.Errorf("%v after %v", err, time.Since(f.start))
		}
	})
}
