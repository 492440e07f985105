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
	for _, d := range documenttest.Compiled() {
		f.Add(d.Source)
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
		first, second := Limits{}.Check(doc), Limits{}.Check(doc)
		if !reflect.DeepEqual(first, second) {
			t.Fatalf("%v, then %v", first, second)
		}
		if n := countSelections(doc); m.visited != n {
			t.Fatalf("%d selections visited, of %d", m.visited, n)
		}
		if m.Cycle != nil || m.Visits.Value > MaxVisits {
			return
		}
		for i, o := range doc.Operations {
			m.Operations[0] = m.Operations[i]
			walk := &expandingWalk{doc: doc, remaining: 40_000}
			want := walk.operation(o)
			if got := m.values(); walk.remaining > 0 && (got.expanded < want.expanded || got.withoutExpanded() != want.withoutExpanded()) {
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

func (v operationValues) withoutExpanded() operationValues {
	v.expanded = 0
	return v
}

func (w *expandingWalk) operation(o *ast.OperationDefinition) operationValues {
	w.expanded = w.countFields(o.SelectionSet)
	w.root = len(w.set([]ast.SelectionSet{o.SelectionSet}, 1, false, 0))
	return w.operationValues
}

// countFields counts the fields of a selection set and of everything in it.
func (w *expandingWalk) countFields(set ast.SelectionSet) (n int) {
	for _, selection := range set {
		if w.remaining--; w.remaining < 0 {
			return n
		}
		switch s := selection.(type) {
		case *ast.Field:
			n += 1 + w.countFields(s.SelectionSet)
		case *ast.InlineFragment:
			n += w.countFields(s.SelectionSet)
		case *ast.FragmentSpread:
			if f := w.doc.Fragments.ForName(s.Name); f != nil {
				n += w.countFields(f.SelectionSet)
			}
		}
	}
	return n
}

// set walks the selection sets of the fields merged at one path, and returns the fields
// of the merged set. lists is the nesting of introspection lists.
func (w *expandingWalk) set(sets []ast.SelectionSet, depth int, introspection bool, lists int) map[fieldKey][]ast.SelectionSet {
	merged, names := map[fieldKey][]ast.SelectionSet{}, map[string]int{}
	for _, set := range sets {
		w.merge(merged, set)
	}
	for key := range merged {
		names[key.name]++
		w.aliases = max(w.aliases, names[key.name])
	}
	if !introspection {
		w.width = max(w.width, len(merged))
	}
	for key, subsets := range merged {
		w.field(key.name, subsets, depth, introspection, lists)
	}
	return merged
}

func (w *expandingWalk) merge(merged map[fieldKey][]ast.SelectionSet, set ast.SelectionSet) {
	for _, selection := range set {
		if w.remaining--; w.remaining < 0 {
			return
		}
		switch s := selection.(type) {
		case *ast.Field:
			key := fieldKey{s.Alias, s.Name}
			merged[key] = append(merged[key], s.SelectionSet)
		case *ast.InlineFragment:
			w.merge(merged, s.SelectionSet)
		case *ast.FragmentSpread:
			if f := w.doc.Fragments.ForName(s.Name); f != nil {
				w.merge(merged, f.SelectionSet)
			}
		}
	}
}

func (w *expandingWalk) field(name string, subsets []ast.SelectionSet, depth int, introspection bool, lists int) {
	starts := name == "__schema" || name == "__type"
	if introspection {
		w.introspectionFields++
		switch name {
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
	w.set(subsets, depth+1, introspection || starts, lists)
}
