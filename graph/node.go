package graph

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"heygen-graphql/graph/loader"
	"heygen-graphql/graph/model"
)

// nodeTypes are the types that implement Node.
var nodeTypes = []*nodeType{avatarGroupNode, avatarLookNode, voiceNode}

type nodeType struct {
	name     string // in global ids
	field    string // of Query, which returns a node by its id
	valid    func(id string) bool
	start    func(ctx context.Context, s *operationScope, argument, id string) nodeThunk
	startAll func(s *operationScope, ids []model.GlobalID) // those of this type
}

// nodeThunk waits for a node that is being loaded.
type nodeThunk func(context.Context) (model.Node, error)

// newNodeType returns a type of node for its loader.
func newNodeType[K resourceID, T any](name, field string, loaderOf func(*operationScope) *loader.Loader[K, *T]) *nodeType {
	return &nodeType{
		name: name, field: field,
		valid: func(id string) bool { return K(id).Valid() },
		start: func(ctx context.Context, s *operationScope, argument, id string) nodeThunk {
			future := loaderOf(s).Start(ctx, K(id))
			return func(ctx context.Context) (model.Node, error) {
				value, err := future.Wait(ctx)
				if value == nil { // as an interface value it would not be nil
					return nil, asArgumentError(argument, err)
				}
				return value, nil
			}
		},
		startAll: func(s *operationScope, ids []model.GlobalID) {
			keys := make([]K, 0, len(ids))
			for _, id := range ids {
				if id.Type == name {
					keys = append(keys, K(id.ID))
				}
			}
			if len(keys) > 0 {
				loaderOf(s).StartAll(keys)
			}
		},
	}
}

func nodeTypeNamed(name string) *nodeType {
	return findNodeType(func(t *nodeType) bool { return t.name == name })
}

// nodeTypeOfField returns the type of node that a root field fetches by its id, or nil.
// Those of Subscription are named like those of Query.
func nodeTypeOfField(field string) *nodeType {
	field = strings.TrimSuffix(field, "Changed")
	return findNodeType(func(t *nodeType) bool { return t.field == field })
}

func findNodeType(matches func(*nodeType) bool) *nodeType {
	if i := slices.IndexFunc(nodeTypes, matches); i >= 0 {
		return nodeTypes[i]
	}
	return nil
}

// byIDFieldNames lists the root fields that accept HeyGen's own ids.
func byIDFieldNames() string {
	var names []string
	for _, t := range nodeTypes {
		names = append(names, "`"+t.field+"`")
	}
	return strings.Join(names, ", ")
}

// loadRoots starts to load the nodes of all root fields as soon as the first of these
// fields is resolved: one batch for each type.
func (s *operationScope) loadRoots() {
	s.startRootLoads.Do(func() {
		for _, t := range nodeTypes {
			t.startAll(s, s.rootIDs)
		}
	})
}

// startNode starts to load the node of a global id.
func startNode(ctx context.Context, s *operationScope, argument, globalID string) (nodeThunk, error) {
	id, err := model.ParseGlobalID(globalID)
	if err != nil {
		return nil, invalidID(argument, "it is not a global id, as `id` fields return it; HeyGen's own ids are for "+byIDFieldNames())
	}
	t := nodeTypeNamed(id.Type)
	if t == nil {
		return nil, invalidID(argument, wrongTypeReason(id.Type))
	}
	if !t.valid(id.ID) {
		return nil, invalidID(argument, reasonMalformed)
	}
	s.loadRoots()
	return t.start(ctx, s, argument, id.ID), nil
}

// nodes loads all ids together. A failure is an error at the index of its id.
func (r *Resolver) nodes(ctx context.Context, ids []string) []model.Node {
	s := operationScopeFrom(ctx)
	nodes := make([]model.Node, len(ids))
	thunks := make([]nodeThunk, len(ids))
	errs := make([]error, len(ids))
	for i, id := range ids {
		thunks[i], errs[i] = startNode(ctx, s, "ids["+strconv.Itoa(i)+"]", id)
	}
	for i, thunk := range thunks {
		if errs[i] == nil {
			nodes[i], errs[i] = thunk(ctx)
		}
		if errs[i] != nil {
			graphql.AddError(ctx, errorAtIndex(ctx, i, errs[i]))
		}
	}
	return nodes
}

// errorAtIndex returns an error at an index of the field that is being resolved.
func errorAtIndex(ctx context.Context, i int, err error) *gqlerror.Error {
	field := graphql.GetFieldContext(ctx)
	e := gqlerror.WrapPath(append(field.Path(), ast.PathIndex(i)), err)
	if p := field.Field.Position; p != nil {
		e.Locations = []gqlerror.Location{{Line: p.Line, Column: p.Column}}
	}
	return e
}
