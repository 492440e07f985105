package ssetransport

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"os"
	"time"

	"heygen-graphql/graph/stream"
)

// Options configures a response. Its zero value has the defaults.
type Options struct {
	// Heartbeat is the time without an event after which a comment is written: it
	// discovers clients that are gone, and stops proxies, which close connections that
	// are idle for 60 s or so, from closing this one. 0: 12 s.
	Heartbeat time.Duration
	// WriteTimeout is the maximum time for which a client may block the write of one
	// event. 0: 10 s.
	WriteTimeout time.Duration
}

const (
	defaultHeartbeat    = 12 * time.Second
	defaultWriteTimeout = 10 * time.Second
)

// Serve writes the events of a stream as a response of status 200, and closes the
// stream. It returns why the response ended:
//   - nil: the stream did, and the event complete was written;
//   - [stream.ErrShutdown] and [stream.ErrSlow] of the stream;
//   - [stream.ErrSlow] if one write took longer than WriteTimeout;
//   - the error of the request's context, or [context.Canceled] where a write failed:
//     the client is gone;
//   - any other error of the stream.
//
// On errors the response ends without complete, upon which clients connect again.
func Serve(w http.ResponseWriter, r *http.Request, s stream.Stream, o Options) error {
	defer s.Close()
	if o.Heartbeat <= 0 {
		o.Heartbeat = defaultHeartbeat
	}
	if o.WriteTimeout <= 0 {
		o.WriteTimeout = defaultWriteTimeout
	}
	out := &writer{w, http.NewResponseController(w), o.WriteTimeout}
	// The server's own deadlines are for requests with one response. Each write below
	// replaces that of writing. net/http ends that of reading with the request's body; a
	// body that a handler has not read to its end must not end the response either.
	_ = out.control.SetReadDeadline(time.Time{}) // a response without a connection has none
	header := w.Header()
	header.Set("Content-Type", mediaType+"; charset=utf-8")
	header.Set("Cache-Control", "no-store, no-transform") // no-transform: a proxy that compresses may also buffer
	header.Set("X-Accel-Buffering", "no")                 // nginx would buffer
	w.WriteHeader(http.StatusOK)
	// net/http writes the end of the body after this function returns.
	defer func() { _ = out.control.SetWriteDeadline(time.Now().Add(o.WriteTimeout)) }()

	if err := out.write(comment); err != nil { // so that the header is sent before the first event
		return err
	}
	for {
		event, err := next(r.Context(), s, o.Heartbeat)
		switch {
		case err == nil:
			err = out.writeEvent(event.Body)
		case errors.Is(err, io.EOF):
			return out.write(complete)
		case r.Context().Err() != nil:
			return r.Context().Err()
		case errors.Is(err, errHeartbeat):
			err = out.write(comment)
		}
		if err != nil {
			return err
		}
	}
}

// errHeartbeat is returned by [next] if there is no event before the next heartbeat.
var errHeartbeat = errors.New("ssetransport: a heartbeat is due")

// next returns the next event. The stream itself waits for the heartbeat, as a deadline
// of its context: that takes neither a goroutine nor a channel for each response.
func next(ctx context.Context, s stream.Stream, heartbeat time.Duration) (stream.Event, error) {
	waiting, cancel := context.WithTimeout(ctx, heartbeat)
	defer cancel()
	event, err := s.Next(waiting)
	if err != nil && waiting.Err() != nil && errors.Is(err, waiting.Err()) {
		err = errHeartbeat
	}
	return event, err
}

var (
	comment  = []byte(":\n\n")
	complete = []byte("event: complete\ndata:\n\n")
	nextHead = []byte("event: next\ndata: ")
	nextLine = []byte("\ndata: ")
	blank    = []byte("\n\n")
)

// writer writes to a client within a deadline.
type writer struct {
	w       io.Writer
	control *http.ResponseController
	timeout time.Duration
}

// writeEvent writes an execution result. JSON of one line, which all results are, is
// written as it is and without a copy of it; a line break would end the event's field.
func (out *writer) writeEvent(body []byte) error {
	if bytes.IndexByte(body, '\n') < 0 && bytes.IndexByte(body, '\r') < 0 {
		return out.write(nextHead, body, blank)
	}
	parts := [][]byte{nextHead}
	for i, line := range bytes.FieldsFunc(body, func(c rune) bool { return c == '\n' || c == '\r' }) {
		if i > 0 {
			parts = append(parts, nextLine)
		}
		parts = append(parts, line)
	}
	return out.write(append(parts, blank)...)
}

// write writes parts to the client and waits until they are sent. Between writes there
// is no deadline: over HTTP/2 one would reset the stream.
func (out *writer) write(parts ...[]byte) error {
	err := out.setDeadline(time.Now().Add(out.timeout))
	for i := 0; i < len(parts) && err == nil; i++ {
		_, err = out.w.Write(parts[i])
	}
	if err == nil {
		err = out.control.Flush()
	}
	if err == nil {
		err = out.setDeadline(time.Time{})
	}
	switch {
	case err == nil:
		return nil
	case errors.Is(err, os.ErrDeadlineExceeded):
		return stream.ErrSlow
	default:
		return context.Canceled
	}
}

// setDeadline sets the deadline of writes, if the response has a connection.
func (out *writer) setDeadline(at time.Time) error {
	if err := out.control.SetWriteDeadline(at); !errors.Is(err, http.ErrNotSupported) {
		return err
	}
	return nil
}
