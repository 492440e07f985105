package heygen_test

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"heygen-graphql/heygen"
)

// failedCallAttempts makes a call that fails, and returns its number of attempts.
func failedCallAttempts(t *testing.T, s *scriptedUpstream, client *heygen.Client) int {
	t.Helper()
	before := len(s.calls())
	s.then(always(503, ""))
	if readGroup(t, client) == nil {
		t.Error("a 503 is a success")
	}
	return len(s.calls()) - before
}

func wantSuccesses(t *testing.T, s *scriptedUpstream, client *heygen.Client, calls int) {
	t.Helper()
	s.then(groupFound)
	for range calls {
		if err := readGroup(t, client); err != nil {
			t.Error(err)
		}
	}
}

func TestRetriesHaveABudget(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := script(groupFound)
		client := newClient(t, s, withRetries(2))
		retries := func(failedCalls int) (n int) {
			for range failedCalls {
				n += failedCallAttempts(t, s, client) - 1
				wantSuccesses(t, s, client, 3) // so that less than 60 % fail, and the breaker stays closed
			}
			return n
		}
		// 10 at first, and 0.1 for each of four calls a round.
		if got := retries(6); got != 12 {
			t.Errorf("%d retries of six calls that fail, want both of each", got)
		}
		if got := retries(10); got != 4 { // 10 + 6·0.4 - 12 = 0.4 are left, and 4 come in
			t.Errorf("%d retries of ten more, want 4", got)
		}
		wantSuccesses(t, s, client, 1000)
		if got := retries(6); got != 12 {
			t.Errorf("%d retries with a full budget, want 12", got)
		}
	})
}

func TestRetryBudgetIsAtMostTen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := script(groupFound)
		client := newClient(t, s, withRetries(100))
		wantSuccesses(t, s, client, 500)
		s.then(always(429, ""))
		before := len(s.calls())
		if err := readGroup(t, client); err == nil || len(s.calls())-before != 11 {
			t.Errorf("%v after %d attempts, want 11", err, len(s.calls())-before)
		}
	})
}

func TestCallWithoutRetryCostsNoBudget(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := script(always(404, ""))
		client := newClient(t, s, withRetries(100))
		for range 50 {
			_ = readGroup(t, client)
		}
		s.then(always(429, ""))
		before := len(s.calls())
		if err := readGroup(t, client); err == nil || len(s.calls())-before != 11 {
			t.Errorf("%v after %d attempts, want 11", err, len(s.calls())-before)
		}
	})
}

func TestRetryThatIsCanceledWhileItWaitsCostsNoBudget(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := script(always(503, ""))
		client := newClient(t, s, withRetries(100))
		for range 3 { // few enough for the circuit breaker
			ctx, cancel := context.WithCancel(t.Context())
			time.AfterFunc(time.Millisecond, cancel)
			_, _ = client.AvatarGroup(ctx, "g")
		}
		s.then(always(429, ""))
		before := len(s.calls())
		if err := readGroup(t, client); err == nil || len(s.calls())-before != 11 {
			t.Errorf("%v after %d attempts, want 11", err, len(s.calls())-before)
		}
	})
}

// The retries wait for the rate limit, which a later 429 extends beyond their deadlines.
func TestRetryThatIsNotMadeCostsNoBudget(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		second := time.Second
		steps := []upstream{delayed(2*second, respond429("60"))}
		for range 10 {
			steps = append(steps, delayed(second, respond429("3")))
		}
		s := script(steps...)
		client := newClient(t, s, withRetries(100))
		ctx, cancel := context.WithTimeout(t.Context(), 30*second)
		defer cancel()
		var wait sync.WaitGroup
		for range 11 {
			wait.Go(func() { _, _ = client.AvatarGroup(ctx, "g") })
		}
		wait.Wait()
		if len(s.calls()) != 11 || time.Since(s.start) != 2*second {
			t.Errorf("calls at %v, the end after %v", s.calls(), time.Since(s.start))
		}
		s.then(always(429, ""))
		if err := readGroup(t, client); err == nil || len(s.calls())-11 != 11 {
			t.Errorf("%v after %d attempts, want 11", err, len(s.calls())-11)
		}
	})
}
