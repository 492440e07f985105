package catalogue

import (
	"context"
	"errors"

	"heygen-graphql/heygen"
)

// Limits bound a walk.
type Limits struct {
	MaxItems int // ErrTooLarge beyond; 0: none
	MaxPages int // ErrTooDeep beyond; 0: none
}

// Errors of a walk. Those of fetch are returned unchanged.
var (
	// ErrTooLarge: the list has more items than Limits.MaxItems.
	ErrTooLarge = errors.New("catalogue: the list has too many items")
	// ErrTooDeep: the list has more pages than Limits.MaxPages.
	ErrTooDeep = errors.New("catalogue: the list has too many pages")
	// ErrIncomplete: HeyGen does not say how to get the rest of the list, or its tokens form a cycle.
	ErrIncomplete = errors.New("catalogue: the list cannot be read to its end")
)

// Walk reads a list to its end. again says that a cached page must not be used: the token
// that it leads to was rejected.
func Walk[T any](ctx context.Context, limits Limits, id func(*T) string, fetch func(ctx context.Context, token string, again bool) (heygen.Page[T], error)) ([]*T, error) {
	panic("unimplemented")
}
