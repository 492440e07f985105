package graph

import (
	"context"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator"

	"heygen-graphql/graph/document"
	"heygen-graphql/graph/document/documenttest"
	"heygen-graphql/graph/internal/plan"
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

// largestAdmitted returns the largest document of a generator that the limits admit, to
// a sixteenth.
func largestAdmitted(generate func(int) string) string {
	admitted := func(n int) bool {
		doc, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: generate(n)}, DefaultLimits.Tokens)
		return err == nil && (Limits{}).Check(doc) == nil
	}
	n := 1
	for n < 1<<15 && admitted(2*n) { // more make no difference
		n *= 2
	}
	for step := n / 2; step > n/16; step /= 2 {
		if admitted(n + step) {
			n += step
		}
	}
	return generate(n)
}

// Validation takes some 25 ms at most. With gqlparser's rule for overlapping fields,
// which is quadratic, documents that the limits admit take minutes.
func TestLargestAdmittedDocumentsValidateFast(t *testing.T) {
	schema := newSchema(&Resolver{}).Schema()
	options := Options{}.documentOptions(schema)
	for name, generate := range slowDocuments() {
		doc := parseDocument(t, largestAdmitted(generate))
		took := time.Duration(math.MaxInt64)
		for range 2 {
			start := time.Now()
			options.Validate(doc)
			took = min(took, time.Since(start))
		}
		if took > time.Second { // on the slowest machine, with the race detector
			t.Errorf("%s: %v", name, took)
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

// prepareDocument does all that precedes the execution of a document that the server has
// not seen. It reports whether the document is valid.
func prepareDocument(options document.Options, source string) bool {
	store := document.NewStore[plan.Cache](options)
	doc, errs := store.Resolve(context.Background(), source, "")
	if len(errs) > 0 {
		return false
	}
	operation, variables := doc.Query.Operations[0], map[string]any{}
	for _, v := range operation.VariableDefinitions {
		if v.Type.Name() == "Boolean" {
			variables[v.Variable] = true
		}
	}
	op := &graphql.OperationContext{RawQuery: source, Doc: doc.Query, Variables: variables}
	op.Operation = store.MergedOperation(doc, operation, variables)
	costOf(op)
	return true
}

// BenchmarkLargestAdmittedDocuments measures documents just below the limits, until they
// are executed.
func BenchmarkLargestAdmittedDocuments(b *testing.B) {
	schema := newSchema(&Resolver{}).Schema()
	options := Options{}.documentOptions(schema)
	all := slowDocuments()
	for _, name := range slices.Sorted(maps.Keys(all)) {
		source := largestAdmitted(all[name])
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				prepareDocument(options, source)
			}
		})
	}
}

// BenchmarkLegitimateDocuments measures all that precedes the execution of a document.
func BenchmarkLegitimateDocuments(b *testing.B) {
	schema := newSchema(&Resolver{}).Schema()
	options := Options{}.documentOptions(schema)
	all := documenttest.Legitimate()
	for name, d := range documenttest.Compiled() {
		all[name] = d.Source
	}
	for _, name := range slices.Sorted(maps.Keys(all)) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if !prepareDocument(options, all[name]) {
					b.Fatal("the document is invalid")
				}
			}
		})
	}
}
