package relay

import (
	"context"
	"errors"
	"math"
)

// List describes a list that the upstream serves only forwards, a page at a time.
type List[T any] struct {
	// Scope names the list and its filters. Cursors of another scope are rejected.
	Scope string
	// Codec encodes and decodes the cursors.
	Codec *Codec
	// ID returns an item's id, which is unique in the list.
	ID func(T) string
	// Fetch returns the page that token names, or the first one if token is empty.
	// Every call must use the same page size and filter, because indexes in pages
	// depend on them.
	Fetch func(ctx context.Context, token string) (UpstreamPage[T], error)
}

// UpstreamPage is one page of a list, as the upstream serves it.
type UpstreamPage[T any] struct {
	Items     []T
	HasMore   bool   // more pages follow
	NextToken string // the token of the next page
}

// IsDeadEnd reports whether more pages follow a page that was requested with this token,
// but it does not say how to get there: its NextToken is empty, or its own. The list is
// then incomplete. It must not look complete.
func (p UpstreamPage[T]) IsDeadEnd(token string) bool {
	return p.HasMore && (p.NextToken == "" || p.NextToken == token)
}

// MaxPages is the maximum number of pages that one connection fetches: 2,000
// items at 50 a page.
const MaxPages = 40

// Errors of a list that cannot be paginated. Errors of Fetch are returned unchanged.
var (
	// ErrTooDeep: the edges lie more than 40 pages after the page at which the walk started.
	ErrTooDeep = errors.New("relay: more than 40 pages would have to be fetched")
	// ErrDeadEnd: the edges lie after the last item that can be fetched. The list has more items, but its
	// last page does not say how to get them ([UpstreamPage.IsDeadEnd]), or more than 3 empty pages follow one another.
	ErrDeadEnd = errors.New("relay: the list has more items, but none can be fetched")
	// ErrCycle: a page token leads back to an earlier page.
	ErrCycle = errors.New("relay: the page tokens form a cycle")
	// ErrCursorExpired: neither the cursor's edge nor any of its neighbors was found, or a [Sorted] list cannot
	// locate its sort key.
	ErrCursorExpired = errors.New("relay: cursor expired: neither its edge nor a neighbor was found")
)

// Connect returns one page of the list. It fetches as many of the upstream's pages as
// that takes, and up to 4 more to find an edge that has moved or was removed.
//
// It returns an [*ArgumentError], a [*CursorError], one of the Err values of this package, or
// an error of Fetch.
func (l *List[T]) Connect(ctx context.Context, args Args) (*Connection[T], error) {
	page, err := parseArgs(args, func(encoded string) (Cursor, error) { return l.Codec.Decode(l.Scope, encoded) })
	if err != nil {
		return nil, err
	}
	n, after, before := page.size, page.after, page.before

	// The edges between the cursors are low ≤ i < high in the walk.
	w, low := newWalk(l, after), 0
	if after != nil {
		if low, err = w.locateAfter(ctx, *after); err != nil {
			return nil, err
		}
	}
	high := unbounded
	if before != nil {
		limit := math.MaxInt // edges are counted back from the cursor: it must be found
		if !page.fromEnd {
			limit = low + n + 1
		}
		if high, err = w.locateBefore(ctx, *before, low, limit); err != nil {
			return nil, err
		}
	}
	if page.fromEnd {
		return l.lastPage(ctx, w, n, low, high)
	}
	return l.firstPage(ctx, w, n, low, high)
}

// firstPage returns the first n edges of low ≤ i < high.
func (l *List[T]) firstPage(ctx context.Context, w *walk[T], n, low, high int) (*Connection[T], error) {
	info := PageInfo{HasPreviousPage: low > 0 || w.startToken != ""}
	if high >= 0 {
		end := min(low+n, high)
		info.HasNextPage = end < high
		return w.connection(low, end, info), nil
	}
	err := w.fetchAtLeast(ctx, max(low+n, 1))
	shortened := errors.Is(err, ErrTooDeep) && w.count > low // a page may have fewer than n edges
	if err != nil && !shortened && !(errors.Is(err, ErrDeadEnd) && low+n <= w.count) {
		return nil, err
	}
	end := min(low+n, w.count)
	info.HasNextPage = end < w.count || !w.ended
	return w.connection(low, end, info), nil
}

// lastPage returns the last n edges of low ≤ i < high.
func (l *List[T]) lastPage(ctx context.Context, w *walk[T], n, low, high int) (*Connection[T], error) {
	bounded := high >= 0 // otherwise nothing follows the page
	for high < 0 && !w.ended {
		if err := w.fetchPage(ctx); err != nil {
			return nil, err
		}
	}
	if high < 0 {
		high = w.count
	}
	begin := max(low, high-n)
	return w.connection(begin, high, PageInfo{
		HasNextPage:     bounded && (high < w.count || !w.ended),
		HasPreviousPage: begin > low,
	}), nil
}
