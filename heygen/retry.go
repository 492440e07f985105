package heygen

import (
	"cmp"
	"context"
	"math/rand/v2"
	"slices"
	"time"
)

// DefaultRetries is the number of retries that suits a server; HeyGen's own
// client makes as many. The default of [Options.Retries] is none.
const DefaultRetries = 2

// initialBackoff is the wait before the first retry, doubled for each further
// one. HeyGen's own client waits a second; here a caller waits for the response.
const initialBackoff = 250 * time.Millisecond

// waitBeforeRetry waits for Retry-After, or the back-off, before a retry. It returns an
// error if there must be none: failed itself, or the end of ctx. After a 429 it does not
// wait: the limiter knows the position of the call in its queue, and holds it up or
// rejects it.
func (c *Client) waitBeforeRetry(ctx context.Context, endpoint string, failed *Error, retries int) *Error {
	if !retryable(failed) || ctx.Err() != nil || c.limiter.CircuitOpen(endpoint) {
		return failed
	}
	wait := time.Duration(0)
	if failed.Kind != ErrRateLimited {
		wait = cmp.Or(failed.RetryAfter, backoff(retries))
	}
	if deadline, ok := ctx.Deadline(); ok && !time.Now().Add(wait).Before(deadline) {
		return failed
	}
	if !c.limiter.WithdrawRetry() {
		return failed
	}
	if wait == 0 {
		return nil
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		c.limiter.RefundRetry()
		cause, kind := classifyTransportError(ctx, ctx.Err())
		return &Error{Kind: kind, Cause: cause}
	}
}

// codeRequestInProgress is HeyGen's code for a conflict with an earlier request.
const codeRequestInProgress = "request_in_progress"

// Retryable reports whether the same request may succeed a moment later: the failure says
// nothing about what was requested.
func (e *Error) Retryable() bool { return retryable(e) }

// retryable reports whether a failure may be transient. A timeout is never
// retried: it has cost its caller 15 s, and HeyGen perhaps as much.
func retryable(failed *Error) bool {
	switch failed.Kind {
	case ErrRateLimited:
		return true
	case ErrUnavailable:
		noResponse := failed.Status < 300 // none, or an incomplete one
		return noResponse && failed.Cause != causeTLS || slices.Contains([]int{408, 409, 425, 500, 502, 503, 504}, failed.Status)
	case ErrPageTokenRejected: // a conflict may be about the token, unless its code says otherwise
		return slices.Contains([]int{408, 425}, failed.Status) || failed.Status == 409 && failed.Code == codeRequestInProgress
	}
	return false
}

// backoff returns the wait after so many retries, with a jitter of 25 %, so that
// calls that failed together are not retried together.
func backoff(retries int) time.Duration {
	wait := initialBackoff << min(retries, 10)
	return wait*3/4 + rand.N(wait/2+1)
}
