package heygen

import (
	"context"

	"heygen-graphql/heygen/internal/limiter"
)

// Priority orders the calls of one operation while they are queued: they start in the
// order of their positions. Calls of other operations are not
// delayed by it: they start in the order in which they came.
type Priority struct {
	Operation any   // identifies the operation, by ==
	Position  []int // in the response of the operation: the indexes of the lists around a field
}

// priorityContext is a context with the priority of a call.
type priorityContext struct {
	context.Context
	priority Priority
}

type priorityKey struct{}

func (c *priorityContext) Value(key any) any {
	if key == (priorityKey{}) {
		return &c.priority
	}
	return c.Context.Value(key)
}

// WithPriority returns a context in which calls have this priority.
func WithPriority(ctx context.Context, p Priority) context.Context {
	return &priorityContext{ctx, p}
}

// WithPriorityOf returns a context in which calls have the priority that they have in
// another context.
func WithPriorityOf(ctx, other context.Context) context.Context {
	if p, ok := other.Value(priorityKey{}).(*Priority); ok {
		return WithPriority(ctx, *p)
	}
	return ctx
}

// newTicket returns the ticket of a call with the priority of its context.
func newTicket(ctx context.Context) *limiter.Ticket {
	p, ok := ctx.Value(priorityKey{}).(*Priority)
	if !ok {
		p = &Priority{}
	}
	return limiter.NewTicket(limiter.Priority(*p))
}
