package complexity

import (
	"os"
	"reflect"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"

	"heygen-graphql/graph/document/documenttest"
)

// FuzzMeasure measures whatever the parser accepts, and compares the metrics with
// those of a walk that expands every fragment.
func FuzzMeasure(f *testing.F) {
	if source, err := os.ReadFile("../../testdata/introspection.graphql"); err == nil {
		f.Add(string(source))
	}
	for _, source := range documenttest.Legitimate() {
		f.Add(source)
	}
	for _, source := range demandingDocuments() {
		if len(source) < 100_000 {
			f.Add(source)
		}
	}
	f.Add(`{ a ...F ...G } fragment F on T { a ...G ... { a ...G } } fragment G on T { __schema { a { fields { b } } } b: a }`)
	f.Fuzz(func(t *testing.T, source string) {
		doc, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: source}, DefaultLimits.Tokens)
		if err != nil {
			return
		}
		m := Measure(doc)
		if !reflect.DeepEqual(m, Measure(doc)) {
			t.Fatal("two measurements of one document differ")
		}
		first, second := Limits{}.Check(m), Limits{}.Check(Measure(doc))
		if !reflect.DeepEqual(first, second) {
			t.Fatalf("%v, then %v", first, second)
		}
		if n := countSelections(doc); m.visited != n {
			t.Fatalf("%d selections visited, of %d", m.visited, n)
		}
		if m.Cycle != nil {
			return
		}
		for i, o := range doc.Operations {
			walk := &expandingWalk{doc: doc, remaining: 20_000}
			want := walk.operation(o)
			if got := m.Operations[i].values(); walk.remaining > 0 && got != want {
				t.Fatalf("%+v, and with fragments expanded %+v", got, want)
			}
		}
	})
}

// expandingWalk measures an operation by walking every fragment wherever it is spread,
// for a limited number of selections.
type expandingWalk struct {
	doc       *ast.QueryDocument
	remaining int
	operationValues
}

func (w *expandingWalk) operation(o *ast.OperationDefinition) operationValues {
	w.set(o.SelectionSet, 1, false, 0)
	for _, n := range w.countNames(o.SelectionSet, map[string]int{}) {
		w.root += n
	}
	return w.operationValues
}

// set walks a selection set at a depth. lists is the nesting of introspection lists.
func (w *expandingWalk) set(set ast.SelectionSet, depth int, introspection bool, lists int) {
	for _, n := range w.countNames(set, map[string]int{}) {
		w.aliases = max(w.aliases, n)
	}
	w.selections(set, depth, introspection, lists)
}

func (w *expandingWalk) selections(set ast.SelectionSet, depth int, introspection bool, lists int) {
	for _, selection := range set {
		if w.remaining--; w.remaining < 0 {
			return
		}
		switch s := selection.(type) {
		case *ast.Field:
			w.field(s, depth, introspection, lists)
		case *ast.InlineFragment:
			w.selections(s.SelectionSet, depth, introspection, lists)
		case *ast.FragmentSpread:
			if f := w.doc.Fragments.ForName(s.Name); f != nil {
				w.selections(f.SelectionSet, depth, introspection, lists)
			}
		}
	}
}

func (w *expandingWalk) field(f *ast.Field, depth int, introspection bool, lists int) {
	starts := f.Name == "__schema" || f.Name == "__type"
	if introspection {
		w.introspectionFields++
		switch f.Name {
		case "fields", "inputFields", "interfaces", "possibleTypes":
			lists++
			w.introspectionDepth = max(w.introspectionDepth, lists)
		}
	} else {
		w.fields++
		w.depth = max(w.depth, depth)
	}
	if starts {
		w.introspection++
	}
	w.set(f.SelectionSet, depth+1, introspection || starts, lists)
}

// countNames counts the fields of a selection set by name.
func (w *expandingWalk) countNames(set ast.SelectionSet, counts map[string]int) map[string]int {
	for _, selection := range set {
		if w.remaining--; w.remaining < 0 {
			break
		}
		switch s := selection.(type) {
		case *ast.Field:
			counts[s.Name]++
		case *ast.InlineFragment:
			w.countNames(s.SelectionSet, counts)
		case *ast.FragmentSpread:
			if f := w.doc.Fragments.ForName(s.Name); f != nil {
				w.countNames(f.SelectionSet, counts)
			}
		}
	}
	return counts
}
