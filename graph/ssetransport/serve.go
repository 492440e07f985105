package ssetransport

import (
	"context"
	"errors"
	"io"
	"net/http"
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
	// Admitted is called once a heartbeat, and reports whether the credentials of the client
	// are still valid. nil: they are.
	Admitted func() bool
}

const (
	defaultHeartbeat    = 12 * time.Second
	defaultWriteTimeout = 10 * time.Second
)

func (o Options) withDefaults() Options {
	if o.Heartbeat <= 0 {
		o.Heartbeat = defaultHeartbeat
	}
	if o.WriteTimeout <= 0 {
		o.WriteTimeout = defaultWriteTimeout
	}
	return o
}

// Serve writes the events of a stream as a response of status 200, and closes the
// stream. It then calls ended with the reason:
//   - nil: the stream ended, and the event complete was written;
//   - [stream.ErrShutdown] and [stream.ErrSlow] of the stream;
//   - [stream.ErrSlow] if one write took longer than WriteTimeout;
//   - [context.Canceled]: the client is gone;
//   - [ErrRejected]: Admitted has returned false;
//   - a [stream.PanicError];
//   - any other error of the stream.
//
// On errors the response ends without complete, upon which clients connect again.
//
// A connection of HTTP/1 is hijacked, and Serve returns at once: the buffers and the
// goroutine of net/http, with the stack of all middleware, would take 30 KiB for as long
// as the stream lasts. The connection serves no other request. Over other protocols Serve
// returns at the end.
func Serve(w http.ResponseWriter, r *http.Request, s stream.Stream, o Options, ended func(error)) {
	o = o.withDefaults()
	header := w.Header()
	header.Set("Content-Type", mediaType+"; charset=utf-8")
	header.Set("Cache-Control", "no-store, no-transform") // no-transform: a proxy that compresses may also buffer
	header.Set("X-Accel-Buffering", "no")                 // nginx would buffer

	conn, _, err := http.NewResponseController(w).Hijack()
	switch {
	case errors.Is(err, http.ErrNotSupported):
		ended(serveResponse(w, r, s, o))
	case err != nil: // the client disconnected
		s.Close()
		ended(context.Canceled)
	default:
		serveConn(conn, encodeHead(header), s, o, ended)
	}
}

// serveResponse serves a stream until it ends.
func serveResponse(w http.ResponseWriter, r *http.Request, s stream.Stream, o Options) error {
	out := newResponseWriter(w, o.WriteTimeout)
	// The server's own deadlines are for requests with one response. Each write below
	// replaces that of writing. net/http ends that of reading with the request's body; a
	// body that a handler has not read to its end must not end the response either.
	_ = http.NewResponseController(w).SetReadDeadline(time.Time{}) // a response without a connection has none
	w.WriteHeader(http.StatusOK)
	// net/http writes the end of the body after this function returns.
	defer func() { _ = out.setDeadline(time.Now().Add(o.WriteTimeout)) }()
	return run(r.Context(), out, nil, s, o)
}

// ErrRejected is why a response ended whose client's credentials are no longer valid.
var ErrRejected = errors.New("ssetransport: the credentials are no longer valid")

// run writes head and the events of a stream, and closes the stream.
func run(ctx context.Context, out *writer, head []byte, s stream.Stream, o Options) (err error) {
	defer func() {
		if value := recover(); value != nil {
			err = stream.NewPanicError(value)
		}
		s.Close()
	}()
	if err := out.write(head, comment); err != nil { // so that the header is sent before the first event
		return err
	}
	for checked := time.Now(); ; {
		event, err := s.Next(ctx, o.Heartbeat)
		if o.Admitted != nil && time.Since(checked) >= o.Heartbeat {
			if checked = time.Now(); !o.Admitted() {
				return ErrRejected
			}
		}
		switch {
		case err == nil:
			err = out.writeEvent(event.Body)
		case errors.Is(err, io.EOF):
			return out.write(complete)
		case ctx.Err() != nil:
			return context.Canceled
		case errors.Is(err, stream.ErrNoEvent):
			err = out.write(comment)
		}
		if err != nil {
			return err
		}
	}
}
