package graph

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"

	"heygen-graphql/heygen"
)

// sender returns a function that sends documents to one handler. They need no
// upstream call.
func sender(t *testing.T) func(query string) {
	client, err := heygen.New(heygen.Options{Key: heygen.NewKey("k")})
	if err != nil {
		t.Fatal(err)
	}
	api := NewHandler(Options{HeyGen: client})
	return func(query string) {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/graphql", strings.NewReader(`{"query":"`+query+`"}`))
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		api.ServeHTTP(w, r)
		if w.Body.String() != `{"data":{"__typename":"Query"}}` {
			t.Fatalf("%.300s", w.Body)
		}
	}
}

func TestLongDocumentsAreNotCached(t *testing.T) {
	send := sender(t)
	heap := func() uint64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before, long := heap(), strings.Repeat("x", 1_000_000)
	for i := range 40 {
		send(fmt.Sprintf(`{ __typename } # %d %s`, i, long))
	}
	if after := heap(); after > before+10<<20 {
		t.Errorf("%d MB are still allocated", (after-before)>>20)
	}
	send("{ __typename }") // so that the handler is still in use
}

func TestRepeatedDocumentIsNotParsedAgain(t *testing.T) {
	send := sender(t)
	n, source := 0, "{ __typename ... @skip(if: true) {"+strings.Repeat(" __typename", 190)+" } } #"
	fresh := testing.AllocsPerRun(10, func() { n++; send(source + strings.Repeat("#", n)) })
	repeated := testing.AllocsPerRun(10, func() { send(source) })
	if repeated > fresh/5 {
		t.Errorf("%v allocations, and %v for a new document", repeated, fresh)
	}
}
