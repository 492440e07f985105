package relay

// Connection is one page of a list.
type Connection[T any] struct {
	Edges    []*Edge[T]
	PageInfo PageInfo

	// Counts is what the resolvers of totalCount and facets need. This package does not
	// use it.
	Counts any
}

// newConnection returns a connection that holds pointers to the edges.
func newConnection[T any](edges []Edge[T], info PageInfo) *Connection[T] {
	c := &Connection[T]{Edges: make([]*Edge[T], len(edges)), PageInfo: info}
	for i := range edges {
		c.Edges[i] = &edges[i]
	}
	if len(edges) > 0 {
		c.PageInfo.firstEdge, c.PageInfo.lastEdge = c.Edges[0], c.Edges[len(edges)-1]
	}
	return c
}

// Nodes returns the nodes of the edges, in order.
func (c *Connection[T]) Nodes() []T {
	nodes := make([]T, len(c.Edges))
	for i, edge := range c.Edges {
		nodes[i] = edge.Node
	}
	return nodes
}

// Edge is one node and its position in the list.
type Edge[T any] struct {
	Node T

	cursors cursorAppender
	index   int // the edge's, in cursors
}

// cursorAppender appends cursors of edges to a buffer. It is shared by the edges of a
// sorted list, or of one page of an upstream list.
type cursorAppender interface {
	appendCursorAt(buf []byte, i int) []byte
}

// Cursor returns the edge's cursor. It is computed on demand: signing 50 of
// them takes two fifths of the time that writing a page takes.
func (e *Edge[T]) Cursor() string {
	return string(e.AppendCursor(nil))
}

// AppendCursor appends the edge's cursor to buf. Its characters, those of
// base64url, need no escaping in JSON.
func (e *Edge[T]) AppendCursor(buf []byte) []byte {
	return e.cursors.appendCursorAt(buf, e.index)
}

// PageInfo describes the position of a page in its list.
type PageInfo struct {
	HasNextPage     bool
	HasPreviousPage bool

	firstEdge, lastEdge interface{ Cursor() string } // nil if the page is empty
}

// StartCursor returns the cursor of the first edge, or nil if the page is empty.
func (p *PageInfo) StartCursor() *string { return cursorOrNil(p.firstEdge) }

// EndCursor returns the cursor of the last edge, or nil if the page is empty.
func (p *PageInfo) EndCursor() *string { return cursorOrNil(p.lastEdge) }

func cursorOrNil(edge interface{ Cursor() string }) *string {
	if edge == nil {
		return nil
	}
	return new(edge.Cursor())
}
