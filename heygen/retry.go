package heygen

import (
	"context"
	"math/rand/v2"
	"slices"
	"time"
)

// DefaultRetries is how often a server should try again, as HeyGen's own client
// does. It is not the default of [Options.Retries], which is none.
const DefaultRetries = 2

// firstBackoff is the wait before the first retry, doubled before each further
// one. HeyGen's own client waits a second; here somebody waits for the answer.
const firstBackoff = 250 * time.Millisecond

// again waits until a call that failed may be tried again. It gives an error
// where that is no use: failed itself, or how ctx ended. The wait after a 429 is
// left to the pace, which the try has to keep anyway.
func (c *Client) waitBeforeRetry(ctx context.Context, endpoint string, failed *Error, tried int) *Error {
	if !retryable(failed) || ctx.Err() != nil || c.limiter.CircuitOpen(endpoint) {
		return failed
	}
	wait := failed.RetryAfter
	switch {
	case failed.Kind == ErrRateLimited:
		wait = c.limiter.Delay()
	case wait == 0:
		wait = backoff(tried)
	}
	if deadline, ok := ctx.Deadline(); ok && !time.Now().Add(wait).Before(deadline) {
		if failed.Kind == ErrRateLimited {
			failed.RetryAfter = wait
		}
		return failed
	}
	if !c.limiter.WithdrawRetry() {
		return failed
	}
	if failed.Kind == ErrRateLimited {
		return nil
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		cause, kind := broken(ctx, ctx.Err())
		return &Error{Kind: kind, Cause: cause}
	}
}

// retryable reports whether another try may end better. A timeout is none of
// these: it has cost its caller 15 s, and HeyGen perhaps as much.
func retryable(failed *Error) bool {
	switch failed.Kind {
	case ErrRateLimited:
		return true
	case ErrUnavailable:
		noAnswer := failed.Status < 300 // none, or one that broke off
		return noAnswer && failed.Cause != noTLS || slices.Contains([]int{500, 502, 503, 504}, failed.Status)
	}
	return false
}

// backoff is the wait before the retry after so many, a quarter less to a
// quarter more: what failed together must not come back together.
func backoff(retries int) time.Duration {
	wait := firstBackoff << min(retries, 10)
	return wait*3/4 + rand.N(wait/2+1)
}
