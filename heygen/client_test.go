package heygen_test

import (
	"context"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"heygen-graphql/heygen"
)

func TestNewRefusesNegativeLimits(t *testing.T) {
	for _, o := range []heygen.Options{{CallTimeout: -1}, {MaxConcurrent: -1}} {
		if _, err := heygen.New(o); err == nil {
			t.Errorf("%+v is taken", o)
		}
	}
}

// hang answers nothing until the request ends.
func hang(r *http.Request) (*http.Response, error) {
	<-r.Context().Done()
	return nil, r.Context().Err()
}

// drip answers with a body that never ends in time.
func drip(r *http.Request) (*http.Response, error) {
	res := answer(200, "")
	res.Body = io.NopCloser(readerFunc(func(p []byte) (int, error) {
		select {
		case <-r.Context().Done():
			return 0, r.Context().Err()
		case <-time.After(time.Second):
			p[0] = ' '
			return 1, nil
		}
	}))
	return res, nil
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

func TestACallEndsAtItsDeadline(t *testing.T) {
	for name, transport := range map[string]upstream{"no headers": hang, "one byte a second": drip} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				start := time.Now()
				err := fetch(t, transport)
				if took := time.Since(start); !errors.Is(err, heygen.ErrTimeout) || took != heygen.DefaultCallTimeout {
					t.Errorf("%v after %v", err, took)
				}
				ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second+500*time.Millisecond)
				defer cancel()
				start = time.Now()
				_, failed := newClient(t, transport).AvatarGroup(ctx, "g")
				if took := time.Since(start); !errors.Is(failed, heygen.ErrTimeout) || took != 3500*time.Millisecond {
					t.Errorf("the caller's deadline: %v after %v", failed, took)
				}
			})
		})
	}
}

func TestTheCallersCancellationIsObeyed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for name, transport := range map[string]upstream{"no headers": hang, "a slow body": drip} {
			ctx, cancel := context.WithCancel(t.Context())
			time.AfterFunc(2500*time.Millisecond, cancel)
			start := time.Now()
			_, err := newClient(t, transport).AvatarGroup(ctx, "g")
			if took := time.Since(start); !errors.Is(err, context.Canceled) || took != 2500*time.Millisecond {
				t.Errorf("%s: %v after %v", name, err, took)
			}
		}
	})
}

func TestWaitingForASlotIsBoundedByTheCallersDeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client := newClient(t, upstream(hang), func(o *heygen.Options) { o.MaxConcurrent = 1; o.CallTimeout = time.Hour })
		held, release := context.WithCancel(t.Context())
		var wait sync.WaitGroup
		wait.Go(func() { _, _ = client.AvatarGroup(held, "a") })
		synctest.Wait()

		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		start := time.Now()
		_, err := client.AvatarGroup(ctx, "b")
		if took := time.Since(start); !errors.Is(err, heygen.ErrTimeout) || took != 5*time.Second {
			t.Errorf("%v after %v", err, took)
		}
		release()
		wait.Wait()
	})
}

func TestMaxConcurrentHolds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var now, most atomic.Int64
		client := newClient(t, upstream(func(*http.Request) (*http.Response, error) {
			most.Store(max(most.Load(), now.Add(1)))
			<-time.After(time.Second)
			now.Add(-1)
			return answer(404, ""), nil
		}), func(o *heygen.Options) { o.MaxConcurrent = 3 })
		var wait sync.WaitGroup
		for range 9 {
			wait.Go(func() { _, _ = client.AvatarGroup(t.Context(), "g") })
		}
		wait.Wait()
		if most.Load() != 3 {
			t.Errorf("%d at once, want 3", most.Load())
		}
	})
}

func TestRedirectsAreNotFollowed(t *testing.T) {
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("followed, with the key") }))
	defer elsewhere.Close()
	server := httptest.NewServer(http.RedirectHandler(elsewhere.URL, http.StatusTemporaryRedirect))
	defer server.Close()
	client := newClient(t, nil, func(o *heygen.Options) { o.BaseURL = server.URL })
	if _, err := client.AvatarGroup(t.Context(), "g"); !errors.Is(err, heygen.ErrInvalidResponse) || !strings.Contains(err.Error(), "redirect") {
		t.Error(err)
	}
}

func TestABrokenConnectionNamesItsClass(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed := "http://" + listener.Addr().String()
	listener.Close()

	cut := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "1000")
		_, _ = io.WriteString(w, `{"data":`)
	}))
	defer cut.Close()
	unanswered := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }))
	defer unanswered.Close()
	secure := httptest.NewUnstartedServer(http.NotFoundHandler())
	secure.Config.ErrorLog = log.New(io.Discard, "", 0)
	secure.StartTLS()
	defer secure.Close()

	for base, want := range map[string]string{
		closed:         "connection refused",
		cut.URL:        "before the end of the answer",
		unanswered.URL: "before the end of the answer",
		secure.URL:     "no trusted TLS connection",
	} {
		client := newClient(t, nil, func(o *heygen.Options) { o.BaseURL = base })
		if _, err := client.AvatarGroup(t.Context(), "g"); !errors.Is(err, heygen.ErrUnavailable) || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
	unresolved := upstream(func(*http.Request) (*http.Response, error) {
		return nil, &net.DNSError{Err: "no such host", Name: "nowhere"}
	})
	if err := fetch(t, unresolved); !errors.Is(err, heygen.ErrUnavailable) || !strings.Contains(err.Error(), "does not resolve") {
		t.Error(err)
	}
}

func TestConnectionsAreReusedBy64Callers(t *testing.T) {
	var dialled atomic.Int64
	var arrive sync.WaitGroup // each round waits until all 64 calls are under way
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		arrive.Done()
		arrive.Wait()
		_, _ = io.WriteString(w, `{"data":[]}`)
	}))
	server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			dialled.Add(1)
		}
	}
	server.Start()
	defer server.Close()
	client := newClient(t, nil, func(o *heygen.Options) { o.BaseURL = server.URL })
	for range 5 {
		arrive.Add(64)
		var wait sync.WaitGroup
		for range 64 {
			wait.Go(func() {
				if _, err := client.ListAvatarGroups(t.Context(), heygen.AvatarGroupsParams{}); err != nil {
					t.Error(err)
				}
			})
		}
		wait.Wait()
	}
	if dialled.Load() > 64+8 { // a connection on its way back to the pool may be missed
		t.Errorf("%d connections for 5 rounds of 64 calls", dialled.Load())
	}
}
