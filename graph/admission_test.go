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

func TestBeyondItsLimitNewWorkIsRefusedAtOnceAndTheRestIsFinished(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newCachedAPI(t, sandbox.Options{Latency: time.Second}, func(_ *heygen.Options, o *graph.Options) { o.MaxOperations = 3 })
		var all sync.WaitGroup
		for i := range 3 {
			all.Go(func() { a.mustDo(t, fmt.Sprintf(`{ avatarGroups(first: %d) { nodes { id } } }`, i), nil) })
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
		if took := time.Since(start); took != 0 {
			t.Errorf("refused after %v", took)
		}
		<-time.After(time.Second / 2)
		a.do(t, `{ __typename }`, nil)
		if log := a.log.String(); strings.Count(log, "OVERLOADED") != 1 || !strings.Contains(log, "MAX_OPERATIONS") {
			t.Errorf("the log: %s", log)
		}
		all.Wait()
		a.mustDo(t, `{ __typename }`, nil)
		a.Close()
	})
}

// stuckWriter is a client that does not read.
type stuckWriter struct {
	*httptest.ResponseRecorder
	reads chan struct{} // closed: it does
}

func (w stuckWriter) Write(p []byte) (int, error) {
	<-w.reads
	return w.ResponseRecorder.Write(p)
}

// Clients that do not read their answers hold neither the places of operations
// nor more memory than there is for answers.
func TestClientsThatDoNotReadKeepNobodyElseAway(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newCachedAPI(t, sandbox.Options{}, func(_ *heygen.Options, o *graph.Options) { o.MaxOperations = 2 })
		const most = 20 << 20
		if graph.SetResponseBytes(a.Handler.(*graph.Handler), most) != 128<<20 {
			t.Error("the room for answers is not what README says")
		}
		var fields strings.Builder
		for i := range 20 {
			fmt.Fprintf(&fields, " %s%02d: name", strings.Repeat("n", 198), i) // a long answer of few fields
		}
		var lists strings.Builder
		for i := range 20 {
			fmt.Fprintf(&lists, " l%d: avatarGroups(first: 100) { ...F }", i)
		}
		long := "{" + lists.String() + "} fragment F on AvatarGroupConnection { nodes {" + fields.String() + " } }"
		whole := int64(len(a.mustDo(t, long, nil).Body))
		reads := make(chan struct{})
		var all sync.WaitGroup
		clients := most/whole + 1
		recorders := make([]*httptest.ResponseRecorder, clients)
		for i := range recorders {
			recorders[i] = httptest.NewRecorder()
			all.Go(func() {
				body, _ := json.Marshal(map[string]string{"query": long})
				r := httptest.NewRequestWithContext(t.Context(), "POST", "/graphql", strings.NewReader(string(body)))
				r.Header.Set("Content-Type", "application/json")
				a.ServeHTTP(stuckWriter{recorders[i], reads}, r)
			})
			synctest.Wait()
		}
		// One is too many for the memory that there is for long answers; short ones are answered all the time.
		a.mustDo(t, `{ avatarGroups(first: 50) { nodes { name } } }`, nil)
		if out := a.do(t, long, nil); out.Status != http.StatusServiceUnavailable || out.codes() != "OVERLOADED" || out.Header.Get("Retry-After") != "1" {
			t.Errorf("%d %.300s", out.Status, out.Body)
		}
		close(reads)
		all.Wait()
		finished := 0
		for _, w := range recorders {
			if w.Code == http.StatusOK && int64(w.Body.Len()) == whole && json.Valid(w.Body.Bytes()) && w.Header().Get("Content-Length") == fmt.Sprint(whole) {
				finished++
			}
		}
		if int64(finished) != clients-1 {
			t.Errorf("%d of %d are finished", finished, clients)
		}
		a.mustDo(t, long, nil)
		a.Close()
	})
}

// A panic gives its place back, too.
func TestAPanicHoldsNoPlace(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	a.Handler = graph.NewHandler(graph.Options{HeyGen: &forgetful{Upstream: a.client}, MaxOperations: 1})
	if out := a.do(t, `{ __typename }`, nil); out.codes() != "INTERNAL" || out.Status != 500 {
		t.Error(out.Status, out.Body)
	}
	a.mustDo(t, `{ __typename }`, nil)
}

// forgetful is a memory that does not work the first time.
type forgetful struct {
	graph.Upstream
	asked int
}

func (f *forgetful) GetOrCompute(ctx context.Context, _ [32]byte, made func(context.Context) (cache.Derived, error)) (cache.Derived, cache.Result, error) {
	if f.asked++; f.asked == 1 {
		panic("of a test")
	}
	answer, err := made(ctx)
	return answer, cache.Miss, err
}

// Clients that are slow to send long bodies hold no more memory than there is for
// such, and keep no short ones away.
func TestLongBodiesShareTheRoomThatThereIs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newAPI(t, sandbox.Options{})
		defer a.Close()
		const clients = 64
		var all sync.WaitGroup
		sent := make(chan struct{})
		for i := range clients {
			all.Go(func() {
				body := io.MultiReader(strings.NewReader(`{"query":"{ __typename }"}`), readerFunc(func([]byte) (int, error) { <-sent; return 0, io.EOF }))
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
		long := `{"query":"{ __typename }` + strings.Repeat(" ", 17<<10) + `"}`
		post := func(body string) response {
			return a.send(t, newRequest(t, "POST", "/graphql", body, "Content-Type", "application/json"))
		}
		if out := post(long); out.Status != 503 || out.codes() != "OVERLOADED" || out.Header.Get("Retry-After") != "1" {
			t.Errorf("%d %s", out.Status, out.Body)
		}
		if out := post(`{"query":"{ __typename }"}`); out.Status != 200 {
			t.Errorf("a short one: %d %s", out.Status, out.Body)
		}
		close(sent)
		all.Wait()
		if out := post(long); out.Status != 200 {
			t.Errorf("afterwards: %d %s", out.Status, out.Body)
		}
	})
}

type readerFunc func([]byte) (int, error)

func (r readerFunc) Read(p []byte) (int, error) { return r(p) }
