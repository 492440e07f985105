package wstransport

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"heygen-graphql/graph/httptransport"
	"heygen-graphql/graph/stream"
)

// Options configures a socket. Authenticate is required.
type Options struct {
	// InitTimeout is the maximum time until the client's connection_init, and that of
	// Authenticate. 0: 10 s.
	InitTimeout time.Duration
	// PingInterval is the time between two ping messages. A client that sends nothing in
	// three intervals, not even a pong, is dropped. 0: 12 s.
	PingInterval time.Duration
	// WriteTimeout is the maximum time for which a client may block the write of one
	// message. 0: 10 s.
	WriteTimeout time.Duration
	// MaxMessageBytes is the maximum length of a client's message. 0: 1 MiB.
	MaxMessageBytes int64
	// MessageTimeout is the maximum time from the first frame of a message to its end. 0: 15 s.
	MessageTimeout time.Duration
	// Bytes is the budget of messages that are being read or parsed and have more than 16 KiB.
	// nil: unlimited.
	Bytes *httptransport.ByteBudget
	// MaxOperations is the maximum number of operations at a time. 0: 100.
	MaxOperations int
	// Shutdown is closed when the server stops. nil: it never does.
	Shutdown <-chan struct{}
	// Authenticate returns the session of a client from the payload of its
	// connection_init: an object, or nil.
	Authenticate func(ctx context.Context, params json.RawMessage) (Session, *httptransport.RequestError)
}

// Session is the operations of an authenticated client.
type Session interface {
	// Admitted is called before each operation, and with each ping, concurrently. It returns
	// an error once the credentials are no longer valid, upon which the socket is closed.
	Admitted() *httptransport.RequestError
	// Start starts an operation, which ends with ctx. It is called concurrently. An
	// operation that is rejected is a stream whose first event has RequestErrors.
	Start(ctx context.Context, r *httptransport.Request) stream.Stream
}

const (
	defaultInitTimeout     = 10 * time.Second
	defaultPingInterval    = 12 * time.Second
	defaultWriteTimeout    = 10 * time.Second
	defaultMessageTimeout  = 15 * time.Second
	defaultMaxMessageBytes = 1 << 20
	defaultMaxOperations   = 100

	// maxSilence is the number of intervals after which a silent client is dropped.
	maxSilence = 3
	// closeTimeout is the maximum time of the closing handshake, in which the socket still
	// counts.
	closeTimeout = time.Second
)

func (o Options) withDefaults() Options {
	orDefault(&o.InitTimeout, defaultInitTimeout)
	orDefault(&o.PingInterval, defaultPingInterval)
	orDefault(&o.WriteTimeout, defaultWriteTimeout)
	orDefault(&o.MessageTimeout, defaultMessageTimeout)
	orDefault(&o.MaxMessageBytes, defaultMaxMessageBytes)
	orDefault(&o.MaxOperations, defaultMaxOperations)
	return o
}

func orDefault[T int | int64 | time.Duration](value *T, fallback T) {
	if *value <= 0 {
		*value = fallback
	}
}

// Serve upgrades a request to a WebSocket and serves its operations. It returns once the
// socket is closed and all of its goroutines have ended, with the reason:
//   - nil: the client closed the socket, or disconnected;
//   - [stream.ErrSlow]: the client reads too slowly;
//   - [stream.ErrShutdown]: the server stops;
//   - a [CloseError]: the client violated the protocol or a limit, or was rejected;
//   - a [stream.PanicError], after which the code of closing is 1011;
//   - any other error: the handshake is invalid, the client no longer responds, the
//     request's context ended, or a stream returned that error.
func Serve(w http.ResponseWriter, r *http.Request, o Options) error {
	ctx, cancel := context.WithCancelCause(r.Context())
	defer cancel(nil)
	s := &socket{Options: o.withDefaults(), ctx: ctx, end: cancel, header: r.Header, operations: map[string]*operation{}}
	var err error
	if s.conn, s.netConn, err = accept(w, r, func() { s.alive.Store(true) }); err != nil {
		return err
	}
	if s.conn.Subprotocol() == "" {
		s.end(closeWith(codeSubprotocol, "Subprotocol not acceptable: it must be "+subprotocol+"."))
	} else {
		s.goroutines.Go(s.read)
		s.watch()
	}
	cause := context.Cause(ctx)
	s.close(cause)
	s.goroutines.Wait()
	if cause == errClientClosed || cause == errReadFailed {
		return nil
	}
	return cause
}

// watch pings the client and ends the socket when it should, until it ends.
func (s *socket) watch() {
	initTimer := time.NewTimer(s.InitTimeout)
	defer initTimer.Stop()
	heartbeat := time.NewTicker(s.PingInterval)
	defer heartbeat.Stop()
	silence := 0
	for {
		select {
		case <-s.ctx.Done():
			return
		case <-s.Shutdown:
			s.end(stream.ErrShutdown)
		case <-initTimer.C:
			if !s.initialized.Load() {
				s.end(closeWith(codeInitTimeout, "Connection initialisation timeout"))
			}
		case <-heartbeat.C:
			if silence++; s.alive.Swap(false) {
				silence = 0
			}
			if silence >= maxSilence {
				s.end(errUnreachable)
			}
			if s.authenticated.Load() {
				if rejected := s.session.Admitted(); rejected != nil && rejected.Status < http.StatusInternalServerError {
					s.end(closeRejected(rejected))
				}
			}
			s.write(s.ctx, ping)
		}
	}
}

// close closes the connection, with a close frame if there is a client to read it.
func (s *socket) close(cause error) {
	code, reason, ok := closeFrame(cause)
	if !ok {
		_ = s.conn.CloseNow()
		return
	}
	// Without it, Close waits for the rest of a message that the client stopped to send.
	_ = s.netConn.SetDeadline(time.Now().Add(min(closeTimeout, s.WriteTimeout)))
	_ = s.conn.Close(code, reason)
}
