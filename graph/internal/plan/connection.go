package plan

import (
	"heygen-graphql/graph/model"
	"heygen-graphql/graph/relay"
)

// connection is the type of a page of nodes.
func connection[N any](node string, of *object[N]) *object[relay.Connection[*N]] {
	type edge = relay.Edge[*N]
	type page = relay.Connection[*N]
	edges := newObject(node+"Edge", map[string]field[edge]{
		"cursor": plain(func(e *edge) *edge { return e }, func(b []byte, e *edge) []byte { return append(e.AppendCursor(append(b, '"')), '"') }),
		"node":   within(func(e *edge) *N { return e.Node }, of),
	})
	connection := newObject(node+"Connection", map[string]field[page]{
		"edges":    list(func(c *page) []*edge { return c.Edges }, &edges),
		"nodes":    list(func(c *page) []*N { return c.Nodes() }, of),
		"pageInfo": within(func(c *page) *model.PageInfo { return &c.PageInfo }, &pageInfo),
	})
	return &connection
}

var pageInfo = newObject("PageInfo", map[string]field[model.PageInfo]{
	"hasNextPage":     plain(func(p *model.PageInfo) bool { return p.HasNextPage }, boolean),
	"hasPreviousPage": plain(func(p *model.PageInfo) bool { return p.HasPreviousPage }, boolean),
	"startCursor":     plain((*model.PageInfo).StartCursor, orNull(text[string])),
	"endCursor":       plain((*model.PageInfo).EndCursor, orNull(text[string])),
})
