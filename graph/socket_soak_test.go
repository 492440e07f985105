package graph_test

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coder/websocket"

	"heygen-graphql/graph"
	"heygen-graphql/heygen"
	"heygen-graphql/heygen/sandbox"
)

// soakSockets is the number of WebSockets that are open at any time.
var soakSockets = flag.Int("soak-sockets", 100, "number of WebSockets of TestSoakOfWebSockets")

// WebSockets are opened and dropped at random, with and without a close frame. What they
// subscribed to is not polled any more, and TestMain fails if a goroutine is left.
func TestSoakOfWebSockets(t *testing.T) {
	a := newCachedAPI(t, sandbox.Options{}, func(_ *heygen.Options, o *graph.Options) { o.MaxStreams = 100 * *soakSockets }) // all are of one address
	status := "processing"
	for i := range 20 {
		a.AddGroups(sandbox.Group{ID: fmt.Sprint("soak", i), Name: "Ada", Status: &status, CreatedAt: 1_700_000_000, Ownership: sandbox.Private})
	}
	server := httptest.NewServer(a)
	defer server.Close()
	ctx, cancel := context.WithTimeout(t.Context(), *soakDuration)
	defer cancel()
	var clients sync.WaitGroup
	for range *soakSockets {
		clients.Go(func() {
			for ctx.Err() == nil {
				if err := dropSocket(ctx, server.URL); err != nil && ctx.Err() == nil {
					t.Error(err)
					return
				}
			}
		})
	}
	clients.Wait()
	h := a.Handler.(*graph.Handler)
	closeStreams(h, 10*time.Second)
	if byTransport, subscribers := h.Streams(); byTransport["websocket"] != 0 || subscribers != 0 {
		t.Errorf("%v, %d subscribers", byTransport, subscribers)
	}
	if polls := a.cachedClient.Polls(); polls.Pollers != 0 || polls.Watches != 0 {
		t.Errorf("%+v", polls)
	}
}

// dropSocket opens a socket, subscribes up to 5 times, and drops it at a random moment.
func dropSocket(ctx context.Context, url string) error {
	conn, _, err := websocket.Dial(ctx, "ws"+strings.TrimPrefix(url, "http")+"/graphql", &websocket.DialOptions{Subprotocols: []string{"graphql-transport-ws"}})
	if err != nil {
		return err
	}
	defer conn.CloseNow()
	messages := []string{`{"type":"connection_init"}`}
	for i := range rand.IntN(6) {
		messages = append(messages, fmt.Sprintf(`{"id":"%d","type":"subscribe","payload":{"query":"subscription { avatarGroupChanged(id: \"soak%d\") { name status } }"}}`, i, rand.IntN(20)))
	}
	for _, message := range messages {
		if err := conn.Write(ctx, websocket.MessageText, []byte(message)); err != nil {
			return err
		}
		if _, _, err := conn.Read(ctx); err != nil { // the acknowledgment, or an event
			return err
		}
	}
	if rand.IntN(2) == 0 {
		_ = conn.Close(websocket.StatusNormalClosure, "")
	}
	return nil
}
