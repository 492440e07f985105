package graph

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"maps"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/99designs/gqlgen/graphql/handler/extension"
	"github.com/vektah/gqlparser/v2/ast"

	"heygen-graphql/graph/errcode"
	"heygen-graphql/graph/internal/exec"
	"heygen-graphql/graph/internal/plan"
	"heygen-graphql/graph/relay"
	"heygen-graphql/heygen"
)

// Options are what the API stands on. Only HeyGen must be given.
type Options struct {
	// HeyGen answers what the resolvers ask.
	HeyGen Upstream
	// HeyGenForKey is for a server whose callers bring keys of HeyGen's, as X-Api-Key
	// or as a bearer token: it gives what answers in the name of a key, and HeyGen
	// is not used. nil: HeyGen answers all callers.
	HeyGenForKey func(heygen.Key) Upstream
	// Authorize tells whether whoever sent a request may ask anything. nil: everybody may.
	Authorize func(*http.Request) bool
	// CursorSecret signs cursors, the same on all replicas. Empty: a fixed key,
	// which finds damaged cursors, but not forged ones.
	CursorSecret string
	// Timeout bounds an operation, waiting for its turn included. Default 30 s.
	Timeout time.Duration
	// MaxOperations is how many operations may be under way at once; those beyond
	// are refused with OVERLOADED. Default 1,000.
	MaxOperations int
	// Limits are what a document, and an operation of it, may ask for.
	Limits Limits
	// MaxRequestBytes is how long the body of a POST may be, in bytes. Default 1 MiB.
	MaxRequestBytes int64
	// DisableIntrospection refuses to tell the schema, NoSuggestions to name what stands
	// in it where a document asks for what does not.
	DisableIntrospection, DisableSuggestions bool
	// TrustedOnly refuses all documents but those given to [Handler.SetTrustedDocuments].
	TrustedOnly bool
	// ExposeUpstream lets callers ask which calls to HeyGen an operation has made.
	ExposeUpstream bool
	// DisableAPQ is for a server that keeps nothing: no hash stands for a document
	// that was sent before. What was worked out of its text is still at hand when it is
	// sent again.
	DisableAPQ bool
	// Logger hears of every operation, of failed calls and of internal errors.
	// nil: nobody does.
	Logger *slog.Logger
	// OnResponse is told every answer once it is written. nil: nobody is.
	OnResponse func(OperationRecord)
	// RequestID names the request that a context belongs to, for the log and
	// for internal errors. nil: requests have no names.
	RequestID func(context.Context) string
}

// Handler is the endpoint. It answers GET and POST on whatever path it is
// mounted at.
type Handler struct {
	http.Handler
	api *handler
}

// handler is the extension that gqlgen's executor is given.
type handler struct {
	Options
	schema    *ast.Schema
	documents *documents
	trusted   atomic.Pointer[trusted]
	running   admission
	incoming  held
	outgoing  held
	overloads refusals
	strangers refusals
}

// NewHandler gives the endpoint.
func NewHandler(o Options) *Handler { return newHandler(o, plan.Wrap) }

// newHandler gives it with what makes the generated schema faster.
func newHandler(o Options, faster func(graphql.ExecutableSchema, exec.ResolverRoot, func(context.Context) *plan.Cache) graphql.ExecutableSchema) *Handler {
	o.Timeout = cmp.Or(o.Timeout, operationTimeout)
	o.MaxRequestBytes = cmp.Or(o.MaxRequestBytes, maxBody)
	o.Limits = o.Limits.withDefaults()
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.RequestID == nil {
		o.RequestID = func(context.Context) string { return "" }
	}
	resolver := &Resolver{Cursors: relay.NewCodec(o.CursorSecret)}
	schema := faster(newSchema(resolver), resolver, func(ctx context.Context) *plan.Cache { return &exchangeOf(ctx).document.plans })
	h := &handler{Options: o, schema: schema.Schema(), documents: newDocuments(), running: newAdmission(o.MaxOperations), incoming: newIncoming(), outgoing: newOutgoing()}
	h.trusted.Store(&trusted{})
	// Not gqlgen's server: its transports answer with other statuses than GraphQL
	// over HTTP wants, accept uploads without a preflight, and start what they cannot
	// finish (@defer, subscriptions).
	s := executor.New(schema)
	s.SetQueryCache(fromExchange{})
	s.SetErrorPresenter(h.present)
	s.SetRecoverFunc(h.recovered)
	s.Use(extension.Introspection{}) // what may not be asked is refused as the document is read
	s.Use(h)
	return &Handler{httpTransport{h, s}, h}
}

// InFlight is how many operations are now.
func (h *Handler) InFlight() int { return len(h.api.running) }

// Reject answers a request that something in front of the endpoint does not let
// through, with BAD_USER_INPUT, in the form in which the endpoint would answer.
func (h *Handler) Reject(w http.ResponseWriter, r *http.Request, status int, why string) {
	x := newExchange(r)
	x.refused = true
	h.api.strangers.tell(h.api.Logger, "rejecting requests", why)
	mediaType := cmp.Or(negotiate(strings.Join(r.Header.Values("Accept"), ",")), plainJSON)
	w.Header().Set("Cache-Control", "no-store")
	response := failure(errcode.BadUserInput, why)
	write(w, mediaType, status, response)
	h.api.record(r.Context(), x, status, response)
}

// newSchema is what gqlgen generated, without the @defer that gqlparser adds to
// every schema: an answer comes in one piece. All handlers share the generated
// schema, so it is left as it is.
func newSchema(r *Resolver) graphql.ExecutableSchema {
	schema := *exec.NewExecutableSchema(exec.Config{}).Schema()
	schema.Directives = maps.Clone(schema.Directives)
	delete(schema.Directives, "defer")
	return exec.NewExecutableSchema(exec.Config{Schema: &schema, Resolvers: r})
}

// ExtensionName and Validate make handler an extension of gqlgen's executor.
func (h *handler) ExtensionName() string { return "HeyGen" }

// Validate refuses a server that could not answer.
func (h *handler) Validate(graphql.ExecutableSchema) error {
	if h.HeyGen == nil && h.HeyGenForKey == nil {
		return errors.New("graph: Options.HeyGen is missing")
	}
	return nil
}
