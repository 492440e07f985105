// Package stream is the interface between the API and the transports that deliver more than
// one response to an operation.
package stream

import (
	"context"
	"errors"
)

// Event is one execution result of an operation.
type Event struct {
	// Body is the result as a JSON object, as in the body of a response over HTTP. It is
	// shared by all subscribers: it must not be changed.
	Body []byte
	// RequestErrors is the JSON array of the errors in Body, if the operation was not
	// executed at all. No event follows. nil: the operation was executed.
	RequestErrors []byte
}

// Stream is the results of one operation for one client. It is used by one goroutine.
type Stream interface {
	// Next returns the next event. It waits for it as long as ctx allows. Its error is
	// io.EOF after the last event, [ErrSlow], [ErrShutdown], or that of ctx.
	Next(ctx context.Context) (Event, error)
	// Close ends the subscription and logs its operation. It may be called twice.
	Close()
}

var (
	// ErrSlow is returned to a client that reads too slowly: events that it has not read
	// are not stored for it.
	ErrSlow = errors.New("stream: the client reads too slowly")
	// ErrShutdown is returned when the server stops. Clients may connect to another one.
	ErrShutdown = errors.New("stream: the server stops")
)
