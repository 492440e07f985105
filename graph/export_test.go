package graph

import (
	"context"
	"math"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/validator"

	"heygen-graphql/graph/document"
	"heygen-graphql/graph/document/complexity"
	"heygen-graphql/graph/internal/exec"
	"heygen-graphql/graph/internal/plan"
	"heygen-graphql/heygen/catalogue"
)

// NewGeneratedHandler returns an endpoint without compiled plans.
func NewGeneratedHandler(o Options) *Handler {
	return newHandler(o, func(generated graphql.ExecutableSchema, _ exec.ResolverRoot, _ func(context.Context) *plan.Cache) graphql.ExecutableSchema {
		return generated
	})
}

// RequestedCost returns the cost of a document, as it is computed before execution.
func RequestedCost(query string, variables map[string]any) (int, error) {
	op, err := operationFor(query, variables)
	if err != nil {
		return 0, err
	}
	return costOf(op), nil
}

func costOf(op *graphql.OperationContext) int {
	ids := requestedIDs(op)
	for i := range ids {
		ids[i].parse()
	}
	return requestedCost(op, ids, len(distinctIDs(ids)), catalogue.DefaultMaxItems)
}

// operationFor returns the operation context of a document.
func operationFor(query string, variables map[string]any) (*graphql.OperationContext, error) {
	schema := newSchema(&Resolver{}).Schema()
	options := Options{Limits: DefaultLimits}.documentOptions(schema)
	options.Limits = complexity.Limits{ // only tokens are limited
		Tokens: DefaultLimits.Tokens, Depth: math.MaxInt, Fields: math.MaxInt, Aliases: math.MaxInt, RootFields: math.MaxInt, Directives: math.MaxInt,
		Definitions: math.MaxInt, Introspection: math.MaxInt,
	}
	store := document.NewStore[plan.Cache](options)
	doc, errs := store.Resolve(context.Background(), query, "")
	if len(errs) > 0 {
		return nil, errs
	}
	var err error
	op := &graphql.OperationContext{RawQuery: query, Doc: doc.Query, Operation: doc.Query.Operations[0]}
	if op.Variables, err = validator.VariableValues(schema, op.Operation, variables); err == nil {
		op.Operation = store.MergedOperation(doc, op.Operation, op.Variables)
	}
	return op, err
}

// CheckCost returns an error if the cost of a valid document exceeds the limits.
func CheckCost(query string, l Limits) *gqlerror.Error {
	op, err := operationFor(query, nil)
	if err != nil {
		return gqlerror.Wrap(err)
	}
	return l.checkCost(op, costOf(op))
}

// SetResponseBytes changes the maximum of bytes of large responses in flight, and
// returns the previous one.
func SetResponseBytes(h *Handler, n int64) (previous int64) {
	previous, h.api.responseBytes.Max = h.api.responseBytes.Max, n
	return previous
}

// RememberedCosts returns the number of operations whose cost for the rate limit is remembered.
func (h *Handler) RememberedCosts() int { return h.api.rateCosts.lru.Len() }
