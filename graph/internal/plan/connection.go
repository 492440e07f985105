package plan

import (
	"maps"

	"heygen-graphql/graph/model"
	"heygen-graphql/graph/relay"
)

// connectionType returns the connection type of a type of nodes. counts are the fields of
// its list as a whole.
func connectionType[N any](nodeName string, node *objectType[N], counts map[string]compileFunc[relay.Connection[*N]]) *objectType[relay.Connection[*N]] {
	type edge = relay.Edge[*N]
	type connection = relay.Connection[*N]
	edgeType := newObjectType(nodeName+"Edge", map[string]compileFunc[edge]{
		"cursor": scalar(func(e *edge) *edge { return e }, func(buf []byte, e *edge) []byte { return append(e.AppendCursor(append(buf, '"')), '"') }),
		"node":   object(func(e *edge) *N { return e.Node }, node),
	})
	fields := map[string]compileFunc[connection]{
		"edges":    list(func(c *connection) []*edge { return c.Edges }, &edgeType),
		"nodes":    list(func(c *connection) []*N { return c.Nodes() }, node),
		"pageInfo": object(func(c *connection) *model.PageInfo { return &c.PageInfo }, &pageInfoType),
	}
	maps.Copy(fields, counts)
	t := newObjectType(nodeName+"Connection", fields)
	return &t
}

var pageInfoType = newObjectType("PageInfo", map[string]compileFunc[model.PageInfo]{
	"hasNextPage":     scalar(func(p *model.PageInfo) bool { return p.HasNextPage }, appendBool),
	"hasPreviousPage": scalar(func(p *model.PageInfo) bool { return p.HasPreviousPage }, appendBool),
	"startCursor":     scalar((*model.PageInfo).StartCursor, nullable(appendString[string])),
	"endCursor":       scalar((*model.PageInfo).EndCursor, nullable(appendString[string])),
})
