package wstransport

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/coder/websocket"
	"go.uber.org/goleak"

	"heygen-graphql/graph/errcode"
	"heygen-graphql/graph/httptransport"
	"heygen-graphql/graph/stream"
)

// TestMain fails if a test leaves a goroutine behind.
func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// fakeSession starts streams by the operation's document.
type fakeSession struct {
	rejected atomic.Pointer[httptransport.RequestError] // of Admitted
	open     atomic.Int32                               // streams that are not closed
	started  chan *fakeStream
	streams  map[string]func(*fakeStream) // by the document
}

func (s *fakeSession) Admitted() *httptransport.RequestError { return s.rejected.Load() }

func (s *fakeSession) Start(_ context.Context, r *httptransport.Request) stream.Stream {
	if r.Query == "{ panic }" {
		panic("a secret")
	}
	out := &fakeStream{events: make(chan *stream.Event, 4), session: s, request: r, closed: make(chan struct{})}
	s.open.Add(1)
	if prepare := s.streams[r.Query]; prepare != nil {
		prepare(out)
	}
	select {
	case s.started <- out:
	default: // the test is not interested
	}
	return out
}

// fakeStream returns the events of a channel, and err once the channel is closed.
type fakeStream struct {
	events  chan *stream.Event
	err     error
	session *fakeSession
	request *httptransport.Request
	closed  chan struct{}
	once    sync.Once
}

func (s *fakeStream) Next(ctx context.Context, _ time.Duration) (*stream.Event, error) {
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case event, ok := <-s.events:
		if !ok {
			return nil, s.err
		}
		return event, nil
	}
}

func (s *fakeStream) Close() {
	s.once.Do(func() {
		s.session.open.Add(-1)
		close(s.closed)
	})
}

// endsWith returns a preparation of a stream that ends at once.
func endsWith(err error, events ...*stream.Event) func(*fakeStream) {
	return func(s *fakeStream) {
		for _, event := range events {
			s.events <- event
		}
		s.err = err
		close(s.events)
	}
}

// fixture is a server of sockets.
type fixture struct {
	*fakeSession
	url   string
	ended chan error // what Serve returns
	stop  chan struct{}
}

func serve(t *testing.T, configure func(*Options)) *fixture {
	t.Helper()
	f := &fixture{ended: make(chan error, 1000), stop: make(chan struct{})}
	f.fakeSession = &fakeSession{started: make(chan *fakeStream, 1000), streams: map[string]func(*fakeStream){
		"{ once }":     endsWith(io.EOF, &stream.Event{Body: []byte(`{"data":{"once":1}}`)}),
		"{ rejected }": endsWith(io.EOF, &stream.Event{Body: []byte(`{"errors":[{"message":"no"}]}`), RequestErrors: []byte(`[{"message":"no"}]`)}),
		"{ slow }":     endsWith(stream.ErrSlow),
		"{ shutdown }": endsWith(stream.ErrShutdown),
		"{ unknown }":  endsWith(errors.New("a secret")),
	}}
	o := Options{Shutdown: f.stop, Authenticate: func(_ context.Context, params json.RawMessage) (Session, *httptransport.RequestError) {
		switch string(params) {
		case `{"token":"bad"}`:
			return nil, &httptransport.RequestError{Status: 401, Code: errcode.Unauthenticated, Message: "The token was rejected."}
		case `{"token":"later"}`:
			return nil, &httptransport.RequestError{Status: 503, Code: errcode.UpstreamUnavailable, Message: "Retry later."}
		case `{"token":"panic"}`:
			panic("a secret")
		}
		return f.fakeSession, nil
	}}
	if configure != nil {
		configure(&o)
	}
	var handlers sync.WaitGroup
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		handlers.Add(1)
		defer handlers.Done()
		f.ended <- Serve(w, r, o)
	}))
	t.Cleanup(func() {
		server.Close()
		handlers.Wait()
		if n := f.open.Load(); n != 0 {
			t.Errorf("%d streams are not closed", n)
		}
	})
	f.url = server.URL
	return f
}

// client is a client of one socket.
type client struct {
	t *testing.T
	*websocket.Conn
	ctx context.Context
}

func (f *fixture) dial(t *testing.T, subprotocols ...string) *client {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	t.Cleanup(cancel)
	transport := &http.Transport{}
	conn, _, err := websocket.Dial(ctx, f.url, &websocket.DialOptions{Subprotocols: subprotocols, HTTPClient: &http.Client{Transport: transport}})
	if err != nil {
		t.Fatal(err)
	}
	conn.SetReadLimit(-1)
	t.Cleanup(func() { _ = conn.CloseNow(); transport.CloseIdleConnections() })
	return &client{t, conn, ctx}
}

// connect returns a client that has been acknowledged.
func (f *fixture) connect(t *testing.T) *client {
	t.Helper()
	c := f.dial(t, subprotocol)
	c.send(`{"type":"connection_init"}`)
	c.expect(`{"type":"connection_ack"}`)
	return c
}

func (c *client) send(text string) {
	c.t.Helper()
	if err := c.Write(c.ctx, websocket.MessageText, []byte(text)); err != nil {
		c.t.Fatalf("sending %.60s: %v", text, err)
	}
}

// expect reads one message for each that is wanted.
func (c *client) expect(want ...string) {
	c.t.Helper()
	for _, want := range want {
		kind, got, err := c.Read(c.ctx)
		if err != nil || string(got) != want || kind != websocket.MessageText {
			c.t.Fatalf("received %v %.200q, %v, not %.200q", kind, got, err, want)
		}
	}
}

// expectClose reads the close frame.
func (c *client) expectClose(code int, reason string) {
	c.t.Helper()
	_, got, err := c.Read(c.ctx)
	closed, ok := errors.AsType[websocket.CloseError](err)
	if !ok || int(closed.Code) != code || closed.Reason != reason {
		c.t.Fatalf("received %q, %v, not %d %q", got, err, code, reason)
	}
}
