package graph

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"maps"
	"net/http"
	"time"

	"github.com/99designs/gqlgen/graphql"
	gqlhandler "github.com/99designs/gqlgen/graphql/handler"
	"github.com/99designs/gqlgen/graphql/handler/extension"
	"github.com/vektah/gqlparser/v2/ast"

	"heygen-graphql/graph/internal/exec"
	"heygen-graphql/graph/relay"
)

// Options are what the API stands on. Only HeyGen must be given.
type Options struct {
	// HeyGen answers what the resolvers ask.
	HeyGen Upstream
	// CursorSecret signs cursors, the same on all replicas. Empty: a fixed key,
	// which finds damaged cursors, but not forged ones.
	CursorSecret string
	// Timeout bounds an operation, waiting for its turn included. Default 30 s.
	Timeout time.Duration
	// MaxOperations is how many operations may be under way at once; those beyond
	// are refused with OVERLOADED. Default 1,000.
	MaxOperations int
	// ForgetDocuments is for a server that keeps nothing: every document is parsed
	// and validated anew.
	ForgetDocuments bool
	// Logger hears of failed calls and internal errors. nil: nobody does.
	Logger *slog.Logger
	// RequestID names the request that a context belongs to, for the log and
	// for internal errors. nil: requests have no names.
	RequestID func(context.Context) string
}

// handler is the extension and the transport that gqlgen's server is given.
type handler struct {
	Options
	schema   *ast.Schema
	running  admission
	outgoing outgoing
	refusals refusals
}

// NewHandler gives the endpoint. It answers GET and POST on whatever path it
// is mounted at.
func NewHandler(o Options) http.Handler {
	o.Timeout = cmp.Or(o.Timeout, operationTimeout)
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.RequestID == nil {
		o.RequestID = func(context.Context) string { return "" }
	}
	schema := newSchema(&Resolver{HeyGen: o.HeyGen, Cursors: relay.NewCodec(o.CursorSecret)})
	h := &handler{Options: o, schema: schema.Schema(), running: newAdmission(o.MaxOperations)}
	// Not gqlgen's default server: its transports answer with other statuses
	// than GraphQL over HTTP wants, accept uploads without a preflight, and
	// start what they cannot finish (@defer, subscriptions).
	s := gqlhandler.New(schema)
	s.AddTransport(httpTransport{h})
	if !o.ForgetDocuments {
		s.SetQueryCache(newDocuments())
	}
	s.SetParserTokenLimit(maxTokens)
	s.SetValidationRulesFn(validationRules)
	s.SetErrorPresenter(h.present)
	s.SetRecoverFunc(h.recovered)
	s.Use(extension.Introspection{})
	s.Use(h)
	return s
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

// ExtensionName and Validate make handler an extension of gqlgen's server.
func (h *handler) ExtensionName() string { return "HeyGen" }

// Validate refuses a server that could not answer.
func (h *handler) Validate(graphql.ExecutableSchema) error {
	if h.HeyGen == nil {
		return errors.New("graph: Options.HeyGen is missing")
	}
	return nil
}
