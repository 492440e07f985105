package heygen

import (
	"context"
	"errors"
	"log/slog"
	"time"
)

// Call is one try of a call, as [Options.Observe] is told of it. It names what was
// asked as HeyGen documents it, and never by a URL, an id or a key.
type Call struct {
	Endpoint string        // GET /v3/avatars/{group_id}
	Attempt  int           // 0: the first
	Start    time.Time     // when it had its slot
	Duration time.Duration // to the last byte of the answer
	Status   int           // HTTP status of the answer, whole or not; 0: none came
	Err      error         // one of the Err values of this package, or context.Canceled; nil: an answer that makes sense
}

// Outcome is what became of it in a word or two: "ok", or the text of Err.
func (c Call) Outcome() string {
	if c.Err == nil {
		return outcomeOK
	}
	return c.Err.Error()
}

const outcomeOK = "ok"

// Outcomes are all that [Call.Outcome] gives. That too many calls wait is none:
// then there is no try.
func Outcomes() []string {
	outcomes := []string{outcomeOK}
	for _, kind := range []error{
		ErrInvalidArgument, ErrBadRequest, ErrUnauthenticated, ErrPaymentRequired, ErrForbidden, ErrNotFound,
		ErrRateLimited, ErrTimeout, ErrUnavailable, ErrInvalidResponse, context.Canceled,
	} {
		outcomes = append(outcomes, Call{Err: kind}.Outcome())
	}
	return outcomes
}

// Endpoints are all that a client asks, as [Call] and [Error] name them.
func Endpoints() []string {
	return []string{EndpointListAvatarGroups, EndpointGetAvatarGroup, EndpointListAvatarLooks, EndpointGetAvatarLook, EndpointListVoices, EndpointGetVoice}
}

// observed tells how a try ended to those who want to know. No lock and no slot
// is held.
func (c *Client) observed(ctx context.Context, call Call, status int, err error) {
	call.Status = status
	if failed, ok := errors.AsType[*Error](err); ok {
		call.Err = failed.Kind
	}
	if c.log.Enabled(ctx, slog.LevelDebug) {
		c.log.LogAttrs(ctx, slog.LevelDebug, "upstream request", slog.String("endpoint", call.Endpoint), slog.Int("attempt", call.Attempt),
			slog.Int("status", call.Status), slog.String("outcome", call.Outcome()), slog.Duration("duration", call.Duration))
	}
	if c.observe != nil {
		c.observe(ctx, call)
	}
}
