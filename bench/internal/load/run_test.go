package load

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

func startServer(t *testing.T, handler http.HandlerFunc) (address string) {
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server.Listener.Addr().String()
}

func TestClientsShareTheRequests(t *testing.T) {
	var mu sync.Mutex
	got := map[string]int{}
	address := startServer(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		mu.Lock()
		defer mu.Unlock()
		got[string(body)]++
	})
	var requests [][]byte
	for i := range 10 {
		requests = append(requests, PostRequest(address, "/graphql", fmt.Append(nil, i)))
	}
	result, err := Run(t.Context(), Options{Address: address, Requests: requests, Clients: 4, MaxRequests: 30})
	if err != nil || result.Requests != 30 || len(result.Latencies) != 30 || result.Rate() <= 0 {
		t.Fatalf("%+v %v", result, err)
	}
	for i := range 10 {
		if n := got[fmt.Sprint(i)]; n != 3 {
			t.Errorf("request %d was sent %d times", i, n)
		}
	}
}

func TestRunFailsWithTheServer(t *testing.T) {
	for _, c := range []struct {
		name, want string
		handler    http.HandlerFunc
	}{
		{"status", "503", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(503) }},
		{"errors", "response with errors", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, `{"errors":[{}],"data":null}`) }},
		{"no response", "EOF", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			address := startServer(t, c.handler)
			_, err := Run(t.Context(), Options{Address: address, Requests: [][]byte{GetRequest(address, "/")}, Clients: 2, MaxRequests: 10})
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v", err)
			}
		})
	}
}

func TestRunStopsWhenContextIsCanceled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	received := make(chan struct{}, 10)
	address := startServer(t, func(_ http.ResponseWriter, r *http.Request) {
		received <- struct{}{}
		<-r.Context().Done()
	})
	go func() {
		<-received
		cancel()
	}()
	if _, err := Run(ctx, Options{Address: address, Requests: [][]byte{GetRequest(address, "/")}, Clients: 2, Duration: time.Hour}); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}
