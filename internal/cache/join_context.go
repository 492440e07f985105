package cache

import "context"

// joinedContext has the deadline and cancellation of a flight, and the values of the
// caller that started it.
type joinedContext struct {
	context.Context // of the flight
	caller          context.Context
}

// Value prefers the flight's values: among them is what the context package finds a
// parent by.
func (c joinedContext) Value(key any) any {
	if value := c.Context.Value(key); value != nil {
		return value
	}
	return c.caller.Value(key)
}
