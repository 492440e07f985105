package graph

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"heygen-graphql/graph/broadcast"
	"heygen-graphql/graph/document"
	"heygen-graphql/graph/errcode"
	"heygen-graphql/graph/responsecache"
	"heygen-graphql/graph/stream"
	"heygen-graphql/heygen"
	"heygen-graphql/internal/cache"
	"heygen-graphql/internal/poll"
)

// WatchingUpstream is an [Upstream] whose resources can be watched, as subscriptions need.
type WatchingUpstream interface {
	Upstream
	// Tenant returns what the calls of one HeyGen credential have in common: a comparable
	// value.
	Tenant() any
	WatchAvatarGroup(heygen.GroupID) *poll.Watch[heygen.AvatarGroup]
	WatchAvatarLook(heygen.LookID) *poll.Watch[heygen.AvatarLook]
}

// watchable describes a resource that subscriptions follow.
type watchable[K resourceID, T any] struct {
	typeName    string
	watch       func(WatchingUpstream, K) *poll.Watch[T]
	status      func(*T) *heygen.TrainingStatus
	previewURLs func(*T) []**string
}

var (
	watchableGroup = watchable[heygen.GroupID, heygen.AvatarGroup]{
		typeName: avatarGroupNode.name, watch: WatchingUpstream.WatchAvatarGroup,
		status:      func(g *heygen.AvatarGroup) *heygen.TrainingStatus { return g.Status },
		previewURLs: func(g *heygen.AvatarGroup) []**string { return []**string{&g.PreviewImageURL, &g.PreviewVideoURL} },
	}
	watchableLook = watchable[heygen.LookID, heygen.AvatarLook]{
		typeName: avatarLookNode.name, watch: WatchingUpstream.WatchAvatarLook,
		status:      func(l *heygen.AvatarLook) *heygen.TrainingStatus { return l.Status },
		previewURLs: func(l *heygen.AvatarLook) []**string { return []**string{&l.PreviewImageURL, &l.PreviewVideoURL} },
	}
)

// sourceOf returns the source of the events of a subscription to one id.
func (w *watchable[K, T]) sourceOf(op operation, field graphql.CollectedField, id string) (func(WatchingUpstream) broadcast.Source, error) {
	key, err := parseID[K](w.typeName, "id", id)
	if err != nil {
		return nil, err
	}
	return func(upstream WatchingUpstream) broadcast.Source {
		return &source[T]{op: op, field: field, watch: w.watch(upstream, key), status: w.status, previewURLs: w.previewURLs}
	}, nil
}

// changes returns the channel that gqlgen reads the value of a subscription from: it is
// executed once for each event.
func changes[T any](ctx context.Context) <-chan *T {
	value, _ := operationScopeFrom(ctx).event.(*T)
	c := make(chan *T, 1)
	c <- value
	close(c)
	return c
}

// maxSubscriptionBytes is the maximum size of the document and the variables of a subscription,
// which are in memory until it ends.
const maxSubscriptionBytes = 16 << 10

// subscribe subscribes to the events of a subscription, which all subscribers with the same
// credential, document and variables share. Its error is a stream of one event.
func (h *handler) subscribe(ctx context.Context, op operation) stream.Stream {
	if len(op.Query)+len(op.RawVariables()) > maxSubscriptionBytes {
		return newErrorStream(gqlerror.List{errcode.New(nil, errcode.BadUserInput, fmt.Sprintf("The document and the variables of a subscription must have at most %d bytes together.", maxSubscriptionBytes))})
	}
	_, opCtx, _, errs := op.prepare(ctx)
	if len(errs) > 0 {
		return newErrorStream(errs)
	}
	fields := slices.Collect(document.MergedFields(opCtx.Operation.SelectionSet, rootTypeName(opCtx)))
	if len(fields) != 1 { // @skip and @include leave none; the rule of validation does not count aliases
		return newErrorStream(errcode.Set(errcode.ValidationFailed, gqlerror.ErrorPosf(opCtx.Operation.Position, "A subscription must select exactly one field.")))
	}
	field := fields[0]
	id := idStrings(field.ArgumentMap(opCtx.Variables)["id"])[0] // the argument is required
	var newSource func(WatchingUpstream) broadcast.Source
	var err error
	switch field.Name {
	case "avatarGroupChanged":
		newSource, err = watchableGroup.sourceOf(op, field, id)
	case "avatarLookChanged":
		newSource, err = watchableLook.sourceOf(op, field, id)
	default: // __typename, which validation rejects
		err = errInternal
	}
	if err != nil {
		return newSingleEventStream(h.fieldError(ctx, field, err))
	}
	upstream, ok := op.upstream.(WatchingUpstream)
	switch {
	case !ok && op.upstream == (anonymousUpstream{}):
		return newSingleEventStream(h.fieldError(ctx, field, errNoCredentials))
	case !ok:
		return newErrorStream(gqlerror.List{errcode.New(opCtx.Operation.Position, errcode.OperationNotSupported, "This server has no subscriptions.")})
	}
	op.Headers, op.Extensions = nil, nil // of the first subscriber
	key := topicKey{upstream.Tenant(), responsecache.Key(op.document.Hash, op.OperationName, op.RawVariables())}
	sub := h.topics.Subscribe(key, func() broadcast.Source { return newSource(upstream) })
	if sub == nil {
		return newErrorStream(gqlerror.List{errcode.New(nil, errcode.Overloaded, "This server is overloaded: too many different subscriptions. Retry later.")})
	}
	return &subscription{Subscription: sub, handler: h, field: field, deadline: time.Now().Add(h.StreamTimeout), ctx: ctx}
}

type topicKey struct {
	tenant   any
	response [32]byte
}

// source executes a subscription for each change of the resource that it watches. It
// implements [broadcast.Source].
type source[T any] struct {
	op          operation
	field       graphql.CollectedField
	watch       *poll.Watch[T]
	status      func(*T) *heygen.TrainingStatus
	previewURLs func(*T) []**string

	last *T     // the value of the last event
	body []byte // of the last event
}

// LastError implements [broadcast.Source].
func (s *source[T]) LastError() error { return s.watch.LastError() }

// Run implements [broadcast.Source].
func (s *source[T]) Run(ctx context.Context, publish func(*stream.Event)) {
	defer func() {
		if cause := recover(); cause != nil { // in a goroutine of no request, it would end the process
			publish(newEvent(s.op.handler.panicResponse(s.newContext(ctx), cause).GraphQL))
		}
	}()
	defer s.watch.Close()
	for {
		update, err := s.watch.Next(ctx)
		switch {
		case ctx.Err() != nil:
			return
		case err != nil:
			publish(s.op.handler.fieldError(s.newContext(ctx), s.field, asArgumentError("id", err)))
			return
		case update.Value == nil:
			publish(s.execute(ctx, nil))
			return
		}
		if event := s.executeChange(ctx, update); s.last == nil || !bytes.Equal(event.Body, s.body) && !s.merelySigned(ctx, update.Value) {
			s.last, s.body = update.Value, event.Body
			publish(event)
		}
		if status := s.status(update.Value); status != nil && (*status == heygen.Completed || *status == heygen.Failed) {
			return
		}
	}
}

// newContext returns the context of an execution: it belongs to no request.
func (s *source[T]) newContext(ctx context.Context) context.Context {
	return withRequestState(ctx, &requestState{})
}

// executeChange returns the event for a change. What it has of other resources, such as the
// looks of a group, is as new as the change, unless HeyGen fails to respond.
func (s *source[T]) executeChange(ctx context.Context, update poll.Update[T]) *stream.Event {
	if s.last == nil {
		return s.execute(ctx, update.Value)
	}
	event := s.execute(cache.WithNewerThan(ctx, update.StoredAt), update.Value)
	if event.Errors > 0 {
		if cached := s.execute(ctx, update.Value); cached.Errors < event.Errors {
			return cached
		}
	}
	return event
}

// execute returns the event for a value. nil: the resource does not exist.
func (s *source[T]) execute(ctx context.Context, value *T) *stream.Event {
	executions := s.op.handler.executions
	select { // one change may concern thousands of documents
	case executions <- struct{}{}:
		defer func() { <-executions }()
	case <-ctx.Done():
		return &stream.Event{} // no subscriber is left
	}
	op := s.op
	request := *op.Request // the executor changes it
	op.Request, op.event, op.startedAt = &request, value, time.Now()
	response := op.execute(s.newContext(ctx))
	if response.GraphQL == nil {
		return &stream.Event{} // likewise
	}
	return newEvent(response.GraphQL)
}

// merelySigned reports whether what is selected of a value differs from the last event in
// the signatures of preview URLs alone: with the URLs of the last event it is the same.
func (s *source[T]) merelySigned(ctx context.Context, value *T) bool {
	replaced := new(*value)
	signed := false
	for i, u := range s.previewURLs(replaced) {
		if last := *s.previewURLs(s.last)[i]; last != nil && *u != nil && **u != *last && heygen.SamePreviewURL(**u, *last) {
			*u, signed = last, true
		}
	}
	return signed && bytes.Equal(s.execute(ctx, replaced).Body, s.body)
}

// subscription is the stream of one subscriber: it ends at a deadline.
type subscription struct {
	*broadcast.Subscription
	handler  *handler
	field    graphql.CollectedField
	deadline time.Time
	ctx      context.Context // of the request
	timedOut bool
	release  func() // called when the subscription is closed; nil: nothing is
}

// Close implements [stream.Stream].
func (s *subscription) Close() {
	s.Subscription.Close()
	if s.release != nil {
		s.release()
		s.release = nil
	}
}

// Next implements [stream.Stream].
func (s *subscription) Next(ctx context.Context, wait time.Duration) (*stream.Event, error) {
	if s.timedOut {
		return nil, io.EOF
	}
	left := max(time.Until(s.deadline), 1)
	if wait > 0 && wait < left {
		return s.Subscription.Next(ctx, wait)
	}
	event, err := s.Subscription.Next(ctx, left)
	if !errors.Is(err, stream.ErrNoEvent) {
		return event, err
	}
	s.timedOut = true
	if err = s.LastError(); err == nil {
		err = &Error{Code: errcode.UpstreamTimeout, Message: "There was no final status within the time that a subscription may take (STREAM_TIMEOUT)."}
	}
	return s.handler.fieldError(s.ctx, s.field, err), nil
}

// fieldError returns the event of a subscription whose field is null, because of an error.
func (h *handler) fieldError(ctx context.Context, field graphql.CollectedField, err error) *stream.Event {
	e := h.present(ctx, err)
	e.Path = ast.Path{ast.PathName(field.Alias)}
	if p := field.Position; p != nil {
		e.Locations = []gqlerror.Location{{Line: p.Line, Column: p.Column}}
	}
	response := &graphql.Response{Data: []byte(`{"` + field.Alias + `":null}`), Errors: gqlerror.List{e}}
	return newEvent(response)
}
