package graph

import (
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/vektah/gqlparser/v2/gqlerror"

	"heygen-graphql/graph/caller"
	"heygen-graphql/graph/errcode"
	"heygen-graphql/graph/httptransport"
	"heygen-graphql/graph/stream"
	"heygen-graphql/graph/wstransport"
)

// serveWebSocket serves a WebSocket. Its caller is known by the headers of the request, or by
// the connectionParams of the first message, which stand for headers: until then it counts for
// the caller that the headers name, as a rule an address.
func (h *handler) serveWebSocket(w http.ResponseWriter, r *http.Request) {
	address := h.streamCaller(r)
	full, callerFull := h.handshakes.Acquire(transportWebSocket, address)
	if full || callerFull || h.streams.Full() {
		if !full && !callerFull {
			h.handshakes.Release(transportWebSocket, address)
		}
		served := h.overloaded(w, "MAX_STREAMS streams are open, or a tenth of them are WebSockets before connection_init")
		h.logAccess(r.Context(), served, 0, OperationTrace{})
		httptransport.Write(w, httptransport.MediaTypeJSON, served.Status, served.GraphQL)
		return
	}
	release := sync.OnceFunc(func() { h.handshakes.Release(transportWebSocket, address) })
	var session *socketSession
	err := wstransport.Serve(w, r, wstransport.Options{
		MaxMessageBytes: h.MaxRequestBytes, MaxOperations: h.MaxSocketOperations, Shutdown: h.shutdown, Bytes: &h.requestBytes,
		Authenticate: func(_ context.Context, params json.RawMessage) (wstransport.Session, *httptransport.RequestError) {
			defer release()
			s := &socketSession{handler: h, request: withConnectionParams(r, params)}
			rejected := s.Admitted()
			if rejected == nil {
				s.id = h.streamCaller(s.request)
				rejected = h.acquireSocket(s.id)
			}
			if rejected == nil {
				session = s
			}
			return s, rejected
		},
	})
	release()
	h.logPanic(r.Context(), transportWebSocket, err)
	h.endStream(transportWebSocket, streamReason(transportWebSocket, err))
	if session != nil {
		h.streams.Release(transportWebSocket, session.id)
	}
}

// acquireSocket takes a slot for a WebSocket whose caller is known.
func (h *handler) acquireSocket(id string) *httptransport.RequestError {
	served, ok := h.acquireStream(discardHeader{}, transportWebSocket, id)
	if ok {
		return nil
	}
	err := served.GraphQL.Errors[0]
	return &httptransport.RequestError{Status: served.Status, Code: errcode.Of(err), Message: err.Message}
}

// socketSession is the caller of a WebSocket. It implements [wstransport.Session].
type socketSession struct {
	handler *handler
	request *http.Request // that opened the socket, with the credentials of its caller
	id      string        // of the caller, see [Options.StreamCaller]
}

// Admitted implements [wstransport.Session].
func (s *socketSession) Admitted() *httptransport.RequestError {
	_, _, rejected := s.handler.authenticate(discardHeader{}, s.request)
	if rejected != nil {
		s.handler.unauthenticated(rejected)
	}
	return rejected
}

// Start implements [wstransport.Session].
func (s *socketSession) Start(ctx context.Context, request *httptransport.Request) stream.Stream {
	h, start := s.handler, time.Now()
	upstream, from, rejected := h.authenticate(discardHeader{}, s.request)
	if rejected != nil { // between Admitted and now
		return newErrorStream(gqlerror.List{errcode.New(nil, rejected.Code, rejected.Message)})
	}
	state := &requestState{}
	ctx, trace := h.startTrace(withRequestState(ctx, state))
	started, served := h.startStream(ctx, discardHeader{}, request, upstream, from, requestedExtensions{})
	if sub, ok := started.(*subscription); ok {
		started = s.limited(sub)
	}
	served.client, served.version = caller.Client(s.request.Header)
	if started == nil {
		started = newErrorStream(served.GraphQL.Errors)
	}
	served.stream = transportWebSocket
	return &loggedStream{Stream: started, handler: h, ctx: ctx, state: state, trace: trace, served: served, start: start}
}

// limited returns a subscription that counts for its caller, or the error stream of one too many.
func (s *socketSession) limited(sub *subscription) stream.Stream {
	h := s.handler
	if _, callerFull := h.subscriptions.Acquire(transportWebSocket, s.id); callerFull {
		sub.Close()
		return newErrorStream(gqlerror.List{errcode.New(nil, errcode.RateLimited, h.tooManyStreams())})
	}
	sub.release = func() { h.subscriptions.Release(transportWebSocket, s.id) }
	return sub
}

// discardHeader is the response of an operation on a WebSocket, which has no headers.
type discardHeader struct{}

func (discardHeader) Header() http.Header         { return http.Header{} }
func (discardHeader) Write(p []byte) (int, error) { return len(p), nil }
func (discardHeader) WriteHeader(int)             {}

// withConnectionParams returns a request with the credentials of connectionParams as headers:
// browsers cannot set those of a WebSocket. Headers of the request itself remain.
func withConnectionParams(r *http.Request, params json.RawMessage) *http.Request {
	var members map[string]json.RawMessage
	if json.Unmarshal(params, &members) != nil { // absent, or null
		return r
	}
	r = r.Clone(r.Context())
	set := func(members map[string]json.RawMessage) {
		for _, name := range slices.Sorted(maps.Keys(members)) { // of two spellings, always the same counts
			var value string
			raw := members[name]
			name = http.CanonicalHeaderKey(name)
			if connectionHeaders[name] && r.Header.Get(name) == "" && json.Unmarshal(raw, &value) == nil {
				r.Header.Set(name, value)
			}
		}
	}
	set(members)
	var nested map[string]json.RawMessage
	if json.Unmarshal(members["headers"], &nested) == nil { // as Apollo Sandbox and others send them
		set(nested)
	}
	return r
}

// connectionHeaders are the headers that connectionParams may stand for.
var connectionHeaders = map[string]bool{
	"Authorization": true, "X-Api-Key": true,
	"Graphql-Client-Name": true, "Graphql-Client-Version": true, "Apollographql-Client-Name": true, "Apollographql-Client-Version": true,
}
