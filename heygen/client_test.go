package heygen_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"heygen-graphql/heygen"
)

func TestNewRejectsNegativeLimits(t *testing.T) {
	for _, o := range []heygen.Options{{AttemptTimeout: -1}, {MaxConcurrent: -1}, {Retries: -1}} {
		if _, err := heygen.New(o); err == nil {
			t.Errorf("accepted: %+v", o)
		}
	}
}

func TestWithOwnLimitsSeparatesAndWithKeySharesTheRateLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var keys []string
		client := newClient(t, upstream(func(r *http.Request) (*http.Response, error) {
			keys = append(keys, r.Header.Get("X-Api-Key"))
			if len(keys) == 1 {
				return newResponse(429, "", "Retry-After", "10"), nil
			}
			return newResponse(404, ""), nil
		}))
		start := time.Now()
		expectEnd := func(c *heygen.Client, at time.Duration) {
			_, _ = c.AvatarGroup(t.Context(), "g")
			if took := time.Since(start); took != at {
				t.Errorf("a call ended after %v, want %v", took, at)
			}
		}
		expectEnd(client, 0)
		expectEnd(client.WithOwnLimits(), 0)
		expectEnd(client.WithOwnLimits().WithKey(heygen.NewKey("b")), 0)
		expectEnd(client.WithKey(heygen.NewKey("c")), 10*time.Second)
		if want := []string{secret, secret, "b", "c"}; !slices.Equal(keys, want) {
			t.Errorf("%q", keys)
		}
	})
}

// hang waits until the request is done.
func hang(r *http.Request) (*http.Response, error) {
	<-r.Context().Done()
	return nil, r.Context().Err()
}

// slowBody responds with a body that never ends in time.
func slowBody(status int) upstream {
	return func(r *http.Request) (*http.Response, error) {
		res := newResponse(status, "")
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
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

func TestCallEndsAtItsDeadline(t *testing.T) {
	for name, transport := range map[string]upstream{"no headers": hang, "one byte a second": slowBody(200)} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				start := time.Now()
				err := getGroupError(t, transport)
				if took := time.Since(start); !errors.Is(err, heygen.ErrTimeout) || took != heygen.DefaultAttemptTimeout {
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

func TestCancellationEndsTheCall(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for name, transport := range map[string]upstream{"no headers": hang, "a slow body": slowBody(200), "a slow body of an error": slowBody(503)} {
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

func TestWaitForASlotEndsAtTheCallersDeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client := newClient(t, upstream(hang), func(o *heygen.Options) { o.MaxConcurrent = 1; o.AttemptTimeout = time.Hour })
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

func TestMaxConcurrentLimitsRequestsInFlight(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var inFlight, peak atomic.Int64
		client := newClient(t, upstream(func(*http.Request) (*http.Response, error) {
			peak.Store(max(peak.Load(), inFlight.Add(1)))
			<-time.After(time.Second)
			inFlight.Add(-1)
			return newResponse(404, ""), nil
		}), func(o *heygen.Options) { o.MaxConcurrent = 3 })
		var wait sync.WaitGroup
		for range 9 {
			wait.Go(func() { _, _ = client.AvatarGroup(t.Context(), "g") })
		}
		wait.Wait()
		if peak.Load() != 3 {
			t.Errorf("%d at once, want 3", peak.Load())
		}
	})
}

func TestConnectionsAreReusedBy64Callers(t *testing.T) {
	var dialled atomic.Int64
	var arrive sync.WaitGroup // each round waits until all 64 requests are in flight
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
	client := newClient(t, nil, func(o *heygen.Options) { o.BaseURL = server.URL; o.MaxConcurrent = 64 })
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
	if dialled.Load() > 64+8 { // a connection may not be back in the pool yet
		t.Errorf("%d connections for 5 rounds of 64 calls", dialled.Load())
	}
}
