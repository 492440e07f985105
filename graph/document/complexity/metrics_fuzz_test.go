package complexity

import (
	"os"
	"reflect"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"

	"heygen-graphql/graph/document/documenttest"
)

// FuzzShape measures whatever a parser lets through, and compares with a plain
// walk that writes every fragment out.
func FuzzShape(f *testing.F) {
	if text, err := os.ReadFile("../../testdata/introspection.graphql"); err == nil {
		f.Add(string(text))
	}
	for _, text := range documenttest.Sane() {
		f.Add(text)
	}
	for _, d := range documenttest.Hostile("") {
		if len(d[0]) < 100_000 {
			f.Add(d[0])
		}
	}
	f.Add(`{ a ...F ...G } fragment F on T { a ...G ... { a ...G } } fragment G on T { __schema { a { fields { b } } } b: a }`)
	f.Fuzz(func(t *testing.T, text string) {
		doc, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: text}, DefaultLimits.Tokens)
		if err != nil {
			return
		}
		s := Measure(doc)
		if !reflect.DeepEqual(s, Measure(doc)) {
			t.Fatal("two shapes of one document differ")
		}
		first, second := Limits{}.Check(s), Limits{}.Check(Measure(doc))
		if !reflect.DeepEqual(first, second) {
			t.Fatalf("%v, then %v", first, second)
		}
		if written := selections(doc); s.visited != written {
			t.Fatalf("%d selections were looked at, of %d", s.visited, written)
		}
		if s.Cycle != nil {
			return
		}
		for i, o := range doc.Operations {
			plain := &plainWalk{doc: doc, left: 20_000}
			want := plain.operation(o)
			if got := s.Operations[i].figures(); plain.left > 0 && got != want {
				t.Fatalf("%+v, and with fragments written out %+v", got, want)
			}
		}
	})
}

// plainWalk takes the figures of an operation by walking through every fragment
// wherever it is spread, as long as there are selections left.
type plainWalk struct {
	doc  *ast.QueryDocument
	left int
	figures
}

func (p *plainWalk) operation(o *ast.OperationDefinition) figures {
	p.set(o.SelectionSet, 1, false, 0)
	for _, n := range p.names(o.SelectionSet, map[string]int{}) {
		p.root += n
	}
	return p.figures
}

// set walks over what stands at a depth; within: inside of introspection, and in so
// many of its lists.
func (p *plainWalk) set(set ast.SelectionSet, depth int, within bool, lists int) {
	for _, n := range p.names(set, map[string]int{}) {
		p.aliases = max(p.aliases, n)
	}
	p.inside(set, depth, within, lists)
}

func (p *plainWalk) inside(set ast.SelectionSet, depth int, within bool, lists int) {
	for _, selection := range set {
		if p.left--; p.left < 0 {
			return
		}
		switch s := selection.(type) {
		case *ast.Field:
			p.field(s, depth, within, lists)
		case *ast.InlineFragment:
			p.inside(s.SelectionSet, depth, within, lists)
		case *ast.FragmentSpread:
			if f := p.doc.Fragments.ForName(s.Name); f != nil {
				p.inside(f.SelectionSet, depth, within, lists)
			}
		}
	}
}

func (p *plainWalk) field(f *ast.Field, depth int, within bool, lists int) {
	begins := f.Name == "__schema" || f.Name == "__type"
	if within {
		p.introspectionFields++
		switch f.Name {
		case "fields", "inputFields", "interfaces", "possibleTypes":
			lists++
			p.introspectionDepth = max(p.introspectionDepth, lists)
		}
	} else {
		p.fields++
		p.depth = max(p.depth, depth)
	}
	if begins {
		p.introspection++
	}
	p.set(f.SelectionSet, depth+1, within || begins, lists)
}

// names counts the fields of one set by their names.
func (p *plainWalk) names(set ast.SelectionSet, counts map[string]int) map[string]int {
	for _, selection := range set {
		if p.left--; p.left < 0 {
			break
		}
		switch s := selection.(type) {
		case *ast.Field:
			counts[s.Name]++
		case *ast.InlineFragment:
			p.names(s.SelectionSet, counts)
		case *ast.FragmentSpread:
			if f := p.doc.Fragments.ForName(s.Name); f != nil {
				p.names(f.SelectionSet, counts)
			}
		}
	}
	return counts
}
