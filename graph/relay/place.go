package relay

import (
	"context"
	"slices"
)

// lookAhead is how many pages behind the expected one are searched for an edge
// that is not where its cursor says. Of 50 a page, 150 items may have been
// added in front of it.
const lookAhead = 3

// placeAfter finds where the list goes on behind the edge that a cursor names.
// The walk must have begun with the cursor's token.
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
	t := trace[T]{at: at}
	for i := 0; ; i++ {
		if t.look(w.pages[i]) {
			return t.self + 1, nil
		}
		if at.Closes || i == lookAhead || w.ended {
			break
		}
		if err := w.read(ctx); err != nil {
			return 0, err
		}
	}
	return t.gap(first), nil
}

// placeBefore finds the edge that a cursor names, or where it stood, at low or
// behind. -1: it lies in front of low, or there are enough items before it.
func (w *walk[T]) placeBefore(ctx context.Context, at Cursor, low, enough int) (int, error) {
	if at.Closes && at.Token == w.start {
		return -1, nil // the walk began right behind it
	}
	t := trace[T]{at: at}
	var expected *page[T] // the page that the cursor names
	// A neighbour may be the last of its page: one page more than lookAhead.
	for i, left := 0, lookAhead+1; left >= 0; i++ {
		if i == len(w.pages) {
			if w.ended {
				break
			}
			if err := w.read(ctx); err != nil {
				return 0, err
			}
		}
		p := w.pages[i]
		if t.look(p) {
			return atLeast(low, t.self), nil
		}
		if expected == nil && p.token == at.Token {
			expected = p
		}
		if expected != nil || t.rank > 0 {
			left-- // it should have been here: search a little further
		} else if p.start+len(p.items) >= enough {
			return -1, nil
		}
	}
	if expected != nil || t.rank > 0 {
		return atLeast(low, t.gap(expected)), nil
	}
	place, err := w.placeOfRest(ctx, at)
	return atLeast(low, place), err
}

func atLeast(low, place int) int {
	if place < low {
		return -1
	}
	return place
}

// placeOfRest finds the place of an edge of which the walk holds no trace: the
// edge and its neighbours are gone, and other page tokens lead there now. What
// its own token still leads to stands behind it.
func (w *walk[T]) placeOfRest(ctx context.Context, at Cursor) (int, error) {
	items, _, err := w.list.Fetch(ctx, at.Token)
	if err != nil {
		return 0, err
	}
	p := newPage(w.list, at.Token, "", items, 0)
	t := trace[T]{at: at}
	if t.look(p) {
		return -1, nil // it stands, but not behind where the walk began
	}
	rest := p.hashes()[t.gap(p):]
	if len(rest) == 0 {
		return w.count, nil
	}
	for _, p := range w.pages {
		if i := slices.Index(p.hashes(), rest[0]); i >= 0 {
			return p.start + i, nil
		}
	}
	if w.start != "" {
		return -1, nil
	}
	return 0, ErrGone
}

// trace collects what is left of an edge and of what stood in front of it.
type trace[T any] struct {
	at    Cursor
	self  int // the edge's place, once look has found it
	rank  int // how much of the trail was found: trailLength the nearest, 0 nothing
	front int // the place of that neighbour
}

// look searches a page for the edge, and remembers its nearest neighbour.
func (t *trace[T]) look(p *page[T]) bool {
	hashes := p.hashes()
	if i := slices.Index(hashes, t.at.Self); i >= 0 {
		t.self = p.start + i
		return true
	}
	for i, h := range hashes {
		k := slices.Index(t.at.Trail, trailHash(h))
		if k >= 0 && trailLength-k > t.rank {
			t.rank, t.front = trailLength-k, p.start+i
		}
	}
	return false
}

// gap is where the edge stood, now that it is gone: behind its nearest
// neighbour that is left, or else, as the neighbours went with it, so many
// places earlier in its page.
func (t *trace[T]) gap(p *page[T]) int {
	switch {
	case t.rank > 0:
		return t.front + 1
	case t.at.Closes:
		return p.start
	default:
		return p.start + min(max(t.at.Index-len(t.at.Trail), 0), len(p.items))
	}
}
