package ssetransport

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"heygen-graphql/graph/stream"
)

// TestMain fails if a test leaves a goroutine behind.
func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// fakeStream returns the events of a channel, and err once the channel is closed.
type fakeStream struct {
	events chan string
	err    error
	closed atomic.Int32
}

func (s *fakeStream) Next(ctx context.Context, wait time.Duration) (*stream.Event, error) {
	select {
	case <-ctx.Done():
		return nil, fmt.Errorf("fake: %w", ctx.Err())
	case <-stream.After(wait):
		return nil, stream.ErrNoEvent
	case body, ok := <-s.events:
		if !ok {
			return nil, s.err
		}
		return &stream.Event{Body: []byte(body)}, nil
	}
}

func (s *fakeStream) Close() { s.closed.Add(1) }

// newStream returns a stream of these events that then ends with err.
func newStream(err error, events ...string) *fakeStream {
	s := &fakeStream{events: make(chan string, len(events)), err: err}
	for _, event := range events {
		s.events <- event
	}
	close(s.events)
	return s
}

// openStream returns a stream without an end.
func openStream() *fakeStream { return &fakeStream{events: make(chan string)} }

// serverTimeout bounds requests with one response. Event streams take longer.
const serverTimeout = 200 * time.Millisecond

// forEachConnection runs a test over a connection that is hijacked, and over one that
// cannot be, as with HTTP/2.
func forEachConnection(t *testing.T, test func(t *testing.T, wrap func(http.ResponseWriter) http.ResponseWriter)) {
	t.Run("hijacked", func(t *testing.T) {
		test(t, func(w http.ResponseWriter) http.ResponseWriter { return w })
	})
	t.Run("not hijacked", func(t *testing.T) {
		test(t, func(w http.ResponseWriter) http.ResponseWriter {
			return notHijackable{w, http.NewResponseController(w)}
		})
	})
}

// notHijackable is a response whose connection cannot be hijacked.
type notHijackable struct {
	http.ResponseWriter
	control *http.ResponseController
}

func (w notHijackable) FlushError() error                   { return w.control.Flush() }
func (w notHijackable) SetReadDeadline(at time.Time) error  { return w.control.SetReadDeadline(at) }
func (w notHijackable) SetWriteDeadline(at time.Time) error { return w.control.SetWriteDeadline(at) }

// serve starts a server of one stream. Its deadlines are shorter than any test. It
// returns the server's address, and a channel of how streams ended.
func serve(t *testing.T, wrap func(http.ResponseWriter) http.ResponseWriter, s stream.Stream, o Options) (address string, ended <-chan error) {
	t.Helper()
	results := make(chan error, 8)
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		Serve(wrap(w), r, s, o, func(err error) { results <- err })
	}))
	server.Config.ReadTimeout = serverTimeout
	server.Config.WriteTimeout = serverTimeout
	server.Start()
	t.Cleanup(server.Close)
	return server.Listener.Addr().String(), results
}

// dial sends a request and returns its connection.
func dial(t *testing.T, address, request string) net.Conn {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	if _, err := io.WriteString(conn, request); err != nil {
		t.Fatal(err)
	}
	return conn
}

const getHTTP11 = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"

// get returns the response to a request.
func get(t *testing.T, address string) *http.Response {
	t.Helper()
	response, err := http.ReadResponse(bufio.NewReader(dial(t, address, getHTTP11)), nil)
	if err != nil {
		t.Fatal(err)
	}
	return response
}

func TestServeWritesEventsThenComplete(t *testing.T) {
	forEachConnection(t, func(t *testing.T, wrap func(http.ResponseWriter) http.ResponseWriter) {
		s := newStream(io.EOF, `{"data":1}`, "{\n\"data\":\r\n2}", `{"data":3}`)
		address, ended := serve(t, wrap, s, Options{})
		response := get(t, address)
		for name, want := range map[string]string{
			"Content-Type":      "text/event-stream; charset=utf-8",
			"Cache-Control":     "no-store, no-transform",
			"X-Accel-Buffering": "no",
		} {
			if got := response.Header.Get(name); got != want {
				t.Errorf("%s: %q", name, got)
			}
		}
		body, err := io.ReadAll(response.Body)
		want := ":\n\n" +
			"event: next\ndata: {\"data\":1}\n\n" +
			"event: next\ndata: {\ndata: \"data\":\ndata: 2}\n\n" +
			"event: next\ndata: {\"data\":3}\n\n" +
			"event: complete\ndata:\n\n"
		if string(body) != want || err != nil || response.StatusCode != http.StatusOK {
			t.Errorf("status %d, %q, %v", response.StatusCode, body, err)
		}
		if err := <-ended; err != nil || s.closed.Load() == 0 {
			t.Errorf("ended with %v, closed %d times", err, s.closed.Load())
		}
	})
}

func TestServeSendsTheHeaderBeforeTheFirstEvent(t *testing.T) {
	forEachConnection(t, func(t *testing.T, wrap func(http.ResponseWriter) http.ResponseWriter) {
		s := openStream()
		address, ended := serve(t, wrap, s, Options{})
		response := get(t, address)
		if response.StatusCode != http.StatusOK {
			t.Errorf("status %d", response.StatusCode)
		}
		s.err = io.EOF
		close(s.events)
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
}

func TestServeEndsWithoutCompleteOnErrors(t *testing.T) {
	forEachConnection(t, func(t *testing.T, wrap func(http.ResponseWriter) http.ResponseWriter) {
		for _, want := range []error{stream.ErrShutdown, stream.ErrSlow, io.ErrNoProgress, context.DeadlineExceeded} {
			address, ended := serve(t, wrap, newStream(want, `{}`), Options{})
			body, err := io.ReadAll(get(t, address).Body)
			if string(body) != ":\n\nevent: next\ndata: {}\n\n" || err != nil {
				t.Errorf("%v: %q, %v", want, body, err)
			}
			if err := <-ended; !errors.Is(err, want) {
				t.Errorf("ended with %v, not %v", err, want)
			}
		}
	})
}

// The server's deadlines pass during the heartbeats.
func TestServeOutlivesTheDeadlinesOfTheServer(t *testing.T) {
	forEachConnection(t, func(t *testing.T, wrap func(http.ResponseWriter) http.ResponseWriter) {
		s := openStream()
		address, ended := serve(t, wrap, s, Options{Heartbeat: 10 * time.Millisecond})
		reader := bufio.NewReader(get(t, address).Body)
		for range 60 {
			if line, err := reader.ReadString('\n'); err != nil || line != ":\n" && line != "\n" {
				t.Fatalf("%q, %v", line, err)
			}
		}
		s.err = io.EOF
		s.events <- "{}"
		close(s.events)
		body, err := io.ReadAll(reader)
		if !strings.HasSuffix(string(body), "event: next\ndata: {}\n\nevent: complete\ndata:\n\n") || err != nil {
			t.Errorf("%q, %v", body, err)
		}
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
}

// The rest of the body arrives after the server's read deadline.
func TestServeOutlivesTheReadDeadlineOfAnUnreadBody(t *testing.T) {
	s := openStream()
	results := make(chan error, 1)
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_ = http.NewResponseController(w).EnableFullDuplex() // else net/http reads the body before it writes
		Serve(notHijackable{w, http.NewResponseController(w)}, r, s, Options{Heartbeat: 10 * time.Millisecond}, func(err error) { results <- err })
		if rest, err := io.ReadAll(r.Body); string(rest) != "b" || err != nil {
			t.Errorf("the body is %q, %v", rest, err)
		}
	}))
	server.Config.ReadTimeout = serverTimeout
	server.Start()
	defer server.Close()
	conn := dial(t, server.Listener.Addr().String(), "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nConnection: close\r\n\r\n")
	response, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadFull(response.Body, make([]byte, 90)); err != nil { // thirty heartbeats
		t.Fatal(err)
	}
	s.err = io.EOF
	close(s.events)
	if err := <-results; err != nil {
		t.Error(err)
	}
	if _, err := io.WriteString(conn, "b"); err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadAll(response.Body); err != nil {
		t.Error(err)
	}
}

func TestServeSupportsHTTP10(t *testing.T) {
	forEachConnection(t, func(t *testing.T, wrap func(http.ResponseWriter) http.ResponseWriter) {
		address, ended := serve(t, wrap, newStream(io.EOF, `{}`), Options{})
		response, err := io.ReadAll(dial(t, address, "GET / HTTP/1.0\r\n\r\n"))
		if err != nil {
			t.Fatal(err)
		}
		_, body, _ := strings.Cut(string(response), "\r\n\r\n")
		if body != ":\n\nevent: next\ndata: {}\n\nevent: complete\ndata:\n\n" {
			t.Errorf("%q", body)
		}
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
}

func TestServeEndsWhenTheClientDisconnects(t *testing.T) {
	forEachConnection(t, func(t *testing.T, wrap func(http.ResponseWriter) http.ResponseWriter) {
		s := openStream()
		address, ended := serve(t, wrap, s, Options{})
		conn := dial(t, address, getHTTP11)
		if _, err := conn.Read(make([]byte, 1)); err != nil {
			t.Fatal(err)
		}
		_ = conn.Close()
		if err := <-ended; !errors.Is(err, context.Canceled) || s.closed.Load() == 0 {
			t.Errorf("ended with %v, closed %d times", err, s.closed.Load())
		}
	})
}

// A client that does not read fills the buffers of both sockets, and is dropped.
func TestServeDropsSlowClientsAtTheWriteDeadline(t *testing.T) {
	forEachConnection(t, func(t *testing.T, wrap func(http.ResponseWriter) http.ResponseWriter) {
		s := openStream()
		address, ended := serve(t, wrap, s, Options{WriteTimeout: 50 * time.Millisecond})
		dial(t, address, getHTTP11)
		event := strings.Repeat("x", 1<<20)
		for sent := 0; ; sent++ {
			select {
			case s.events <- event:
				if sent > 64 {
					t.Fatal("64 MB were written to a client that does not read")
				}
			case err := <-ended:
				if !errors.Is(err, stream.ErrSlow) || s.closed.Load() == 0 {
					t.Errorf("ended with %v, closed %d times", err, s.closed.Load())
				}
				return
			}
		}
	})
}

func TestServeNeedsNoConnection(t *testing.T) {
	w := httptest.NewRecorder()
	var ended []error
	Serve(w, httptest.NewRequest(http.MethodGet, "/", nil), newStream(io.EOF, "{}"), Options{}, func(err error) { ended = append(ended, err) })
	if len(ended) != 1 || ended[0] != nil || !strings.Contains(w.Body.String(), "event: complete") {
		t.Errorf("%v, %q", ended, w.Body)
	}
}

func TestServeSupportsHTTP2(t *testing.T) {
	ended := make(chan error, 1)
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		Serve(w, r, newStream(io.EOF, "{}"), Options{}, func(err error) { ended <- err })
	}))
	server.EnableHTTP2 = true
	server.StartTLS()
	defer server.Close()
	response, err := server.Client().Get(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if response.ProtoMajor != 2 || string(body) != ":\n\nevent: next\ndata: {}\n\nevent: complete\ndata:\n\n" || err != nil {
		t.Errorf("%s, %q, %v", response.Proto, body, err)
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// panickingStream panics instead of returning an event.
type panickingStream struct{ *fakeStream }

func (panickingStream) Next(context.Context, time.Duration) (*stream.Event, error) { panic("a secret") }

func TestServeReturnsPanicsWithTheirStack(t *testing.T) {
	forEachConnection(t, func(t *testing.T, wrap func(http.ResponseWriter) http.ResponseWriter) {
		s := panickingStream{openStream()}
		address, ended := serve(t, wrap, s, Options{})
		if body, err := io.ReadAll(get(t, address).Body); string(body) != ":\n\n" || err != nil {
			t.Errorf("%q, %v", body, err)
		}
		panicked, ok := errors.AsType[*stream.PanicError](<-ended)
		if !ok || panicked.Value != "a secret" || !strings.Contains(string(panicked.Stack), "panickingStream") || strings.Contains(panicked.Error(), "secret") || s.closed.Load() == 0 {
			t.Errorf("%+v", panicked)
		}
	})
}

// The event is not copied: what Serve allocates is less than one copy of it.
func BenchmarkEvent(b *testing.B) {
	out := newResponseWriter(discard{}, time.Second)
	body := []byte(strings.Repeat("x", 64<<10))
	b.ReportAllocs()
	for b.Loop() {
		if err := out.writeEvent(body); err != nil {
			b.Fatal(err)
		}
	}
}

// discard is a response that is not sent.
type discard struct{ http.ResponseWriter }

func (discard) Write(p []byte) (int, error)      { return len(p), nil }
func (discard) Flush()                           {}
func (discard) SetWriteDeadline(time.Time) error { return nil }
