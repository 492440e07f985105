package limiter_test

import (
	"testing"

	"heygen-graphql/heygen/internal/limiter"
)

func withdrawAll(l *limiter.Limiter) (retries int) {
	for l.WithdrawRetry() {
		retries++
	}
	return retries
}

func TestRetryBudgetIsATenthOfTheCallsAndTenAtMost(t *testing.T) {
	l := newUpstream(defaultConcurrent, success).Limiter
	for _, test := range []struct{ deposits, want int }{{0, 10}, {9, 0}, {1, 1}, {25, 2}, {5, 1}, {1000, 10}} {
		for range test.deposits {
			l.DepositRetry()
		}
		if got := withdrawAll(l); got != test.want {
			t.Errorf("%d retries after %d deposits, want %d", got, test.deposits, test.want)
		}
	}
}
