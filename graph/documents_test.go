package graph

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	"heygen-graphql/heygen"
)

// asking sends documents to one handler, which need never ask HeyGen.
func asking(t *testing.T) func(query string) {
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

func TestLongDocumentsLeaveNoMemoryBehind(t *testing.T) {
	ask := asking(t)
	heap := func() uint64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before, long := heap(), strings.Repeat("x", 1_000_000)
	for i := range 40 {
		ask(fmt.Sprintf(`{ __typename } # %d %s`, i, long))
	}
	if after := heap(); after > before+10<<20 {
		t.Errorf("%d MB are left", (after-before)>>20)
	}
	ask("{ __typename }") // the handler is still there
}

func TestADocumentThatComesAgainIsNotParsedAgain(t *testing.T) {
	ask := asking(t)
	n, text := 0, "{ __typename ... @skip(if: true) {"+strings.Repeat(" __typename", 500)+" } } #"
	fresh := testing.AllocsPerRun(10, func() { n++; ask(text + strings.Repeat("#", n)) })
	again := testing.AllocsPerRun(10, func() { ask(text) })
	if again > fresh/5 {
		t.Errorf("%v allocations, and %v for a new document", again, fresh)
	}
}

func TestShortDocumentsAreKeptAndLongOnesAreNot(t *testing.T) {
	kept, document := newDocuments(), &ast.QueryDocument{}
	for text, want := range map[string]bool{"{ __typename }": true, strings.Repeat("#", 16<<10): true, strings.Repeat("#", 16<<10+1): false} {
		kept.Add(context.Background(), text, document)
		if got, ok := kept.Get(context.Background(), text); ok != want || ok && got != document {
			t.Errorf("%d bytes: kept %v", len(text), ok)
		}
	}
	for i := range 1000 {
		kept.Add(context.Background(), fmt.Sprint(i), document)
	}
	if _, ok := kept.Get(context.Background(), "0"); ok {
		t.Error("the oldest of 1,000 documents is still kept")
	}
}
