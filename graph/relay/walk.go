package relay

import (
	"context"
	"math/bits"
	"sync"
)

// walk is the part of a list that one connection has read. Its items are
// counted through from where the walk began.
//
// A list that leads back into itself would be walked for ever, one connection a
// page. So a walk marks every page whose number is a power of two, cursors carry
// the last mark on, and whoever is led to a marked page again has gone in a circle.
// It shows within three times as many pages as there are.
type walk[T any] struct {
	list  *List[T]
	scope [scopeSize]byte // its hash
	start string          // the token it began with
	front []uint64        // hashes of the ids in front of that page, the nearest first, as far as they are known
	pages []*page[T]
	count int  // items read
	ended bool // the list has no further page

	next   string
	number int    // of the page that next asks for
	mark   uint32 // hash of the marked page's token
	seen   map[string]bool
	empty  int // pages without an item, in a row
}

// page is one page of the list.
type page[T any] struct {
	token, next string
	number      int
	mark        uint32
	items       []T
	start       int // its first item's place in the walk

	scope  [scopeSize]byte
	hashes func() []uint64 // of the items' ids, worked out once
	before *page[T]        // the page in front; nil: the walk began here
	front  []uint64        // in place of it, the walk's front
}

// maxEmptyPages is how many empty pages in a row a list may hold: a filter
// applied after paging leaves some, a broken one never ends.
const maxEmptyPages = 3

// newWalk begins at the page that a cursor names; nil: at the first one.
func newWalk[T any](l *List[T], at *Cursor) *walk[T] {
	w := &walk[T]{list: l, scope: scopeHash(l.Scope)}
	if at != nil {
		w.start, w.next, w.number, w.mark, w.front = at.Token, at.Token, at.Page, at.Mark, at.inFrontOfPage()
	}
	w.seen = map[string]bool{w.start: true}
	return w
}

// inFrontOfPage gives what a cursor tells of the items in front of its page.
func (c *Cursor) inFrontOfPage() []uint64 {
	if c.Closes {
		return append([]uint64{c.Self}, c.Front...)
	}
	return c.Front[min(c.Index, len(c.Front)):]
}

// read fetches the next page. It must not be called once the list has ended.
func (w *walk[T]) read(ctx context.Context) error {
	if len(w.pages) == MaxPages {
		return ErrTooDeep
	}
	items, next, err := w.list.Fetch(ctx, w.next)
	if err != nil {
		return err
	}
	if marks(w.number) {
		w.mark = tokenHash(w.next)
	}
	p := w.list.page(items)
	p.scope = w.scope
	p.token, p.next, p.number, p.mark, p.start = w.next, next, w.number, w.mark, w.count
	if p.front = w.front; len(w.pages) > 0 {
		p.before, p.front = w.pages[len(w.pages)-1], nil
	}
	w.pages = append(w.pages, p)
	w.count += len(items)
	if w.empty++; len(items) > 0 {
		w.empty = 0
	}
	circle := w.seen[next] || w.number > 0 && tokenHash(next) == w.mark
	w.seen[next] = true
	w.next, w.number, w.ended = next, w.number+1, next == ""
	if !w.ended && (circle || w.empty > maxEmptyPages) {
		return ErrCycle
	}
	return nil
}

// marks tells the numbers of the pages that are marked.
func marks(number int) bool { return bits.OnesCount(uint(number)) == 1 }

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

func (l *List[T]) page(items []T) *page[T] {
	return &page[T]{items: items, hashes: sync.OnceValue(func() []uint64 {
		hashes := make([]uint64, len(items))
		for i, item := range items {
			hashes[i] = idHash(l.ID(item))
		}
		return hashes
	})}
}

// cursor names the item at index i. There is room for the hashes in front of it.
func (p *page[T]) cursor(i int, front []uint64) Cursor {
	hashes := p.hashes()
	at := Cursor{Token: p.token, Page: p.number, Mark: p.mark, Index: i, Self: hashes[i], Front: p.inFront(i, front)}
	if p.next == "" || i < len(hashes)-1 {
		at.Behind = hashes[i+1 : min(i+1+maxBehind, len(hashes))]
		return at
	}
	at.Token, at.Page, at.Index, at.Closes = p.next, p.number+1, 0, true
	if marks(at.Page) {
		at.Mark = tokenHash(at.Token)
	}
	return at
}

// inFront appends the hashes of the nearest ids in front of the item at index i.
func (p *page[T]) inFront(i int, front []uint64) []uint64 {
	for {
		hashes := p.hashes()
		for i--; i >= 0 && len(front) < maxFront; i-- {
			front = append(front, hashes[i])
		}
		if len(front) == maxFront || p.before == nil {
			return append(front, p.front[:min(maxFront-len(front), len(p.front))]...)
		}
		p = p.before
		i = len(p.items)
	}
}
