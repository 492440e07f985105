package relay

import "fmt"

// Limits of the paging arguments.
const (
	DefaultPageSize = 20
	MaxPageSize     = 100
)

// Args are the paging arguments of a connection field, as callers give them;
// nil is absent or null.
type Args struct {
	First  *int
	After  *string
	Last   *int
	Before *string
}

// ArgumentError is a paging argument out of its limits.
type ArgumentError struct {
	Reason string // a sentence for the caller, which names the argument and the limit
}

func (e *ArgumentError) Error() string { return e.Reason }

// CursorError is a cursor that is refused: [ErrInvalidCursor].
type CursorError struct {
	argument string // after or before
	reason   error
}

func (e *CursorError) Error() string {
	return "`" + e.argument + "` cannot be used: " + e.reason.Error() + "."
}

// Unwrap gives the reason, for errors.Is.
func (e *CursorError) Unwrap() error { return e.reason }

// size is how many edges are asked for, counted from the end if last. Without
// first and last it is the first 20, also where before is given.
func (a Args) size() (n int, last bool, err error) {
	if a.First != nil && a.Last != nil {
		return 0, false, &ArgumentError{"`first` and `last` cannot be given together: use one of them."}
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
