package heygen

import (
	"context"
	"errors"
	"log/slog"
	"time"
)

// Call is one attempt of a call to HeyGen, for [Options.Observe] and [Options.Trace]. It
// has no URL, id or key.
type Call struct {
	Endpoint string        // as HeyGen documents it: GET /v3/avatars/{group_id}
	Attempt  int           // 0: the first; 1: the first retry
	Start    time.Time     // when it had acquired its slot
	Duration time.Duration // to the last byte of the response
	Status   int           // HTTP status of the response, even of an incomplete one; 0: no response
	Err      error         // one of the Err values of this package, or context.Canceled; nil: a valid response
}

// Outcome returns "ok", or the message of Err.
func (c Call) Outcome() string {
	if c.Err == nil {
		return outcomeOK
	}
	return c.Err.Error()
}

const outcomeOK = "ok"

// Outcomes returns every value of [Call.Outcome]. [ErrOverloaded] has none: such a
// call has no attempt.
func Outcomes() []string {
	outcomes := []string{outcomeOK}
	for _, kind := range []error{
		ErrInvalidArgument, ErrBadRequest, ErrUnauthenticated, ErrPaymentRequired, ErrForbidden, ErrNotFound,
		ErrRateLimited, ErrTimeout, ErrUnavailable, ErrPageTokenRejected, ErrRejected, ErrInvalidResponse, context.Canceled,
	} {
		outcomes = append(outcomes, Call{Err: kind}.Outcome())
	}
	return outcomes
}

// Endpoints returns every endpoint of HeyGen that a client calls, as in [Call] and
// [Error].
func Endpoints() []string {
	return []string{EndpointListAvatarGroups, EndpointGetAvatarGroup, EndpointListAvatarLooks, EndpointGetAvatarLook, EndpointListVoices, EndpointGetVoice}
}

// notifyObserver logs an attempt that has ended, and passes it to the tracer and to the
// observer. Its caller holds no lock and no slot.
func (c *Client) notifyObserver(ctx context.Context, call Call, status int, err error, endTrace func(Call)) {
	call.Status = status
	if failed, ok := errors.AsType[*Error](err); ok {
		call.Err = failed.Kind
	}
	if c.log.Enabled(ctx, slog.LevelDebug) {
		c.log.LogAttrs(ctx, slog.LevelDebug, "upstream request", slog.String("endpoint", call.Endpoint), slog.Int("attempt", call.Attempt),
			slog.Int("status", call.Status), slog.String("outcome", call.Outcome()), slog.Duration("duration", call.Duration))
	}
	if endTrace != nil {
		endTrace(call)
	}
	if c.observe != nil {
		c.observe(ctx, call)
	}
}
