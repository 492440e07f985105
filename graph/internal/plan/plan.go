// Package plan runs queries faster than the code that gqlgen generates, and to
// the same bytes. It works out once per document what has to be written, and then
// writes plain fields one after the other, where gqlgen gives each a context, and
// each item of a list a goroutine.
//
// It resolves nothing by itself: the resolvers are those that gqlgen calls. It
// knows the fields in the tables beside this file, such as those in voice.go; an
// operation with any other one, introspection among them, is run by the generated
// code, as all would be without this package:
//
//	schema := plan.Wrap(exec.NewExecutableSchema(config), config.Resolvers, shelfOf)
package plan

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"heygen-graphql/graph/internal/exec"
)

// Wrap gives a schema that runs what it can by plans. shelfOf says where the plans
// for the document of an operation are kept.
func Wrap(generated graphql.ExecutableSchema, resolvers exec.ResolverRoot, shelfOf func(context.Context) *Cache) graphql.ExecutableSchema {
	return &schema{generated, newQuery(resolvers), shelfOf}
}

type schema struct {
	graphql.ExecutableSchema
	query   *object[root]
	shelfOf func(context.Context) *Cache
}

// plan is what an operation comes to.
type plan struct {
	compiler
	write  writer[*root]
	lone   bool         // a single root field needs a resolver
	length atomic.Int64 // of the last answer and a little more, in bytes
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
		r := &run{ctx: ctx, op: op, arguments: arguments, lone: p.lone}
		data := r.data(p.write, int(p.length.Load()))
		p.length.Store(int64(min(len(data)+len(data)/16, mostRoom)))
		return &graphql.Response{Data: data}
	}
}

// mostRoom is how much room there is for an answer at first, in bytes: for as many
// as the one before had, up to this.
const mostRoom = 64 << 10

// Cache keeps the plans for one document with it. The zero Shelf is empty.
type Cache struct {
	mu    sync.Mutex
	plans map[*ast.OperationDefinition]*plan
	size  int // fields in the plans
}

// mostFields is how many fields an operation has at most for which a plan is made,
// and all plans of a document that are kept. Each takes some 120 bytes, and the time
// to make a plan grows with their square; a page with its links has 40.
const mostFields = 200

// plan gives the plan for an operation.
func (s *Cache) plan(op *graphql.OperationContext, query *object[root]) *plan {
	s.mu.Lock()
	defer s.mu.Unlock()
	if p := s.plans[op.Operation]; p != nil {
		return p
	}
	p := &plan{compiler: compiler{op: op}}
	p.write = query.compile(&p.compiler, op.Operation.SelectionSet)
	roots := 0
	for _, f := range graphql.CollectFields(op, op.Operation.SelectionSet, query.is) {
		if f.Name != "__typename" {
			roots++
		}
	}
	p.lone = roots == 1
	p.op = nil // its variables are another operation's
	if p.foreign {
		p.fields, p.write, p.binds = 1, nil, nil // what is kept is that there is no plan
	}
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
