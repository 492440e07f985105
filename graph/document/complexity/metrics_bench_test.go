package complexity

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"

	"heygen-graphql/graph/document/documenttest"
)

// BenchmarkHostileDocuments is what it takes to refuse each of them. No two texts
// are the same, so that nothing that remembers documents could help.
func BenchmarkHostileDocuments(b *testing.B) {
	all := documenttest.Hostile("SALT")
	for _, name := range slices.Sorted(maps.Keys(all)) {
		n := 0
		text := func() string {
			n++
			return strings.ReplaceAll(all[name][0], "SALT", fmt.Sprint(n))
		}
		b.Run(name+"/parse", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_, _ = parser.ParseQueryWithTokenLimit(&ast.Source{Input: text()}, DefaultLimits.Tokens)
			}
		})
		b.Run(name+"/measure", func(b *testing.B) {
			doc, _ := parseAndMeasure(b, text())
			b.ReportAllocs()
			for b.Loop() {
				_ = Limits{}.Check(Measure(doc))
			}
		})
	}
}
