package wstransport

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"heygen-graphql/graph/errcode"
	"heygen-graphql/graph/httptransport"
)

const initMessage = `{"type":"connection_init"}`

func TestMessagesAreSmallUntilTheClientIsAuthenticated(t *testing.T) {
	f := serve(t, nil)
	c := f.dial(t, subprotocol)
	c.send(initMessage + strings.Repeat(" ", 16<<10-len(initMessage)))
	c.expect(`{"type":"connection_ack"}`)
	c.send(`{"type":"pong"}` + strings.Repeat(" ", 17<<10)) // a large one is read now
	c.send(`{"type":"ping"}`)
	c.expect(`{"type":"pong"}`)

	c = f.dial(t, subprotocol)
	c.send(initMessage + strings.Repeat(" ", 16<<10))
	c.expectClose(1009, "A message must have at most 16384 bytes.")
}

func TestLargeMessagesNeedABudget(t *testing.T) {
	budget := &httptransport.ByteBudget{Exempt: 16 << 10, Max: 3 << 19}
	f := serve(t, func(o *Options) { o.Bytes = budget })
	large := `{"type":"ping"}` + strings.Repeat(" ", 20<<10)
	c := f.connect(t)
	for range 3 { // each is released
		c.send(large)
		c.expect(`{"type":"pong"}`)
	}
	for !budget.TryAcquire(1 << 20) { // another message is being read; the last one is released after its response
		runtime.Gosched()
	}
	c.send(`{"type":"ping"}`) // small ones need none
	c.expect(`{"type":"pong"}`)
	c.send(large)
	c.expectClose(1013, "The server is overloaded: clients send too many large messages.")
}

func TestMessagesMustEndInTime(t *testing.T) {
	f := serve(t, func(o *Options) { o.MessageTimeout = 20 * time.Millisecond })
	c := f.connect(t)
	writer, err := c.Writer(c.ctx, websocket.MessageText)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(writer, strings.Repeat(" ", 8<<10)); err != nil { // beyond the client's buffer
		t.Fatal(err)
	}
	if err := <-f.ended; err != nil {
		t.Error(err)
	}
	c = f.connect(t) // between messages there is no deadline
	<-time.After(60 * time.Millisecond)
	c.send(`{"type":"ping"}`)
	c.expect(`{"type":"pong"}`)
}

func TestRevokedCredentialsCloseTheSocketWithThePing(t *testing.T) {
	f := serve(t, func(o *Options) { o.PingInterval = 100 * time.Millisecond })
	f.rejected.Store(&httptransport.RequestError{Status: http.StatusServiceUnavailable, Code: errcode.UpstreamUnavailable, Message: "Retry later."})
	c := f.connect(t)
	for range 3 { // what is not known ends nothing
		c.expect(`{"type":"ping"}`)
		c.send(`{"type":"pong"}`)
	}
	f.rejected.Store(&httptransport.RequestError{Status: http.StatusUnauthorized, Code: errcode.Unauthenticated, Message: "The token was revoked."})
	for {
		_, message, err := c.Read(c.ctx)
		if err == nil && string(message) == `{"type":"ping"}` {
			continue
		}
		if code := websocket.CloseStatus(err); code != 4401 {
			t.Errorf("%q, %v", message, err)
		}
		return
	}
}

func TestRequestWithABodyOpensNoSocket(t *testing.T) {
	r := httptest.NewRequestWithContext(context.Background(), http.MethodGet, "/", strings.NewReader("body"))
	for name, value := range map[string]string{"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA=="} {
		r.Header.Set(name, value)
	}
	w := httptest.NewRecorder()
	if err := Serve(w, r, Options{}); err == nil || w.Code != http.StatusBadRequest || !strings.Contains(w.Body.String(), "must have no body") {
		t.Errorf("%v, %d %s", err, w.Code, w.Body)
	}
}
