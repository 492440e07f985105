package graph

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"

	"heygen-graphql/graph/loader"
	"heygen-graphql/graph/model"
	"heygen-graphql/graph/responsecache"
	"heygen-graphql/heygen"
	"heygen-graphql/heygen/catalogue"
	"heygen-graphql/internal/cache"
)

// maxConcurrentCalls is how many calls to HeyGen one operation may have in flight.
const maxConcurrentCalls = 8

// operationScope is what lives as long as one GraphQL operation: its deadline, its
// scheduler, its loaders and its page loaders.
type operationScope struct {
	// ctx is for calls to HeyGen and ends at the operation's deadline. gqlgen does not
	// see it: with an ended context it would discard the whole response, when only the
	// fields that waited too long have to be null.
	ctx       context.Context
	scheduler *loader.Scheduler
	log       func() *slog.Logger // with the request's id
	warnings  atomic.Int64

	passthrough bool // callers bring their own keys

	groups *loader.Loader[heygen.GroupID, *heygen.AvatarGroup]
	looks  *loader.Loader[heygen.LookID, *heygen.AvatarLook]
	voices *loader.Loader[heygen.VoiceID, *heygen.Voice] // with their details

	rootIDs        []model.GlobalID // of the nodes that the root fields fetch, in response order
	startRootLoads sync.Once

	groupPages *pageLoader[heygen.AvatarGroupsParams, heygen.AvatarGroup]
	lookPages  *pageLoader[heygen.AvatarLooksParams, heygen.AvatarLook]
	voicePages *pageLoader[heygen.VoicesParams, heygen.Voice]

	groupCatalogues *catalogueLoader[heygen.AvatarGroupsParams, heygen.AvatarGroup, *catalogue.Groups]
	lookCatalogues  *catalogueLoader[heygen.AvatarLooksParams, heygen.AvatarLook, *catalogue.Looks]
	voiceCatalogues *catalogueLoader[heygen.VoicesParams, heygen.Voice, *catalogue.Voices]

	groupOwnership ownershipByGroup

	event any // see operation

	itemCount, valueCount atomic.Int64 // of lists in the response
	widths                selectionWidths
}

type operationScopeKey struct{}

func withOperationScope(ctx context.Context, s *operationScope) context.Context {
	return context.WithValue(ctx, operationScopeKey{}, s)
}

func operationScopeFrom(ctx context.Context) *operationScope {
	return ctx.Value(operationScopeKey{}).(*operationScope)
}

// newOperationScope returns the scope of an operation, with its deadline. Its time
// includes what it has waited for another's execution.
func (h *handler) newOperationScope(ctx context.Context, op operation, rootIDs []model.GlobalID) (*operationScope, context.CancelFunc) {
	callCtx := heygen.WithRequestID(cache.WithObserver(ctx, requestStateFrom(ctx).provenance.Add), h.RequestID(ctx))
	upstreamCtx, cancel := context.WithDeadline(callCtx, op.startedAt.Add(h.Timeout))
	s := &operationScope{
		ctx:         upstreamCtx,
		scheduler:   loader.NewScheduler(maxConcurrentCalls),
		log:         func() *slog.Logger { return h.Logger.With("requestId", h.RequestID(ctx)) },
		passthrough: h.HeyGenForKey != nil,
		rootIDs:     rootIDs,
		event:       op.event,
	}
	s.groups = loader.New(upstreamCtx, s.scheduler, fetcher(s, op.upstream.AvatarGroup))
	s.looks = loader.New(upstreamCtx, s.scheduler, fetcher(s, op.upstream.AvatarLook))
	s.voices = loader.New(upstreamCtx, s.scheduler, fetcher(s, op.upstream.Voice))
	s.groupPages = &pageLoader[heygen.AvatarGroupsParams, heygen.AvatarGroup]{call: op.upstream.ListAvatarGroups, onItem: func(g *heygen.AvatarGroup) { s.groups.Prime(g.ID, g) }}
	s.lookPages = &pageLoader[heygen.AvatarLooksParams, heygen.AvatarLook]{call: op.upstream.ListAvatarLooks, mayBeGone: isOfGroup}
	s.voicePages = &pageLoader[heygen.VoicesParams, heygen.Voice]{call: op.upstream.ListVoices}
	s.newCatalogueLoaders(op.upstream, h.CatalogueMaxItems)
	s.groupOwnership.cache, _ = op.upstream.(ownershipCache)
	s.groupOwnership.dependOn = requestStateFrom(ctx).provenance.DependOn
	return s, cancel
}

// callUpstream makes one call to HeyGen for an operation, once it has a slot, and
// logs a failure. causedByCaller reports whether an error is about what the caller
// sent. If the call was obsolete, its result means nothing.
func callUpstream[T any](ctx context.Context, s *operationScope, ticket *loader.Ticket, causedByCaller func(*heygen.Error) bool, call func(context.Context) (T, error)) (value T, err error) {
	if !ticket.Acquire(s.ctx) {
		return value, s.ctx.Err()
	}
	defer ticket.Release()
	value, err = call(heygen.WithPriority(ctx, heygen.Priority{Operation: s, Position: ticket.Position()}))
	s.logFailure(err, causedByCaller)
	return value, err
}

// logFailure logs a failed call: as a warning if it concerns the operator, and else at
// debug level, as any caller can cause any number of those. The client has logged once
// why it sends nothing.
func (s *operationScope) logFailure(err error, causedByCaller func(*heygen.Error) bool) {
	e, ok := errors.AsType[*heygen.Error](err)
	if !ok || e.Kind == context.Canceled {
		return
	}
	level := slog.LevelDebug
	if !e.NotSent && !(s.passthrough && isAboutCredential(e)) && !causedByCaller(e) && s.mayWarn() {
		level = slog.LevelWarn
	}
	s.log().Log(s.ctx, level, "upstream request failed", "endpoint", e.Endpoint, "kind", e.Kind.Error(), "cause", e.Cause, "status", e.Status, "code", e.Code, "param", e.Param)
}

// isAboutCredential reports whether an error is about the credential that a call was made
// with: in passthrough mode the caller's own.
func isAboutCredential(e *heygen.Error) bool {
	switch e.Kind {
	case heygen.ErrUnauthenticated, heygen.ErrPaymentRequired, heygen.ErrForbidden, heygen.ErrRateLimited:
		return true
	}
	return false
}

// logBrokenList logs a list that is incomplete, by HeyGen's fault.
func (s *operationScope) logBrokenList(endpoint, cause string) {
	if s.mayWarn() {
		s.log().Warn("upstream list cannot be continued", "endpoint", endpoint, "cause", cause)
	}
}

// mayWarn counts a warning, and reports whether to log it: an operation can have hundreds.
func (s *operationScope) mayWarn() bool { return s.warnings.Add(1) <= maxLoggedErrors }

// requestState is what resolvers and gqlgen's hooks add to while one request is
// served. All else that is known of a request is passed as values.
type requestState struct {
	provenance     responsecache.Provenance
	errorCount     atomic.Int64
	internalErrors atomic.Int64
}

type requestStateKey struct{}

func withRequestState(ctx context.Context, s *requestState) context.Context {
	return context.WithValue(ctx, requestStateKey{}, s)
}

// requestStateFrom returns the state of a request, or nil.
func requestStateFrom(ctx context.Context) *requestState {
	s, _ := ctx.Value(requestStateKey{}).(*requestState)
	return s
}

// extensionsHeader names the extensions that a caller requests: cost, upstream.
const extensionsHeader = "X-GraphQL-Extensions"

// requestedExtensions are the extensions that a caller requests.
type requestedExtensions struct{ cost, upstream bool }

func parseExtensions(h http.Header) (requested requestedExtensions) {
	for value := range strings.SplitSeq(strings.Join(h.Values(extensionsHeader), ","), ",") {
		switch strings.ToLower(strings.TrimSpace(value)) {
		case "cost":
			requested.cost = true
		case "upstream":
			requested.upstream = true
		}
	}
	return requested
}
