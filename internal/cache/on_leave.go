package cache

import "context"

type onLeaveKey struct{}

// WithOnLeave returns a context for the lookups of a caller with a goroutine of its own,
// see [Request.OnLeave].
func WithOnLeave(ctx context.Context, onLeave func(error)) context.Context {
	return context.WithValue(ctx, onLeaveKey{}, onLeave)
}

// OnLeave returns the function of [WithOnLeave], or nil.
func OnLeave(ctx context.Context) func(error) {
	onLeave, _ := ctx.Value(onLeaveKey{}).(func(error))
	return onLeave
}
