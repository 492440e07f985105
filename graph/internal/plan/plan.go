// Package plan executes queries faster than the code that gqlgen generates, with
// byte for byte the same response. It compiles an operation once per document into
// functions that append its response, and then writes scalar fields one after the
// other, where gqlgen creates a context per field and a goroutine per list item.
//
// It calls the same resolvers as gqlgen. It supports the fields in the tables beside
// this file, such as those in voice.go. A subscription, and a query with any other
// field, introspection included, is executed by the generated code, as every operation would
// be without this package:
//
//	schema := plan.Wrap(exec.NewExecutableSchema(config), config.Resolvers, cacheOf)
package plan

import (
	"context"
	"sync"
	"sync/atomic"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"heygen-graphql/graph/document"
	"heygen-graphql/graph/internal/exec"
)

// Wrap returns a schema that executes the operations it supports by plans, and the
// others by generated. cacheOf returns the plan cache of the operation's document.
func Wrap(generated graphql.ExecutableSchema, resolvers exec.ResolverRoot, cacheOf func(context.Context) *Cache) graphql.ExecutableSchema {
	return &plannedSchema{generated, newQueryType(resolvers), cacheOf}
}

type plannedSchema struct {
	graphql.ExecutableSchema
	query   *objectType[queryRoot]
	cacheOf func(context.Context) *Cache
}

// operationPlan is a compiled operation.
type operationPlan struct {
	compiler
	write      writeFunc[*queryRoot]
	singleRoot bool         // exactly one root field has a resolver
	sequential bool         // see [execution]
	sizeHint   atomic.Int64 // size of the last response and one 16th more, in bytes
}

// Exec executes an operation.
func (s *plannedSchema) Exec(ctx context.Context) graphql.ResponseHandler {
	op := graphql.GetOperationContext(ctx)
	if op.Operation.Operation != ast.Query {
		return s.ExecutableSchema.Exec(ctx)
	}
	p := s.cacheOf(ctx).planFor(op, s.query)
	bound, ok := p.bindArguments(op.Variables)
	if !ok {
		return s.ExecutableSchema.Exec(ctx)
	}
	return func(ctx context.Context) *graphql.Response {
		e := &execution{ctx: ctx, op: op, arguments: bound, singleRoot: p.singleRoot, sequential: p.sequential}
		data := e.execute(p.write, int(p.sizeHint.Load()))
		p.sizeHint.Store(int64(min(len(data)+len(data)/16, maxSizeHint)))
		return &graphql.Response{Data: data}
	}
}

// maxSizeHint is the maximum initial capacity of a response buffer, in bytes. The
// capacity is the size of the previous response, up to this.
const maxSizeHint = 64 << 10

// Cache caches the plans of one document. The zero Cache is empty.
type Cache struct {
	mu         sync.Mutex
	plans      map[*ast.OperationDefinition]*operationPlan
	fieldCount int // of all plans
}

// maxFields is the maximum number of fields of an operation for which a plan is
// compiled, and of all cached plans of a document. Each takes some 120 bytes. A page with
// its nested resolvers has 40.
const maxFields = 200

// planFor returns the plan of a merged operation. It compiles it if it is not cached.
func (c *Cache) planFor(op *graphql.OperationContext, query *objectType[queryRoot]) *operationPlan {
	c.mu.Lock()
	defer c.mu.Unlock()
	operation := op.Doc.Operations.ForName(op.OperationName) // op.Operation may be merged for this request
	if p := c.plans[operation]; p != nil {
		return p
	}
	p := &operationPlan{compiler: compiler{op: op}}
	p.write = query.compile(&p.compiler, op.Operation.SelectionSet)
	rootFields, listsByOwnership := 0, false
	for f := range document.MergedFields(op.Operation.SelectionSet, query.name) {
		if f.Name != "__typename" {
			rootFields++
		}
		listsByOwnership = listsByOwnership || f.Name == "avatarGroups" && f.Arguments.ForName("ownership") != nil
	}
	p.singleRoot = rootFields == 1
	p.sequential = p.byIDFields == p.resolverFields
	if p.selectsOwnership && listsByOwnership && !p.singleRoot {
		// A field waits for a list of another root field. A plan writes the fields of an
		// object one after the other, so that all after it would wait, too.
		p.unsupported = true
	}
	p.op = nil // its variables belong to this request only
	if p.unsupported {
		p.fieldCount, p.write, p.binders = 1, nil, nil // cache only that there is no plan
	}
	if c.fieldCount+p.fieldCount <= maxFields && !document.UsesBooleanVariables(operation) {
		if c.plans == nil {
			c.plans = map[*ast.OperationDefinition]*operationPlan{}
		}
		c.plans[operation] = p
		c.fieldCount += p.fieldCount
	}
	return p
}
