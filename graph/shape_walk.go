package graph

import "github.com/vektah/gqlparser/v2/ast"

// extent is how large a selection set is with all that is in it.
type extent struct {
	depth   figure
	direct  int // fields that are its own, after fragments
	fields  int
	aliases figure // the most in any selection set

	// The same as if it stood inside of introspection, where fragments may be
	// spread as well as outside.
	all   int
	lists figure

	introspection       figure
	introspectionFields int
	introspectionDepth  figure
}

// join adds what stands in the same selection set.
func (e *extent) join(o extent) {
	e.depth.raise(o.depth.n, o.depth.at)
	e.direct = plus(e.direct, o.direct)
	e.fields = plus(e.fields, o.fields)
	e.aliases.raise(o.aliases.n, o.aliases.at)
	e.all = plus(e.all, o.all)
	e.lists.raise(o.lists.n, o.lists.at)
	if o.introspection.n > 0 {
		e.introspection = figure{plus(e.introspection.n, o.introspection.n), o.introspection.at}
	}
	e.introspectionFields = plus(e.introspectionFields, o.introspectionFields)
	e.introspectionDepth.raise(o.introspectionDepth.n, o.introspectionDepth.at)
}

// of makes the extent of a field out of that of its selections.
func (e extent) of(f *ast.Field) extent {
	e.direct, e.all = 1, plus(e.all, 1)
	if isIntrospectionList(f.Name) {
		e.lists = figure{e.lists.n + 1, f.Position}
	}
	if isIntrospection(f.Name) {
		e.introspection = figure{plus(e.introspection.n, 1), f.Position}
		e.introspectionFields = e.all - 1
		e.introspectionDepth = e.lists
		e.depth, e.fields = figure{1, f.Position}, 1
		return e
	}
	if e.fields = plus(e.fields, 1); e.depth.n == 0 {
		e.depth.at = f.Position
	}
	e.depth.n++
	return e
}

// measurer walks over a document.
type measurer struct {
	shape     *shape
	fragments map[string]*fragment
	tally     tally
}

// fragment is one fragment and, once it was looked at, its extent.
type fragment struct {
	definition *ast.FragmentDefinition
	entered    bool
	left       bool
	extent     extent
	selected   []selected // what it brings into the sets that it is spread in

	inSet, spread int // in which set it was met last, and how often
}

// fragment measures a fragment, once. One that is being measured already spreads
// itself; what it adds there has no end, and is left out.
func (m *measurer) fragment(f *fragment) {
	if !f.entered {
		f.entered = true
		f.extent = m.selections(f.definition.SelectionSet)
		most := m.aliases(f.definition.SelectionSet)
		f.selected = m.tally.take()
		f.extent.aliases.raise(most.n, most.at)
		f.left = true
	}
}

// whole measures the selections of an operation or a field.
func (m *measurer) whole(set ast.SelectionSet) extent {
	e := m.selections(set)
	most := m.aliases(set)
	m.tally.clear()
	e.aliases.raise(most.n, most.at)
	return e
}

func (m *measurer) selections(set ast.SelectionSet) (e extent) {
	for _, selection := range set {
		m.shape.visited++
		switch s := selection.(type) {
		case *ast.Field:
			m.field(s)
			var inner extent
			if len(s.SelectionSet) > 0 {
				inner = m.whole(s.SelectionSet)
			}
			e.join(inner.of(s))
		case *ast.InlineFragment:
			m.shape.name.raise(len(s.TypeCondition), s.Position)
			m.directives(s.Directives, s.Position)
			e.join(m.selections(s.SelectionSet))
		case *ast.FragmentSpread:
			m.shape.name.raise(len(s.Name), s.Position)
			m.directives(s.Directives, s.Position)
			f := m.fragments[s.Name]
			if f == nil {
				continue
			}
			if m.fragment(f); !f.left {
				m.shape.cycle = s
				continue
			}
			e.join(f.extent)
		}
	}
	return e
}
