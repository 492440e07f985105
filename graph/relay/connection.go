package relay

// Connection is one page of a list.
type Connection[T any] struct {
	Edges    []*Edge[T]
	PageInfo PageInfo
}

// Nodes are the nodes of the edges, in their order.
func (c *Connection[T]) Nodes() []T {
	nodes := make([]T, len(c.Edges))
	for i, edge := range c.Edges {
		nodes[i] = edge.Node
	}
	return nodes
}

// Edge is one node and its place in the list.
type Edge[T any] struct {
	Node T

	list  *List[T]
	page  *page[T]
	index int
}

// Cursor names the edge for after and before. It is made when it is asked for:
// signing 50 of them takes two fifths of the time that a page takes to write.
func (e *Edge[T]) Cursor() string {
	return string(e.AppendCursor(nil))
}

// AppendCursor appends the cursor, of letters that need no quoting, to a text.
func (e *Edge[T]) AppendCursor(text []byte) []byte {
	var room [maxFront]uint64
	at := e.page.cursor(e.index, room[:0])
	return e.list.Codec.appendTo(text, e.page.scope, &at)
}

// PageInfo tells how to go on from a page.
type PageInfo struct {
	HasNextPage     bool
	HasPreviousPage bool

	first, last interface{ Cursor() string } // nil on an empty page
}

// StartCursor is the cursor of the first edge; nil: there is none.
func (p *PageInfo) StartCursor() *string { return cursorOf(p.first) }

// EndCursor is the cursor of the last edge; nil: there is none.
func (p *PageInfo) EndCursor() *string { return cursorOf(p.last) }

func cursorOf(edge interface{ Cursor() string }) *string {
	if edge == nil {
		return nil
	}
	return new(edge.Cursor())
}
