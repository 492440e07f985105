package document

import (
	"maps"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator/core"

	"heygen-graphql/graph/document/complexity"
	"heygen-graphql/graph/document/documenttest"
)

// countEvents returns how many selections, directives and values of a document the rules
// of validation see.
func countEvents(doc *ast.QueryDocument) (n int) {
	observers := &core.Events{}
	observers.OnField(func(*core.Walker, *ast.Field) { n++ })
	observers.OnInlineFragment(func(*core.Walker, *ast.InlineFragment) { n++ })
	observers.OnFragmentSpread(func(*core.Walker, *ast.FragmentSpread) { n++ })
	observers.OnDirective(func(*core.Walker, *ast.Directive) { n++ })
	observers.OnValue(func(*core.Walker, *ast.Value) { n++ })
	walk(overlapSchema, doc, observers)
	return n
}

// What validation visits is bounded by what is measured before, apart from the variables
// and directives of definitions. gqlparser visits a chain of 900 fragments 400,000 times.
func TestValidationVisitsNoMoreThanWasMeasured(t *testing.T) {
	sources := documenttest.Overlapping("")
	maps.Copy(sources, documenttest.Legitimate())
	for name, d := range documenttest.Compiled() {
		sources[name] = d.Source
	}
	for name, source := range sources {
		doc, err := parser.ParseQuery(&ast.Source{Input: source})
		if err != nil {
			t.Fatal(err)
		}
		definitions := len(doc.Fragments)
		for _, o := range doc.Operations {
			definitions += len(o.VariableDefinitions)
		}
		if events, measured := countEvents(doc), complexity.Measure(doc).Visits.Value; events > measured+definitions || events == 0 {
			t.Errorf("%s: %d visits, and %d were measured", name, events, measured)
		}
	}
}

// The walk without the selections of fragment definitions sets all that gqlparser's sets.
func TestWalkSetsTheTypesOfFragments(t *testing.T) {
	doc, err := parser.ParseQuery(&ast.Source{Input: `{ a { ...F } } fragment F on A { s ...G } fragment G on A { a { t } } fragment Unused on B { s }`})
	if err != nil {
		t.Fatal(err)
	}
	errs := Options{Schema: overlapSchema}.Validate(doc)
	if len(errs) != 1 || errs[0].Message != `Fragment "Unused" is never used.` {
		t.Errorf("%v", errs)
	}
	for i, name := range []string{"A", "A", "B"} {
		if f := doc.Fragments[i]; f.Definition != overlapSchema.Types[name] || len(f.SelectionSet) == 0 {
			t.Errorf("%s: %+v", f.Name, f)
		}
	}
}
