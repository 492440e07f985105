package heygen

import (
	"context"
	"errors"
	"time"

	"heygen-graphql/heygen/internal/limiter"
)

// attemptWithinLimits makes one attempt, of at most callTimeout, as soon as the
// limiter admits it. sent reports whether the limiter did; the error of an
// attempt that was not sent has no Endpoint.
func (c *Client) attemptWithinLimits(ctx context.Context, endpoint string, attempt func(context.Context) *Error) (failed *Error, sent bool) {
	err := c.limiter.Do(ctx, endpoint, func() limiter.Outcome {
		start := time.Now()
		bounded, cancel := context.WithTimeout(noDeadline{ctx}, c.callTimeout)
		defer cancel()
		failed = attempt(bounded)
		return classifyOutcome(failed, ctx.Err() != nil && time.Since(start) < c.callTimeout/3)
	})
	if err != nil {
		return limiterError(ctx, err), false
	}
	return failed, true
}

// noDeadline hides a deadline that may move. context.WithTimeout would drop its
// own timer if that deadline were earlier, and then nothing would end the call
// for as long as more callers join it. The context still ends with its parent.
type noDeadline struct{ context.Context }

func (noDeadline) Deadline() (time.Time, bool) { return time.Time{}, false }

// classifyOutcome returns what an attempt says about HeyGen. endedEarly reports
// that the caller ended it before a third of the call timeout.
func classifyOutcome(failed *Error, endedEarly bool) limiter.Outcome {
	switch {
	case failed == nil:
		return limiter.Outcome{Result: limiter.Success}
	case failed.Kind == ErrRateLimited:
		return limiter.Outcome{Result: limiter.RateLimited, RetryAfter: failed.RetryAfter}
	case failed.Kind == context.Canceled, failed.Kind == ErrInvalidArgument, failed.Kind == ErrTimeout && endedEarly:
		return limiter.Outcome{Result: limiter.Ignored}
	case failed.Kind == ErrTimeout, failed.Kind == ErrUnavailable:
		return limiter.Outcome{Result: limiter.Failure}
	default: // any other response, even an invalid one
		return limiter.Outcome{Result: limiter.Success}
	}
}

// limiterError returns the error of a call that the limiter rejected, or that
// ended while it was queued.
func limiterError(ctx context.Context, err error) *Error {
	if paused, ok := errors.AsType[limiter.PausedError](err); ok {
		return &Error{Kind: ErrRateLimited, Cause: "not asked: HeyGen wants a pause", Status: 429, RetryAfter: paused.RetryAfter, NotSent: true}
	}
	switch err {
	case limiter.ErrQueueFull:
		return &Error{Kind: ErrOverloaded, Cause: "not asked: too many calls wait already", NotSent: true}
	case limiter.ErrCircuitOpen:
		return &Error{Kind: ErrUnavailable, Cause: "not asked: HeyGen kept failing", NotSent: true}
	}
	cause, kind := broken(ctx, err)
	return &Error{Kind: kind, Cause: cause}
}

// Stats is what the limits of a client do at one moment.
type Stats struct {
	InFlight     int           // calls that hold a slot
	Queued       int           // calls queued for a slot or for the end of a back-off; not those that wait to be retried
	PausedFor    time.Duration // remaining back-off that HeyGen asked for with a 429
	Rate         float64       // calls a second that may start, after the back-off if there is one; 0: no limit
	OpenBreakers []string      // endpoints that are not called because they kept failing, sorted
}

// Stats returns the current state of the client's limits.
func (c *Client) Stats() Stats { return Stats(c.limiter.Stats()) }
