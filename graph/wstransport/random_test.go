package wstransport

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"

	"github.com/coder/websocket"

	"heygen-graphql/graph/stream"
)

// Clients open sockets, start and cancel operations, and leave at any point. TestMain
// and the fixture find what is left behind.
func TestRandomClientsLeaveNothingBehind(t *testing.T) {
	f := serve(t, func(o *Options) { o.MaxOperations = 4 })
	done := make(chan struct{})
	var feeding, clients sync.WaitGroup
	feeding.Go(func() {
		for {
			select {
			case s := <-f.started:
				if s.request.Query == "{ live }" {
					s.events <- &stream.Event{Body: []byte(`{"data":1}`)}
				}
			case <-done:
				return
			}
		}
	})
	const sockets, concurrent = 200, 10
	for worker := range concurrent {
		clients.Go(func() {
			random := rand.New(rand.NewPCG(uint64(worker), 0))
			for range sockets / concurrent {
				f.visit(t, random)
			}
		})
	}
	clients.Wait()
	close(done)
	feeding.Wait()
	for range sockets {
		if t.Failed() {
			return
		}
		<-f.ended
	}
}

// visit opens one socket and drops it.
func (f *fixture) visit(t *testing.T, random *rand.Rand) {
	c := f.dial(t, subprotocol)
	if random.IntN(8) > 0 {
		_ = c.Write(c.ctx, websocket.MessageText, []byte(`{"type":"connection_init"}`))
		if _, ack, err := c.Read(c.ctx); err != nil || string(ack) != `{"type":"connection_ack"}` {
			t.Errorf("received %q, %v", ack, err)
		}
	}
	var reading sync.WaitGroup
	if random.IntN(4) > 0 { // the others do not read
		reading.Go(func() {
			for {
				if _, _, err := c.Read(c.ctx); err != nil {
					return
				}
			}
		})
	}
	for range random.IntN(12) {
		id := random.IntN(8)
		messages := []string{
			`{"type":"ping"}`,
			fmt.Sprintf(`{"id":"%d","type":"complete"}`, id),
			fmt.Sprintf(`{"id":"%d","type":"complete"}`, id),
			fmt.Sprintf(`{"id":"%d","type":"subscribe","payload":{"query":"{ live }"}}`, id),
			fmt.Sprintf(`{"id":"%d","type":"subscribe","payload":{"query":"{ live }"}}`, id),
			fmt.Sprintf(`{"id":"%d","type":"subscribe","payload":{"query":"{ once }"}}`, id),
			fmt.Sprintf(`{"id":"%d","type":"subscribe","payload":{"query":"{ rejected }"}}`, id),
		}
		message := messages[random.IntN(len(messages))]
		if random.IntN(40) == 0 {
			message = "invalid"
		}
		if c.Write(c.ctx, websocket.MessageText, []byte(message)) != nil {
			break // the server has closed the socket
		}
	}
	if random.IntN(2) == 0 {
		_ = c.CloseNow()
	} else {
		_ = c.Close(websocket.StatusNormalClosure, "")
	}
	reading.Wait()
}
