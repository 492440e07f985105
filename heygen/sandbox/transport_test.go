package sandbox_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"heygen-graphql/heygen/sandbox"
)

func TestTransportSpeaksHTTPWithoutASocket(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		box := sandbox.New(sandbox.Options{})
		defer box.Close()
		got := fetch(t, clientOf(box), monica)
		if got.err != nil || got.Proto != "HTTP/1.1" || check(singleShape, []byte(got.body)) != nil {
			t.Errorf("%v %s %s", got.err, got.Proto, got.body)
		}
	})
}

func TestTransportLeadsHereFromAnyURL(t *testing.T) {
	box := sandbox.New(sandbox.Options{})
	defer box.Close()
	client := &http.Client{Transport: box.Transport()}
	for _, url := range []string{"http://a.example/v3/users/me", "https://api.heygen.com/v3/users/me", "http://[::1]:99/v3/users/me"} {
		r, _ := http.NewRequestWithContext(t.Context(), "GET", url, nil)
		r.Header.Set("X-Api-Key", "key")
		response, err := client.Do(r)
		if err != nil {
			t.Errorf("%s: %v", url, err)
			continue
		}
		response.Body.Close()
	}
	if n := len(box.Calls()); n != 3 {
		t.Errorf("%d calls, want 3", n)
	}
}

func TestConnectionsAreUsedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		box := sandbox.New(sandbox.Options{Latency: time.Second})
		defer box.Close()
		transport := box.Transport()
		var mu sync.Mutex
		dials, dial := 0, transport.DialContext
		transport.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
			mu.Lock()
			defer mu.Unlock()
			dials++
			return dial(ctx, network, address)
		}
		client := &http.Client{Transport: transport}
		for range 3 {
			var calls sync.WaitGroup
			for range 64 {
				calls.Go(func() { fetch(t, client, monica) })
			}
			calls.Wait()
			synctest.Wait()
		}
		if dials != 64 {
			t.Errorf("%d connections for 3 times 64 calls at once", dials)
		}
	})
}

// A goroutine left behind would keep the bubble from ending, and fail the test.
func TestCloseEndsWhateverIsUnderWay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		box := sandbox.New(sandbox.Options{})
		idle, busy := clientOf(box), clientOf(box)
		fetch(t, idle, monica)

		box.QueueFaults(sandbox.Hang, sandbox.SlowBody, sandbox.HangInBody)
		var calls sync.WaitGroup
		for range 3 {
			calls.Go(func() {
				if got := fetch(t, busy, monica); got.err == nil || got.took != 0 {
					t.Errorf("a call under way ended with %v after %v", got.err, got.took)
				}
			})
		}
		synctest.Wait()
		box.Close()
		if box.ResetCalls(); box.MaxInFlight() != 0 {
			t.Errorf("Close returned before %d calls had ended", box.MaxInFlight())
		}
		calls.Wait()

		if got := fetch(t, idle, monica); !errors.Is(got.err, net.ErrClosed) {
			t.Errorf("a call after Close: %v", got.err)
		}
		box.Close() // a second time does nothing
	})
}

// whoCloses is the client's end of a connection, and tells which end was closed first.
type whoCloses struct {
	net.Conn
	theirs atomic.Bool // seen to be closed
	ours   atomic.Bool // closed before that
}

func (c *whoCloses) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	if errors.Is(err, io.EOF) {
		c.theirs.Store(true)
	}
	return n, err
}

func (c *whoCloses) Close() error {
	if !c.theirs.Load() {
		c.ours.Store(true)
	}
	return c.Conn.Close()
}

// Were they left to the server's end, a call right after Close could still be sent over one of them.
func TestCloseClosesIdleConnectionsFromTheClientsEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		box := sandbox.New(sandbox.Options{})
		transport := box.Transport()
		var conn *whoCloses
		dial := transport.DialContext
		transport.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
			c, err := dial(ctx, network, address)
			conn = &whoCloses{Conn: c}
			return conn, err
		}
		fetch(t, &http.Client{Transport: transport}, monica)
		synctest.Wait() // until the connection is idle
		box.Close()
		if !conn.ours.Load() {
			t.Error("the server closed it first")
		}
	})
}

func TestASandboxStillAnswersAfterClose(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		box := sandbox.New(sandbox.Options{})
		for range 2 {
			if got := fetch(t, clientOf(box), monica); got.err != nil || got.StatusCode != 200 {
				t.Errorf("%v %d", got.err, got.StatusCode)
			}
			box.Close()
		}
	})
}

func TestAHandlerEndsWhenItsCallerLeavesInTheBody(t *testing.T) {
	for _, fault := range []sandbox.Fault{sandbox.HangInBody, sandbox.SlowBody, sandbox.HugeBody, sandbox.EndlessBody} {
		synctest.Test(t, func(t *testing.T) {
			box := sandbox.New(sandbox.Options{})
			defer box.Close()
			box.QueueFaults(fault)
			r, _ := http.NewRequestWithContext(t.Context(), "GET", "http://box"+monica, nil)
			r.Header.Set("X-Api-Key", "key")
			response, err := clientOf(box).Do(r)
			if err != nil {
				t.Fatal(err)
			}
			_, _ = io.ReadFull(response.Body, make([]byte, 10))
			response.Body.Close()
			synctest.Wait()
			if box.ResetCalls(); box.MaxInFlight() != 0 {
				t.Errorf("%s goes on", fault)
			}
		})
	}
}

func TestNetHTTPRetriesAResetOnAUsedConnectionAndNoOtherCut(t *testing.T) {
	for fault, want := range map[sandbox.Fault]int{sandbox.Reset: 3, sandbox.TruncatedHeader: 2, sandbox.TruncatedBody: 2} {
		synctest.Test(t, func(t *testing.T) {
			box := sandbox.New(sandbox.Options{})
			defer box.Close()
			client := clientOf(box)
			box.QueueFaults(sandbox.OK, fault)
			fetch(t, client, monica)
			synctest.Wait() // until the connection is idle
			got := fetch(t, client, monica)
			if n := len(box.Calls()); n != want || (got.err == nil) != (want == 3) {
				t.Errorf("%s: %d calls, want %d; %v", fault, n, want, got.err)
			}
		})
	}
}
