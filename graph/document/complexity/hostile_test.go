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
func parseAndMeasure(t testing.TB, text string) (*ast.QueryDocument, *Metrics) {
	t.Helper()
	doc, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: text}, DefaultLimits.Tokens)
	if err != nil {
		t.Fatalf("%v: %.200s", err, text)
	}
	return doc, Measure(doc)
}

// selections counts those of a document as they are written.
func selections(doc *ast.QueryDocument) int {
	var in func(ast.SelectionSet) int
	in = func(set ast.SelectionSet) (n int) {
		for _, selection := range set {
			n++
			switch s := selection.(type) {
			case *ast.Field:
				n += in(s.SelectionSet)
			case *ast.InlineFragment:
				n += in(s.SelectionSet)
			}
		}
		return n
	}
	n := 0
	for _, o := range doc.Operations {
		n += in(o.SelectionSet)
	}
	for _, f := range doc.Fragments {
		n += in(f.SelectionSet)
	}
	return n
}

func TestHostileDocumentsAreRefusedAndSayWhy(t *testing.T) {
	for name, d := range documenttest.Hostile("") {
		doc, s := parseAndMeasure(t, d[0])
		if e := (Limits{}).Check(s); e == nil || !strings.Contains(e.Message, d[1]) || len(e.Locations) != 1 || len(e.Message) > 300 {
			t.Errorf("%s: %v", name, e)
		}
		if written := selections(doc); s.visited != written {
			t.Errorf("%s: %d selections were looked at, of %d", name, s.visited, written)
		}
	}
}

// TestHostileDocumentsTakeNoMoreMemoryThanOthers to parse and to measure: the
// largest of the sane ones makes 3,000 allocations, a list in a list in a list 4,500.
func TestHostileDocumentsTakeNoMoreMemoryThanOthers(t *testing.T) {
	for name, d := range documenttest.Hostile("") {
		allocations := testing.AllocsPerRun(3, func() { parseAndMeasure(t, d[0]) })
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		parseAndMeasure(t, d[0])
		runtime.ReadMemStats(&after)
		if bytes := after.TotalAlloc - before.TotalAlloc; allocations > 5_000 || bytes > 1<<20+uint64(2*len(d[0])) {
			t.Errorf("%s: %.0f allocations, %d KiB", name, allocations, bytes>>10)
		}
	}
}
