package graph_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"heygen-graphql/graph"
	"heygen-graphql/graph/document/complexity"
	"heygen-graphql/heygen"
	"heygen-graphql/heygen/cached"
	"heygen-graphql/heygen/sandbox"
)

const upstreamKey = "sk_V2_key_of_the_server"

// api is the complete stack in memory: the HTTP handler, the real client and a sandbox.
type api struct {
	http.Handler
	*sandbox.Sandbox
	client       *heygen.Client
	cachedClient *cached.Client // nil: nothing is cached
	log          *logBuffer
}

// logBuffer is a log output that is safe for concurrent use.
type logBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *logBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *logBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}

func (b *logBuffer) reset() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.buf.Reset()
}

// newAPI returns an api without a cache and without retries. The configure functions
// may change its options.
func newAPI(t testing.TB, o sandbox.Options, configure ...func(*heygen.Options, *graph.Options)) *api {
	t.Helper()
	return buildAPI(t, o, nil, configure...)
}

// newCachedAPI returns an api with a cache and with retries, as the server has them.
func newCachedAPI(t testing.TB, o sandbox.Options, configure ...func(*heygen.Options, *graph.Options)) *api {
	t.Helper()
	retry := func(o *heygen.Options, _ *graph.Options) { o.Retries = heygen.DefaultRetries }
	return buildAPI(t, o, cacheOptions(), append([]func(*heygen.Options, *graph.Options){retry}, configure...)...)
}

// cacheOptions returns the options of the cache: its size and its TTLs.
func cacheOptions() *cached.Options {
	return &cached.Options{MaxBytes: 64 << 20, Fresh: time.Minute, StaleWhileRevalidate: time.Hour, PendingTTL: 5 * time.Second, NegativeTTL: 10 * time.Second}
}

// withHighLimits admits large documents, for tests of what happens after the checks.
func withHighLimits(_ *heygen.Options, o *graph.Options) {
	const high = 1_000_000
	o.Limits = graph.Limits{Limits: complexity.Limits{Depth: high, Fields: high, Aliases: high, RootFields: high}, Cost: 1_000_000_000}
}

func buildAPI(t testing.TB, o sandbox.Options, caching *cached.Options, configure ...func(*heygen.Options, *graph.Options)) *api {
	t.Helper()
	a := &api{Sandbox: sandbox.New(o), log: &logBuffer{}}
	logger := slog.New(slog.NewTextHandler(a.log, nil))
	upstream := heygen.Options{BaseURL: "http://127.0.0.1", Key: heygen.NewKey(upstreamKey), Transport: a.Transport(), Logger: logger}
	// Without the access log, which has tests of its own.
	quiet := slog.New(slog.NewTextHandler(a.log, &slog.HandlerOptions{Level: slog.LevelWarn}))
	options := graph.Options{Logger: quiet, RequestID: func(context.Context) string { return "request-1" }}
	for _, f := range configure {
		f(&upstream, &options)
	}
	client, err := heygen.New(upstream)
	if err != nil {
		t.Fatal(err)
	}
	if options.HeyGen == nil {
		options.HeyGen = client
	}
	if caching != nil {
		caching.HeyGen, caching.Logger = client, logger
		a.cachedClient = cached.New(*caching)
		options.HeyGen = a.cachedClient
		t.Cleanup(a.cachedClient.Close)
	}
	a.client = client
	a.Handler = graph.NewHandler(options)
	t.Cleanup(a.Close)
	t.Cleanup(func() { checkNoKey(t, "the log", a.log.String()) })
	return a
}

// encodedKeys are the keys of all tests, in every encoding in which one could leak.
var encodedKeys = func() (forms []string) {
	for _, key := range []string{upstreamKey, adaKey, bobKey} {
		forms = append(forms, key, strings.ToLower(key), url.QueryEscape(key), base64.StdEncoding.EncodeToString([]byte(key)), fmt.Sprintf("%x", key))
	}
	return forms
}()

// checkNoKey fails if s, which leaves the server, contains a key of any test.
func checkNoKey(t testing.TB, where, s string) {
	t.Helper()
	for _, form := range encodedKeys {
		if strings.Contains(s, form) {
			t.Errorf("%s contains a key", where)
		}
	}
}

// ServeHTTP serves the GraphQL API. The embedded sandbox has a method of that name.
func (a *api) ServeHTTP(w http.ResponseWriter, r *http.Request) { a.Handler.ServeHTTP(w, r) }

// response is an HTTP response with its decoded GraphQL body.
type response struct {
	Status int
	Header http.Header
	Body   string
	Data   map[string]any
	Errors []responseError
}

type responseError struct {
	Message    string
	Path       []any
	Locations  []any
	Extensions map[string]any
}

// codes returns the codes of the errors in their order, separated by spaces.
func (r response) codes() string {
	var codes []string
	for _, e := range r.Errors {
		code, _ := e.Extensions["code"].(string)
		codes = append(codes, code)
	}
	return strings.Join(codes, " ")
}

func (r response) dataJSON(t testing.TB) string {
	t.Helper()
	body, err := json.Marshal(r.Data)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// do sends a document in a POST request.
func (a *api) do(t testing.TB, query string, variables map[string]any) response {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/graphql", bytes.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	return a.send(t, r)
}

func (a *api) send(t testing.TB, r *http.Request) response {
	t.Helper()
	w := httptest.NewRecorder()
	a.ServeHTTP(w, r)
	out := response{Status: w.Code, Header: w.Result().Header, Body: w.Body.String()}
	checkNoKey(t, "the response header", fmt.Sprint(out.Header))
	checkNoKey(t, "the response body", out.Body)
	if err := json.Unmarshal(w.Body.Bytes(), &out); err != nil && w.Body.Len() > 0 {
		t.Fatalf("not JSON: %v\n%s", err, w.Body)
	}
	return out
}

// mustDo sends a document in a POST request. It fails if the response has errors.
func (a *api) mustDo(t testing.TB, query string, variables map[string]any) response {
	t.Helper()
	out := a.do(t, query, variables)
	if out.Status != http.StatusOK || len(out.Errors) > 0 {
		t.Fatalf("%d %.600s", out.Status, out.Body)
	}
	return out
}

// expectCalls runs f and fails unless it causes exactly want calls to HeyGen.
func (a *api) expectCalls(t testing.TB, want int, f func()) {
	t.Helper()
	a.ResetCalls()
	f()
	if got := len(a.Calls()); got != want {
		t.Errorf("%d calls to HeyGen, want %d: %v", got, want, a.Calls())
	}
}

// parseResponse returns the response with this body.
func parseResponse(t testing.TB, body string) (out response) {
	t.Helper()
	if err := json.Unmarshal([]byte(body), &out); err != nil {
		t.Fatalf("not JSON: %v\n%s", err, body)
	}
	out.Body = body
	return out
}
