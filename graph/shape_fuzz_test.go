package graph

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
)

// FuzzShape measures whatever can be parsed, and holds small documents against a
// walk that writes every fragment out.
func FuzzShape(f *testing.F) {
	for _, text := range sane() {
		f.Add(text)
	}
	for _, test := range hostile("") {
		if len(test[0]) < 20_000 {
			f.Add(test[0])
		}
	}
	f.Add(`{ a ...F ... { b ...F } } fragment F on T { c { ...G a } } fragment G on T { __schema { fields { ...H } } d } fragment H on T { name fields { x: name } }`)
	f.Fuzz(func(t *testing.T, text string) {
		doc, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: text}, DefaultLimits.Tokens)
		if err != nil {
			return
		}
		s := measure(doc)
		if again := measure(doc); again.visited != s.visited || len(again.operations) != len(s.operations) || again.checks != s.checks {
			t.Fatalf("%+v and %+v", s, again)
		}
		if s.visited > mostVisited {
			t.Fatalf("%d selections were looked at", s.visited)
		}
		if e := (Limits{}).refuseShape(s); e != nil && (e.Message == "" || e.Extensions["code"] == nil) {
			t.Fatalf("%+v", e)
		}
		if s.cycle != nil {
			return
		}
		for i, o := range doc.Operations {
			e := expansion{doc: doc, left: 20_000}
			want := e.set(o.SelectionSet, false)
			if e.left < 0 {
				continue
			}
			want.aliases = e.aliases
			got := s.operations[i].figures()
			if s.operations[i].aliases.n > want.aliases && e.spreads > maxMerged/100 { // it may be more than it is, never less
				got.aliases = want.aliases
			}
			if diff := cmp.Diff(want, got, cmp.AllowUnexported(figures{})); diff != "" {
				t.Fatalf("%s\n%s", text, diff)
			}
		}
	})
}

// expansion walks over a document with its fragments written out.
type expansion struct {
	doc     *ast.QueryDocument
	left    int // selections that may be looked at
	spreads int
	aliases int
}

// set gives the figures of a selection set. inside: of introspection.
func (e *expansion) set(set ast.SelectionSet, inside bool) (f figures) {
	names := map[string]int{}
	f = e.merged(set, inside, names)
	for _, n := range names {
		e.aliases = max(e.aliases, n)
	}
	return f
}

func (e *expansion) merged(set ast.SelectionSet, inside bool, names map[string]int) (f figures) {
	for _, selection := range set {
		if e.left--; e.left < 0 {
			return f
		}
		var of figures
		switch s := selection.(type) {
		case *ast.Field:
			names[s.Name]++
			of = e.field(s, inside)
		case *ast.InlineFragment:
			of = e.merged(s.SelectionSet, inside, names)
		case *ast.FragmentSpread:
			e.spreads++
			if d := e.doc.Fragments.ForName(s.Name); d != nil {
				of = e.merged(d.SelectionSet, inside, names)
			}
		}
		f.depth = max(f.depth, of.depth)
		f.fields += of.fields
		f.root += of.root
		f.introspection += of.introspection
		f.introspectionFields += of.introspectionFields
		f.introspectionDepth = max(f.introspectionDepth, of.introspectionDepth)
	}
	return f
}

func (e *expansion) field(s *ast.Field, inside bool) figures {
	switch {
	case inside:
		in := e.set(s.SelectionSet, true)
		in.introspectionFields++
		if isIntrospectionList(s.Name) {
			in.introspectionDepth++
		}
		return in
	case isIntrospection(s.Name):
		in := e.set(s.SelectionSet, true)
		return figures{depth: 1, fields: 1, root: 1, introspection: 1, introspectionFields: in.introspectionFields, introspectionDepth: in.introspectionDepth}
	default:
		in := e.set(s.SelectionSet, false)
		in.depth, in.fields, in.root = in.depth+1, in.fields+1, 1
		return in
	}
}
