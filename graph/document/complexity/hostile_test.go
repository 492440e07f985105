package complexity

import (
	"runtime"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"

	"heygen-graphql/graph/document/documenttest"
)

// parseLimited parses a document as a server does.
func parseLimited(t testing.TB, source string) *ast.QueryDocument {
	t.Helper()
	doc, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: source}, DefaultLimits.Tokens)
	if err != nil {
		t.Fatalf("%v: %.200s", err, source)
	}
	return doc
}

// countSelections counts the selections in the source of a document.
func countSelections(doc *ast.QueryDocument) int {
	var count func(ast.SelectionSet) int
	count = func(set ast.SelectionSet) (n int) {
		for _, selection := range set {
			n++
			switch s := selection.(type) {
			case *ast.Field:
				n += count(s.SelectionSet)
			case *ast.InlineFragment:
				n += count(s.SelectionSet)
			}
		}
		return n
	}
	n := 0
	for _, o := range doc.Operations {
		n += count(o.SelectionSet)
	}
	for _, f := range doc.Fragments {
		n += count(f.SelectionSet)
	}
	return n
}

func TestHostileDocumentsAreRejectedNamingTheLimit(t *testing.T) {
	for name, d := range documenttest.Hostile("") {
		if e := (Limits{}).Check(parseLimited(t, d.Source)); e == nil || !strings.Contains(e.Message, d.Error) || len(e.Locations) != 1 || len(e.Message) > 300 {
			t.Errorf("%s: %v", name, e)
		}
	}
}

// demandingDocuments returns documents that take much to parse or to validate, by name.
func demandingDocuments() map[string]string {
	all := documenttest.Overlapping("")
	for name, d := range documenttest.Hostile("") {
		all[name] = d.Source
	}
	return all
}

func TestMeasureVisitsEachSelectionOnce(t *testing.T) {
	for name, source := range demandingDocuments() {
		doc := parseLimited(t, source)
		if m, _ := measureSource(doc); m.visited != countSelections(doc) {
			t.Errorf("%s: %d selections visited, of %d", name, m.visited, countSelections(doc))
		}
	}
}

// Merging stops at a number of visits, whatever the document.
func TestVisitsAreBounded(t *testing.T) {
	for name, source := range demandingDocuments() {
		if m := Measure(parseLimited(t, source)); m.Visits.Value > MaxVisits+1 {
			t.Errorf("%s: %d visits", name, m.Visits.Value)
		}
	}
}

// To check the limits takes less than to parse: at most as many allocations, and a third
// of the memory.
func TestHostileDocumentsAllocateLittleMoreThanParsing(t *testing.T) {
	for name, d := range documenttest.Hostile("") {
		doc := parseLimited(t, d.Source)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_ = Limits{}.Check(doc)
		runtime.ReadMemStats(&after)
		if bytes, allocations := after.TotalAlloc-before.TotalAlloc, after.Mallocs-before.Mallocs; allocations > 10_000 || bytes > 2<<20 {
			t.Errorf("%s: %d allocations, %d KiB", name, allocations, bytes>>10)
		}
	}
}
