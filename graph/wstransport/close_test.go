package wstransport

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"heygen-graphql/graph/stream"
)

func TestInvalidMessagesCloseTheSocketWith4400(t *testing.T) {
	const (
		notJSON   = "A message must be a JSON object, in UTF-8."
		noType    = "`type` must be a string."
		wrongType = "`type` must be connection_init, ping, pong, subscribe or complete."
		wrongID   = "`id` must be a string of 1 to 128 bytes."
		payload   = "`payload` must be an object."
	)
	f := serve(t, nil)
	for _, test := range []struct{ message, reason string }{
		{``, notJSON}, {`x`, notJSON}, {`null`, notJSON}, {`[]`, notJSON}, {`{"type":"ping"} 1`, notJSON}, {"{\"type\":\"ping\",\"\xff\":1}", notJSON},
		{`{}`, noType}, {`{"type":1}`, noType}, {`{"type":null}`, noType}, {`{"TYPE":"ping"}`, noType},
		{`{"type":"start"}`, wrongType}, {`{"type":"next","id":"1","payload":{}}`, wrongType}, {`{"type":""}`, wrongType},
		{`{"type":"subscribe","payload":{"query":"{ a }"}}`, wrongID}, {`{"type":"subscribe","id":"","payload":{"query":"{ a }"}}`, wrongID},
		{`{"type":"subscribe","id":1,"payload":{"query":"{ a }"}}`, wrongID}, {`{"type":"complete"}`, wrongID},
		{`{"type":"complete","id":"` + strings.Repeat("x", 129) + `"}`, wrongID},
		{`{"type":"subscribe","id":"1"}`, payload}, {`{"type":"subscribe","id":"1","payload":null}`, payload}, {`{"type":"subscribe","id":"1","payload":"{ a }"}`, payload},
		{`{"type":"ping","payload":1}`, payload}, {`{"type":"pong","payload":[]}`, payload}, {`{"type":"connection_init","payload":"x"}`, payload},
	} {
		c := f.dial(t, subprotocol)
		c.send(test.message)
		c.expectClose(4400, test.reason)
		closed, ok := errors.AsType[*CloseError](<-f.ended)
		if !ok || closed.Code != 4400 || closed.Reason != test.reason {
			t.Errorf("%q: Serve returned %v", test.message, closed)
		}
	}
	c := f.dial(t, subprotocol)
	if err := c.Write(c.ctx, websocket.MessageBinary, []byte(`{"type":"ping"}`)); err != nil {
		t.Fatal(err)
	}
	c.expectClose(4400, "A message must be a text message.")
}

func TestProtocolViolationsCloseTheSocket(t *testing.T) {
	const start, live = `{"type":"connection_init"}`, `{"id":"1","type":"subscribe","payload":{"query":"{ live }"}}`
	f := serve(t, func(o *Options) { o.MaxMessageBytes = 1000 })
	for _, test := range []struct {
		messages []string
		code     int
		reason   string
	}{
		{[]string{live}, 4401, "Unauthorized"},
		{[]string{`{"type":"connection_init","payload":{"token":"bad"}}`}, 4401, "The token was rejected."},
		{[]string{`{"type":"connection_init","payload":{"token":"later"}}`}, 1013, "Retry later."},
		{[]string{`{"type":"connection_init","payload":{"token":"panic"}}`}, 1011, "Internal error."},
		{[]string{start, start}, 4429, "Too many initialisation requests"},
		{[]string{start, live, live}, 4409, "Subscriber for 1 already exists"},
		{[]string{start, strings.Replace(live, "1", strings.Repeat("é", 60), 1), strings.Replace(live, "1", strings.Repeat("é", 60), 1)}, 4409, "Subscriber for " + strings.Repeat("é", 52) + "…"},
		{[]string{start, `{"id":"1","type":"subscribe","payload":{"query":"{ panic }"}}`}, 1011, "Internal error."},
		{[]string{start, `{"id":"1","type":"subscribe","payload":{"query":"{ unknown }"}}`}, 1011, "Internal error."},
		{[]string{start, `{"id":"1","type":"subscribe","payload":{"query":"{ slow }"}}`}, 1013, "The client reads too slowly."},
		{[]string{start, `{"id":"1","type":"subscribe","payload":{"query":"{ shutdown }"}}`}, 1001, "The server stops."},
		{[]string{start, `{"type":"ping"}` + strings.Repeat(" ", 1000)}, 1009, "A message must have at most 1000 bytes."},
	} {
		c := f.dial(t, subprotocol)
		for _, message := range test.messages {
			c.send(message)
		}
		if test.messages[0] == start {
			c.expect(`{"type":"connection_ack"}`)
		}
		c.expectClose(test.code, test.reason)
		if err := <-f.ended; err == nil {
			t.Errorf("%q: Serve returned nil", test.messages)
		}
	}
}

func TestServeReturnsPanicsWithTheirStack(t *testing.T) {
	f := serve(t, nil)
	c := f.connect(t)
	c.send(`{"id":"1","type":"subscribe","payload":{"query":"{ panic }"}}`)
	c.expectClose(1011, "Internal error.")
	panicked, ok := errors.AsType[*stream.PanicError](<-f.ended)
	if !ok || panicked.Value != "a secret" || !strings.Contains(string(panicked.Stack), "fakeSession") || strings.Contains(panicked.Error(), "secret") {
		t.Errorf("%+v", panicked)
	}
}

func TestOtherSubprotocolsAreClosedWith4406(t *testing.T) {
	f := serve(t, nil)
	const reason = "Subprotocol not acceptable: it must be graphql-transport-ws."
	f.dial(t).expectClose(4406, reason)
	f.dial(t, "graphql-ws").expectClose(4406, reason)
	f.dial(t, "graphql-ws", subprotocol).send(`{"type":"ping"}`)
}

func TestClientsThatDoNotInitializeAreClosedWith4408(t *testing.T) {
	f := serve(t, func(o *Options) { o.InitTimeout = 20 * time.Millisecond })
	f.dial(t, subprotocol).expectClose(4408, "Connection initialisation timeout")
}

func TestInitializedClientsOutliveTheInitTimeout(t *testing.T) {
	f := serve(t, func(o *Options) { o.InitTimeout, o.PingInterval = 500*time.Millisecond, 400*time.Millisecond })
	c := f.connect(t)
	c.expect(`{"type":"ping"}`, `{"type":"ping"}`)
}

func TestShutdownClosesSocketsWith1001(t *testing.T) {
	f := serve(t, nil)
	c := f.connect(t)
	c.send(`{"id":"1","type":"subscribe","payload":{"query":"{ live }"}}`)
	s := <-f.started
	close(f.stop)
	c.expectClose(1001, "The server stops.")
	<-s.closed
	if err := <-f.ended; !errors.Is(err, stream.ErrShutdown) {
		t.Error(err)
	}
}

func TestServeReturnsNilWhenTheClientCloses(t *testing.T) {
	f := serve(t, nil)
	for _, leave := range []func(*client) error{
		func(c *client) error { return c.Close(websocket.StatusNormalClosure, "") },
		func(c *client) error { return c.CloseNow() },
	} {
		c := f.connect(t)
		c.send(`{"id":"1","type":"subscribe","payload":{"query":"{ live }"}}`)
		s := <-f.started
		if err := leave(c); err != nil {
			t.Error(err)
		}
		<-s.closed
		if err := <-f.ended; err != nil {
			t.Error(err)
		}
	}
}

func TestSilentClientsAreDropped(t *testing.T) {
	f := serve(t, func(o *Options) { o.PingInterval = 20 * time.Millisecond })
	c := f.connect(t)
	for range 10 { // one that responds is not
		c.expect(`{"type":"ping"}`)
		c.send(`{"type":"pong"}`)
	}
	pings := 0
	for ; ; pings++ {
		if _, _, err := c.Read(c.ctx); err != nil {
			break
		}
	}
	if err := <-f.ended; !errors.Is(err, errUnreachable) || pings > 3 {
		t.Errorf("Serve returned %v after %d pings", err, pings)
	}
}

func TestClientsThatDoNotReadAreDropped(t *testing.T) {
	f := serve(t, func(o *Options) { o.WriteTimeout = 50 * time.Millisecond })
	c := f.connect(t)
	c.send(`{"id":"1","type":"subscribe","payload":{"query":"{ live }"}}`)
	s := <-f.started
	body := []byte(`"` + strings.Repeat("x", 1<<20) + `"`)
	for sent := 0; ; sent++ {
		select {
		case s.events <- &stream.Event{Body: body}:
			if sent > 64 {
				t.Fatal("64 MB were written to a client that does not read")
			}
		case err := <-f.ended:
			if !errors.Is(err, stream.ErrSlow) {
				t.Errorf("Serve returned %v", err)
			}
			return
		}
	}
}

// The client announces 4000 bytes and stops after 2000.
func TestStalledMessagesDoNotDelayTheClose(t *testing.T) {
	f := serve(t, func(o *Options) { o.MaxMessageBytes, o.WriteTimeout = 1000, 50*time.Millisecond })
	conn, err := net.Dial("tcp", strings.TrimPrefix(f.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprintf(conn, "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"+
		"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n")
	header := []byte{0x81, 0x80 | 126, 4000 >> 8, 4000 & 0xff, 0, 0, 0, 0} // text, masked with 0
	if _, err := conn.Write(append(header, strings.Repeat("x", 2000)...)); err != nil {
		t.Fatal(err)
	}
	if closed, ok := errors.AsType[*CloseError](<-f.ended); !ok || closed.Code != 1009 {
		t.Errorf("%v", closed)
	}
}

// Any frame is a sign of life. Pong frames are written after the deadline of the last message.
func TestClientsThatSendPingFramesAreNotDropped(t *testing.T) {
	f := serve(t, func(o *Options) { o.PingInterval, o.WriteTimeout = 200*time.Millisecond, 100*time.Millisecond })
	c := f.connect(t)
	received := make(chan bool, 1000) // Ping waits for the reader, which must not wait for this test
	go func() {
		defer close(received)
		for {
			if _, _, err := c.Read(c.ctx); err != nil {
				return
			}
			received <- true
		}
	}()
	for range 6 {
		<-received
		<-time.After(150 * time.Millisecond)
		if err := c.Ping(c.ctx); err != nil {
			t.Fatal(err)
		}
	}
	_ = c.CloseNow()
	for range received {
	}
}

func TestServeEndsWithTheContextOfTheRequest(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	f := serve(t, nil)
	ended := make(chan error, 1)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ended <- Serve(w, r.WithContext(ctx), Options{})
	}))
	defer server.Close()
	f.url = server.URL
	c := f.dial(t, subprotocol)
	cancel()
	c.expectClose(1001, "The server stops.")
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestInvalidHandshakesAreRejectedInSentences(t *testing.T) {
	f := serve(t, nil)
	const upgrade = "Connection: keep-alive, Upgrade\r\nUpgrade: websocket\r\n"
	for headers, want := range map[string]string{
		"": "A WebSocket is opened by a GET request",
		upgrade + "Sec-WebSocket-Version: 8\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n": "`Sec-WebSocket-Version` must be 13.",
		upgrade + "Sec-WebSocket-Version: 13\r\n":                                               "`Sec-WebSocket-Key` must be 16 bytes in base64.",
		upgrade + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAA\r\n":                    "`Sec-WebSocket-Key` must be 16 bytes in base64.",
	} {
		conn, err := net.Dial("tcp", strings.TrimPrefix(f.url, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(conn, "GET / HTTP/1.1\r\nHost: a\r\n%s\r\n", headers)
		response := make([]byte, 4096)
		n, err := conn.Read(response)
		if got := string(response[:n]); err != nil || !strings.HasPrefix(got, "HTTP/1.1 400 ") || !strings.Contains(got, want) {
			t.Errorf("%q: %q, %v", headers, got, err)
		}
		_ = conn.Close()
		if err := <-f.ended; !errors.Is(err, errHandshake) {
			t.Error(err)
		}
	}
}

func TestIsUpgradeRecognizesWebSocketRequests(t *testing.T) {
	for _, test := range []struct {
		method, connection, upgrade string
		want                        bool
	}{
		{"GET", "Upgrade", "websocket", true},
		{"GET", "keep-alive, upgrade", "h2c, WebSocket", true},
		{"POST", "Upgrade", "websocket", false},
		{"GET", "keep-alive", "websocket", false},
		{"GET", "Upgrade", "h2c", false},
		{"GET", "", "", false},
	} {
		r := httptest.NewRequest(test.method, "/", nil)
		r.Header.Set("Connection", test.connection)
		r.Header.Set("Upgrade", test.upgrade)
		if IsUpgrade(r) != test.want {
			t.Errorf("%+v", test)
		}
	}
}
