package graph

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"heygen-graphql/graph/model"
)

// nodeTypes are the types that have global ids.
var nodeTypes = []*nodeType{avatarGroupNode, avatarLookNode, voiceNode}

type nodeType struct {
	name  string // as global ids have it
	field string // of Query, which gives one by its id
	valid func(id string) bool
	fetch func(ctx context.Context, op *operation, argument, id string) promisedNode
}

// promisedNode is the way to wait for an object that is being fetched.
type promisedNode func(context.Context) (model.Node, error)

// newNodeType makes a type of node out of its loader.
func newNodeType[K id, T any](name, field string, loaderOf func(*operation) *loader[K, *T]) *nodeType {
	return &nodeType{
		name: name, field: field,
		valid: func(id string) bool { return K(id).Valid() },
		fetch: func(ctx context.Context, op *operation, argument, id string) promisedNode {
			promised := loaderOf(op).promise(ctx, K(id))
			return func(ctx context.Context) (model.Node, error) {
				value, err := promised.wait(ctx)
				if value == nil { // in an interface it would not be null
					return nil, ofGivenID(argument, err)
				}
				return value, nil
			}
		},
	}
}

func nodeTypeNamed(name string) *nodeType {
	return found(nodeTypes, func(t *nodeType) bool { return t.name == name })
}

func nodeTypeOfField(field string) *nodeType {
	return found(nodeTypes, func(t *nodeType) bool { return t.field == field })
}

func found(types []*nodeType, is func(*nodeType) bool) *nodeType {
	if i := slices.IndexFunc(types, is); i >= 0 {
		return types[i]
	}
	return nil
}

// fieldsByID names the root fields that take HeyGen's own ids.
func fieldsByID() string {
	var names []string
	for _, t := range nodeTypes {
		names = append(names, "`"+t.field+"`")
	}
	return strings.Join(names, ", ")
}

// promiseNode begins to fetch the object that a global id names.
func promiseNode(ctx context.Context, op *operation, argument, text string) (promisedNode, error) {
	id, err := model.ParseGlobalID(text)
	if err != nil {
		return nil, wrongID(argument, "it is not a global id, as `id` fields give it; HeyGen's own ids are for "+fieldsByID())
	}
	t := nodeTypeNamed(id.Type)
	if t == nil {
		return nil, wrongID(argument, belongs(id.Type))
	}
	if !t.valid(id.ID) {
		return nil, wrongID(argument, noSuchID)
	}
	return t.fetch(ctx, op, argument, id.ID), nil
}

// nodes fetches all ids together; what goes wrong with one is an error at its index.
func (r *Resolver) nodes(ctx context.Context, ids []string) []model.Node {
	op := operationOf(ctx)
	nodes := make([]model.Node, len(ids))
	waits := make([]promisedNode, len(ids))
	errs := make([]error, len(ids))
	for i, id := range ids {
		waits[i], errs[i] = promiseNode(ctx, op, "ids["+strconv.Itoa(i)+"]", id)
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
