package heygen_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"heygen-graphql/heygen"
)

func TestClientFollowsNoRedirect(t *testing.T) {
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("followed a redirect with the key") }))
	defer elsewhere.Close()
	server := httptest.NewServer(http.RedirectHandler(elsewhere.URL, http.StatusTemporaryRedirect))
	defer server.Close()
	client := newClient(t, nil, func(o *heygen.Options) { o.BaseURL = server.URL })
	if _, err := client.AvatarGroup(t.Context(), "g"); !errors.Is(err, heygen.ErrInvalidResponse) || !strings.Contains(err.Error(), "redirect") {
		t.Error(err)
	}
}

func TestInvalidRedirectIsReportedAsARedirect(t *testing.T) {
	for _, status := range []int{300, 301, 302, 303, 304, 307, 308} {
		for _, location := range []string{"http://[::1", ":", "%zz", ""} {
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Location", location)
				w.WriteHeader(status)
			}))
			client := newClient(t, nil, func(o *heygen.Options) { o.BaseURL = server.URL })
			_, err := client.AvatarGroup(t.Context(), "g")
			failed, ok := errors.AsType[*heygen.Error](err)
			if !ok || failed.Kind != heygen.ErrInvalidResponse || failed.Status != status || !strings.Contains(failed.Cause, "redirect") {
				t.Errorf("%d to %q: %v", status, location, err)
			}
			server.Close()
		}
	}
}

func TestRequestHasTheseHeadersAndNoOthers(t *testing.T) {
	for key, want := range map[heygen.GroupID]http.Header{
		"with":    {"Accept": {"application/json"}, "User-Agent": {"heygen-graphql"}, "X-Api-Key": {secret}},
		"bearer":  {"Accept": {"application/json"}, "User-Agent": {"heygen-graphql"}, "Authorization": {"Bearer " + secret}},
		"without": {"Accept": {"application/json"}, "User-Agent": {"heygen-graphql"}},
	} {
		var got http.Header
		client := newClient(t, upstream(func(r *http.Request) (*http.Response, error) {
			got = r.Header
			return newResponse(404, ""), nil
		}), func(o *heygen.Options) {
			switch key {
			case "without":
				o.Key = heygen.NewKey("")
			case "bearer":
				o.Key = heygen.NewBearer(secret)
			}
		})
		if _, err := client.AvatarGroup(t.Context(), key); !errors.Is(err, heygen.ErrNotFound) || !reflect.DeepEqual(got, want) {
			t.Errorf("%s a key: %v, %v", key, got, err)
		}
	}
}

func TestDoneContextSendsNothing(t *testing.T) {
	requests := 0
	client := newClient(t, upstream(func(*http.Request) (*http.Response, error) {
		requests++
		return newResponse(404, ""), nil
	}))
	canceled, cancel := context.WithCancel(t.Context())
	cancel()
	expired, cancel := context.WithDeadline(t.Context(), time.Unix(1, 0))
	defer cancel()
	for range 100 { // with a free slot, a select would send every second request
		if _, err := client.AvatarGroup(canceled, "g"); !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
		if _, err := client.AvatarGroup(expired, "g"); !errors.Is(err, heygen.ErrTimeout) {
			t.Fatal(err)
		}
	}
	if requests > 0 {
		t.Errorf("%d requests", requests)
	}
	if _, err := client.AvatarGroup(t.Context(), "g"); !errors.Is(err, heygen.ErrNotFound) {
		t.Errorf("slots are not released: %v", err)
	}
}

func TestDefaultsAre15SecondsAnd12ConcurrentCalls(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var inFlight atomic.Int64
		client := newClient(t, upstream(func(r *http.Request) (*http.Response, error) {
			inFlight.Add(1)
			defer inFlight.Add(-1)
			_, _ = hang(r)
			return newResponse(404, ""), nil // after twelve timeouts the circuit breaker would be open for the last
		}))
		var wait sync.WaitGroup
		start := time.Now()
		for range 13 {
			wait.Go(func() { _, _ = client.AvatarGroup(t.Context(), "g") })
		}
		for at, want := range []int64{12, 12, 1, 1, 0} { // the last gets its slot, and its timeout, after the others
			if at > 0 { // just before each timeout, and at it
				<-time.After([]time.Duration{time.Nanosecond, 15*time.Second - time.Nanosecond}[at%2])
			}
			synctest.Wait()
			if inFlight.Load() != want {
				t.Errorf("after %v, %d requests are in flight, want %d", time.Since(start), inFlight.Load(), want)
			}
		}
		wait.Wait()
	})
}

// trackedBody is a body that counts the bytes read and records Close.
type trackedBody struct {
	remaining int
	err       error
	fill      byte
	read      int
	closed    bool
}

func (w *trackedBody) Read(p []byte) (int, error) {
	n := min(len(p), w.remaining, 32<<10)
	if n == 0 {
		return 0, w.err
	}
	for i := range n {
		p[i] = w.fill
	}
	w.remaining, w.read = w.remaining-n, w.read+n
	return n, nil
}

func (w *trackedBody) Close() error {
	w.closed = true
	return nil
}

const endless = 1 << 40 // bytes

func TestEveryBodyIsReadUpToItsLimitAndClosed(t *testing.T) {
	for _, c := range []struct {
		status, size int
		bodyErr      error
		wantRead     int // bytes read
		kind         error
		cause        string
	}{
		{200, 0, io.EOF, 0, heygen.ErrInvalidResponse, "not JSON, or truncated"},
		{200, 8 << 20, io.EOF, 8 << 20, heygen.ErrInvalidResponse, "not JSON, or truncated"},
		{200, 8<<20 + 1, io.EOF, 8<<20 + 1, heygen.ErrInvalidResponse, "body of more than 8 MiB"},
		{206, endless, io.EOF, 8<<20 + 1, heygen.ErrInvalidResponse, "body of more than 8 MiB"},
		{200, 100, io.ErrUnexpectedEOF, 100, heygen.ErrUnavailable, "before the end of the response"},
		{302, endless, io.EOF, 64 << 10, heygen.ErrInvalidResponse, "redirect"},
		{404, endless, io.EOF, 64 << 10, heygen.ErrNotFound, ""},
		{500, endless, io.EOF, 64 << 10, heygen.ErrUnavailable, ""},
		{503, 100, io.ErrUnexpectedEOF, 100, heygen.ErrUnavailable, ""},
	} {
		body := &trackedBody{remaining: c.size, err: c.bodyErr, fill: ' '}
		err := getGroupError(t, upstream(func(*http.Request) (*http.Response, error) {
			res := newResponse(c.status, "")
			res.Body = body
			return res, nil
		}))
		if !errors.Is(err, c.kind) || err.Status != c.status || !strings.Contains(err.Cause, c.cause) || (c.cause == "") != (err.Cause == "") {
			t.Errorf("%d with %d bytes: %v", c.status, c.size, err)
		}
		if body.read != c.wantRead || !body.closed {
			t.Errorf("%d with %d bytes: read %d, closed %t", c.status, c.size, body.read, body.closed)
		}
	}
}

func TestBodyOf8MiBIsAccepted(t *testing.T) {
	fill := func(size int) string {
		head, tail := `{"data":`+groupJSON(`,"x":"`), `"}`
		head = strings.TrimSuffix(head, "}")
		return head + strings.Repeat("x", size-len(head)-len(tail)-1) + tail + "}"
	}
	if g, err := newClient(t, always(200, fill(8<<20))).AvatarGroup(t.Context(), "g"); err != nil || g.ID != "g" {
		t.Error(err)
	}
	if err := getGroupError(t, always(200, fill(8<<20+1))); err.Cause != "body of more than 8 MiB" || err.Status != 200 {
		t.Error(err)
	}
}

func TestErrorEnvelopeOf64KiBIsDecoded(t *testing.T) {
	const envelope = `{"error":{"code":"internal_error"}}`
	for size, want := range map[int]string{len(envelope): "internal_error", 64 << 10: "internal_error", 64<<10 + 1: ""} {
		if err := getGroupError(t, always(500, strings.Repeat(" ", size-len(envelope))+envelope)); err.Code != want || err.Status != 500 {
			t.Errorf("%d bytes: %v", size, err)
		}
	}
}

func TestTimeoutInAnErrorBodyKeepsTheStatus(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		if err := getGroupError(t, slowBody(403)); !errors.Is(err, heygen.ErrForbidden) || err.Status != 403 {
			t.Error(err)
		}
	})
}

func TestIncompleteResponseKeepsItsStatus(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		if err := getGroupError(t, slowBody(200)); err.Kind != heygen.ErrTimeout || err.Status != 200 {
			t.Errorf("timeout: %v", err)
		}
		for _, status := range []int{200, 500} {
			ctx, cancel := context.WithCancel(t.Context())
			time.AfterFunc(time.Second, cancel)
			_, err := newClient(t, slowBody(status)).AvatarGroup(ctx, "g")
			if failed, ok := errors.AsType[*heygen.Error](err); !ok || failed.Kind != context.Canceled || failed.Status != status {
				t.Errorf("canceled: %v", err)
			}
		}
		if err := getGroupError(t, upstream(hang)); err.Kind != heygen.ErrTimeout || err.Status != 0 {
			t.Errorf("no response: %v", err)
		}
	})
}

func TestEvery2xxIsASuccess(t *testing.T) {
	for _, status := range []int{200, 201, 202, 206, 299} {
		client := newClient(t, always(status, `{"data":`+groupJSON("")+`}`))
		if g, err := client.AvatarGroup(t.Context(), "g"); err != nil || g.ID != "g" {
			t.Errorf("%d: %v", status, err)
		}
	}
}

func TestErrorHasTheStatusOfTheResponse(t *testing.T) {
	for _, status := range []int{200, 201, 204, 206} {
		for _, body := range []string{"", "<html>", `{}`, `{"data":7}`, `{"error":{"code":"c"}}`, `{"data":{"id":"h","name":"H","looks_count":1,"created_at":1}}`} {
			for call, err := range errorsOf(t, status, body) {
				if err.Kind != heygen.ErrInvalidResponse || err.Status != status {
					t.Errorf("%d %q, %s: %v", status, body, call, err)
				}
			}
		}
	}
	if err := getGroupError(t, upstream(func(*http.Request) (*http.Response, error) { return nil, io.EOF })); err.Status != 0 {
		t.Errorf("no response, but %v", err)
	}
}
