package heygen_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"heygen-graphql/heygen"
)

// concurrently makes so many calls at once, and returns their errors.
func concurrently(t *testing.T, client *heygen.Client, calls int) []error {
	t.Helper()
	errs := make([]error, calls)
	var wait sync.WaitGroup
	for i := range errs {
		wait.Go(func() { errs[i] = readGroup(t, client) })
	}
	wait.Wait()
	return errs
}

func respond429(retryAfter string) upstream { return always(429, "", "Retry-After", retryAfter) }

var unspecified429 = always(429, "")

// movableDeadline is a context whose deadline moves, like that of a call that more
// callers join.
type movableDeadline struct {
	context.Context
	mu       sync.Mutex
	deadline time.Time
}

func (c *movableDeadline) Deadline() (time.Time, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.deadline, true
}

func (c *movableDeadline) extend(by time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.deadline = c.deadline.Add(by)
}

// The first caller's deadline is earlier than the call timeout. More callers join,
// and yet the call ends at its own timeout.
func TestAttemptTimeoutAppliesWhenTheDeadlineMoves(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client := newClient(t, upstream(hang), func(o *heygen.Options) { o.AttemptTimeout = 15 * time.Second })
		start := time.Now()
		ctx := &movableDeadline{Context: t.Context(), deadline: start.Add(10 * time.Second)}
		time.AfterFunc(5*time.Second, func() { ctx.extend(time.Hour) })
		if _, err := client.AvatarGroup(ctx, "g"); !errors.Is(err, heygen.ErrTimeout) || time.Since(start) != 15*time.Second {
			t.Errorf("%v after %v", err, time.Since(start))
		}
	})
}

func TestPauseBeyondTheDeadlineIsErrRateLimited(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := script(respond429("5"), groupFound)
		client := newClient(t, s)
		_ = readGroup(t, client)
		<-time.After(2 * time.Second)
		short, cancel := context.WithTimeout(t.Context(), 3*time.Second)
		defer cancel()
		_, err := client.AvatarGroup(short, "g")
		failed, ok := errors.AsType[*heygen.Error](err)
		if !ok || failed.Kind != heygen.ErrRateLimited || failed.Status != 429 || !failed.NotSent || failed.RetryAfter != 3*time.Second || failed.Cause != "not sent: rate limited by HeyGen" || failed.Endpoint != oneGroup {
			t.Errorf("%v, Retry-After %v", err, failed.RetryAfter)
		}
		if elapsed := time.Since(s.start); elapsed != 2*time.Second {
			t.Errorf("rejected after %v", elapsed)
		}
		if err := readGroup(t, client); err != nil || !slices.Equal(s.calls(), []time.Duration{0, 5 * time.Second}) {
			t.Errorf("%v, calls at %v", err, s.calls())
		}
	})
}

func TestFullQueueIsErrOverloaded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client := newClient(t, upstream(hang), func(o *heygen.Options) { o.MaxConcurrent = 1 })
		var mu sync.Mutex
		var wait sync.WaitGroup
		rejected := 0
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		for range 50 {
			wait.Go(func() {
				_, err := client.AvatarGroup(ctx, "g")
				mu.Lock()
				defer mu.Unlock()
				if failed, ok := errors.AsType[*heygen.Error](err); ok && failed.Kind == heygen.ErrOverloaded && failed.NotSent && failed.Cause == "not sent: queue full" && failed.Endpoint == oneGroup {
					rejected++
				}
			})
		}
		wait.Wait()
		if rejected != 50-1-40 {
			t.Errorf("%d of 50 are rejected", rejected)
		}
	})
}

// A failure says nothing about the rate: the next pause that HeyGen does not
// specify is longer than the one before. Any response but a 429 ends the series.
func TestServerErrorDoesNotEndASeriesOf429s(t *testing.T) {
	for _, test := range []struct {
		between upstream
		pause   time.Duration
	}{{always(500, ""), 2 * time.Second}, {groupFound, time.Second}, {always(404, ""), time.Second}} {
		synctest.Test(t, func(t *testing.T) {
			s := script(unspecified429, test.between, unspecified429, groupFound)
			client := newClient(t, s)
			for range 4 {
				_ = readGroup(t, client)
			}
			calls := s.calls()
			if got := calls[3] - calls[2]; got != test.pause {
				t.Errorf("a pause of %v, want %v: %v", got, test.pause, calls)
			}
		})
	}
}

func wantStats(t *testing.T, client *heygen.Client, when string, want heygen.Stats) {
	t.Helper()
	if diff := cmp.Diff(want, client.Stats()); diff != "" {
		t.Errorf("%s (- want, + got):\n%s", when, diff)
	}
}

func TestStatsOfAnIdleClientAreZero(t *testing.T) {
	client := newClient(t, groupFound)
	wantStats(t, client, "new", heygen.Stats{})
	_ = readGroup(t, client)
	wantStats(t, client, "after a call", heygen.Stats{})
}

func TestStatsReportAPause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client := newClient(t, script(respond429("10")))
		_ = readGroup(t, client)
		wantStats(t, client, "after the 429", heygen.Stats{BackoffFor: 10 * time.Second, Rate: 1})
	})
}

func TestStatsListEndpointsWithAnOpenBreaker(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client := newClient(t, always(500, ""))
		for range 10 {
			_, _ = client.Voice(t.Context(), "v")
			_, _ = client.ListAvatarGroups(t.Context(), heygen.AvatarGroupsParams{})
		}
		for range 9 {
			_ = readGroup(t, client)
		}
		wantStats(t, client, "after ten failures", heygen.Stats{OpenBreakers: []string{"GET /v3/avatars", "GET /v3/voices/{voice_id}"}})
		<-time.After(5 * time.Second)
		wantStats(t, client, "half-open", heygen.Stats{})
		_, _ = client.Voice(t.Context(), "v")
		wantStats(t, client, "after a failed probe", heygen.Stats{OpenBreakers: []string{"GET /v3/voices/{voice_id}"}})
	})
}
