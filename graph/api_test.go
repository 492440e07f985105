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

const secret = "sk_V2_do_not_tell"

// api is the whole stack, from the HTTP handler through the real client to a
// sandbox, all in memory.
type api struct {
	http.Handler
	*sandbox.Sandbox
	client *heygen.Client
	kept   *cached.Client // nil: nothing is kept
	log    *buffer
}

// buffer is a log that may be written to from many goroutines.
type buffer struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}

func (b *buffer) reset() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.text.Reset()
}

// newAPI builds it; change may alter the options before they are used.
func newAPI(t testing.TB, o sandbox.Options, change ...func(*heygen.Options, *graph.Options)) *api {
	t.Helper()
	return buildAPI(t, o, nil, change...)
}

// newKeptAPI builds it as the server does, with what HeyGen gave kept for a
// while, and calls that failed tried again.
func newKeptAPI(t testing.TB, o sandbox.Options, change ...func(*heygen.Options, *graph.Options)) *api {
	t.Helper()
	retry := func(o *heygen.Options, _ *graph.Options) { o.Retries = heygen.DefaultRetries }
	return buildAPI(t, o, lives(), append([]func(*heygen.Options, *graph.Options){retry}, change...)...)
}

// lives are how long answers are kept.
func lives() *cached.Options {
	return &cached.Options{MaxBytes: 64 << 20, Fresh: time.Minute, StaleWhileRevalidate: time.Hour, PendingTTL: 5 * time.Second, NegativeTTL: 10 * time.Second}
}

// atLength lets long documents through, for what comes behind their limits.
func atLength(_ *heygen.Options, o *graph.Options) {
	const any = 1_000_000
	o.Limits = graph.Limits{Limits: complexity.Limits{Depth: any, Fields: any, Aliases: any, RootFields: any}, Cost: 1_000_000_000}
}

func buildAPI(t testing.TB, o sandbox.Options, keep *cached.Options, change ...func(*heygen.Options, *graph.Options)) *api {
	t.Helper()
	a := &api{Sandbox: sandbox.New(o), log: &buffer{}}
	logger := slog.New(slog.NewTextHandler(a.log, nil))
	upstream := heygen.Options{BaseURL: "http://127.0.0.1", Key: heygen.NewKey(secret), Transport: a.Transport(), Logger: logger}
	// Without the record of each operation, of which other tests tell.
	quiet := slog.New(slog.NewTextHandler(a.log, &slog.HandlerOptions{Level: slog.LevelWarn}))
	options := graph.Options{Logger: quiet, RequestID: func(context.Context) string { return "request-1" }}
	for _, f := range change {
		f(&upstream, &options)
	}
	client, err := heygen.New(upstream)
	if err != nil {
		t.Fatal(err)
	}
	if options.HeyGen == nil {
		options.HeyGen = client
	}
	if keep != nil {
		keep.HeyGen, keep.Logger = client, logger
		a.kept = cached.New(*keep)
		options.HeyGen = a.kept
		t.Cleanup(a.kept.Close)
	}
	a.client = client
	a.Handler = graph.NewHandler(options)
	t.Cleanup(a.Close)
	t.Cleanup(func() { holdsNoKey(t, "the log", a.log.String()) })
	return a
}

// keyForms are how the keys of all tests could get into a text.
var keyForms = func() (forms []string) {
	for _, key := range []string{secret, adasKey, bobsKey} {
		forms = append(forms, key, strings.ToLower(key), url.QueryEscape(key), base64.StdEncoding.EncodeToString([]byte(key)), fmt.Sprintf("%x", key))
	}
	return forms
}()

// holdsNoKey fails if a text that leaves the server holds a key of any test.
func holdsNoKey(t testing.TB, what, text string) {
	t.Helper()
	for _, form := range keyForms {
		if strings.Contains(text, form) {
			t.Errorf("%s holds a key", what)
		}
	}
}

// ServeHTTP is the API's, not the sandbox's.
func (a *api) ServeHTTP(w http.ResponseWriter, r *http.Request) { a.Handler.ServeHTTP(w, r) }

// answer is what came back.
type answer struct {
	Status int
	Header http.Header
	Body   string
	Data   map[string]any
	Errors []answerError
}

type answerError struct {
	Message    string
	Path       []any
	Locations  []any
	Extensions map[string]any
}

// codes are the codes of the errors, in their order.
func (a answer) codes() string {
	var codes []string
	for _, e := range a.Errors {
		code, _ := e.Extensions["code"].(string)
		codes = append(codes, code)
	}
	return strings.Join(codes, " ")
}

func (a answer) data(t testing.TB) string {
	t.Helper()
	text, err := json.Marshal(a.Data)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// do sends a document by POST.
func (a *api) do(t testing.TB, query string, variables map[string]any) answer {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/graphql", bytes.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	return a.send(t, r)
}

func (a *api) send(t testing.TB, r *http.Request) answer {
	t.Helper()
	w := httptest.NewRecorder()
	a.ServeHTTP(w, r)
	out := answer{Status: w.Code, Header: w.Result().Header, Body: w.Body.String()}
	holdsNoKey(t, "the head of an answer", fmt.Sprint(out.Header))
	holdsNoKey(t, "an answer", out.Body)
	if err := json.Unmarshal(w.Body.Bytes(), &out); err != nil && w.Body.Len() > 0 {
		t.Fatalf("not JSON: %v\n%s", err, w.Body)
	}
	return out
}

// ok sends a document that must be answered without errors.
func (a *api) ok(t testing.TB, query string, variables map[string]any) answer {
	t.Helper()
	out := a.do(t, query, variables)
	if out.Status != http.StatusOK || len(out.Errors) > 0 {
		t.Fatalf("%d %.600s", out.Status, out.Body)
	}
	return out
}

// cost runs f and fails unless it made just so many calls to HeyGen.
func (a *api) cost(t testing.TB, want int, f func()) {
	t.Helper()
	a.ResetCalls()
	f()
	if got := len(a.Calls()); got != want {
		t.Errorf("%d calls to HeyGen, want %d: %v", got, want, a.Calls())
	}
}

// parsed reads the body of an answer.
func parsed(t testing.TB, body string) (out answer) {
	t.Helper()
	if err := json.Unmarshal([]byte(body), &out); err != nil {
		t.Fatalf("not JSON: %v\n%s", err, body)
	}
	out.Body = body
	return out
}
