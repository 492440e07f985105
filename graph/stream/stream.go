// Package stream is the interface between the API and the transports that deliver more than
// one response to an operation.
package stream

import (
	"context"
	"errors"
	"runtime/debug"
	"time"

	"heygen-graphql/graph/errcode"
)

// Event is one execution result of an operation. Subscribers share it: it must not be changed.
type Event struct {
	// Body is the result as a JSON object, as in the body of a response over HTTP.
	Body []byte
	// RequestErrors is the JSON array of the errors in Body, if the operation was not
	// executed at all. No event follows. nil: the operation was executed.
	RequestErrors []byte
	// Errors is the number of errors in Body, and Code that of the first one, for the log.
	Errors int
	Code   errcode.Code
	// Cost is the maximum number of upstream calls of the operation, for the log. 0: it is a
	// subscription, or was not executed.
	Cost int
}

// Stream is the results of one operation for one client. It is used by one goroutine.
type Stream interface {
	// Next returns the next event. It waits for it as long as ctx allows, and no longer
	// than wait. 0: ctx alone limits that. Its error is io.EOF after the last event,
	// [ErrNoEvent] after wait, [ErrSlow], [ErrShutdown], or that of ctx.
	Next(ctx context.Context, wait time.Duration) (*Event, error)
	// Close ends the operation. It may be called twice.
	Close()
}

var (
	// ErrNoEvent is returned if there was no event in time. A later one is not lost.
	ErrNoEvent = errors.New("stream: there is no event yet")
	// ErrSlow is returned to a client that reads too slowly: events that it has not read
	// are not stored for it.
	ErrSlow = errors.New("stream: the client reads too slowly")
	// ErrShutdown is returned when the server stops. Clients may connect to another one.
	ErrShutdown = errors.New("stream: the server stops")
)

// After returns the channel to wait for in [Stream.Next]. Its timer needs no Stop: the garbage
// collector frees it. A context with a deadline would take ten times the memory.
func After(wait time.Duration) <-chan time.Time {
	if wait <= 0 {
		return nil
	}
	return time.After(wait)
}

// PanicError is why a transport ended after a panic.
type PanicError struct {
	Value any
	Stack []byte
}

// NewPanicError returns the error of a recovered panic. It is called by the function that
// recovers, for the sake of the stack.
func NewPanicError(value any) *PanicError { return &PanicError{value, debug.Stack()} }

// Error implements error. It does not contain the value, which may be secret.
func (e *PanicError) Error() string { return "stream: panic" }
