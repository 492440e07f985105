package graph

import (
	"crypto/sha256"
	"fmt"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"

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
	n, text := 0, "{ __typename ... @skip(if: true) {"+strings.Repeat(" __typename", 190)+" } } #"
	fresh := testing.AllocsPerRun(10, func() { n++; ask(text + strings.Repeat("#", n)) })
	again := testing.AllocsPerRun(10, func() { ask(text) })
	if again > fresh/5 {
		t.Errorf("%v allocations, and %v for a new document", again, fresh)
	}
}

func TestShortDocumentsAreKeptAndLongOnesAreNot(t *testing.T) {
	kept := newDocuments()
	keep := func(text string) bool {
		doc := &document{text: text, hash: sha256.Sum256([]byte(text))}
		kept.add(doc)
		kept.add(doc) // which counts once
		return kept.get(doc.hash) == doc
	}
	if keep(strings.Repeat("#", longestKept+1)) || !keep(strings.Repeat("#", longestKept)) {
		t.Error("what is kept is not what has 64 KiB at most")
	}
	for i := range 3000 {
		if !keep(fmt.Sprint(i)) {
			t.Fatalf("%d is not kept", i)
		}
	}
	if n := kept.known.Len(); n != keptDocuments {
		t.Errorf("%d documents are kept", n)
	}
	for i := range 100 {
		keep(fmt.Sprint(i, strings.Repeat("#", 50<<10)))
	}
	if n := kept.known.Len(); kept.bytes > keptDocumentBytes || n != keptDocumentBytes/(50<<10) {
		t.Errorf("%d documents of %d bytes are kept", n, kept.bytes)
	}
}
