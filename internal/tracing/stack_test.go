package tracing_test

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"heygen-graphql/graph"
	"heygen-graphql/heygen"
	"heygen-graphql/heygen/cached"
	"heygen-graphql/heygen/sandbox"
	"heygen-graphql/internal/tracing"
)

const upstreamKey = "sk_V2_key_of_the_server"

// stack is the server in memory: handler, cache, client and sandbox, with the tracing that
// the environment configures.
type stack struct {
	http.Handler
	upstream *sandbox.Sandbox
	tracing  *tracing.Tracing
	cached   *cached.Client
	headers  headerLog
	log      logBuffer
}

// headerLog records the headers of requests to HeyGen.
type headerLog struct {
	mu      sync.Mutex
	headers []http.Header
	next    http.RoundTripper
}

func (l *headerLog) RoundTrip(r *http.Request) (*http.Response, error) {
	l.mu.Lock()
	l.headers = append(l.headers, r.Header.Clone())
	l.mu.Unlock()
	return l.next.RoundTrip(r)
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

func newStack(t testing.TB, o sandbox.Options) *stack {
	t.Helper()
	s := &stack{upstream: sandbox.New(o)}
	s.headers.next = s.upstream.Transport()
	log := slog.New(slog.NewTextHandler(&s.log, nil))
	traces, err := tracing.Setup(t.Context(), os.Getenv, "v1.2.3", log)
	if err != nil {
		t.Fatal(err)
	}
	s.tracing = traces
	const baseURL = "http://127.0.0.1:8443"
	client, err := heygen.New(heygen.Options{BaseURL: baseURL, Key: heygen.NewKey(upstreamKey), Transport: &s.headers, Retries: 2, Trace: traces.Attempts(baseURL)})
	if err != nil {
		t.Fatal(err)
	}
	s.cached = cached.New(cached.Options{HeyGen: client, MaxBytes: 64 << 20, Fresh: time.Minute, StaleWhileRevalidate: time.Hour})
	mux := http.NewServeMux()
	mux.Handle("/graphql", traces.Handler(graph.NewHandler(graph.Options{HeyGen: s.cached, StartTrace: traces.Operations(), Logger: log})))
	s.Handler = mux
	return s
}

// stop ends the stack. The receiver has all spans then.
func (s *stack) stop() {
	s.cached.Close()
	s.upstream.Close()
	s.tracing.Shutdown()
}

// query posts a query with headers in pairs of name and value.
func (s *stack) query(t testing.TB, body string, headers ...string) string {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), "POST", "/graphql", strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w.Body.String()
}

const (
	monicaQuery    = `{"query":"query ForAVideo($id: ID!) { avatarGroup(id: $id) { name } }","variables":{"id":"group_monica"}}`
	monicaResponse = `{"data":{"avatarGroup":{"name":"Monica"}}}`
	getGroup       = "GET /v3/avatars/{group_id}"
)
