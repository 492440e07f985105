package graph

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
)

// BenchmarkHostileDocuments is what it takes to refuse each of them. No two texts
// are the same, so that nothing that remembers documents could help.
func BenchmarkHostileDocuments(b *testing.B) {
	all := hostile("SALT")
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
			doc, _ := looked(b, text())
			b.ReportAllocs()
			for b.Loop() {
				_ = Limits{}.refuseShape(measure(doc))
			}
		})
	}
}

// BenchmarkTheWorstThatIsLetThrough is what validation takes where the limits are
// all but reached.
func BenchmarkTheWorstThatIsLetThrough(b *testing.B) {
	schema := newSchema(&Resolver{}).Schema()
	all := edges()
	for _, name := range slices.Sorted(maps.Keys(all)) {
		text := largest(all[name])
		b.Run(name, func(b *testing.B) {
			doc, s := looked(b, text)
			for b.Loop() {
				Options{}.documentOptions(schema).Validate(doc)
			}
			b.ReportMetric(float64(s.checks.n), "steps")
		})
	}
}
