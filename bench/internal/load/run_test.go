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

// site counts what it is sent and answers with text.
func site(t *testing.T, answer http.HandlerFunc) (address string) {
	server := httptest.NewServer(answer)
	t.Cleanup(server.Close)
	return server.Listener.Addr().String()
}

func TestRequestsAreTakenInTurnByAllClients(t *testing.T) {
	var mu sync.Mutex
	got := map[string]int{}
	address := site(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		mu.Lock()
		defer mu.Unlock()
		got[string(body)]++
	})
	var requests [][]byte
	for i := range 10 {
		requests = append(requests, Post(address, "/graphql", fmt.Append(nil, i)))
	}
	result, err := Run(t.Context(), Options{Address: address, Requests: requests, Clients: 4, Most: 30})
	if err != nil || result.Requests != 30 || len(result.Latencies) != 30 || result.Rate() <= 0 {
		t.Fatalf("%+v %v", result, err)
	}
	for i := range 10 {
		if n := got[fmt.Sprint(i)]; n != 3 {
			t.Errorf("request %d was sent %d times", i, n)
		}
	}
}

func TestARunFailsWithItsServer(t *testing.T) {
	for _, c := range []struct {
		name, want string
		answer     http.HandlerFunc
	}{
		{"status", "503", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(503) }},
		{"errors", "an answer with errors", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, `{"errors":[{}],"data":null}`) }},
		{"no answer", "EOF", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			address := site(t, c.answer)
			_, err := Run(t.Context(), Options{Address: address, Requests: [][]byte{Get(address, "/")}, Clients: 2, Most: 10})
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v", err)
			}
		})
	}
}

func TestARunEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	asked := make(chan struct{}, 10)
	address := site(t, func(_ http.ResponseWriter, r *http.Request) {
		asked <- struct{}{}
		<-r.Context().Done()
	})
	go func() {
		<-asked
		cancel()
	}()
	if _, err := Run(ctx, Options{Address: address, Requests: [][]byte{Get(address, "/")}, Clients: 2, Time: time.Hour}); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}
