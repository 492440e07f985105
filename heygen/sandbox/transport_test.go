package sandbox_test

import (
	"context"
	"errors"
	"io"
	"maps"
	"net"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"heygen-graphql/heygen/sandbox"
)

func TestTransportSpeaksHTTPWithoutSocket(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		box := sandbox.New(sandbox.Options{})
		defer box.Close()
		got := fetch(t, clientFor(box), demoGroupPath)
		if got.err != nil || got.Proto != "HTTP/1.1" || violations(singleGroupSchema, []byte(got.body)) != nil {
			t.Errorf("%v %s %s", got.err, got.Proto, got.body)
		}
	})
}

func TestTransportServesAnyURL(t *testing.T) {
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

func TestConnectionsAreReused(t *testing.T) {
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
				calls.Go(func() { fetch(t, client, demoGroupPath) })
			}
			calls.Wait()
			synctest.Wait()
		}
		if dials != 64 {
			t.Errorf("%d connections for 3 times 64 calls at once", dials)
		}
	})
}

// A leaked goroutine would keep the bubble from ending, and fail the test.
func TestCloseEndsCallsInFlight(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		box := sandbox.New(sandbox.Options{})
		idle, busy := clientFor(box), clientFor(box)
		fetch(t, idle, demoGroupPath)

		box.QueueFaults(sandbox.Hang, sandbox.SlowBody, sandbox.HangInBody)
		var calls sync.WaitGroup
		for range 3 {
			calls.Go(func() {
				if got := fetch(t, busy, demoGroupPath); got.err == nil || got.elapsed != 0 {
					t.Errorf("a call in flight ended with %v after %v", got.err, got.elapsed)
				}
			})
		}
		synctest.Wait()
		box.Close()
		if box.ResetCalls(); box.MaxInFlight() != 0 {
			t.Errorf("Close returned before %d calls had ended", box.MaxInFlight())
		}
		calls.Wait()

		if got := fetch(t, idle, demoGroupPath); !errors.Is(got.err, net.ErrClosed) {
			t.Errorf("a call after Close: %v", got.err)
		}
		box.Close() // the second call does nothing
	})
}

// closeObserver is the client's end of a connection. It records which end closed first.
type closeObserver struct {
	net.Conn
	sawEOF      atomic.Bool // the server closed it
	closedFirst atomic.Bool // the client closed it before that
}

func (c *closeObserver) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	if errors.Is(err, io.EOF) {
		c.sawEOF.Store(true)
	}
	return n, err
}

func (c *closeObserver) Close() error {
	if !c.sawEOF.Load() {
		c.closedFirst.Store(true)
	}
	return c.Conn.Close()
}

// If the server's end closed them, a call right after Close could still be sent over one of them.
func TestCloseClosesIdleConnectionsFromClientEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		box := sandbox.New(sandbox.Options{})
		transport := box.Transport()
		var conn *closeObserver
		dial := transport.DialContext
		transport.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
			c, err := dial(ctx, network, address)
			conn = &closeObserver{Conn: c}
			return conn, err
		}
		fetch(t, &http.Client{Transport: transport}, demoGroupPath)
		synctest.Wait() // until the connection is idle
		box.Close()
		if !conn.closedFirst.Load() {
			t.Error("the server closed it first")
		}
	})
}

func TestSandboxServesAfterClose(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		box := sandbox.New(sandbox.Options{})
		for range 2 {
			if got := fetch(t, clientFor(box), demoGroupPath); got.err != nil || got.StatusCode != 200 {
				t.Errorf("%v %d", got.err, got.StatusCode)
			}
			box.Close()
		}
	})
}

func TestHandlerEndsWhenCallerDisconnectsInBody(t *testing.T) {
	for _, fault := range []sandbox.Fault{sandbox.HangInBody, sandbox.SlowBody, sandbox.HugeBody, sandbox.EndlessBody} {
		synctest.Test(t, func(t *testing.T) {
			box := sandbox.New(sandbox.Options{})
			defer box.Close()
			box.QueueFaults(fault)
			r, _ := http.NewRequestWithContext(t.Context(), "GET", "http://box"+demoGroupPath, nil)
			r.Header.Set("X-Api-Key", "key")
			response, err := clientFor(box).Do(r)
			if err != nil {
				t.Fatal(err)
			}
			_, _ = io.ReadFull(response.Body, make([]byte, 10))
			response.Body.Close()
			synctest.Wait()
			if box.ResetCalls(); box.MaxInFlight() != 0 {
				t.Errorf("%s is still running", fault)
			}
		})
	}
}

func TestNetHTTPRetriesOnlyResetOnReusedConnection(t *testing.T) {
	for fault, want := range map[sandbox.Fault]int{sandbox.Reset: 3, sandbox.TruncatedHeader: 2, sandbox.TruncatedBody: 2} {
		synctest.Test(t, func(t *testing.T) {
			box := sandbox.New(sandbox.Options{})
			defer box.Close()
			client := clientFor(box)
			box.QueueFaults(sandbox.OK, fault)
			fetch(t, client, demoGroupPath)
			synctest.Wait() // until the connection is idle
			got := fetch(t, client, demoGroupPath)
			if n := len(box.Calls()); n != want || (got.err == nil) != (want == 3) {
				t.Errorf("%s: %d calls, want %d; %v", fault, n, want, got.err)
			}
		})
	}
}

func TestResponsesHaveFourHeaderFields(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		box := sandbox.New(sandbox.Options{})
		defer box.Close()
		client := clientFor(box)
		want := []string{"Content-Length", "Content-Type", "Date", "Server"}
		for _, path := range append(allRoutes, "/v3/avatars?limit=50", "/v3/avatars/unknown", "/v3/avatars?search=x", "/v3/unknown") {
			if got := slices.Sorted(maps.Keys(fetch(t, client, path).Header)); !slices.Equal(got, want) {
				t.Errorf("%s: %q", path, got)
			}
		}
		for _, fault := range []sandbox.Fault{sandbox.Conflict, sandbox.Gone, sandbox.ContentTooLarge, sandbox.Unprocessable, sandbox.BadGateway, sandbox.UnknownEnum} {
			box.QueueFaults(fault)
			if got := slices.Sorted(maps.Keys(fetch(t, client, firstPage).Header)); !slices.Equal(got, want) {
				t.Errorf("%s: %q", fault, got)
			}
		}
	})
}
