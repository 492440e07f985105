package graph

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"heygen-graphql/graph/caller"
	"heygen-graphql/graph/document"
	"heygen-graphql/graph/errcode"
	"heygen-graphql/graph/httptransport"
	"heygen-graphql/graph/internal/plan"
	"heygen-graphql/graph/responsecache"
	"heygen-graphql/graph/ssetransport"
	"heygen-graphql/graph/wstransport"
	"heygen-graphql/heygen"
)

// The path of a request, each step a function that takes values and returns values:
//
//	ServeHTTP  negotiates the media type, logs the response
//	handle     authenticates, admits, parses, resolves the document
//	limitRate  counts the cost against the caller's rate limit
//	respond    response cache: hit, coalesced, or executed
//	execute    variables, ids and cost are checked; then gqlgen or a compiled plan
//	write      304, the cached body in a content coding, or the body

// result is the outcome of a request, for the response and the access log.
type result struct {
	responsecache.Response
	rejected     bool         // see OperationRecord.Rejected
	documentID   string       // by which the caller named its document
	documentHash string       // in hexadecimal digits; "": the document is not known
	coding       string       // content coding of Response.Encoded
	untrusted    bool         // see OperationRecord.Untrusted
	client       string       // see OperationRecord.Client
	version      string       // see OperationRecord.ClientVersion
	stream       string       // see OperationRecord.Stream
	code         errcode.Code // of the first error of a stream's last event
	errors       int          // of a stream's last event
	subscription bool         // see OperationRecord.Subscription
}

// errorResult returns the result of a request that is not executed.
func errorResult(status int, code errcode.Code, message string) result {
	return result{Response: responsecache.Response{GraphQL: httptransport.ErrorResponse(code, message), Status: status}}
}

// documentErrorResponse returns the response to a request whose document is rejected.
func documentErrorResponse(errs gqlerror.List) responsecache.Response {
	return responsecache.Response{GraphQL: &graphql.Response{Errors: errs}, Status: http.StatusBadRequest}
}

// ServeHTTP serves one request.
func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch {
	case wstransport.IsUpgrade(r):
		h.serveWebSocket(w, r)
		return
	case ssetransport.Accepts(r.Header) && r.Method != http.MethodHead:
		h.serveEventStream(w, r)
		return
	}
	start := time.Now()
	w.Header()["Cache-Control"] = noStore
	h.setVary(w.Header())
	state := &requestState{}
	ctx, trace := h.startTrace(withRequestState(r.Context(), state))
	defer h.logSuppressed(ctx, state)
	mediaType := httptransport.NegotiateMediaType(r.Header.Values("Accept"))
	served := h.handle(ctx, w, r, mediaType)
	served.client, served.version = caller.Client(r.Header)
	if served.GraphQL == nil || ctx.Err() != nil { // the client disconnected
		served.Status, served.GraphQL = 0, nil
		h.logAccess(ctx, served, time.Since(start), trace)
		return
	}
	h.write(w, r, mediaType, &served, &state.provenance)
	h.logAccess(ctx, served, time.Since(start), trace)
}

// handle returns the result of a request. Its response is nil if the client disconnected.
func (h *handler) handle(ctx context.Context, w http.ResponseWriter, r *http.Request, mediaType string) (served result) {
	defer func() {
		if cause := recover(); cause != nil {
			served.Response = h.panicResponse(ctx, cause)
		}
	}()
	upstream, from, rejected := h.authenticate(w, r)
	if rejected != nil {
		return h.unauthenticated(rejected)
	}
	if mediaType == "" {
		return errorResult(http.StatusNotAcceptable, errcode.BadUserInput, "The response is "+httptransport.MediaTypeGraphQLResponse+" or "+httptransport.MediaTypeJSON+", and `Accept` allows neither.")
	}
	body := httptransport.MaxBodyRead(r, h.MaxRequestBytes)
	if !h.requestBytes.TryAcquire(body) {
		return h.overloaded(w, "clients send too many large requests, or send them slowly")
	}
	defer h.requestBytes.Release(body)
	request, rejected := httptransport.Parse(w, r, h.MaxRequestBytes)
	if rejected != nil {
		return errorResult(rejected.Status, rejected.Code, rejected.Message)
	}
	if !h.operations.TryAcquire() {
		return h.overloaded(w, "MAX_OPERATIONS operations are in flight")
	}
	defer h.operations.Release() // before the response is written: a client may read it slowly

	served.documentID, _ = request.DocumentID()
	doc, errs := h.documents.Resolve(ctx, request.Query, served.documentID)
	if len(errs) > 0 {
		served.Response = documentErrorResponse(errs)
	} else {
		request.Query = doc.Source
		served.documentHash = doc.HashHex()
		op := operation{handler: h, Request: request, document: doc, upstream: upstream, startedAt: time.Now()}
		if limited, exceeded := h.limitRate(ctx, w, op, from); exceeded {
			served.Response, served.rejected = limited.Response, limited.rejected
		} else {
			served.coding = h.negotiateCoding(r)
			served.Response = h.respond(ctx, op, parseExtensions(r.Header), served.coding)
			served.untrusted = h.ObserveUntrusted && served.Status == http.StatusOK && !h.documents.IsTrusted(doc)
		}
	}
	if served.Status == http.StatusBadRequest && mediaType == httptransport.MediaTypeJSON {
		served.Status = http.StatusOK
	}
	return served
}

// unauthenticated returns the result of a request whose credential is rejected, is
// malformed, or cannot be verified now.
func (h *handler) unauthenticated(rejected *httptransport.RequestError) result {
	served := errorResult(rejected.Status, rejected.Code, rejected.Message)
	switch rejected.Code {
	case errcode.Unauthenticated:
		served.rejected = true
		h.warnSampled(&h.unauthenticatedLog, "rejecting requests: UNAUTHENTICATED", "the token is missing or invalid")
	case errcode.UpstreamUnavailable:
		served.rejected = true
		h.warnSampled(&h.unauthenticatedLog, "rejecting requests: UPSTREAM_UNAVAILABLE", "the identity provider's keys could not be fetched")
	}
	return served
}

// overloaded returns the result of an operation for which there is no capacity.
func (h *handler) overloaded(w http.ResponseWriter, reason string) result {
	h.warnSampled(&h.overloadLog, "rejecting operations: OVERLOADED", reason)
	w.Header().Set("Retry-After", "1") // second: most operations take less
	served := errorResult(http.StatusServiceUnavailable, errcode.Overloaded, "This server is overloaded. Retry in a second.")
	served.rejected = true
	return served
}

// panicResponse returns the response to a request whose handling panicked.
func (h *handler) panicResponse(ctx context.Context, cause any) responsecache.Response {
	return responsecache.Response{
		GraphQL: &graphql.Response{Errors: gqlerror.List{h.present(ctx, h.recoverPanic(ctx, cause))}},
		Status:  http.StatusInternalServerError,
	}
}

// operation is an operation that is about to be executed. Its time starts once its
// document is resolved.
type operation struct {
	handler *handler
	*httptransport.Request
	document  *document.Document[plan.Cache]
	upstream  Upstream // with the caller's credential
	startedAt time.Time
	event     any // of a subscription: a pointer to its value, which is nil if there is none; nil: a response to a query
}

// respond returns the response to an operation, with the extensions that its caller
// requested: from the response cache, from an identical operation in flight, or
// executed. See [responsecache.Do]. It may be in a content coding, unless the caller
// requested extensions.
func (h *handler) respond(ctx context.Context, op operation, requested requestedExtensions, coding string) responsecache.Response {
	requested.upstream = requested.upstream && h.ExposeUpstream
	if requested.cost {
		coding = ""
	}
	state := requestStateFrom(ctx)
	response := responsecache.Response{}
	if store, ok := op.upstream.(responsecache.Store); ok && !requested.upstream { // which is about this operation alone
		var err error
		response, err = responsecache.Do(ctx, store, responsecache.Request{
			Key:               responsecache.Key(op.document.Hash, op.OperationName, op.RawVariables()),
			StartedAt:         op.startedAt,
			Provenance:        &state.provenance,
			UnverifiedCallers: h.HeyGenForKey != nil,
			Coding:            coding,
		}, op, operation.execute)
		if err != nil {
			response = h.storeErrorResponse(ctx, err)
		}
	} else {
		response = op.execute(ctx)
	}
	if response.GraphQL != nil {
		h.addExtensions(response, requested, &state.provenance)
	}
	return response
}

// storeErrorResponse returns the response for an error of the response cache: the server
// is shutting down, or has a bug.
func (h *handler) storeErrorResponse(ctx context.Context, err error) responsecache.Response {
	status := http.StatusInternalServerError
	if errors.Is(err, context.Canceled) {
		status, err = http.StatusOK, &heygen.Error{Kind: context.Canceled, Cause: "the server is shutting down"}
	}
	return responsecache.Response{GraphQL: &graphql.Response{Errors: gqlerror.List{h.present(ctx, err)}}, Status: status}
}

// addExtensions adds the extensions that the caller requested.
func (h *handler) addExtensions(r responsecache.Response, requested requestedExtensions, provenance *responsecache.Provenance) {
	set := func(name string, value any) {
		if r.GraphQL.Extensions == nil {
			r.GraphQL.Extensions = map[string]any{}
		}
		r.GraphQL.Extensions[name] = value
	}
	if requested.cost && r.Cost > 0 {
		set("cost", map[string]int{"requested": r.Cost, "allowed": h.Limits.Cost})
	}
	if requested.upstream {
		set("upstream", provenance.Extension())
	}
}

// execute executes an operation. Its status is 400 if the operation must not be
// executed: its variables, its ids or its cost are not within the limits.
func (op operation) execute(ctx context.Context) (response responsecache.Response) {
	h := op.handler
	defer func() {
		if cause := recover(); cause != nil {
			r := h.panicResponse(ctx, cause)
			response.GraphQL, response.Status = r.GraphQL, r.Status
		}
	}()
	ctx, opCtx, ready, errs := op.prepare(ctx)
	if len(errs) == 0 && opCtx.Operation.Operation == ast.Subscription && op.event == nil {
		errs = gqlerror.List{errcode.New(opCtx.Operation.Position, errcode.OperationNotSupported, "A subscription needs `Accept: text/event-stream`, or a WebSocket.")}
	}
	if len(errs) > 0 {
		return h.rejectOperation(ctx, opCtx, errs, ready.cost)
	}
	response.Operation, response.Cost = opCtx.Operation.Name, ready.cost
	scope, cancel := h.newOperationScope(ctx, op, ready.rootIDs)
	defer cancel()
	// The schema is that of plan.Wrap: a compiled plan executes, or gqlgen's code.
	next, ctx := h.executor.DispatchOperation(withOperationScope(ctx, scope), opCtx)
	response.GraphQL, response.Status = next(ctx), http.StatusOK
	if response.GraphQL != nil {
		response.GraphQL.Errors = sortAndCapErrors(response.GraphQL.Errors)
	}
	return response
}

// prepare returns the context of an operation, for the executor, or why it must not be
// executed.
func (op operation) prepare(ctx context.Context) (context.Context, *graphql.OperationContext, prepared, gqlerror.List) {
	h := op.handler
	op.DecodeVariables()
	ctx = graphql.StartOperationTrace(document.NewContext(ctx, op.document))
	opCtx, errs := h.executor.CreateOperationContext(ctx, &op.RawParams)
	if len(errs) > 0 {
		return ctx, opCtx, prepared{}, h.describeErrors(opCtx, op.Request, errs)
	}
	ready, err := h.prepare(op.document, opCtx)
	if err != nil {
		return ctx, opCtx, ready, errcode.Truncate(gqlerror.List{err})
	}
	return ctx, opCtx, ready, nil
}

// rejectOperation returns the response to an operation that must not be executed.
func (h *handler) rejectOperation(ctx context.Context, opCtx *graphql.OperationContext, errs gqlerror.List, callCount int) responsecache.Response {
	response := h.executor.DispatchError(graphql.WithOperationContext(ctx, opCtx), errs)
	return responsecache.Response{GraphQL: response, Status: http.StatusBadRequest, Cost: callCount}
}

// describeErrors replaces errors of gqlgen and gqlparser whose messages are Go's.
func (h *handler) describeErrors(opCtx *graphql.OperationContext, request *httptransport.Request, errs gqlerror.List) gqlerror.List {
	switch {
	case opCtx.Operation == nil && request.OperationName == "":
		errs = gqlerror.List{errcode.New(nil, errcode.BadUserInput, "`operationName` is required: the document has several operations.")}
	case opCtx.Operation == nil:
		errs = gqlerror.List{errcode.New(nil, errcode.BadUserInput, "`operationName` matches no operation in the document.")}
	case opCtx.Variables == nil: // gqlparser rejected one
		errs = gqlerror.List{h.documents.VariableError(opCtx.Operation, request.Variables, errs[0])}
	}
	return errcode.Truncate(errs)
}
