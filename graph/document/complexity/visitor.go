package complexity

import "github.com/vektah/gqlparser/v2/ast"

// visitor visits the selections of a document.
type visitor struct {
	metrics   *Metrics
	fragments map[string]*fragment
	counter   fieldCounter
}

// fragment is a fragment definition and, once it is visited, its metrics.
type fragment struct {
	definition    *ast.FragmentDefinition
	started, done bool // the visit
	metrics       selectionMetrics
	fieldCounts   []fieldCount // the fields that it adds to the sets that spread it

	lastSet, spreads int // the last selection set that spreads it, and how often
}

// fragment measures a fragment once. A fragment that is reached during its own visit
// spreads itself; that spread would expand without end and is left out.
func (v *visitor) fragment(f *fragment) {
	if !f.started {
		f.started = true
		f.metrics = v.selections(f.definition.SelectionSet)
		aliases := v.maxAliases(f.definition.SelectionSet)
		f.fieldCounts = v.counter.drain()
		f.metrics.aliases.raiseTo(aliases.Value, aliases.Position)
		f.done = true
	}
}

// selectionSet measures the selection set of an operation or a field.
func (v *visitor) selectionSet(set ast.SelectionSet) selectionMetrics {
	m := v.selections(set)
	aliases := v.maxAliases(set)
	v.counter.reset()
	m.aliases.raiseTo(aliases.Value, aliases.Position)
	return m
}

// selections measures a selection set except for the aliases of the set itself.
func (v *visitor) selections(set ast.SelectionSet) (m selectionMetrics) {
	for _, selection := range set {
		v.metrics.visited++
		switch s := selection.(type) {
		case *ast.Field:
			v.field(s)
			var nested selectionMetrics
			if len(s.SelectionSet) > 0 {
				nested = v.selectionSet(s.SelectionSet)
			}
			m.merge(nested.wrapField(s))
		case *ast.InlineFragment:
			v.metrics.NameBytes.raiseTo(len(s.TypeCondition), s.Position)
			v.directives(s.Directives, s.Position)
			m.merge(v.selections(s.SelectionSet))
		case *ast.FragmentSpread:
			v.metrics.NameBytes.raiseTo(len(s.Name), s.Position)
			v.directives(s.Directives, s.Position)
			f := v.fragments[s.Name]
			if f == nil {
				continue
			}
			if v.fragment(f); !f.done {
				v.metrics.Cycle = s
				continue
			}
			m.merge(f.metrics)
		}
	}
	return m
}
