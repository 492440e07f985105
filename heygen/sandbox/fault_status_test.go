package sandbox_test

import (
	"testing"
	"testing/synctest"
	"time"

	"heygen-graphql/heygen/sandbox"
)

func TestRetryAfterDateIsGMTInAnyTimeZone(t *testing.T) {
	local := time.Local
	time.Local = time.FixedZone("elsewhere", 5*3600)
	t.Cleanup(func() { time.Local = local })
	synctest.Test(t, func(t *testing.T) { // the bubble starts at midnight of 1 January 2000, UTC
		box := sandbox.New(sandbox.Options{})
		box.QueueFaults(sandbox.RateLimitedUntil)
		if at := get(t, box, demoGroupPath).Header().Get("Retry-After"); at != "Sat, 01 Jan 2000 00:00:02 GMT" {
			t.Error(at)
		}
	})
}

func TestRetryAfterComesFromOptions(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for retryAfter, want := range map[time.Duration][2]string{
			0:                       {"1", "Sat, 01 Jan 2000 00:00:02 GMT"},
			-time.Second:            {"1", "Sat, 01 Jan 2000 00:00:02 GMT"},
			time.Nanosecond:         {"1", "Sat, 01 Jan 2000 00:00:02 GMT"},
			time.Second:             {"1", "Sat, 01 Jan 2000 00:00:02 GMT"},
			1500 * time.Millisecond: {"2", "Sat, 01 Jan 2000 00:00:03 GMT"},
			time.Minute:             {"60", "Sat, 01 Jan 2000 00:01:01 GMT"},
		} {
			box := sandbox.New(sandbox.Options{RetryAfter: retryAfter})
			box.QueueFaults(sandbox.RateLimited, sandbox.RateLimitedUntil, sandbox.QuotaExceeded)
			for i, want := range append(want[:], "") {
				if w := get(t, box, demoGroupPath); w.Code != 429 || w.Header().Get("Retry-After") != want {
					t.Errorf("%v, call %d: %d, Retry-After %q, want %q", retryAfter, i, w.Code, w.Header().Get("Retry-After"), want)
				}
			}
			if w := get(t, box, demoGroupPath); w.Code != 200 {
				t.Errorf("%v is enforced: %d", retryAfter, w.Code)
			}
		}
	})
}
