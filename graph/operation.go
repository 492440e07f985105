package graph

import (
	"context"
	"errors"
	"log/slog"

	"github.com/99designs/gqlgen/graphql"

	"heygen-graphql/heygen"
)

// maxCalls is how many calls to HeyGen one operation may have under way.
const maxCalls = 8

// operation is what lives as long as one GraphQL operation.
type operation struct {
	// ctx is for calls to HeyGen and ends at the operation's deadline. gqlgen
	// does not see it: with an ended context it would drop the whole answer,
	// where only the fields that waited in vain must go.
	ctx   context.Context
	slots chan struct{}
	log   *slog.Logger

	groups     *loader[heygen.GroupID, *heygen.AvatarGroup]
	groupPages pages[heygen.AvatarGroup]
}

type operationKey struct{}

func operationOf(ctx context.Context) *operation { return ctx.Value(operationKey{}).(*operation) }

// InterceptOperation gives every operation its deadline and its loaders.
func (h *handler) InterceptOperation(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
	upstream, cancel := context.WithTimeout(ctx, h.Timeout)
	op := &operation{
		ctx:   upstream,
		slots: make(chan struct{}, maxCalls),
		log:   h.Logger.With("requestId", h.RequestID(ctx)),
	}
	op.groups = newLoader(upstream, expectedIDs(graphql.GetOperationContext(ctx)), op.fetchGroup(h.HeyGen))
	respond := next(context.WithValue(ctx, operationKey{}, op))
	return func(ctx context.Context) *graphql.Response {
		defer cancel()
		return respond(ctx)
	}
}

// ask makes one call to HeyGen in the name of an operation, in its turn and
// within its time, and logs what the operator should know of a failure.
func ask[T any](op *operation, endpoint string, call func(context.Context) (T, error)) (T, error) {
	select {
	case op.slots <- struct{}{}:
		defer func() { <-op.slots }()
	case <-op.ctx.Done():
		var zero T
		return zero, timedOut(op.ctx, endpoint)
	}
	result, err := call(op.ctx)
	if e, ok := errors.AsType[*heygen.Error](err); ok && e.Kind != heygen.ErrNotFound && e.Kind != context.Canceled {
		op.log.Warn("a call to HeyGen failed", "endpoint", e.Endpoint, "kind", e.Kind.Error(), "cause", e.Cause, "status", e.Status, "code", e.Code)
	}
	return result, err
}
