package relay

import (
	"context"
	"math/bits"
	"sync"
)

// walk is the part of a list that one connection has fetched. Positions count its
// items from the start of the walk.
//
// If page tokens lead back to an earlier page, clients would page in circles forever,
// one connection per page. Brent's cycle detection prevents that: every page whose
// number is a power of two is a checkpoint, and a page token that is the last
// checkpoint's closes a cycle. As cursors carry the checkpoint on, a cycle shows across
// connections, within three times as many pages as it has.
type walk[T any] struct {
	list         *List[T]
	scopeHash    [scopeSize]byte
	startToken   string
	hashesBefore []uint64 // of the ids before the first page, the nearest first, as far as they are known
	pages        []*page[T]
	count        int  // items fetched
	ended        bool // the list has no further page
	deadEnd      bool // the list has further pages, but no further item can be fetched

	nextToken  string
	nextNumber int    // the number of nextToken's page
	checkpoint uint32 // hash of the checkpoint's token
	seenTokens map[string]bool
	emptyPages int // in a row
}

// page is one page of the list.
type page[T any] struct {
	token, nextToken string
	number           int
	checkpoint       uint32
	items            []T
	offset           int // position of its first item

	codec        *Codec
	scopeHash    [scopeSize]byte
	idHashes     func() []uint64 // of the items, computed once
	previous     *page[T]        // nil if the walk started with this page
	hashesBefore []uint64        // the walk's, if there is no previous page
}

// maxEmptyPages is the maximum number of empty pages in a row. A filter that is applied
// after pagination leaves some; a broken list never ends.
const maxEmptyPages = 3

// newWalk returns a walk that starts at the cursor's page, or at the first page if
// the cursor is nil.
func newWalk[T any](l *List[T], cursor *Cursor) *walk[T] {
	w := &walk[T]{list: l, scopeHash: hashScope(l.Scope)}
	if cursor != nil {
		w.startToken, w.nextToken = cursor.PageToken, cursor.PageToken
		w.nextNumber, w.checkpoint, w.hashesBefore = cursor.PageNumber, cursor.Checkpoint, cursor.hashesBeforePage()
	}
	w.seenTokens = map[string]bool{w.startToken: true}
	return w
}

// fetchPage fetches the next page. It must not be called once the list has ended.
func (w *walk[T]) fetchPage(ctx context.Context) error {
	switch {
	case w.deadEnd:
		return ErrDeadEnd
	case len(w.pages) == MaxPages:
		return ErrTooDeep
	}
	fetched, err := w.list.Fetch(ctx, w.nextToken)
	if err != nil {
		return err
	}
	items, next := fetched.Items, fetched.NextToken
	w.deadEnd = fetched.IsDeadEnd(w.nextToken)
	if w.deadEnd || !fetched.HasMore {
		next = "" // after a dead end, the cursor of the last edge leads to this page again: the upstream may have corrected it
	}
	if isCheckpoint(w.nextNumber) {
		w.checkpoint = hashToken(w.nextToken)
	}
	p := w.list.newPage(items)
	p.codec, p.scopeHash = w.list.Codec, w.scopeHash
	p.token, p.nextToken, p.number, p.checkpoint, p.offset = w.nextToken, next, w.nextNumber, w.checkpoint, w.count
	if p.hashesBefore = w.hashesBefore; len(w.pages) > 0 {
		p.previous, p.hashesBefore = w.pages[len(w.pages)-1], nil
	}
	w.pages = append(w.pages, p)
	w.count += len(items)
	if w.emptyPages++; len(items) > 0 {
		w.emptyPages = 0
	}
	cycle := w.seenTokens[next] || w.nextNumber > 0 && hashToken(next) == w.checkpoint
	w.seenTokens[next] = true
	w.nextToken, w.nextNumber, w.ended = next, w.nextNumber+1, !fetched.HasMore
	switch {
	case w.emptyPages > maxEmptyPages && !w.ended:
		w.deadEnd = true
		return ErrDeadEnd
	case next != "" && cycle:
		return ErrCycle
	}
	return nil
}

// isCheckpoint reports whether the page with this number is a checkpoint.
func isCheckpoint(number int) bool { return bits.OnesCount(uint(number)) == 1 }

// fetchAtLeast fetches pages until the walk holds n items or the list has ended.
func (w *walk[T]) fetchAtLeast(ctx context.Context, n int) error {
	for w.count < n && !w.ended {
		if err := w.fetchPage(ctx); err != nil {
			return err
		}
	}
	return nil
}

// connection returns a connection of the items begin ≤ i < end.
func (w *walk[T]) connection(begin, end int, info PageInfo) *Connection[T] {
	edges := make([]Edge[T], 0, max(end-begin, 0)) // all in one allocation
	for _, p := range w.pages {
		for i := max(begin-p.offset, 0); i < min(end-p.offset, len(p.items)); i++ {
			edges = append(edges, Edge[T]{Node: p.items[i], cursors: p, index: i})
		}
	}
	return newConnection(edges, info)
}

func (l *List[T]) newPage(items []T) *page[T] {
	return &page[T]{items: items, idHashes: sync.OnceValue(func() []uint64 {
		hashes := make([]uint64, len(items))
		for i, item := range items {
			hashes[i] = hashID(l.ID(item))
		}
		return hashes
	})}
}

// appendCursorAt appends the string form of the cursor of the item at index i.
func (p *page[T]) appendCursorAt(buf []byte, i int) []byte {
	var hashes [maxBefore]uint64
	cursor := p.cursorAt(i, hashes[:0])
	return p.codec.appendCursor(buf, p.scopeHash, &cursor)
}

// cursorAt returns the cursor of the item at index i. It appends the hashes before it
// to buf.
func (p *page[T]) cursorAt(i int, buf []uint64) Cursor {
	hashes := p.idHashes()
	cursor := Cursor{
		PageToken: p.token, PageNumber: p.number, Checkpoint: p.checkpoint, Index: i,
		IDHash: hashes[i], HashesBefore: p.appendHashesBefore(buf, i),
	}
	if p.nextToken == "" || i < len(hashes)-1 {
		cursor.HashesAfter = hashes[i+1 : min(i+1+maxAfter, len(hashes))]
		return cursor
	}
	cursor.PageToken, cursor.PageNumber, cursor.Index, cursor.EndsPage = p.nextToken, p.number+1, 0, true
	if isCheckpoint(cursor.PageNumber) {
		cursor.Checkpoint = hashToken(cursor.PageToken)
	}
	return cursor
}

// appendHashesBefore appends the hashes of the nearest ids before the item at index i.
func (p *page[T]) appendHashesBefore(buf []uint64, i int) []uint64 {
	for {
		hashes := p.idHashes()
		for i--; i >= 0 && len(buf) < maxBefore; i-- {
			buf = append(buf, hashes[i])
		}
		if len(buf) == maxBefore || p.previous == nil {
			return append(buf, p.hashesBefore[:min(maxBefore-len(buf), len(p.hashesBefore))]...)
		}
		p = p.previous
		i = len(p.items)
	}
}
