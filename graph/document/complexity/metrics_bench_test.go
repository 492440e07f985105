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

// BenchmarkHostileDocuments measures the cost of rejecting each document. No two
// sources are equal, so that no cache of documents could help.
func BenchmarkHostileDocuments(b *testing.B) {
	all := documenttest.Hostile("SALT")
	for _, name := range slices.Sorted(maps.Keys(all)) {
		n := 0
		source := func() string {
			n++
			return strings.ReplaceAll(all[name].Source, "SALT", fmt.Sprint(n))
		}
		b.Run(name+"/parse", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_, _ = parser.ParseQueryWithTokenLimit(&ast.Source{Input: source()}, DefaultLimits.Tokens)
			}
		})
		b.Run(name+"/check", func(b *testing.B) {
			doc := parseLimited(b, source())
			b.ReportAllocs()
			for b.Loop() {
				_ = Limits{}.Check(doc)
			}
		})
	}
}
