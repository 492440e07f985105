// Package graph is the GraphQL API: its schema, its resolvers, and the HTTP handler.
// The entry point is [NewHandler].
//
// Its only state is the cache of parsed documents. It reads no environment: it calls
// HeyGen through an [Upstream], and [Options] configure the rest.
//
//	http.Handle("/graphql", graph.NewHandler(graph.Options{HeyGen: client}))
package graph

import (
	"cmp"
	"context"
	"log/slog"
	"math"
	"net/http"
	"sync"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/99designs/gqlgen/graphql/handler/extension"
	"github.com/vektah/gqlparser/v2/ast"

	"heygen-graphql/graph/broadcast"
	"heygen-graphql/graph/caller"
	"heygen-graphql/graph/document"
	"heygen-graphql/graph/errcode"
	"heygen-graphql/graph/httptransport"
	"heygen-graphql/graph/internal/exec"
	"heygen-graphql/graph/internal/plan"
	"heygen-graphql/graph/model"
	"heygen-graphql/graph/relay"
	"heygen-graphql/graph/stream"
	"heygen-graphql/heygen"
	"heygen-graphql/heygen/catalogue"
	"heygen-graphql/internal/logsample"
)

// Options configure a [Handler]. HeyGen or HeyGenForKey is required.
type Options struct {
	// HeyGen serves the resolvers' calls.
	HeyGen Upstream
	// HeyGenForKey returns the upstream for a caller's own HeyGen credential, sent as
	// X-Api-Key or as a bearer token (passthrough). If it is set, HeyGen is not used.
	// nil: HeyGen serves all callers.
	HeyGenForKey func(heygen.Key) Upstream
	// Identify returns the caller of a request, or why the request is rejected. If it is
	// set, responses are private to their callers. nil: every request is admitted, and its
	// caller is known by its HeyGen key only.
	Identify func(*http.Request) (caller.Caller, *caller.Rejection)
	// RateLimiter limits the cost of the operations of each caller. nil: they are not limited.
	RateLimiter caller.RateLimiter
	// CursorSecret signs cursors, and is the key of the hashes in [caller.Caller], the same
	// on all replicas. Empty: a fixed key, which detects damaged cursors but not forged ones.
	CursorSecret string
	// Timeout bounds an operation, including its time in queues. Default 30 s.
	Timeout time.Duration
	// MaxOperations is the maximum number of operations in flight; those beyond are
	// rejected with OVERLOADED. One that waits for HeyGen holds some 50 KB. Default 1,000.
	MaxOperations int
	// Limits bound a document, and an operation of it.
	Limits Limits
	// CatalogueMaxItems is the maximum number of items of a list that is searched, filtered,
	// sorted or counted. Default 5,000.
	CatalogueMaxItems int
	// StreamTimeout bounds a subscription. Default 30 min.
	StreamTimeout time.Duration
	// MaxStreams is the maximum number of event streams and WebSockets; those beyond are
	// rejected with OVERLOADED. Default 20,000.
	MaxStreams int
	// MaxStreamsPerCaller is the maximum number of event streams and WebSockets of one
	// caller; those beyond are rejected with RATE_LIMITED. 0: unlimited.
	MaxStreamsPerCaller int
	// MaxSocketOperations is the maximum number of operations in flight on one WebSocket.
	// Default 100.
	MaxSocketOperations int
	// StreamCaller returns an id of the caller of a stream, for MaxStreamsPerCaller. nil: all
	// have the same.
	StreamCaller func(*http.Request) string
	// OnStreamEnd is called at the end of an event stream or a WebSocket with its transport,
	// of [StreamTransports], and the reason, of [StreamReasons]. May be nil.
	OnStreamEnd func(transport, reason string)

	// MaxRequestBytes is the maximum length of a POST body. Default 1 MiB.
	MaxRequestBytes int64
	// DisableIntrospection rejects introspection. DisableSuggestions omits names of the
	// schema from validation errors.
	DisableIntrospection, DisableSuggestions bool
	// TrustedOnly rejects all documents except those of [Handler.SetTrustedDocuments].
	TrustedOnly bool
	// ObserveUntrusted marks the records of operations whose document is not one of
	// [Handler.SetTrustedDocuments], and logs them. They are executed, unless TrustedOnly is set.
	ObserveUntrusted bool
	// ExposeUpstream lets callers request extensions.upstream: the upstream calls of
	// their operation.
	ExposeUpstream bool
	// DisableAPQ disables automatic persisted queries, for a server without a cache: no
	// hash resolves to a document that was sent before. Parsed documents and their
	// compiled plans are still cached.
	DisableAPQ bool
	// SharedDocuments shares automatic persisted queries with other replicas. nil: they are
	// not shared.
	SharedDocuments document.Shared
	// Compress compresses cached responses, once for each content coding. Others are up to
	// middleware.
	Compress bool
	// Logger logs every operation, failed calls and internal errors. nil: none is logged.
	Logger *slog.Logger
	// OnResponse is called after every response. May be nil.
	OnResponse func(OperationRecord)
	// StartTrace is called at the start of every request. The context that it returns is that
	// of the request's calls. nil: requests have no traces.
	StartTrace func(context.Context) (context.Context, OperationTrace)
	// RequestID returns the id of a request for the log and for internal errors. nil:
	// requests have no ids.
	RequestID func(context.Context) string
}

const (
	defaultTimeout       = 30 * time.Second
	defaultMaxOperations = 1000

	defaultStreamTimeout       = 30 * time.Minute
	defaultMaxStreams          = 20_000
	defaultMaxSocketOperations = 100
)

// Handler is the GraphQL endpoint. It serves GET, HEAD, POST and WebSocket upgrades on the
// path that it is mounted at.
type Handler struct {
	http.Handler
	api *handler
}

// TrustedDocument is a document that callers may name by its id.
type TrustedDocument = document.Trusted

// handler serves requests.
type handler struct {
	Options
	executor           *executor.Executor
	documents          *document.Store[plan.Cache]
	operations         httptransport.Semaphore // in flight
	requestBytes       httptransport.ByteBudget
	responseBytes      httptransport.ByteBudget
	overloadLog        logsample.Sampler
	unauthenticatedLog logsample.Sampler
	rateLimitLog       logsample.Sampler
	untrustedLog       logsample.Sampler
	rateCosts          *costCache

	topics        broadcast.Hub // of subscriptions
	executions    chan struct{} // semaphore of the executions of subscriptions
	streams       stream.Slots
	handshakes    stream.Slots  // WebSockets before connection_init
	subscriptions stream.Slots  // over WebSockets
	shutdown      chan struct{} // closed when streams are to end
	closeStreams  sync.Once
}

// NewHandler returns the endpoint. It panics if Options have no upstream.
func NewHandler(o Options) *Handler { return newHandler(o, plan.Wrap) }

// newHandler returns the endpoint. wrapSchema makes the generated schema faster.
func newHandler(o Options, wrapSchema func(graphql.ExecutableSchema, exec.ResolverRoot, func(context.Context) *plan.Cache) graphql.ExecutableSchema) *Handler {
	if o.HeyGen == nil && o.HeyGenForKey == nil {
		panic("graph: Options.HeyGen and HeyGenForKey are both nil")
	}
	o.Timeout = cmp.Or(o.Timeout, defaultTimeout)
	o.MaxRequestBytes = cmp.Or(o.MaxRequestBytes, defaultMaxRequestBytes)
	o.CatalogueMaxItems = cmp.Or(o.CatalogueMaxItems, catalogue.DefaultMaxItems)
	o.StreamTimeout = cmp.Or(o.StreamTimeout, defaultStreamTimeout)
	o.MaxStreams, o.MaxSocketOperations = cmp.Or(o.MaxStreams, defaultMaxStreams), cmp.Or(o.MaxSocketOperations, defaultMaxSocketOperations)
	o.Limits = o.Limits.withDefaults()
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.RequestID == nil {
		o.RequestID = func(context.Context) string { return "" }
	}
	resolver := &Resolver{Cursors: relay.NewCodec(o.CursorSecret)}
	schema := wrapSchema(newSchema(resolver), resolver, func(ctx context.Context) *plan.Cache {
		return &document.FromContext[plan.Cache](ctx).Attachment
	})
	h := &handler{
		Options:    o,
		executor:   executor.New(schema),
		documents:  document.NewStore[plan.Cache](o.documentOptions(schema.Schema())),
		operations: httptransport.NewSemaphore(cmp.Or(o.MaxOperations, defaultMaxOperations)),
		rateCosts:  newCostCache(),
		topics:     broadcast.Hub{MaxTopics: o.MaxStreams}, // a WebSocket can have many, each with calls of its own
		executions: make(chan struct{}, cmp.Or(o.MaxOperations, defaultMaxOperations)),
		streams:    stream.Slots{Max: o.MaxStreams, MaxPerCaller: o.MaxStreamsPerCaller},
		// Clients that show no credential, if one is required, must not take the place of others.
		handshakes:    stream.Slots{Max: max(1, o.MaxStreams/10), MaxPerCaller: max(1, o.MaxStreams/20)},
		subscriptions: stream.Slots{Max: math.MaxInt, MaxPerCaller: o.MaxStreamsPerCaller},
		shutdown:      make(chan struct{}),
	}
	// Request bodies, from before they are read until their operation has ended. One
	// takes some eight times its length in memory. Generated clients send less than 16 KiB.
	h.requestBytes.Exempt, h.requestBytes.Max = 16<<10, 64<<20
	// Responses that are being written. A client that does not read holds one until the
	// server's write deadline, some 45 s. So it can block other large responses, but
	// neither the short ones nor all memory.
	h.responseBytes.Exempt, h.responseBytes.Max = 64<<10, 128<<20
	// Not gqlgen's server: its transports respond with other statuses than the GraphQL
	// over HTTP specification, accept uploads without a preflight, and start what they
	// cannot finish (@defer, subscriptions).
	h.executor.SetQueryCache(document.QueryCache[plan.Cache]{})
	h.executor.SetErrorPresenter(h.present)
	h.executor.SetRecoverFunc(h.recoverPanic)
	h.executor.Use(extension.Introspection{}) // disabled introspection is rejected during validation
	return &Handler{h, h}
}

// documentOptions returns the options of the document store.
func (o Options) documentOptions(schema *ast.Schema) document.Options {
	return document.Options{
		Schema:               schema,
		Limits:               o.Limits.Limits.WithDefaults(),
		Scalars:              scalars,
		HiddenEnumValues:     map[string]string{"AvatarType": model.Unknown},
		DisableIntrospection: o.DisableIntrospection,
		DisableSuggestions:   o.DisableSuggestions,
		TrustedOnly:          o.TrustedOnly,
		DisableAPQ:           o.DisableAPQ,
		Shared:               o.SharedDocuments,
	}
}

// InFlight returns the number of operations in flight.
func (h *Handler) InFlight() int { return h.api.operations.InUse() }

// SetTrustedDocuments replaces the documents that callers may name instead of
// sending their source. Each must conform to the schema and the limits; otherwise
// the previous ones stay, and the error names the first that does not.
func (h *Handler) SetTrustedDocuments(documents []TrustedDocument) error {
	return h.api.documents.SetTrusted(documents)
}

// CloseStreams ends subscriptions and WebSockets, so that their clients connect to another
// server, and waits for that, and for queries over event streams. It reports whether all have
// ended before ctx has.
func (h *Handler) CloseStreams(ctx context.Context) bool {
	h.api.closeStreams.Do(func() { close(h.api.shutdown) })
	ended := make(chan struct{})
	go func() {
		h.api.topics.Close()
		<-h.api.handshakes.Idle()
		<-h.api.streams.Idle()
		close(ended)
	}()
	select {
	case <-ended:
		return true
	case <-ctx.Done():
		return false
	}
}

// Streams returns the number of streams of each transport, and the number of subscribers.
func (h *Handler) Streams() (byTransport map[string]int, subscribers int) {
	byTransport = h.api.streams.InUse()
	byTransport[transportWebSocket] += h.api.handshakes.InUse()[transportWebSocket]
	return byTransport, h.api.topics.Subscribers()
}

// Reject responds to a request that a middleware before the endpoint rejects, with
// BAD_USER_INPUT, in the form in which the endpoint would respond.
func (h *Handler) Reject(w http.ResponseWriter, r *http.Request, status int, reason string) {
	start := time.Now()
	h.api.warnSampled(&h.api.unauthenticatedLog, "rejecting requests", reason)
	mediaType := cmp.Or(httptransport.NegotiateMediaType(r.Header.Values("Accept")), httptransport.MediaTypeJSON)
	w.Header().Set("Cache-Control", "no-store")
	served := errorResult(status, errcode.BadUserInput, reason)
	served.rejected = true
	httptransport.Write(w, mediaType, status, served.GraphQL)
	h.api.logAccess(r.Context(), served, time.Since(start), OperationTrace{})
}
