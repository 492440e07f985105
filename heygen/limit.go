package heygen

import (
	"context"
	"errors"
	"net/http"
	"time"

	"heygen-graphql/heygen/internal/limiter"
)

// attemptWithinLimits makes one attempt as soon as the limiter allows it, and
// cancels it after attemptTimeout. sent reports whether there was an attempt; if not,
// the error has no Endpoint.
func (c *Client) attemptWithinLimits(ctx context.Context, endpoint string, ticket *limiter.Ticket, attempt func(context.Context) *Error) (failed *Error, sent bool) {
	err := c.limiter.Do(ctx, endpoint, ticket, func() limiter.Outcome {
		start := time.Now()
		attemptCtx, cancel := context.WithTimeout(noDeadline{ctx}, c.attemptTimeout)
		defer cancel()
		failed = attempt(attemptCtx)
		endedEarly := ctx.Err() != nil && time.Since(start) < c.attemptTimeout/3
		return classifyOutcome(failed, endedEarly)
	})
	if err != nil {
		return limiterError(ctx, err), false
	}
	if failed != nil && failed.Kind == ErrRateLimited {
		failed.RetryAfter = c.limiter.RetryAfter()
	}
	return failed, true
}

// noDeadline hides the deadline of a context, which moves when another caller
// joins the call. context.WithTimeout starts no timer if the parent's deadline is
// earlier, and then nothing would end the call for as long as callers join it. The
// context is still canceled with its parent.
type noDeadline struct{ context.Context }

func (noDeadline) Deadline() (time.Time, bool) { return time.Time{}, false }

// classifyOutcome returns what an attempt says about HeyGen. endedEarly reports
// that its caller ended it within the first third of the call timeout: such a
// timeout is not HeyGen's failure.
func classifyOutcome(failed *Error, endedEarly bool) limiter.Outcome {
	result := limiter.Success // also with an error, as HeyGen has responded
	switch {
	case failed == nil:
	case failed.Kind == ErrRateLimited:
		return limiter.Outcome{Result: limiter.RateLimited, RetryAfter: failed.RetryAfter}
	case failed.Kind == context.Canceled, failed.Kind == ErrInvalidArgument, failed.Kind == ErrTimeout && endedEarly:
		result = limiter.Ignored
	case failed.Kind == ErrTimeout, failed.Kind == ErrUnavailable && !is4xx(failed.Status):
		result = limiter.Failure
	}
	return limiter.Outcome{Result: result}
}

// is4xx reports whether a status is 4xx. HeyGen is healthy if it responds with one,
// even if the request has to be sent again, as after a 409.
func is4xx(status int) bool { return status >= 400 && status <= 499 }

// limiterError returns the error of a call that the limiter rejected, or whose
// context ended in the queue.
func limiterError(ctx context.Context, err error) *Error {
	if paused, ok := errors.AsType[limiter.BackoffError](err); ok {
		return &Error{Kind: ErrRateLimited, Cause: "not sent: rate limited by HeyGen", Status: http.StatusTooManyRequests, RetryAfter: paused.RetryAfter, NotSent: true}
	}
	switch err {
	case limiter.ErrQueueFull:
		return &Error{Kind: ErrOverloaded, Cause: "not sent: queue full", NotSent: true}
	case limiter.ErrCircuitOpen:
		return &Error{Kind: ErrUnavailable, Cause: "not sent: the circuit breaker is open", NotSent: true}
	}
	cause, kind := classifyTransportError(ctx, err)
	return &Error{Kind: kind, Cause: cause}
}

// Stats is the state of a client's limits at one moment.
type Stats struct {
	InFlight     int           // calls that hold a slot, and a shared one if there are any
	Queued       int           // calls that wait for a slot, for a shared slot or for the rate limit, but not between two attempts
	BackoffFor   time.Duration // remaining back-off after a 429
	Rate         float64       // calls a second that may start, after the back-off if there is one; 0: not limited
	OpenBreakers []string      // endpoints whose circuit breaker is open, sorted
}

// Stats returns the current state of the client's limits.
func (c *Client) Stats() Stats { return Stats(c.limiter.Stats()) }
