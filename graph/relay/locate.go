package relay

import (
	"context"
	"errors"
	"slices"
)

// MaxLookahead is how many pages behind the expected one are searched for an edge
// that is not where its cursor says. Of 50 a page, 150 items may have been
// added in front of it.
const MaxLookahead = 3

// nowhere is the place of an edge that does not bound what a connection gives.
const nowhere = -1

// placeAfter finds where the list goes on behind the edge that a cursor names.
// The walk must have begun with that cursor.
func (w *walk[T]) placeAfter(ctx context.Context, at Cursor) (int, error) {
	if err := w.read(ctx); err != nil {
		return 0, err
	}
	first := w.pages[0]
	if hashes := first.hashes(); !at.Closes && at.Index < len(hashes) && hashes[at.Index] == at.Self {
		return at.Index + 1, nil
	}
	// The edge has moved or is gone. One that closed its page cannot have moved
	// far: this page begins behind it, unless pages are numbered.
	t := newTrace(at, w.front)
	for i := 0; ; i++ {
		if t.look(w.pages[i].hashes(), w.pages[i].start) {
			return t.self + 1, nil
		}
		if at.Closes || t.passed() || i == MaxLookahead || w.ended {
			return w.gap(t, first)
		}
		if err := w.read(ctx); err != nil {
			return 0, err
		}
	}
}

// placeBefore finds the edge that a cursor names, or where it stood, at low or
// behind. It is nowhere if it lies in front of low, or if the first items up to
// enough lie in front of it.
func (w *walk[T]) placeBefore(ctx context.Context, at Cursor, low, enough int) (int, error) {
	if at.Closes && at.Token == w.start || slices.Contains(w.front, at.Self) {
		return nowhere, nil // the walk began behind it
	}
	t := newTrace(at, w.front)
	var expected *page[T] // the page that the cursor names
	// A neighbour may be the last of its page: one page more than lookAhead.
	for i, left := 0, MaxLookahead+1; left >= 0; i++ {
		if i == len(w.pages) {
			if w.ended {
				break
			}
			err := w.read(ctx)
			if errors.Is(err, ErrTooDeep) && (expected != nil || t.near()) {
				break // only the search ends here: the place is known well enough
			}
			if err != nil {
				return 0, err
			}
		}
		p, nearest := w.pages[i], t.front
		if t.look(p.hashes(), p.start) {
			return atLeast(low, t.self), nil
		}
		if t.front < nearest {
			left = MaxLookahead + 1 // on its track
		}
		if p.token == at.Token {
			expected = p
		}
		if t.passed() || expected != nil && at.Closes {
			break
		}
		if expected != nil || t.near() {
			left-- // it should have been here: search a little further
		} else if p.start+len(p.items) >= enough {
			return nowhere, nil // it, or what is left of its neighbours, lies further on
		}
	}
	place, err := w.gap(t, expected)
	if err != nil && at.Page < w.pages[0].number {
		return nowhere, nil // it stood in front of where the walk began, unless the cursors are of very different age
	}
	return atLeast(low, place), err
}

func atLeast(low, place int) int {
	if place < low {
		return nowhere
	}
	return place
}

// trace collects what is left of an edge and of its neighbours.
type trace struct {
	at   Cursor
	self int // the edge's place, once look has found it

	// The nearest neighbours that were found, by how near they stood and by
	// their places now.
	front, frontPlace   int
	behind, behindPlace int
}

// newTrace begins with what is known of the items in front of the walk: a
// neighbour may stand right there.
func newTrace(at Cursor, inFront []uint64) *trace {
	t := &trace{at: at, front: len(at.Front), behind: len(at.Behind)}
	for _, h := range inFront {
		if k := slices.Index(at.Front, h); k >= 0 && k < t.front {
			t.front, t.frontPlace = k, -1
		}
	}
	return t
}

// look searches a page for the edge, and remembers its nearest neighbours.
// start is the place of the page's first item.
func (t *trace) look(hashes []uint64, start int) bool {
	for i, h := range hashes {
		if h == t.at.Self {
			t.self = start + i
			return true
		}
		if k := slices.Index(t.at.Front, h); k >= 0 && k < t.front {
			t.front, t.frontPlace = k, start+i
		}
		if k := slices.Index(t.at.Behind, h); k >= 0 && k < t.behind {
			t.behind, t.behindPlace = k, start+i
		}
	}
	return false
}

// near reports whether a neighbour in front was found: the edge is not far.
func (t *trace) near() bool { return t.front < len(t.at.Front) }

// passed reports whether a neighbour behind the edge was found: the edge, which
// was not, is gone.
func (t *trace) passed() bool { return t.behind < len(t.at.Behind) }

// gap is where an edge stood, now that it is gone. expected is the page that
// its cursor names; nil: the walk has not met it.
func (w *walk[T]) gap(t *trace, expected *page[T]) (int, error) {
	switch {
	case t.passed(): // these stood right behind it, which those in front may only have done for an older cursor
		return t.behindPlace, nil
	case t.near():
		return t.frontPlace + 1, nil
	case expected != nil && t.at.Closes:
		return expected.start, nil
	case expected != nil && w.ended && t.at.Index <= len(t.at.Front):
		return expected.start, nil // all that stood in front of it in its page is gone too
	case w.ended && (w.count == 0 || len(t.at.Behind) == 0 && !t.at.Closes):
		return w.count, nil // nothing is left, or it was the last of all and what stayed is in front of it
	default:
		return 0, ErrCursorExpired
	}
}
