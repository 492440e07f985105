package ssetransport

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"time"

	"heygen-graphql/graph/stream"
)

var (
	comment  = []byte(":\n\n")
	complete = []byte("event: complete\ndata:\n\n")
	nextHead = []byte("event: next\ndata: ")
	nextLine = []byte("\ndata: ")
	blank    = []byte("\n\n")
)

// writer writes to a client within a deadline.
type writer struct {
	out         io.Writer
	flush       func() error
	setDeadline func(time.Time) error
	timeout     time.Duration
}

// newConnWriter returns the writer of a hijacked connection.
func newConnWriter(conn net.Conn, timeout time.Duration) *writer {
	return &writer{conn, func() error { return nil }, conn.SetWriteDeadline, timeout}
}

// newResponseWriter returns the writer of a response. One without a connection has no
// deadline.
func newResponseWriter(w http.ResponseWriter, timeout time.Duration) *writer {
	control := http.NewResponseController(w)
	return &writer{w, control.Flush, func(at time.Time) error {
		if err := control.SetWriteDeadline(at); !errors.Is(err, http.ErrNotSupported) {
			return err
		}
		return nil
	}, timeout}
}

// writeEvent writes an execution result. JSON of one line, which all results are, is
// written as it is and without a copy of it; a line break would end the event's field.
func (w *writer) writeEvent(body []byte) error {
	if bytes.IndexByte(body, '\n') < 0 && bytes.IndexByte(body, '\r') < 0 {
		return w.write(nextHead, body, blank)
	}
	parts := [][]byte{nextHead}
	for i, line := range bytes.FieldsFunc(body, func(c rune) bool { return c == '\n' || c == '\r' }) {
		if i > 0 {
			parts = append(parts, nextLine)
		}
		parts = append(parts, line)
	}
	return w.write(append(parts, blank)...)
}

// write writes parts to the client and waits until they are sent. Between writes there
// is no deadline: over HTTP/2 one would reset the stream.
func (w *writer) write(parts ...[]byte) error {
	err := w.setDeadline(time.Now().Add(w.timeout))
	if err == nil {
		buffers := net.Buffers(parts)
		_, err = buffers.WriteTo(w.out)
	}
	if err == nil {
		err = w.flush()
	}
	if err == nil {
		err = w.setDeadline(time.Time{})
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
