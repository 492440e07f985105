package relay

import (
	"context"
	"sync"
)

// walk is the part of a list that one connection has read. Its items are
// counted through from where the walk began.
type walk[T any] struct {
	list  *List[T]
	start string // the token it began with
	pages []*page[T]
	count int  // items read
	ended bool // the list has no further page

	next  string
	seen  map[string]bool
	empty int // pages without an item, in a row
}

// page is one page of the list.
type page[T any] struct {
	token, next string
	items       []T
	start       int // its first item's place in the walk

	hashes func() []uint64 // of the items' ids, worked out once
}

// maxEmptyPages is how many empty pages in a row a list may hold: a filter
// applied after paging leaves some, a broken one never ends.
const maxEmptyPages = 3

func newWalk[T any](l *List[T], token string) *walk[T] {
	return &walk[T]{list: l, start: token, next: token, seen: map[string]bool{token: true}}
}

// read fetches the next page. It must not be called once the list has ended.
func (w *walk[T]) read(ctx context.Context) error {
	if len(w.pages) == maxPages {
		return ErrTooDeep
	}
	items, next, err := w.list.Fetch(ctx, w.next)
	if err != nil {
		return err
	}
	p := newPage(w.list, w.next, next, items, w.count)
	w.pages = append(w.pages, p)
	w.count += len(items)
	if w.empty++; len(items) > 0 {
		w.empty = 0
	}
	w.next, w.ended = next, next == ""
	if !w.ended && (w.seen[next] || w.empty > maxEmptyPages) {
		return ErrEndless
	}
	w.seen[next] = true
	return nil
}

// readTo reads on until the walk holds n items or the list has ended.
func (w *walk[T]) readTo(ctx context.Context, n int) error {
	for w.count < n && !w.ended {
		if err := w.read(ctx); err != nil {
			return err
		}
	}
	return nil
}

// connection makes a page of the items from begin up to, not with, end.
func (w *walk[T]) connection(begin, end int, info PageInfo) *Connection[T] {
	c := &Connection[T]{Edges: make([]*Edge[T], 0, max(end-begin, 0)), PageInfo: info}
	edges := make([]Edge[T], 0, max(end-begin, 0)) // all in one piece of memory
	for _, p := range w.pages {
		for i := max(begin-p.start, 0); i < min(end-p.start, len(p.items)); i++ {
			edges = append(edges, Edge[T]{Node: p.items[i], list: w.list, page: p, index: i})
			c.Edges = append(c.Edges, &edges[len(edges)-1])
		}
	}
	if len(edges) > 0 {
		c.PageInfo.first, c.PageInfo.last = c.Edges[0], c.Edges[len(edges)-1]
	}
	return c
}

func newPage[T any](l *List[T], token, next string, items []T, start int) *page[T] {
	return &page[T]{token: token, next: next, items: items, start: start, hashes: sync.OnceValue(func() []uint64 {
		hashes := make([]uint64, len(items))
		for i, item := range items {
			hashes[i] = idHash(l.ID(item))
		}
		return hashes
	})}
}

// cursor names the item at index i.
func (p *page[T]) cursor(i int) Cursor {
	hashes := p.hashes()
	at := Cursor{Token: p.token, Index: i, Self: hashes[i]}
	if p.next != "" && i == len(hashes)-1 {
		at.Token, at.Index, at.Closes = p.next, 0, true
	}
	for k := i - 1; k >= 0 && len(at.Trail) < trailLength; k-- {
		at.Trail = append(at.Trail, trailHash(hashes[k]))
	}
	return at
}
