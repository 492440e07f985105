package relay

import (
	"context"
	"errors"
	"math"
)

// List is a list that can only be read forwards, a page at a time.
type List[T any] struct {
	// Scope names the list and its filters. A cursor of another scope is refused.
	Scope string
	// Codec writes and reads the cursors.
	Codec *Codec
	// ID gives what tells an item from all others.
	ID func(T) string
	// Fetch gives the page that a token asks for (empty: the first) and the
	// token of the next one (empty: there is none). Every page must be asked
	// for with one and the same size and filter: places in pages depend on it.
	Fetch func(ctx context.Context, token string) (items []T, next string, err error)
}

// MaxPages bounds the pages that one connection may read: 2,000 items of 50 a page.
const MaxPages = 40

// Why a list cannot be paged. Errors of Fetch are passed on as they are.
var (
	// ErrTooDeep: the edges asked for lie more than 40 pages behind where the walk began.
	ErrTooDeep = errors.New("relay: more than 40 pages would have to be read")
	// ErrCycle: the list leads back into itself, or gives one empty page after the other.
	ErrCycle = errors.New("relay: the list has no end")
	// ErrCursorExpired: the edge that a cursor names was not found, nor any of its neighbours.
	ErrCursorExpired = errors.New("relay: the place that the cursor names is gone")
)

// Connect gives one page of the list. It reads as many of the upstream's pages as
// that needs, and up to 4 more to find an edge that has moved or is gone.
//
// Its error is an [*ArgumentError], a [*CursorError], one of the Err values of this package, or
// an error of Fetch.
func (l *List[T]) Connect(ctx context.Context, args Args) (*Connection[T], error) {
	n, last, err := args.size()
	if err != nil {
		return nil, err
	}
	after, err := l.decode("after", args.After)
	if err != nil {
		return nil, err
	}
	before, err := l.decode("before", args.Before)
	if err != nil {
		return nil, err
	}

	// The edges between the cursors are low ≤ i < high in the walk.
	w, low := newWalk(l, after), 0
	if after != nil {
		if low, err = w.placeAfter(ctx, *after); err != nil {
			return nil, err
		}
	}
	high := nowhere // the end of the list
	if before != nil {
		enough := math.MaxInt // edges are counted from the place itself: it must be found
		if !last {
			enough = low + n + 1
		}
		if high, err = w.placeBefore(ctx, *before, low, enough); err != nil {
			return nil, err
		}
	}
	if last {
		return l.lastOf(ctx, w, n, low, high)
	}
	return l.firstOf(ctx, w, n, low, high)
}

func (l *List[T]) firstOf(ctx context.Context, w *walk[T], n, low, high int) (*Connection[T], error) {
	info := PageInfo{HasPreviousPage: low > 0 || w.start != ""}
	if high >= 0 {
		end := min(low+n, high)
		info.HasNextPage = end < high
		return w.connection(low, end, info), nil
	}
	err := w.readTo(ctx, max(low+n, 1))
	if err != nil && !(errors.Is(err, ErrTooDeep) && w.count > low) { // a page may be shorter than asked for
		return nil, err
	}
	end := min(low+n, w.count)
	info.HasNextPage = end < w.count || !w.ended
	return w.connection(low, end, info), nil
}

func (l *List[T]) lastOf(ctx context.Context, w *walk[T], n, low, high int) (*Connection[T], error) {
	behind := high >= 0 // whether anything can lie behind the page
	for high < 0 && !w.ended {
		if err := w.read(ctx); err != nil {
			return nil, err
		}
	}
	if high < 0 {
		high = w.count
	}
	begin := max(low, high-n)
	return w.connection(begin, high, PageInfo{
		HasNextPage:     behind && (high < w.count || !w.ended),
		HasPreviousPage: begin > low,
	}), nil
}

func (l *List[T]) decode(argument string, text *string) (*Cursor, error) {
	if text == nil {
		return nil, nil
	}
	at, err := l.Codec.Decode(l.Scope, *text)
	if err != nil {
		return nil, &CursorError{argument, err}
	}
	return &at, nil
}
