package graph_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"heygen-graphql/graph"
	"heygen-graphql/heygen"
	"heygen-graphql/heygen/sandbox"
	"heygen-graphql/internal/cache"
)

func TestMaxOperationsRejectsExcessAndFinishesInFlight(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newCachedAPI(t, sandbox.Options{Latency: time.Second}, func(_ *heygen.Options, o *graph.Options) { o.MaxOperations = 3 })
		var wg sync.WaitGroup
		for i := range 3 {
			wg.Go(func() { a.mustDo(t, fmt.Sprintf(`{ avatarGroups(first: %d) { nodes { id } } }`, i), nil) })
		}
		synctest.Wait()
		start := time.Now()
		for _, query := range []string{`{ __typename }`, `{ avatarGroups { nodes { id } } }`, `{ nonsense }`} {
			for _, out := range []response{a.do(t, query, nil), a.get(t, query)} {
				if out.Status != http.StatusServiceUnavailable || out.codes() != "OVERLOADED" || out.Header.Get("Retry-After") != "1" || out.Data != nil || out.Header.Get("Cache-Control") != "no-store" {
					t.Errorf("%d %v %s", out.Status, out.Header, out.Body)
				}
			}
		}
		if elapsed := time.Since(start); elapsed != 0 {
			t.Errorf("rejected after %v", elapsed)
		}
		<-time.After(time.Second / 2)
		a.do(t, `{ __typename }`, nil)
		if log := a.log.String(); strings.Count(log, "OVERLOADED") != 1 || !strings.Contains(log, "MAX_OPERATIONS") {
			t.Errorf("log: %s", log)
		}
		wg.Wait()
		a.mustDo(t, `{ __typename }`, nil)
		a.Close()
	})
}

// stuckWriter is a client that does not read until unblock is closed.
type stuckWriter struct {
	*httptest.ResponseRecorder
	unblock chan struct{}
}

func (w stuckWriter) Write(p []byte) (int, error) {
	<-w.unblock
	return w.ResponseRecorder.Write(p)
}

// Clients that do not read their responses occupy no operation slots, and no more
// memory than the byte budget of responses.
func TestSlowReadersDoNotBlockOtherClients(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newCachedAPI(t, sandbox.Options{}, func(_ *heygen.Options, o *graph.Options) { o.MaxOperations = 2 })
		const maxBytes = 20 << 20
		if graph.SetResponseBytes(a.Handler.(*graph.Handler), maxBytes) != 128<<20 {
			t.Error("the byte budget of responses differs from the README")
		}
		var fields strings.Builder
		for i := range 20 {
			fmt.Fprintf(&fields, " %s%02d: name", strings.Repeat("n", 198), i) // a large response of few fields
		}
		var lists strings.Builder
		for i := range 20 {
			fmt.Fprintf(&lists, " l%d: avatarGroups(first: 100) { ...F }", i)
		}
		largeQuery := "{" + lists.String() + "} fragment F on AvatarGroupConnection { nodes {" + fields.String() + " } }"
		size := int64(len(a.mustDo(t, largeQuery, nil).Body))
		unblock := make(chan struct{})
		var wg sync.WaitGroup
		clients := maxBytes/size + 1
		recorders := make([]*httptest.ResponseRecorder, clients)
		for i := range recorders {
			recorders[i] = httptest.NewRecorder()
			wg.Go(func() {
				body, _ := json.Marshal(map[string]string{"query": largeQuery})
				r := httptest.NewRequestWithContext(t.Context(), "POST", "/graphql", strings.NewReader(string(body)))
				r.Header.Set("Content-Type", "application/json")
				a.ServeHTTP(stuckWriter{recorders[i], unblock}, r)
			})
			synctest.Wait()
		}
		// One large response exceeds the byte budget; small ones are exempt.
		a.mustDo(t, `{ avatarGroups(first: 50) { nodes { name } } }`, nil)
		if out := a.do(t, largeQuery, nil); out.Status != http.StatusServiceUnavailable || out.codes() != "OVERLOADED" || out.Header.Get("Retry-After") != "1" {
			t.Errorf("%d %.300s", out.Status, out.Body)
		}
		close(unblock)
		wg.Wait()
		complete := 0
		for _, w := range recorders {
			if w.Code == http.StatusOK && int64(w.Body.Len()) == size && json.Valid(w.Body.Bytes()) && w.Header().Get("Content-Length") == fmt.Sprint(size) {
				complete++
			}
		}
		if int64(complete) != clients-1 {
			t.Errorf("%d of %d responses are complete", complete, clients)
		}
		a.mustDo(t, largeQuery, nil)
		a.Close()
	})
}

func TestPanicReleasesOperationSlot(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	a.Handler = graph.NewHandler(graph.Options{HeyGen: &panickingStore{Upstream: a.client}, MaxOperations: 1})
	if out := a.do(t, `{ __typename }`, nil); out.codes() != "INTERNAL" || out.Status != 500 {
		t.Error(out.Status, out.Body)
	}
	a.mustDo(t, `{ __typename }`, nil)
}

// panickingStore is a response cache whose first call panics.
type panickingStore struct {
	graph.Upstream
	calls int
}

func (s *panickingStore) GetOrCompute(ctx context.Context, _ [32]byte, compute func(context.Context) (cache.Derived, error)) (cache.Derived, cache.Result, error) {
	if s.calls++; s.calls == 1 {
		panic("test panic")
	}
	derived, err := compute(ctx)
	return derived, cache.Miss, err
}

func (*panickingStore) Reweigh([32]byte, cache.Derived) {}

// Clients that send large bodies slowly occupy no more memory than the byte budget of
// requests, and block no small requests.
func TestSlowLargeBodiesShareByteBudget(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newAPI(t, sandbox.Options{})
		defer a.Close()
		const clients = 64
		var wg sync.WaitGroup
		unblock := make(chan struct{})
		for i := range clients {
			wg.Go(func() {
				body := io.MultiReader(strings.NewReader(`{"query":"{ __typename }"}`), readerFunc(func([]byte) (int, error) { <-unblock; return 0, io.EOF }))
				r := httptest.NewRequestWithContext(t.Context(), "POST", "/graphql", body)
				r.Header.Set("Content-Type", "application/json")
				if r.ContentLength = -1; i%2 == 0 {
					r.ContentLength = 1 << 20
				}
				if out := a.send(t, r); out.Body != `{"data":{"__typename":"Query"}}` {
					t.Errorf("%d %s", out.Status, out.Body)
				}
			})
		}
		synctest.Wait()
		largeBody := `{"query":"{ __typename }` + strings.Repeat(" ", 17<<10) + `"}`
		post := func(body string) response {
			return a.send(t, newRequest(t, "POST", "/graphql", body, "Content-Type", "application/json"))
		}
		if out := post(largeBody); out.Status != 503 || out.codes() != "OVERLOADED" || out.Header.Get("Retry-After") != "1" {
			t.Errorf("%d %s", out.Status, out.Body)
		}
		if out := post(`{"query":"{ __typename }"}`); out.Status != 200 {
			t.Errorf("a small body: %d %s", out.Status, out.Body)
		}
		close(unblock)
		wg.Wait()
		if out := post(largeBody); out.Status != 200 {
			t.Errorf("afterwards: %d %s", out.Status, out.Body)
		}
	})
}

type readerFunc func([]byte) (int, error)

func (r readerFunc) Read(p []byte) (int, error) { return r(p) }
