package graph_test

import (
	"bytes"
	"io"
	"net/http"
	"sync"
	"testing"
	"time"

	"heygen-graphql/graph"
	"heygen-graphql/heygen"
	"heygen-graphql/heygen/sandbox"
)

// fakeUpstream is HeyGen with other responses to some requests. It counts those.
type fakeUpstream struct {
	sandbox http.RoundTripper

	mu      sync.Mutex
	respond func(*http.Request) (status int, body string) // status 0: the sandbox responds
	calls   int
}

func (u *fakeUpstream) RoundTrip(r *http.Request) (*http.Response, error) {
	u.mu.Lock()
	status, body := 0, ""
	if u.respond != nil {
		status, body = u.respond(r)
	}
	if status != 0 {
		u.calls++
	}
	u.mu.Unlock()
	if status == 0 {
		return u.sandbox.RoundTrip(r)
	}
	return &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(bytes.NewBufferString(body)), Request: r}, nil
}

// set replaces the responses, and resets the number of calls.
func (u *fakeUpstream) set(respond func(*http.Request) (int, string)) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.respond, u.calls = respond, 0
}

// always makes HeyGen respond to every request with this status and body.
func (u *fakeUpstream) always(status int, body string) {
	u.set(func(*http.Request) (int, string) { return status, body })
}

// restore makes the sandbox respond again.
func (u *fakeUpstream) restore() { u.set(nil) }

func (u *fakeUpstream) countCalls() int {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.calls
}

// install makes the fake the transport of an API.
func (u *fakeUpstream) install(o *heygen.Options, _ *graph.Options) {
	u.sandbox, o.Transport = o.Transport, u
}

// newFakeAPI returns an API of a fake HeyGen, with retries and a cache. After an hour a
// cached entry is served only if HeyGen fails (stale-if-error).
func newFakeAPI(t testing.TB) (*api, *fakeUpstream) {
	u, caching := &fakeUpstream{}, cacheOptions()
	caching.StaleIfError = 24 * time.Hour
	return buildAPI(t, sandbox.Options{}, caching, u.install, func(o *heygen.Options, _ *graph.Options) { o.Retries = heygen.DefaultRetries }), u
}

// errorBody returns HeyGen's error envelope.
func errorBody(code, param string) string {
	return `{"error":{"code":"` + code + `","message":"No.","param":"` + param + `"}}`
}
