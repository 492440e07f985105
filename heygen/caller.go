package heygen

import (
	"context"
	"net/http"
	"strings"

	"heygen-graphql/heygen/internal/limiter"
)

// What a call has from the context of its caller: a priority, the id of a request, and
// whatever [Options.Trace] finds in it.

// Priority orders the calls of one operation while they are queued: they start in the
// order of their positions. Calls of other operations are not delayed by it: they start in
// the order in which they came.
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

type requestIDKey struct{}

// maxRequestID is the maximum length of a request id in bytes.
const maxRequestID = 128

// WithRequestID returns a context whose calls send this id as X-Request-Id, so that
// HeyGen's support can find them. They send none if it is empty, too long, or contains
// anything but visible ASCII characters.
func WithRequestID(ctx context.Context, id string) context.Context {
	if len(id) > maxRequestID || strings.ContainsFunc(id, func(r rune) bool { return r <= ' ' || r > '~' }) {
		id = ""
	}
	return context.WithValue(ctx, requestIDKey{}, id)
}

// setRequestID sets the header with the request id of a context.
func setRequestID(ctx context.Context, h http.Header) {
	if id, _ := ctx.Value(requestIDKey{}).(string); id != "" {
		h["X-Request-Id"] = []string{id}
	}
}

// callerContext is the context of a call that may outlive the caller that started it. It
// has only those values of its caller that concern this package: to the rest of the
// program the call is not part of the caller's request.
type callerContext struct {
	context.Context
	caller context.Context
}

type callerKey struct{}

func (c *callerContext) Value(key any) any {
	switch key {
	case priorityKey{}, requestIDKey{}:
		return c.caller.Value(key)
	case callerKey{}:
		return callerOf(c.caller)
	}
	return c.Context.Value(key)
}

// WithCaller returns a context with the deadline and the cancellation of ctx, in which
// calls have the priority and the request id of their caller's context. [Options.Trace] is
// called with the latter.
func WithCaller(ctx, caller context.Context) context.Context { return &callerContext{ctx, caller} }

// callerOf returns the context of the caller that started a call.
func callerOf(ctx context.Context) context.Context {
	if caller, ok := ctx.Value(callerKey{}).(context.Context); ok {
		return caller
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
