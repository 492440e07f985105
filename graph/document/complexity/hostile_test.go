package complexity

import (
	"runtime"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"

	"heygen-graphql/graph/document/documenttest"
)

// parseAndMeasure parses and measures a document as a server does.
func parseAndMeasure(t testing.TB, source string) (*ast.QueryDocument, *Metrics) {
	t.Helper()
	doc, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: source}, DefaultLimits.Tokens)
	if err != nil {
		t.Fatalf("%v: %.200s", err, source)
	}
	return doc, Measure(doc)
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
		_, m := parseAndMeasure(t, d.Source)
		if e := (Limits{}).Check(m); e == nil || !strings.Contains(e.Message, d.Error) || len(e.Locations) != 1 || len(e.Message) > 300 {
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
		doc, m := parseAndMeasure(t, source)
		if n := countSelections(doc); m.visited != n {
			t.Errorf("%s: %d selections visited, of %d", name, m.visited, n)
		}
	}
}

// To parse and measure the largest legitimate document takes 3,000 allocations, and a
// list in a list in a list takes 4,500.
func TestHostileDocumentsAllocateNoMoreThanLegitimateOnes(t *testing.T) {
	for name, source := range demandingDocuments() {
		allocations := testing.AllocsPerRun(3, func() { parseAndMeasure(t, source) })
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		parseAndMeasure(t, source)
		runtime.ReadMemStats(&after)
		if bytes := after.TotalAlloc - before.TotalAlloc; allocations > 5_000 || bytes > 1<<20+uint64(2*len(source)) {
			t.Errorf("%s: %.0f allocations, %d KiB", name, allocations, bytes>>10)
		}
	}
}
