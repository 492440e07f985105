package graph

import "github.com/vektah/gqlparser/v2/ast"

// shape is how large a document is, as far as its text alone tells: with
// fragments written out, without what variables leave out, and before it is
// known whether it fits the schema. It is what has to be known before validation,
// which takes time by the square, or worse, of what it is given.
//
// It is measured by looking at each selection once, however often its fragment
// is spread, and is true of whatever a parser lets through: unknown fragments are
// empty, and of two with one name the first counts, as for validation.
type shape struct {
	operations []operationShape

	definitions    figure
	directives     figure // in all
	nodeDirectives figure // at one place
	variables      figure // of one operation
	name           figure // bytes of the longest one
	literal        figure // bytes of the longest one
	literalDepth   figure
	checks         figure

	cycle   *ast.FragmentSpread // leads back into the fragment that it is in; nil: none does
	visited int                 // selections that were looked at
}

// operationShape is how large one operation is.
type operationShape struct {
	depth      figure
	fields     figure
	rootFields figure
	aliases    figure // of one field in one selection set

	introspection       figure // how often __schema and __type are asked for
	introspectionFields figure
	introspectionDepth  figure
}

// figure is a number, and where it comes from.
type figure struct {
	n  int
	at *ast.Position
}

// raise makes it n, unless it is as much already.
func (f *figure) raise(n int, at *ast.Position) {
	if n > f.n {
		f.n, f.at = n, at
	}
}

// boundless is where figures end: a fragment that spreads another twice, and so
// on, soon makes more than any integer holds.
const boundless = 1_000_000_000

func plus(a, b int) int  { return min(a+b, boundless) }
func times(a, b int) int { return min(a*b, boundless) }

// measure takes the figures of a document.
func measure(doc *ast.QueryDocument) *shape {
	s := &shape{}
	m := &measurer{shape: s, fragments: make(map[string]*fragment, len(doc.Fragments)), tally: newTally()}
	for _, f := range doc.Fragments {
		if m.fragments[f.Name] == nil {
			m.fragments[f.Name] = &fragment{definition: f}
		}
	}
	for _, o := range doc.Operations {
		m.variables(o)
		m.directives(o.Directives, o.Position)
		s.name.raise(len(o.Name), o.Position)
		s.operations = append(s.operations, m.whole(o.SelectionSet).operation(o.Position))
		s.definitions = figure{s.definitions.n + 1, o.Position}
	}
	for _, f := range doc.Fragments {
		if m.fragments[f.Name].definition == f {
			m.fragment(m.fragments[f.Name]) // also where it is spread nowhere: it is validated
		} else {
			m.whole(f.SelectionSet)
		}
		for _, v := range f.VariableDefinition {
			m.variable(v)
		}
		m.directives(f.Directives, f.Position)
		s.name.raise(max(len(f.Name), len(f.TypeCondition)), f.Position)
		s.definitions = figure{s.definitions.n + 1, f.Position}
	}
	s.checks = checks(doc)
	return s
}

// operation gives the figures of an operation out of those of its selections.
func (e extent) operation(at *ast.Position) operationShape {
	return operationShape{
		depth: e.depth, fields: figure{e.fields, at}, rootFields: figure{e.direct, at}, aliases: e.aliases,
		introspection: e.introspection, introspectionFields: figure{e.introspectionFields, e.introspection.at}, introspectionDepth: e.introspectionDepth,
	}
}
