package graph

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync/atomic"

	"github.com/99designs/gqlgen/graphql"

	"heygen-graphql/graph/model"
	"heygen-graphql/heygen"
	"heygen-graphql/internal/cache"
)

// maxCalls is how many calls to HeyGen one operation may have under way.
const maxCalls = 8

// operation is what lives as long as one GraphQL operation.
type operation struct {
	// ctx is for calls to HeyGen and ends at the operation's deadline. gqlgen
	// does not see it: with an ended context it would drop the whole answer,
	// where only the fields that waited in vain must go.
	ctx   context.Context
	turns *turns
	log   func() *slog.Logger // with the request's id
	told  atomic.Int64        // failures in the log

	strangers bool // callers bring keys of their own

	groups *loader[heygen.GroupID, *heygen.AvatarGroup]
	looks  *loader[heygen.LookID, *heygen.AvatarLook]
	voices *loader[heygen.VoiceID, *heygen.Voice] // fetched alone, and so with their details

	groupLists *lists[heygen.AvatarGroupsParams, heygen.AvatarGroup]
	lookLists  *lists[heygen.AvatarLooksParams, heygen.AvatarLook]
	voiceLists *lists[heygen.VoicesParams, heygen.Voice]

	listed listedGroups

	given, values atomic.Int64 // items of lists in the answer, and values in them
	widths        widths
}

type operationKey struct{}

func operationOf(ctx context.Context) *operation { return ctx.Value(operationKey{}).(*operation) }

// InterceptOperation gives every operation its deadline, its turns, its loaders
// and its lists.
func (h *handler) InterceptOperation(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
	x := exchangeOf(ctx)
	upstream, cancel := context.WithDeadline(cache.WithObserver(ctx, x.add), x.asked.Add(h.Timeout)) // with what it has waited for another's answer
	op := &operation{
		ctx:   upstream,
		turns: newTurns(maxCalls),
		log:   func() *slog.Logger { return h.Logger.With("requestId", h.RequestID(ctx)) },

		strangers: h.HeyGenForKey != nil,
	}
	op.groups = newLoader(upstream, op.turns, x.expected[model.TypeAvatarGroup], fetchOne(op, x.upstream.AvatarGroup))
	op.looks = newLoader(upstream, op.turns, x.expected[model.TypeAvatarLook], fetchOne(op, x.upstream.AvatarLook))
	op.voices = newLoader(upstream, op.turns, x.expected[model.TypeVoice], fetchOne(op, x.upstream.Voice))
	op.groupLists = newLists(heygen.EndpointListAvatarGroups, x.upstream.ListAvatarGroups, op.groupListed)
	op.lookLists = newLists(heygen.EndpointListAvatarLooks, x.upstream.ListAvatarLooks, nil)
	op.voiceLists = newLists(heygen.EndpointListVoices, x.upstream.ListVoices, nil)
	respond := next(context.WithValue(ctx, operationKey{}, op))
	return func(ctx context.Context) *graphql.Response {
		defer cancel()
		return respond(ctx)
	}
}

// ask makes one call to HeyGen in the name of an operation, in its turn and
// within its time, and logs what the operator should know of a failure. Its
// result means nothing when the call was unneeded.
func ask[T any](op *operation, turn *turn, call func(context.Context) (T, error)) (result T, err error) {
	if !turn.begin(op.ctx) {
		if op.ctx.Err() != nil {
			err = timedOut(op.ctx)
		}
		return result, err
	}
	defer turn.end()
	result, err = call(op.ctx)
	if e, ok := errors.AsType[*heygen.Error](err); ok && !missing(e) && e.Kind != context.Canceled {
		level := slog.LevelWarn
		// Of what was not asked the client has told why, once; a key of a caller's own
		// is that caller's matter; and an operation can have hundreds of failures.
		if e.NotSent || op.strangers && e.Kind == heygen.ErrUnauthenticated || op.told.Add(1) > maxFaults {
			level = slog.LevelDebug
		}
		op.log().Log(op.ctx, level, "upstream request failed", "endpoint", e.Endpoint, "kind", e.Kind.Error(), "cause", e.Cause, "status", e.Status, "code", e.Code)
	}
	return result, err
}

// missing tells what no list can be: what was asked for by an id that is not there.
func missing(e *heygen.Error) bool {
	return e.Kind == heygen.ErrNotFound && strings.Contains(e.Endpoint, "{")
}
