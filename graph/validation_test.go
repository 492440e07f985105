package graph

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator"

	"heygen-graphql/graph/document/complexity"
	"heygen-graphql/graph/document/documenttest"
)

// parseDocument parses a document that need not conform to the schema.
func parseDocument(t testing.TB, source string) *ast.QueryDocument {
	t.Helper()
	doc, err := parser.ParseQuery(&ast.Source{Input: source})
	if err != nil {
		t.Fatalf("%v: %.200s", err, source)
	}
	return doc
}

// parseAndMeasure parses and measures a document as a server does.
func parseAndMeasure(t testing.TB, source string) (*ast.QueryDocument, *complexity.Metrics) {
	t.Helper()
	doc, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: source}, DefaultLimits.Tokens)
	if err != nil {
		t.Fatalf("%v: %.200s", err, source)
	}
	return doc, complexity.Measure(doc)
}

// slowDocuments returns generators of documents that take long to validate, by name.
// The larger n is, the longer it takes.
func slowDocuments() map[string]func(n int) string {
	repeat := strings.Repeat
	chain := func(length int, selections string) string {
		var b strings.Builder
		b.WriteString("{ ...F0 }")
		for i := range length {
			fmt.Fprintf(&b, " fragment F%d on Query { ...F%d }", i, i+1)
		}
		return fmt.Sprintf("%s fragment F%d on Query {%s }", b.String(), length, selections)
	}
	spread := func(n int, selections string) string {
		var spreads, fragments strings.Builder
		for i := range n {
			fmt.Fprintf(&spreads, " ...F%d", i)
			fmt.Fprintf(&fragments, " fragment F%d on AvatarGroup {%s }", i, selections)
		}
		return "{ avatarGroups { nodes { id" + spreads.String() + " } } }" + fragments.String()
	}
	return map[string]func(int) string{
		"equal leaves": func(n int) string {
			return "{ avatarGroups { nodes {" + repeat(" id name gender status groupId", n/5+1) + " } } }"
		},
		"in 10 inline fragments": func(n int) string { return repeat("{ ...", 10) + "{" + repeat(" __typename", n+1) + repeat("}", 11) },
		"in 50 inline fragments": func(n int) string { return repeat("{ ...", 50) + "{" + repeat(" __typename", n+1) + repeat("}", 51) },
		"inline fragments":       func(n int) string { return repeat("{ ...", n) + "{" + repeat(" __typename", 20) + repeat("}", n+1) },
		"spreads in inline": func(n int) string {
			return repeat("{ ...", 20) + "{" + repeat(" ...F ...G", n+1) + repeat("}", 21) + " fragment F on Query { __typename } fragment G on Query { __typename }"
		},
		"chain and inline":  func(n int) string { return chain(50, " ... {"+repeat(" __typename", n+1)+" }") },
		"chain and aliases": func(n int) string { return chain(97, documenttest.Aliases(n+1, "__typename")) },
		"chain and arguments": func(n int) string {
			return chain(97, repeat(" avatarGroups(first: 1, ownership: PUBLIC) { nodes { id } }", n+1))
		},
		"chain and directives": func(n int) string { return chain(97, repeat(" __typename @skip(if: false)", n+1)) },
		"chain of errors":      func(n int) string { return chain(97, repeat(" nothingLikeThis", n+1)) },
		"long errors": func(n int) string {
			return chain(90, repeat(` avatarGroups(first: "`+repeat("x", 8_000)+`") { nodes { id } }`, n+1))
		},
		"merged sets": func(n int) string {
			return "{" + repeat(" avatarGroups { nodes { id name } edges { node { id } } }", n+1) + " }"
		},
		"many fragments":      func(n int) string { return spread(n, " id name gender status") },
		"many deep fragments": func(n int) string { return spread(n, " looks { nodes { group { id name } } }") },
		"conflicts": func(n int) string {
			return "{ avatarGroups { nodes {" + repeat(" x: id x: name x: gender", n+1) + " } } }"
		},
		"arguments": func(n int) string {
			return "{" + repeat(" avatarGroups("+repeat("first: 1 ", 30)+") { nodes { id } }", n+1) + " }"
		},
		"operations": func(n int) string {
			var b strings.Builder
			for i := range n + 1 {
				fmt.Fprintf(&b, " query Q%d { ...F }", i)
			}
			return b.String() + " fragment F on Query { avatarGroups { nodes {" + repeat(" id", 100) + " } } " + documenttest.Aliases(190, "__typename") + " }"
		},
	}
}

// largestAdmitted returns the largest document of a generator that the limits admit.
func largestAdmitted(generate func(int) string) string {
	n := 0
	for step := 1 << 10; step > 0; step /= 2 {
		doc, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: generate(n + step)}, DefaultLimits.Tokens)
		if err == nil && (Limits{}).Check(complexity.Measure(doc)) == nil {
			n += step
		}
	}
	return generate(n)
}

// Validation takes some 20 ms at most. Without MAX_VALIDATION_STEPS the same kinds of
// documents take up to 40 s.
func TestLargestAdmittedDocumentsValidateFast(t *testing.T) {
	schema := newSchema(&Resolver{}).Schema()
	options := Options{}.documentOptions(schema)
	for name, generate := range slowDocuments() {
		doc, m := parseAndMeasure(t, largestAdmitted(generate))
		took := time.Duration(math.MaxInt64)
		for range 3 {
			start := time.Now()
			options.Validate(doc)
			took = min(took, time.Since(start))
		}
		if took > time.Second { // on the slowest machine, with the race detector
			t.Errorf("%s: %v, with %d estimated steps", name, took, m.ValidationSteps.Value)
		}
	}
}

func TestValidationReturnsFirstErrorsUpToLimit(t *testing.T) {
	schema := newSchema(&Resolver{}).Schema()
	options := Options{}.documentOptions(schema)
	for source, want := range map[string]int{
		`{ __typename }`: 0,
		`{ nothing }`:    1,
		`{` + documenttest.Aliases(49, "nothing") + `}`: 49,
		`{` + documenttest.Aliases(50, "nothing") + `}`: 50,
		`{` + documenttest.Aliases(51, "nothing") + `}`: 50,
		`{ a` + strings.Repeat(" @what", 60) + `}`:      50,
	} {
		all := validator.ValidateWithRules(schema, parseDocument(t, source), options.Rules())
		errs := options.Validate(parseDocument(t, source))
		if len(errs) != want {
			t.Fatalf("%.100s: %d errors, want %d", source, len(errs), want)
		}
		for i, e := range errs {
			if e.Error() != all[i].Error() || e.Rule != all[i].Rule {
				t.Errorf("%v, and without the limit %v", e, all[i])
			}
		}
	}
}

// BenchmarkLargestAdmittedDocuments measures validation just below the limits.
func BenchmarkLargestAdmittedDocuments(b *testing.B) {
	schema := newSchema(&Resolver{}).Schema()
	options := Options{}.documentOptions(schema)
	all := slowDocuments()
	for _, name := range slices.Sorted(maps.Keys(all)) {
		source := largestAdmitted(all[name])
		b.Run(name, func(b *testing.B) {
			doc, m := parseAndMeasure(b, source)
			for b.Loop() {
				options.Validate(doc)
			}
			b.ReportMetric(float64(m.ValidationSteps.Value), "steps")
		})
	}
}
