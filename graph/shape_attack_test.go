package graph

import (
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
)

// What it may take to refuse a document, however hostile. A document has 2,000
// tokens, and no selection is looked at twice.
const (
	mostVisited   = 2_000
	mostAllocated = 4 << 20 // bytes, parsing included
	mostAllocs    = 25_000
)

// readUpToRefusal reads a text as the endpoint does, up to its refusal.
func readUpToRefusal(text string) (visited int, says string) {
	doc, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: text}, DefaultLimits.Tokens)
	if err != nil {
		return 0, "parse: " + err.Error()
	}
	s := measure(doc)
	if e := (Limits{}).refuseShape(s); e != nil {
		return s.visited, e.Message
	}
	return s.visited, ""
}

func TestHostileDocumentsAreRefusedBeforeTheyAreValidatedAndAtLittleCost(t *testing.T) {
	for name, test := range hostile("") {
		visited, says := readUpToRefusal(test[0])
		if !strings.Contains(says, test[1]) || strings.HasPrefix(says, "parse") {
			t.Errorf("%s: %.200s", name, says)
		}
		if visited > mostVisited {
			t.Errorf("%s: %d selections were looked at", name, visited)
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		readUpToRefusal(test[0])
		runtime.ReadMemStats(&after)
		bytes, allocs := after.TotalAlloc-before.TotalAlloc, after.Mallocs-before.Mallocs
		if bytes > mostAllocated || allocs > mostAllocs {
			t.Errorf("%s: %d bytes in %d allocations", name, bytes, allocs)
		}
	}
}

// BenchmarkHostile is what it takes to refuse each kind, with a text that differs
// every time, so that nothing is remembered.
func BenchmarkHostile(b *testing.B) {
	for name, test := range hostile("") {
		b.Run(strings.ReplaceAll(name, " ", "_"), func(b *testing.B) {
			b.ReportAllocs()
			n := 0
			for b.Loop() {
				n++
				readUpToRefusal(test[0] + " #" + strconv.Itoa(n))
			}
		})
	}
}
