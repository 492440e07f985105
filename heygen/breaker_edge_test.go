package heygen_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"heygen-graphql/heygen"
)

// The caller's deadline says something of HeyGen if it is a third of CallTimeout or more.
func TestACallersShortDeadlineIsNoFailure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for limit, open := range map[time.Duration]bool{5*time.Second - 1: false, 5 * time.Second: true} {
			s := script(hang)
			client := newClient(t, s)
			for range 30 {
				ctx, cancel := context.WithTimeout(t.Context(), limit)
				_, _ = client.AvatarGroup(ctx, "g")
				cancel()
			}
			if n := len(s.calls()); (n == 30) == open || open && n < 10 {
				t.Errorf("%v: %d calls", limit, n)
			}
		}
	})
}

// A transport's own timeout is not the caller's, however short it is.
func TestATransportsTimeoutIsAFailure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := script(fails(context.DeadlineExceeded))
		client := newClient(t, s)
		for range 20 {
			_ = askGroup(t, client)
		}
		if n := len(s.calls()); n != 10 {
			t.Errorf("%d calls, want 10", n)
		}
	})
}

func TestAnOpenBreakerEndsTheRetries(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := script(always(500, ""))
		client := newClient(t, s, retrying(2))
		for range 3 { // nine tries
			_ = askGroup(t, client)
		}
		before := time.Now()
		err := askGroup(t, client)
		if told, ok := errors.AsType[*heygen.Error](err); !ok || told.Status != 500 || len(s.calls()) != 10 || time.Since(before) != 0 {
			t.Errorf("the tenth: %v after %v and %d calls", err, time.Since(before), len(s.calls()))
		}
		kept(t, askGroup(t, client))
		if len(s.calls()) != 10 || time.Since(before) != 0 {
			t.Errorf("not asked after %v", time.Since(before))
		}
	})
}

// It opens while the call waits for its second try: the error is that of the first.
func TestABreakerThatOpensBetweenTriesEndsThem(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := script(always(502, "", "Retry-After", "2"), always(500, ""))
		client := newClient(t, s, retrying(1))
		var wait sync.WaitGroup
		wait.Go(func() {
			err := askGroup(t, client)
			if told, ok := errors.AsType[*heygen.Error](err); !ok || told.Status != 502 || time.Since(s.start) != 2*time.Second {
				t.Errorf("%v after %v", err, time.Since(s.start))
			}
		})
		synctest.Wait()
		left, cancel := context.WithTimeout(t.Context(), firstBackoff[0]) // no time for a retry
		defer cancel()
		for range 9 {
			_, _ = client.AvatarGroup(left, "g")
		}
		wait.Wait()
		if len(s.calls()) != 10 {
			t.Errorf("%d calls, want 10", len(s.calls()))
		}
	})
}

// Who waits neither for a pause nor for a slot hears at once that it is no use.
func TestAnOpenBreakerWaitsForNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		steps := append([]upstream{after(time.Millisecond, limited("60"))}, slices.Repeat([]upstream{after(2*time.Millisecond, always(500, ""))}, 10)...)
		s := script(steps...)
		client := newClient(t, s)
		burst(t, client, 11)
		before := time.Now()
		kept(t, askGroup(t, client))
		if time.Since(before) != 0 {
			t.Errorf("after %v", time.Since(before))
		}
	})
}

// What began before it opened is no trial, and says nothing of now.
func TestALateAnswerNeitherShutsNorOpens(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := script(after(8*time.Second, found), always(500, ""))
		client := newClient(t, s)
		var wait sync.WaitGroup
		wait.Go(func() { _ = askGroup(t, client) })
		synctest.Wait()
		for range 10 {
			_ = askGroup(t, client)
		}
		<-time.After(6 * time.Second)
		s.then(after(5*time.Second, always(500, "")))
		wait.Go(func() { _ = askGroup(t, client) }) // the trial
		<-time.After(3 * time.Second)               // the late answer is there
		kept(t, askGroup(t, client))
		wait.Wait()
		kept(t, askGroup(t, client))
	})
}
