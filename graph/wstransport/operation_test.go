package wstransport

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"heygen-graphql/graph/errcode"
	"heygen-graphql/graph/httptransport"
	"heygen-graphql/graph/stream"
)

func TestOperationSendsItsResultsThenComplete(t *testing.T) {
	f := serve(t, nil)
	c := f.connect(t)
	c.send(`{"id":"a\"é","type":"subscribe","payload":{"query":"{ live }","operationName":"A","variables":{"x":1}}}`)
	s := <-f.started
	if s.request.Query != "{ live }" || s.request.OperationName != "A" || string(s.request.RawVariables()) != `{"x":1}` || s.request.Headers.Get("Sec-WebSocket-Version") != "13" {
		t.Errorf("the request is %+v", s.request)
	}
	s.events <- &stream.Event{Body: []byte(`{"data":1}`)}
	c.expect(`{"id":"a\"é","type":"next","payload":{"data":1}}`)
	long := `{"data":"` + strings.Repeat("x", 1<<20) + `"}`
	s.events <- &stream.Event{Body: []byte(long)}
	c.expect(`{"id":"a\"é","type":"next","payload":` + long + `}`)
	s.err = io.EOF
	close(s.events)
	c.expect(`{"id":"a\"é","type":"complete"}`)
	<-s.closed
}

func TestOperationsShareASocket(t *testing.T) {
	f := serve(t, nil)
	c := f.connect(t)
	c.send(`{"id":"1","type":"subscribe","payload":{"query":"{ live }"}}`)
	first := <-f.started
	c.send(`{"id":"2","type":"subscribe","payload":{"query":"{ once }"}}`)
	c.expect(`{"id":"2","type":"next","payload":{"data":{"once":1}}}`, `{"id":"2","type":"complete"}`)
	first.events <- &stream.Event{Body: []byte(`{}`)}
	c.expect(`{"id":"1","type":"next","payload":{}}`)
	for range 200 { // the id is free again at once
		c.send(`{"id":"2","type":"subscribe","payload":{"query":"{ once }"}}`)
		c.expect(`{"id":"2","type":"next","payload":{"data":{"once":1}}}`, `{"id":"2","type":"complete"}`)
	}
}

func TestRejectedOperationSendsErrorAlone(t *testing.T) {
	f := serve(t, nil)
	c := f.connect(t)
	for range 200 { // the id is free again at once
		c.send(`{"id":"1","type":"subscribe","payload":{"query":"{ rejected }"}}`)
		c.expect(`{"id":"1","type":"error","payload":[{"message":"no"}]}`)
	}
	c.send(`{"id":"1","type":"subscribe","payload":{"query":1}}`)
	c.expect("{\"id\":\"1\",\"type\":\"error\",\"payload\":[{\"message\":\"`query` must be a string.\",\"extensions\":{\"code\":\"BAD_USER_INPUT\"}}]}")
	c.send(`{"type":"ping"}`)
	c.expect(`{"type":"pong"}`)
}

func TestCompleteCancelsTheOperationWithoutAResponse(t *testing.T) {
	f := serve(t, nil)
	c := f.connect(t)
	c.send(`{"id":"1","type":"subscribe","payload":{"query":"{ live }"}}`)
	s := <-f.started
	c.send(`{"id":"1","type":"complete"}`)
	<-s.closed
	c.send(`{"id":"1","type":"complete"}`) // of an unknown id: ignored
	c.send(`{"type":"ping"}`)
	c.expect(`{"type":"pong"}`)
	c.send(`{"id":"1","type":"subscribe","payload":{"query":"{ once }"}}`)
	c.expect(`{"id":"1","type":"next","payload":{"data":{"once":1}}}`, `{"id":"1","type":"complete"}`)
}

func TestOperationsBeyondTheLimitAreRejected(t *testing.T) {
	f := serve(t, func(o *Options) { o.MaxOperations = 2 })
	c := f.connect(t)
	for i := range 2 {
		c.send(fmt.Sprintf(`{"id":"%d","type":"subscribe","payload":{"query":"{ live }"}}`, i))
		<-f.started
	}
	c.send(`{"id":"2","type":"subscribe","payload":{"query":"{ live }"}}`)
	c.expect(`{"id":"2","type":"error","payload":[{"message":"A WebSocket may have at most 2 operations at a time (MAX_SOCKET_OPERATIONS).","extensions":{"code":"OVERLOADED"}}]}`)
	c.send(`{"id":"1","type":"complete"}`)
	c.send(`{"id":"2","type":"subscribe","payload":{"query":"{ once }"}}`)
	c.expect(`{"id":"2","type":"next","payload":{"data":{"once":1}}}`, `{"id":"2","type":"complete"}`)
}

func TestServerRespondsToPingWithItsPayload(t *testing.T) {
	f := serve(t, nil)
	c := f.dial(t, subprotocol) // before connection_init, too
	c.send(`{"type":"ping","payload":{"a":[1]}}`)
	c.expect(`{"type":"pong","payload":{"a":[1]}}`)
	c.send(`{"type":"ping","payload":null}`)
	c.expect(`{"type":"pong"}`)
	c.send(`{"type":"pong"}`)
	c.send(`{"type":"connection_init","payload":null}`)
	c.expect(`{"type":"connection_ack"}`)
}

func TestExpiredCredentialsCloseTheSocketAtTheNextOperation(t *testing.T) {
	f := serve(t, nil)
	c := f.connect(t)
	c.send(`{"id":"1","type":"subscribe","payload":{"query":"{ live }"}}`)
	s := <-f.started
	f.rejected.Store(&httptransport.RequestError{Status: 401, Code: errcode.Unauthenticated, Message: "The token has expired."})
	c.send(`{"id":"2","type":"subscribe","payload":{"query":"{ once }"}}`)
	c.expectClose(4401, "The token has expired.")
	<-s.closed
}

// Operations that the client has cancelled, and that have not ended yet, are bounded too.
func TestCancelledOperationsThatDoNotEndAreBounded(t *testing.T) {
	f := serve(t, func(o *Options) { o.MaxOperations = 2 })
	release, entered := make(chan struct{}), make(chan struct{})
	f.streams["{ stuck }"] = func(*fakeStream) { entered <- struct{}{}; <-release }
	c := f.connect(t)
	for range 4 {
		c.send(`{"id":"1","type":"subscribe","payload":{"query":"{ stuck }"}}`)
		<-entered
		c.send(`{"id":"1","type":"complete"}`)
	}
	c.send(`{"id":"1","type":"subscribe","payload":{"query":"{ once }"}}`)
	_, got, err := c.Read(c.ctx)
	if err != nil || !strings.Contains(string(got), "OVERLOADED") {
		t.Errorf("%q, %v", got, err)
	}
	close(release)
}

func TestAuthenticateEndsWithTheInitTimeout(t *testing.T) {
	f := serve(t, func(o *Options) {
		o.InitTimeout = 50 * time.Millisecond
		o.Authenticate = func(ctx context.Context, params json.RawMessage) (Session, *httptransport.RequestError) {
			if string(params) != `{"a":1}` {
				t.Errorf("parameters %q", params)
			}
			<-ctx.Done()
			return nil, &httptransport.RequestError{Status: 503, Message: "Retry later."}
		}
	})
	c := f.dial(t, subprotocol)
	c.send(`{"type":"connection_init","payload":{"a":1}}`)
	c.expectClose(1013, "Retry later.")
}
