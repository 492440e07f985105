package graph_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/coder/websocket"

	"heygen-graphql/graph"
	"heygen-graphql/graph/caller"
	"heygen-graphql/heygen"
	"heygen-graphql/heygen/sandbox"
)

// socketServer serves an API on loopback.
type socketServer struct {
	*testing.T
	api   *graph.Handler
	url   string
	ctx   context.Context
	ended chan string // transport and reason of each stream
}

// recordEnds sends the transport and the reason of each stream to a channel.
func recordEnds(ended chan string) func(*heygen.Options, *graph.Options) {
	return func(_ *heygen.Options, o *graph.Options) {
		o.OnStreamEnd = func(transport, reason string) { ended <- transport + " " + reason }
	}
}

// serveSockets serves an API with a cache. The test fails after 20 s.
func serveSockets(t *testing.T, configure ...func(*heygen.Options, *graph.Options)) (*socketServer, *api) {
	t.Helper()
	ended := make(chan string, 100)
	a := newCachedAPI(t, sandbox.Options{}, append(configure, recordEnds(ended))...)
	return listenForSockets(t, a, ended), a
}

// closeStreams ends the streams of a handler within timeout.
func closeStreams(h *graph.Handler, timeout time.Duration) bool {
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	return h.CloseStreams(ctx)
}

func listenForSockets(t *testing.T, a *api, ended chan string) *socketServer {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	server := httptest.NewServer(a)
	s := &socketServer{t, a.Handler.(*graph.Handler), server.URL + "/graphql", ctx, ended}
	t.Cleanup(func() {
		closeStreams(s.api, 10*time.Second)
		server.Close()
		cancel()
	})
	return s
}

// dial opens a WebSocket with headers in pairs of name and value.
func (s *socketServer) dial(headers ...string) (*socket, *http.Response, error) {
	header := http.Header{}
	for i := 0; i < len(headers); i += 2 {
		header.Set(headers[i], headers[i+1])
	}
	conn, response, err := websocket.Dial(s.ctx, s.url, &websocket.DialOptions{Subprotocols: []string{"graphql-transport-ws"}, HTTPHeader: header})
	if err != nil {
		return nil, response, err
	}
	s.Cleanup(func() { _ = conn.CloseNow() })
	return &socket{s, conn}, response, nil
}

// socket is the client's end of a WebSocket.
type socket struct {
	*socketServer
	conn *websocket.Conn
}

// open opens a WebSocket and sends connection_init with this payload, if it is not "".
func (s *socketServer) open(params string, headers ...string) *socket {
	s.Helper()
	c, _, err := s.dial(headers...)
	if err != nil {
		s.Fatal(err)
	}
	message := `{"type":"connection_init"}`
	if params != "" {
		message = `{"type":"connection_init","payload":` + params + `}`
	}
	c.send(message)
	return c
}

func (c *socket) send(message string) {
	c.Helper()
	if err := c.conn.Write(c.ctx, websocket.MessageText, []byte(message)); err != nil {
		c.Fatal(err)
	}
}

// subscribe starts an operation.
func (c *socket) subscribe(id, query string) {
	c.Helper()
	payload, _ := json.Marshal(map[string]string{"query": query})
	c.send(fmt.Sprintf(`{"id":%q,"type":"subscribe","payload":%s}`, id, payload))
}

// receive returns the next message that is not a ping.
func (c *socket) receive() (string, error) {
	for {
		_, message, err := c.conn.Read(c.ctx)
		if err != nil || string(message) != `{"type":"ping"}` {
			return string(message), err
		}
	}
}

// want fails unless these are the next messages.
func (c *socket) want(messages ...string) {
	c.Helper()
	for _, want := range messages {
		if got, err := c.receive(); err != nil || got != want {
			c.Fatalf("received %s, %v; want %s", got, err, want)
		}
	}
}

// wantClosed fails unless the server closes the socket with this code, and no message before.
func (c *socket) wantClosed(code websocket.StatusCode) {
	c.Helper()
	if message, err := c.receive(); websocket.CloseStatus(err) != code {
		c.Fatalf("received %s, %v; want the code %d", message, err, code)
	}
}

// wantEnd fails unless the next stream to end has this reason.
func (s *socketServer) wantEnd(reason string) {
	s.Helper()
	select {
	case got := <-s.ended:
		if got != "websocket "+reason {
			s.Errorf("ended: %s, want %s", got, reason)
		}
	case <-s.ctx.Done():
		s.Fatal("no stream has ended")
	}
}

const (
	acknowledged = `{"type":"connection_ack"}`
	monicaByID   = `{ avatarGroup(id: "group_monica") { name } }`
	monicaNext   = `{"id":"1","type":"next","payload":{"data":{"avatarGroup":{"name":"Monica"}}}}`
	complete     = `{"id":"1","type":"complete"}`
)

func withToken(token string) func(*heygen.Options, *graph.Options) {
	return func(_ *heygen.Options, o *graph.Options) { o.Identify = admitBearer(token) }
}

func TestQueriesRunOverWebSockets(t *testing.T) {
	s, a := serveSockets(t)
	c := s.open("")
	c.want(acknowledged)
	a.expectCalls(t, 1, func() {
		for range 2 { // the id may be used again
			c.subscribe("1", monicaByID)
			c.want(monicaNext, complete)
		}
	})
	c.subscribe("1", `{ nothing }`)
	if got, err := c.receive(); err != nil || !strings.HasPrefix(got, `{"id":"1","type":"error","payload":[{`) || !strings.Contains(got, "GRAPHQL_VALIDATION_FAILED") {
		t.Errorf("%s, %v", got, err)
	}
	_ = c.conn.Close(websocket.StatusNormalClosure, "")
	s.wantEnd("client")
}

func TestSubscriptionRunsOverWebSocketUntilTheFinalStatus(t *testing.T) {
	s, a := serveSockets(t)
	l := &liveAPI{api: a}
	l.set("Ada", "processing")
	c := s.open("")
	c.want(acknowledged)
	c.subscribe("1", `subscription { avatarGroupChanged(id: "`+trainingID+`") { name status } }`)
	c.want(`{"id":"1","type":"next","payload":` + groupEvent("Ada", "PROCESSING") + `}`)
	c.subscribe("2", monicaByID) // another operation meanwhile
	c.want(strings.Replace(monicaNext, `"1"`, `"2"`, 1), `{"id":"2","type":"complete"}`)
	l.set("Ada", "completed")
	a.cachedClient.Wake([]string{trainingID})
	c.want(`{"id":"1","type":"next","payload":`+groupEvent("Ada", "COMPLETED")+`}`, complete)
}

func TestClientEndsASubscriptionAndItsPolls(t *testing.T) {
	s, a := serveSockets(t)
	l := &liveAPI{api: a}
	l.set("Ada", "processing")
	c := s.open("")
	c.want(acknowledged)
	c.subscribe("1", `subscription { avatarGroupChanged(id: "`+trainingID+`") { name status } }`)
	c.want(`{"id":"1","type":"next","payload":` + groupEvent("Ada", "PROCESSING") + `}`)
	if stats := a.cachedClient.Polls(); stats.Pollers != 1 {
		t.Errorf("%+v", stats)
	}
	c.send(complete)
	c.subscribe("1", monicaByID)
	c.want(monicaNext, complete)
	_ = c.conn.Close(websocket.StatusNormalClosure, "")
	s.wantEnd("client") // after all of its goroutines
	if byTransport, subscribers := s.api.Streams(); subscribers != 0 {
		t.Errorf("%v, %d subscribers", byTransport, subscribers)
	}
}

func TestWebSocketIsAuthenticatedByConnectionParams(t *testing.T) {
	s, _ := serveSockets(t, withToken("let-me-in"))
	for _, params := range []string{
		`{"Authorization":"Bearer let-me-in"}`, `{"authorization":"Bearer let-me-in","other":[1]}`,
		`{"headers":{"Authorization":"Bearer let-me-in"}}`, `{"headers":{"AUTHORIZATION":"Bearer let-me-in","X":1}}`,
	} {
		c := s.open(params)
		c.want(acknowledged)
		c.subscribe("1", monicaByID)
		c.want(monicaNext, complete)
	}
	for _, params := range []string{``, `{}`, `null`, `{"Authorization":"Bearer let-me-out"}`, `{"Authorization":["Bearer let-me-in"]}`, `{"headers":{"Authorization":"let-me-in"}}`, `{"headers":"Authorization: Bearer let-me-in"}`} {
		s.open(params).wantClosed(4401)
	}
}

func TestWebSocketIsAuthenticatedByHeader(t *testing.T) {
	s, _ := serveSockets(t, withToken("let-me-in"))
	c := s.open("", "Authorization", "Bearer let-me-in")
	c.want(acknowledged)
	c.subscribe("1", monicaByID)
	c.want(monicaNext, complete)
	s.open(`{"Authorization":"Bearer let-me-in"}`, "Authorization", "Bearer let-me-out").wantClosed(4401) // the header decides
}

func TestOperationsBeforeAuthenticationCloseTheWebSocket(t *testing.T) {
	s, a := serveSockets(t, withToken("let-me-in"))
	c, _, err := s.dial("Authorization", "Bearer let-me-in")
	if err != nil {
		t.Fatal(err)
	}
	a.expectCalls(t, 0, func() {
		c.subscribe("1", monicaByID)
		c.wantClosed(4401)
	})
}

func TestTokenThatExpiresClosesTheWebSocket(t *testing.T) {
	var expired atomic.Bool
	s, a := serveSockets(t, func(_ *heygen.Options, o *graph.Options) {
		valid, invalid := admitBearer("let-me-in"), admitBearer("nobody has it")
		o.Identify = func(r *http.Request) (caller.Caller, *caller.Rejection) {
			if expired.Load() {
				return invalid(r)
			}
			return valid(r)
		}
	})
	c := s.open(`{"Authorization":"Bearer let-me-in"}`)
	c.want(acknowledged)
	c.subscribe("1", monicaByID)
	c.want(monicaNext, complete)
	expired.Store(true)
	a.expectCalls(t, 0, func() {
		c.subscribe("2", `{ avatarGroup(id: "another") { name } }`)
		c.wantClosed(4401)
	})
}

func TestWebSocketForwardsTheKeyOfItsCaller(t *testing.T) {
	a := newTenants(t)
	s := listenForSockets(t, a.api, nil)
	const query = `{ avatarGroup(id: "ada_private") { name } }`
	const secret = `{"id":"1","type":"next","payload":{"data":{"avatarGroup":{"name":"Secret of ada"}}}}`
	for _, params := range []string{`{"X-Api-Key":"` + adaKey + `"}`, `{"headers":{"x-api-key":"` + adaKey + `"}}`, `{"Authorization":"Bearer ` + adaKey + `"}`} {
		c := s.open(params)
		c.want(acknowledged)
		c.subscribe("1", query)
		c.want(secret, complete)
	}
	for params, want := range map[string]string{`{"X-Api-Key":"` + bobKey + `"}`: `{"data":{"avatarGroup":null}}`, `{"X-Api-Key":"sk_V2_guessed"}`: `"UNAUTHENTICATED"`, `{}`: `"UNAUTHENTICATED"`} {
		c := s.open(params)
		c.want(acknowledged)
		c.subscribe("1", query)
		if got, err := c.receive(); err != nil || !strings.Contains(got, want) || strings.Contains(got, "Secret") {
			t.Errorf("%s, %v", got, err)
		}
	}
}

func TestWebSocketsAreLimited(t *testing.T) {
	var records []graph.OperationRecord // written before the response
	s, _ := serveSockets(t, func(_ *heygen.Options, o *graph.Options) {
		o.MaxStreams = 1
		o.OnResponse = func(r graph.OperationRecord) { records = append(records, r) }
	})
	c := s.open("")
	c.want(acknowledged)
	_, response, err := s.dial()
	if err == nil || response == nil || response.StatusCode != http.StatusServiceUnavailable || response.Header.Get("Retry-After") == "" || !strings.HasPrefix(response.Header.Get("Content-Type"), "application/json") {
		t.Errorf("%v, %v", response, err)
	}
	if len(records) != 1 || !records[0].Rejected || records[0].Code != "OVERLOADED" || records[0].Status != http.StatusServiceUnavailable {
		t.Errorf("%+v", records)
	}
	if byTransport, _ := s.api.Streams(); byTransport["websocket"] != 1 {
		t.Errorf("%v", byTransport)
	}
	_ = c.conn.Close(websocket.StatusNormalClosure, "")
	s.wantEnd("client")
	for open := 1; open > 0 && s.ctx.Err() == nil; { // the slot is released after the end is recorded
		byTransport, _ := s.api.Streams()
		open = byTransport["websocket"]
	}
	s.open("").want(acknowledged)
}

func TestOperationsOnWebSocketsAreLogged(t *testing.T) {
	log := &logBuffer{}
	var traced atomic.Int32
	s, _ := serveSockets(t, func(_ *heygen.Options, o *graph.Options) {
		o.Logger = slog.New(slog.NewTextHandler(log, nil))
		o.StartTrace = func(ctx context.Context) (context.Context, graph.OperationTrace) {
			return ctx, graph.OperationTrace{ID: "trace-1", End: func(graph.OperationRecord) { traced.Add(1) }}
		}
	})
	c := s.open(`{"graphql-client-name":"studio"}`)
	c.want(acknowledged)
	c.subscribe("1", `query Monica `+monicaByID)
	c.want(monicaNext, complete)
	c.subscribe("1", `subscription Gone { avatarGroupChanged(id: "unknown") { name } }`)
	c.want(`{"id":"1","type":"next","payload":{"data":{"avatarGroupChanged":null}}}`, complete)
	c.subscribe("1", `{`)
	if got, err := c.receive(); err != nil || !strings.Contains(got, "GRAPHQL_PARSE_FAILED") {
		t.Errorf("%s, %v", got, err)
	}
	_ = c.conn.Close(websocket.StatusNormalClosure, "")
	s.wantEnd("client")
	lines := 0
	for line := range strings.Lines(log.String()) {
		if !strings.Contains(line, "msg=operation ") {
			continue
		}
		lines++
		if !strings.Contains(line, " stream=websocket ") || !strings.Contains(line, " client=studio ") || !strings.Contains(line, " status=200 ") || !strings.Contains(line, " trace_id=trace-1 ") {
			t.Errorf("%s", line)
		}
	}
	if lines != 3 || traced.Load() != 3 || !strings.Contains(log.String(), "name=Monica") || !strings.Contains(log.String(), "name=Gone") || !strings.Contains(log.String(), "code=GRAPHQL_PARSE_FAILED") {
		t.Errorf("%d lines: %s", lines, log)
	}
}

func TestWebSocketsCloseWhenTheServerStops(t *testing.T) {
	s, a := serveSockets(t)
	l := &liveAPI{api: a}
	l.set("Ada", "processing")
	idle, busy := s.open(""), s.open("")
	idle.want(acknowledged)
	busy.want(acknowledged)
	busy.subscribe("1", `subscription { avatarGroupChanged(id: "`+trainingID+`") { name status } }`)
	busy.want(`{"id":"1","type":"next","payload":` + groupEvent("Ada", "PROCESSING") + `}`)
	closed := make(chan time.Duration, 1)
	go func() {
		start := time.Now()
		closeStreams(s.api, time.Minute)
		closed <- time.Since(start)
	}()
	busy.wantClosed(websocket.StatusGoingAway)
	idle.wantClosed(websocket.StatusGoingAway)
	if took := <-closed; took > 10*time.Second {
		t.Errorf("CloseStreams took %v", took)
	}
	s.wantEnd("shutdown")
	s.wantEnd("shutdown")
}
