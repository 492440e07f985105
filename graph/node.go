package graph

import (
	"context"
	"strconv"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"heygen-graphql/graph/model"
)

// promiseNode begins to fetch the object that a global id names, and gives the
// way to wait for it. A new type of node is a new case here.
func promiseNode(op *operation, argument, text string) (func(context.Context) (model.Node, error), error) {
	id, err := model.ParseGlobalID(text)
	if err != nil {
		return nil, wrongID(argument, "it is not a global id, as `id` fields give it")
	}
	switch id.Type {
	case model.AvatarGroupType:
		key, err := validGroupID(argument, id.ID)
		if err != nil {
			return nil, err
		}
		group := op.groups.promise(key)
		return func(ctx context.Context) (model.Node, error) {
			g, err := group.wait(ctx)
			if g == nil {
				return nil, err
			}
			return g, err
		}, nil
	default:
		return nil, wrongID(argument, "it is the id of a type that this API does not have")
	}
}

// nodes fetches all ids together; what goes wrong with one is an error at its index.
func (r *Resolver) nodes(ctx context.Context, ids []string) []model.Node {
	op := operationOf(ctx)
	nodes := make([]model.Node, len(ids))
	waits := make([]func(context.Context) (model.Node, error), len(ids))
	errs := make([]error, len(ids))
	for i, id := range ids {
		waits[i], errs[i] = promiseNode(op, "ids["+strconv.Itoa(i)+"]", id)
	}
	for i, wait := range waits {
		if errs[i] == nil {
			nodes[i], errs[i] = wait(ctx)
		}
		if errs[i] != nil {
			graphql.AddError(ctx, at(ctx, i, errs[i]))
		}
	}
	return nodes
}

// at is an error at an index of the field that is being resolved.
func at(ctx context.Context, i int, err error) *gqlerror.Error {
	field := graphql.GetFieldContext(ctx)
	e := gqlerror.WrapPath(append(field.Path(), ast.PathIndex(i)), err)
	if p := field.Field.Position; p != nil {
		e.Locations = []gqlerror.Location{{Line: p.Line, Column: p.Column}}
	}
	return e
}
