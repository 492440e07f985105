package graph

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator"

	"heygen-graphql/graph/internal/exec"
	"heygen-graphql/graph/internal/plan"
)

// NewGeneratedHandler gives the endpoint over gqlgen's code alone.
func NewGeneratedHandler(o Options) *Handler {
	return newHandler(o, func(generated graphql.ExecutableSchema, _ exec.ResolverRoot, _ func(context.Context) *plan.Cache) graphql.ExecutableSchema {
		return generated
	})
}

// RequestedCost is what a document may cost, as it is told before it runs.
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
		ids[i].read()
	}
	return requestedCost(op, ids, expectedIDs(ids))
}

// operationFor is what the executor makes of a document before it runs it.
func operationFor(query string, variables map[string]any) (*graphql.OperationContext, error) {
	schema := newSchema(&Resolver{}).Schema()
	doc, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: query}, DefaultLimits.Tokens)
	if err != nil {
		return nil, err
	}
	if errs := validator.ValidateWithRules(schema, doc, (Options{}).validationRules()); len(errs) > 0 {
		return nil, errs
	}
	op := &graphql.OperationContext{RawQuery: query, Doc: doc, Operation: doc.Operations[0]}
	op.Variables, err = validator.VariableValues(schema, op.Operation, variables)
	return op, err
}

// RefuseCost tells what limits have against the cost of a valid document.
func RefuseCost(query string, l Limits) *gqlerror.Error {
	op, err := operationFor(query, nil)
	if err != nil {
		return gqlerror.Wrap(err)
	}
	return l.refuseCost(op, costOf(op))
}

// SetOutgoing changes the bytes of long answers that may be on their way, and gives
// what they were.
func SetOutgoing(h *Handler, most int64) (was int64) {
	was, h.api.outgoing.most = h.api.outgoing.most, most
	return was
}
