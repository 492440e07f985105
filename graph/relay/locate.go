package relay

import (
	"context"
	"errors"
	"slices"
)

// MaxLookahead is the maximum number of pages after the expected one that are
// searched for an edge that is not where its cursor says. At 50 items a page, 150
// may have been inserted before the edge.
const MaxLookahead = 3

// unbounded is the position of an edge that does not bound the connection.
const unbounded = -1

// locateAfter returns the position that follows the cursor's edge. The walk must
// have started at that cursor.
func (w *walk[T]) locateAfter(ctx context.Context, cursor Cursor) (int, error) {
	if err := w.fetchPage(ctx); err != nil {
		return 0, err
	}
	first := w.pages[0]
	if hashes := first.idHashes(); !cursor.EndsPage && cursor.Index < len(hashes) && hashes[cursor.Index] == cursor.IDHash {
		return cursor.Index + 1, nil
	}
	// The edge has moved or was removed. One that ended its page cannot have moved
	// far: this page starts after it, unless page tokens are page numbers.
	s := newSearch(cursor, w.hashesBefore)
	for i := 0; ; i++ {
		if s.scan(w.pages[i].idHashes(), w.pages[i].offset) {
			return s.position + 1, nil
		}
		if cursor.EndsPage || s.foundAfter() || i == MaxLookahead || w.ended {
			return w.insertionPoint(s, first)
		}
		if err := w.fetchPage(ctx); err != nil {
			return 0, err
		}
	}
}

// locateBefore returns the position of the cursor's edge, or where it was before its
// removal. It returns unbounded if that position is before low, or if the first limit
// items all precede it.
func (w *walk[T]) locateBefore(ctx context.Context, cursor Cursor, low, limit int) (int, error) {
	if cursor.EndsPage && cursor.PageToken == w.startToken || slices.Contains(w.hashesBefore, cursor.IDHash) {
		return unbounded, nil // the walk started after it
	}
	s := newSearch(cursor, w.hashesBefore)
	var expected *page[T] // the page that the cursor names
	// The nearest neighbor may be the last item of its page: one page more than MaxLookahead.
	for i, lookahead := 0, MaxLookahead+1; lookahead >= 0; i++ {
		if i == len(w.pages) {
			if w.ended {
				break
			}
			err := w.fetchPage(ctx)
			if errors.Is(err, ErrTooDeep) && (expected != nil || s.foundBefore()) {
				break // only the search ends here: the position is known well enough
			}
			if errors.Is(err, ErrDeadEnd) {
				if s.foundBefore() && s.distanceBefore == 0 {
					break // it follows a known item directly
				}
				if w.count >= limit-1 {
					return unbounded, nil // it is further on
				}
			}
			if err != nil {
				return 0, err
			}
		}
		p, nearest := w.pages[i], s.distanceBefore
		if s.scan(p.idHashes(), p.offset) {
			return upperBound(low, s.position), nil
		}
		if s.distanceBefore < nearest {
			lookahead = MaxLookahead + 1 // the edge is near: start counting again
		}
		if p.token == cursor.PageToken {
			expected = p
		}
		if s.foundAfter() || expected != nil && cursor.EndsPage {
			break
		}
		if expected != nil || s.foundBefore() {
			lookahead-- // the edge was expected here: search a little further
		} else if p.offset+len(p.items) >= limit {
			return unbounded, nil // the edge, or what is left of its neighbors, is further on
		}
	}
	position, err := w.insertionPoint(s, expected)
	if err != nil && cursor.PageNumber < w.pages[0].number {
		return unbounded, nil // it was before the start of the walk, unless the cursors are of very different age
	}
	return upperBound(low, position), err
}

// upperBound returns position, or unbounded if it is before low.
func upperBound(low, position int) int {
	if position < low {
		return unbounded
	}
	return position
}

// search looks for a cursor's edge, and for what is left of its neighbors.
type search struct {
	cursor   Cursor
	position int // of the edge, once scan has found it

	// The nearest neighbors found so far: their distance from the edge, as the index
	// in the cursor's hashes, and their position now.
	distanceBefore, positionBefore int
	distanceAfter, positionAfter   int
}

// newSearch returns a search that already knows the ids before the walk: a
// neighbor may be right there.
func newSearch(cursor Cursor, hashesBeforeWalk []uint64) *search {
	s := &search{cursor: cursor, distanceBefore: len(cursor.HashesBefore), distanceAfter: len(cursor.HashesAfter)}
	for _, h := range hashesBeforeWalk {
		if k := slices.Index(cursor.HashesBefore, h); k >= 0 && k < s.distanceBefore {
			s.distanceBefore, s.positionBefore = k, -1
		}
	}
	return s
}

// scan reports whether a page holds the edge, and records its nearest neighbors
// otherwise. offset is the position of the page's first item.
func (s *search) scan(hashes []uint64, offset int) bool {
	for i, h := range hashes {
		if h == s.cursor.IDHash {
			s.position = offset + i
			return true
		}
		if k := slices.Index(s.cursor.HashesBefore, h); k >= 0 && k < s.distanceBefore {
			s.distanceBefore, s.positionBefore = k, offset+i
		}
		if k := slices.Index(s.cursor.HashesAfter, h); k >= 0 && k < s.distanceAfter {
			s.distanceAfter, s.positionAfter = k, offset+i
		}
	}
	return false
}

// foundBefore reports whether a neighbor before the edge was found: the edge is near.
func (s *search) foundBefore() bool { return s.distanceBefore < len(s.cursor.HashesBefore) }

// foundAfter reports whether a neighbor after the edge was found: the edge, which
// was not found before it, has been removed.
func (s *search) foundAfter() bool { return s.distanceAfter < len(s.cursor.HashesAfter) }

// insertionPoint returns where a removed edge was: the position at which it would be
// inserted again. expected is the page that its cursor names, or nil if the walk has
// not fetched it. It returns [ErrCursorExpired] if nothing locates the edge.
func (w *walk[T]) insertionPoint(s *search, expected *page[T]) (int, error) {
	switch {
	case s.foundAfter(): // they were right after it; those before it may only have been near it for an older cursor
		return s.positionAfter, nil
	case s.foundBefore():
		return s.positionBefore + 1, nil
	case expected != nil && s.cursor.EndsPage:
		return expected.offset, nil
	case expected != nil && w.ended && s.cursor.Index <= len(s.cursor.HashesBefore):
		return expected.offset, nil // all items before it in its page have been removed too
	case w.ended && (w.count == 0 || len(s.cursor.HashesAfter) == 0 && !s.cursor.EndsPage):
		return w.count, nil // the list is empty, or the edge was its last one, and what remains is before it
	default:
		return 0, ErrCursorExpired
	}
}
