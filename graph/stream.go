package graph

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"heygen-graphql/graph/caller"
	"heygen-graphql/graph/errcode"
	"heygen-graphql/graph/httptransport"
	"heygen-graphql/graph/ssetransport"
	"heygen-graphql/graph/stream"
)

// Operations over transports that deliver more than one response: Server-Sent Events, one
// operation a request, and WebSocket, many operations a connection. Subscriptions need one of
// them; queries run over both, too.

// The transports of streams.
const (
	transportSSE       = "sse"
	transportWebSocket = "websocket"
)

// StreamTransports returns the transports of streams, for metrics.
func StreamTransports() []string { return []string{transportSSE, transportWebSocket} }

// StreamReasons returns why streams end, for metrics.
func StreamReasons() []string {
	return []string{"complete", "client", "slow", "timeout", "shutdown", "error"}
}

// streamReason returns why a stream ended, by the error of its transport. Only clients end a
// WebSocket without an error.
func streamReason(transport string, err error) string {
	switch {
	case err == nil && transport == transportWebSocket:
		return "client"
	case err == nil:
		return "complete"
	case errors.Is(err, stream.ErrSlow):
		return "slow"
	case errors.Is(err, stream.ErrShutdown):
		return "shutdown"
	case errors.Is(err, context.Canceled):
		return "client"
	}
	return "error"
}

// serveEventStream serves a request that accepts text/event-stream. What prevents its
// operation from starting is a response in JSON, with a status, but for errors in its document:
// clients of this transport read them from the stream. Over HTTP/1 it returns before the stream
// ends, and the request's context must not end the operation then.
func (h *handler) serveEventStream(w http.ResponseWriter, r *http.Request) {
	start := time.Now()
	w.Header()["Cache-Control"] = noStore
	h.setVary(w.Header())
	state := &requestState{}
	ctx, trace := h.startTrace(withRequestState(context.WithoutCancel(r.Context()), state))
	callerID := h.streamCaller(r)
	s, served := h.startEventStream(ctx, w, r, callerID)
	served.client, served.version = caller.Client(r.Header)
	if s == nil {
		httptransport.Write(w, httptransport.MediaTypeJSON, served.Status, served.GraphQL)
		h.logAccess(ctx, served, time.Since(start), trace)
		h.logSuppressed(ctx, state)
		return
	}
	served.stream = transportSSE
	logged := &loggedStream{Stream: s, handler: h, ctx: ctx, state: state, trace: trace, served: served, start: start}
	ssetransport.Serve(w, r, logged, ssetransport.Options{Admitted: h.admitted(r)}, func(err error) {
		h.logPanic(ctx, transportSSE, err)
		reason := streamReason(transportSSE, err)
		if sub, ok := s.(*subscription); ok && sub.timedOut {
			reason = "timeout"
		} else if err == nil && logged.served.errors > 0 {
			reason = "error"
		}
		h.endStream(transportSSE, reason)
		h.streams.Release(transportSSE, callerID)
	})
}

// admitted returns a function that reports whether the credentials of a request are still valid,
// as far as is known. It holds no more of the request than that. nil: there are none to check.
func (h *handler) admitted(r *http.Request) func() bool {
	if h.Identify == nil {
		return nil
	}
	credentials := &http.Request{Header: http.Header{}, RemoteAddr: r.RemoteAddr}
	if authorization := r.Header["Authorization"]; authorization != nil {
		credentials.Header["Authorization"] = authorization
	}
	return func() bool {
		_, rejection := h.Identify(credentials)
		return rejection == nil || rejection.Status >= http.StatusInternalServerError
	}
}

// logPanic logs the panic that ended a stream, if one did.
func (h *handler) logPanic(ctx context.Context, transport string, err error) {
	if p, ok := errors.AsType[*stream.PanicError](err); ok {
		h.logInternal(ctx, nil, fmt.Errorf("panic in a stream (%s): %v\n%s", transport, p.Value, p.Stack))
	}
}

// startEventStream starts the operation of a request. It returns nil and the response if it
// does not start.
func (h *handler) startEventStream(ctx context.Context, w http.ResponseWriter, r *http.Request, callerID string) (s stream.Stream, served result) {
	upstream, from, rejected := h.authenticate(w, r)
	if rejected != nil {
		return nil, h.unauthenticated(rejected)
	}
	if served, ok := h.acquireStream(w, transportSSE, callerID); !ok {
		return nil, served
	}
	defer func() {
		if s == nil {
			h.streams.Release(transportSSE, callerID)
		}
	}()
	body := httptransport.MaxBodyRead(r, h.MaxRequestBytes)
	if !h.requestBytes.TryAcquire(body) {
		return nil, h.overloaded(w, "clients send too many large requests, or send them slowly")
	}
	defer h.requestBytes.Release(body)
	request, rejected := httptransport.Parse(w, r, h.MaxRequestBytes)
	if rejected != nil {
		return nil, errorResult(rejected.Status, rejected.Code, rejected.Message)
	}
	return h.startStream(ctx, w, request, upstream, from, parseExtensions(r.Header))
}

// startStream starts an operation. It returns nil and the response if that must be sent
// without a stream: the caller exceeds its rate limit.
func (h *handler) startStream(ctx context.Context, w http.ResponseWriter, request *httptransport.Request, upstream Upstream, from caller.Caller, requested requestedExtensions) (s stream.Stream, served result) {
	served.documentID, _ = request.DocumentID()
	served.Status = http.StatusOK
	doc, errs := h.documents.Resolve(ctx, request.Query, served.documentID)
	if len(errs) > 0 {
		return newErrorStream(errs), served
	}
	request.Query = doc.Source
	served.documentHash = doc.HashHex()
	op := operation{handler: h, Request: request, document: doc, upstream: upstream, startedAt: time.Now()}
	if limited, exceeded := h.limitRate(ctx, w, op, from); exceeded {
		return nil, limited
	}
	served.untrusted = h.ObserveUntrusted && !h.documents.IsTrusted(doc)
	if definition := doc.Query.Operations.ForName(request.OperationName); definition != nil {
		served.Operation = definition.Name
		if served.subscription = definition.Operation == ast.Subscription; served.subscription {
			return h.subscribe(ctx, op), served
		}
	}
	return h.startQuery(ctx, op, requested), served
}

// startQuery executes a query in the background, as its stream may be read in between.
func (h *handler) startQuery(ctx context.Context, op operation, requested requestedExtensions) stream.Stream {
	if !h.operations.TryAcquire() {
		return newErrorStream(gqlerror.List{errcode.New(nil, errcode.Overloaded, "This server is overloaded. Retry in a second.")})
	}
	ctx, cancel := context.WithCancel(ctx)
	events := make(chan *stream.Event, 1)
	go func() {
		event := h.executeQuery(ctx, op, requested)
		size := int64(len(event.Body))
		if !h.responseBytes.TryAcquire(size) {
			event, size = newEvent(h.overloaded(discardHeader{}, "clients read their large responses slowly").GraphQL), 0
		}
		events <- event
		close(events)
		<-ctx.Done() // the event is written, or the client is gone
		h.responseBytes.Release(size)
	}()
	return stream.New(events, cancel)
}

// executeQuery returns the event of a query that has been admitted.
func (h *handler) executeQuery(ctx context.Context, op operation, requested requestedExtensions) (event *stream.Event) {
	defer h.operations.Release()
	defer func() {
		if cause := recover(); cause != nil {
			event = newEvent(h.panicResponse(ctx, cause).GraphQL)
		}
	}()
	response := h.respond(ctx, op, requested, "")
	if response.GraphQL == nil {
		return &stream.Event{} // the client is gone
	}
	event = newEvent(response.GraphQL)
	event.Cost = response.Cost
	return event
}

// newErrorStream returns the stream of an operation that is not executed.
func newErrorStream(errs gqlerror.List) stream.Stream {
	return newSingleEventStream(newEvent(&graphql.Response{Errors: errs}))
}

// newSingleEventStream returns the stream of an event that ends it.
func newSingleEventStream(event *stream.Event) stream.Stream {
	events := make(chan *stream.Event, 1)
	events <- event
	close(events)
	return stream.New(events, func() {})
}

// newEvent returns the event of a response.
func newEvent(response *graphql.Response) *stream.Event {
	event := &stream.Event{Body: bytes.Join(httptransport.NewBody(response).Parts(), nil), Errors: len(response.Errors)}
	if event.Errors == 0 {
		return event
	}
	event.Code = errcode.Of(response.Errors[0])
	if response.Data == nil {
		event.RequestErrors, _ = json.Marshal(response.Errors) // of strings and numbers
	}
	return event
}

// loggedStream logs its operation when it is closed.
type loggedStream struct {
	stream.Stream
	handler    *handler
	ctx        context.Context
	state      *requestState
	trace      OperationTrace
	served     result
	start      time.Time
	firstAfter time.Duration // time until the first event
	closed     bool
}

// Next implements [stream.Stream].
func (s *loggedStream) Next(ctx context.Context, wait time.Duration) (*stream.Event, error) {
	event, err := s.Stream.Next(ctx, wait)
	if s.firstAfter == 0 && !errors.Is(err, stream.ErrNoEvent) {
		s.firstAfter = time.Since(s.start)
	}
	if err == nil {
		s.served.Cost, s.served.code, s.served.errors = event.Cost, event.Code, event.Errors
	}
	return event, err
}

// Close implements [stream.Stream].
func (s *loggedStream) Close() {
	s.Stream.Close()
	if s.closed {
		return
	}
	s.closed = true
	s.handler.logAccess(s.ctx, s.served, s.firstAfter, s.trace)
	s.handler.logSuppressed(s.ctx, s.state)
}

func (h *handler) endStream(transport, reason string) {
	if h.OnStreamEnd != nil {
		h.OnStreamEnd(transport, reason)
	}
}

// streamCaller returns the id by which the streams of a caller are counted.
func (h *handler) streamCaller(r *http.Request) string {
	if h.StreamCaller == nil {
		return ""
	}
	return h.StreamCaller(r)
}

// retryStreamAfter is when a client may try again to open a stream beyond its limit.
const retryStreamAfter = 10 * time.Second

// acquireStream takes a slot for a stream. Otherwise it returns the response.
func (h *handler) acquireStream(w http.ResponseWriter, transport, caller string) (served result, ok bool) {
	full, callerFull := h.streams.Acquire(transport, caller)
	switch {
	case full:
		return h.overloaded(w, "MAX_STREAMS streams are open"), false
	case callerFull:
		h.warnSampled(&h.rateLimitLog, "rejecting operations: RATE_LIMITED", "a caller exceeds MAX_STREAMS_PER_CALLER")
		seconds := int(retryStreamAfter.Seconds())
		w.Header().Set("Retry-After", strconv.Itoa(seconds))
		served = errorResult(http.StatusTooManyRequests, errcode.RateLimited, h.tooManyStreams())
		served.GraphQL.Errors[0].Extensions["retryAfter"] = seconds
		served.rejected = true
		return served, false
	}
	return served, true
}

func (h *handler) tooManyStreams() string {
	return fmt.Sprintf("You have %d streams open, which is the maximum (MAX_STREAMS_PER_CALLER).", h.MaxStreamsPerCaller)
}
