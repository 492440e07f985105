// Package plan runs queries faster than the code that gqlgen generates, and to
// the same bytes. It works out once per document what has to be written, and then
// writes plain fields one after the other, where gqlgen gives each a context, and
// each item of a list a goroutine.
//
// It resolves nothing by itself: the resolvers are those that gqlgen calls. It
// knows the fields that stand in types.go; an operation with any other one,
// introspection among them, is run by the generated code, as all would be without
// this package:
//
//	schema := plan.Wrap(exec.NewExecutableSchema(config), config.Resolvers, shelfOf)
package plan

import (
	"context"
	"slices"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"heygen-graphql/graph/internal/exec"
)

// Wrap gives a schema that runs what it can by plans. shelfOf says where the plans
// for the document of an operation are kept.
func Wrap(generated graphql.ExecutableSchema, resolvers exec.ResolverRoot, shelfOf func(context.Context) *Shelf) graphql.ExecutableSchema {
	return &schema{generated, newQuery(resolvers), shelfOf}
}

type schema struct {
	graphql.ExecutableSchema
	query   *object[root]
	shelfOf func(context.Context) *Shelf
}

// plan is what an operation comes to.
type plan struct {
	compiler
	write writer[*root]
}

// Exec runs an operation.
func (s *schema) Exec(ctx context.Context) graphql.ResponseHandler {
	op := graphql.GetOperationContext(ctx)
	p := s.shelfOf(ctx).plan(op, s.query)
	arguments, ok := p.bind(op.Variables)
	if !ok {
		return s.ExecutableSchema.Exec(ctx)
	}
	return func(ctx context.Context) *graphql.Response {
		r := &run{ctx: ctx, op: op, arguments: arguments, inline: p.links == 1}
		return &graphql.Response{Data: r.data(p.write)}
	}
}

// Shelf keeps the plans for one document with it. The zero Shelf is empty.
type Shelf struct {
	mu    sync.Mutex
	plans map[*ast.OperationDefinition]*plan
	size  int // fields in the plans
}

// mostFields is how many fields the plans of a document have that are kept. Each
// takes some 200 bytes; a page with its links has 40.
const mostFields = 200

// plan gives the plan for an operation.
func (s *Shelf) plan(op *graphql.OperationContext, query *object[root]) *plan {
	s.mu.Lock()
	defer s.mu.Unlock()
	if p := s.plans[op.Operation]; p != nil {
		return p
	}
	p := &plan{compiler: compiler{op: op}}
	p.write = query.compile(&p.compiler, op.Operation.SelectionSet)
	p.op = nil // its variables are another operation's
	if s.size+p.fields <= mostFields && !conditional(op.Operation) {
		if s.plans == nil {
			s.plans = map[*ast.OperationDefinition]*plan{}
		}
		s.plans[op.Operation] = p
		s.size += p.fields
	}
	return p
}

// conditional tells whether variables may decide what is selected, by @skip and
// @include: nothing else takes a Boolean.
func conditional(op *ast.OperationDefinition) bool {
	return slices.ContainsFunc(op.VariableDefinitions, func(v *ast.VariableDefinition) bool { return v.Type.Name() == "Boolean" })
}
