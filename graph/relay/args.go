package relay

import "fmt"

// Limits of the paging arguments.
const (
	DefaultPageSize = 20
	MaxPageSize     = 100
)

// Args are the paging arguments of a connection field. An argument that is
// absent or null is nil.
type Args struct {
	First  *int
	After  *string
	Last   *int
	Before *string
}

// ArgumentError reports a paging argument that is out of range.
type ArgumentError struct {
	Reason string // a sentence for the client, which names the argument and its limit
}

func (e *ArgumentError) Error() string { return e.Reason }

// CursorError reports that the cursor in an argument is invalid. It wraps
// [ErrInvalidCursor].
type CursorError struct {
	argument string // after or before
	reason   error
}

func (e *CursorError) Error() string {
	return "`" + e.argument + "` cannot be used: " + e.reason.Error() + "."
}

// Unwrap returns the reason.
func (e *CursorError) Unwrap() error { return e.reason }

// pageSize returns the maximum number of edges, and reports whether they are
// counted from the end. Without first and last they are the first 20, even if
// before is set.
func (a Args) pageSize() (n int, fromEnd bool, err error) {
	if a.First != nil && a.Last != nil {
		return 0, false, &ArgumentError{"`first` and `last` cannot be used together."}
	}
	n, name := DefaultPageSize, "first"
	if a.First != nil {
		n = *a.First
	} else if a.Last != nil {
		n, name = *a.Last, "last"
	}
	if n < 0 || n > MaxPageSize {
		return 0, false, &ArgumentError{fmt.Sprintf("`%s` must be between 0 and %d.", name, MaxPageSize)}
	}
	return n, name == "last", nil
}

// requestedPage is what the arguments of a connection request. C is a decoded cursor.
type requestedPage[C any] struct {
	size          int  // the maximum number of edges
	fromEnd       bool // the last edges between the cursors rather than the first
	after, before *C
}

// parseArgs checks the arguments and decodes their cursors. It returns an
// [*ArgumentError] or a [*CursorError] if one of them is invalid.
func parseArgs[C any](args Args, decode func(encoded string) (C, error)) (page requestedPage[C], err error) {
	if page.size, page.fromEnd, err = args.pageSize(); err != nil {
		return page, err
	}
	if page.after, err = decodeCursor("after", args.After, decode); err != nil {
		return page, err
	}
	page.before, err = decodeCursor("before", args.Before, decode)
	return page, err
}

// decodeCursor decodes the cursor in an argument. It returns nil if there is none.
func decodeCursor[C any](argument string, encoded *string, decode func(encoded string) (C, error)) (*C, error) {
	if encoded == nil {
		return nil, nil
	}
	cursor, err := decode(*encoded)
	if err != nil {
		return nil, &CursorError{argument, err}
	}
	return &cursor, nil
}
