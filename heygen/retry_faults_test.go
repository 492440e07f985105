package heygen_test

import (
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"heygen-graphql/heygen"
	"heygen-graphql/heygen/sandbox"
)

// transientFaults holds the bounds of the back-off after each fault that is retried.
var transientFaults = map[sandbox.Fault][2]time.Duration{
	sandbox.RateLimited:      {time.Second, time.Second},
	sandbox.RateLimitedUntil: {2 * time.Second, 2 * time.Second}, // a bubble starts at a full second
	sandbox.QuotaExceeded:    {time.Second, time.Second},
	sandbox.Conflict:         initialBackoff,
	sandbox.InternalError:    initialBackoff,
	sandbox.BadGateway:       initialBackoff,
	sandbox.Unavailable:      initialBackoff,
	sandbox.GatewayTimeout:   initialBackoff,
	sandbox.Reset:            initialBackoff,
	sandbox.TruncatedHeader:  initialBackoff,
	sandbox.TruncatedBody:    initialBackoff,
}

var (
	initialBackoff = [2]time.Duration{187500 * time.Microsecond, 312500 * time.Microsecond}
	secondBackoff  = [2]time.Duration{375 * time.Millisecond, 625 * time.Millisecond}
)

func inBounds(d time.Duration, bounds [2]time.Duration) bool { return d >= bounds[0] && d <= bounds[1] }

func TestTransientFaultsAreRetried(t *testing.T) {
	for fault, wait := range transientFaults {
		synctest.Test(t, func(t *testing.T) {
			box := sandbox.New(sandbox.Options{})
			defer box.Close()
			client := newClient(t, box.Transport(), withRetries(heygen.DefaultRetries))
			box.QueueFaults(fault)
			start := time.Now()
			got, err := client.AvatarGroup(t.Context(), "group_monica")
			if took := time.Since(start); err != nil || got.ID != "group_monica" || len(box.Calls()) != 2 || !inBounds(took, wait) {
				t.Errorf("%s: %v after %v and %d calls", fault, err, took, len(box.Calls()))
			}
		})
	}
}

// Some of the others do not even fail the call.
func TestOtherFaultsAreNotRetried(t *testing.T) {
	for _, fault := range sandbox.AllFaults() {
		if _, ok := transientFaults[fault]; ok {
			continue
		}
		synctest.Test(t, func(t *testing.T) {
			box := sandbox.New(sandbox.Options{})
			defer box.Close()
			client := newClient(t, box.Transport(), withRetries(heygen.DefaultRetries))
			box.QueueFaults(fault)
			_, err := client.ListAvatarGroups(t.Context(), heygen.AvatarGroupsParams{Limit: 3, Ownership: heygen.Public})
			if len(box.Calls()) != 1 {
				t.Errorf("%s: %d calls, %v", fault, len(box.Calls()), err)
			}
			if timeout := slices.Contains([]sandbox.Fault{sandbox.Hang, sandbox.HangInBody, sandbox.SlowBody}, fault); timeout != errors.Is(err, heygen.ErrTimeout) {
				t.Errorf("%s: %v", fault, err)
			}
		})
	}
}

func TestZeroRetriesIsOneAttempt(t *testing.T) {
	for fault := range transientFaults {
		synctest.Test(t, func(t *testing.T) {
			box := sandbox.New(sandbox.Options{})
			defer box.Close()
			client := newClient(t, box.Transport())
			box.QueueFaults(fault)
			start := time.Now()
			if _, err := client.AvatarGroup(t.Context(), "group_monica"); err == nil || len(box.Calls()) != 1 || time.Since(start) != 0 {
				t.Errorf("%s: %v after %v and %d calls", fault, err, time.Since(start), len(box.Calls()))
			}
		})
	}
}

func TestOtherStatusesAreNotRetried(t *testing.T) {
	for _, status := range []int{301, 304, 400, 410, 422, 451, 499, 501, 505, 507, 511, 599, 600} {
		synctest.Test(t, func(t *testing.T) {
			s := script(always(status, "", "Retry-After", "1"), groupFound)
			if err := readGroup(t, newClient(t, s, withRetries(2))); err == nil || len(s.calls()) != 1 {
				t.Errorf("%d: %v after %d calls", status, err, len(s.calls()))
			}
		})
	}
}
