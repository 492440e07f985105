package complexity

import "github.com/vektah/gqlparser/v2/ast"

// selectionMetrics is how large a selection set is with all that is in it.
type selectionMetrics struct {
	depth      Measurement
	rootFields int // fields that are its own, after fragments
	fields     int
	aliases    Measurement // the most in any selection set

	// The same as if it stood inside of introspection, where fragments may be
	// spread as well as outside.
	allFields int
	listDepth Measurement

	introspection       Measurement
	introspectionFields int
	introspectionDepth  Measurement
}

// merge adds what stands in the same selection set.
func (e *selectionMetrics) merge(o selectionMetrics) {
	e.depth.raiseTo(o.depth.Value, o.depth.Position)
	e.rootFields = Add(e.rootFields, o.rootFields)
	e.fields = Add(e.fields, o.fields)
	e.aliases.raiseTo(o.aliases.Value, o.aliases.Position)
	e.allFields = Add(e.allFields, o.allFields)
	e.listDepth.raiseTo(o.listDepth.Value, o.listDepth.Position)
	if o.introspection.Value > 0 {
		e.introspection = Measurement{Add(e.introspection.Value, o.introspection.Value), o.introspection.Position}
	}
	e.introspectionFields = Add(e.introspectionFields, o.introspectionFields)
	e.introspectionDepth.raiseTo(o.introspectionDepth.Value, o.introspectionDepth.Position)
}

// wrapField makes the extent of a field out of that of its selections.
func (e selectionMetrics) wrapField(f *ast.Field) selectionMetrics {
	e.rootFields, e.allFields = 1, Add(e.allFields, 1)
	if isIntrospectionList(f.Name) {
		e.listDepth = Measurement{e.listDepth.Value + 1, f.Position}
	}
	if IsIntrospectionField(f.Name) {
		e.introspection = Measurement{Add(e.introspection.Value, 1), f.Position}
		e.introspectionFields = e.allFields - 1
		e.introspectionDepth = e.listDepth
		e.depth, e.fields = Measurement{1, f.Position}, 1
		return e
	}
	if e.fields = Add(e.fields, 1); e.depth.Value == 0 {
		e.depth.Position = f.Position
	}
	e.depth.Value++
	return e
}

// visitor walks over a document.
type visitor struct {
	metrics   *Metrics
	fragments map[string]*fragment
	counter   fieldCounter
}

// fragment is one fragment and, once it was looked at, its extent.
type fragment struct {
	definition  *ast.FragmentDefinition
	started     bool
	done        bool
	metrics     selectionMetrics
	fieldCounts []fieldCount // what it brings into the sets that it is spread in

	lastSet, spreads int // in which set it was met last, and how often
}

// fragment measures a fragment, once. One that is being measured already spreads
// itself; what it adds there has no end, and is left out.
func (m *visitor) fragment(f *fragment) {
	if !f.started {
		f.started = true
		f.metrics = m.selections(f.definition.SelectionSet)
		most := m.maxAliases(f.definition.SelectionSet)
		f.fieldCounts = m.counter.drain()
		f.metrics.aliases.raiseTo(most.Value, most.Position)
		f.done = true
	}
}

// selectionSet measures the selections of an operation or a field.
func (m *visitor) selectionSet(set ast.SelectionSet) selectionMetrics {
	e := m.selections(set)
	most := m.maxAliases(set)
	m.counter.reset()
	e.aliases.raiseTo(most.Value, most.Position)
	return e
}

func (m *visitor) selections(set ast.SelectionSet) (e selectionMetrics) {
	for _, selection := range set {
		m.metrics.visited++
		switch s := selection.(type) {
		case *ast.Field:
			m.field(s)
			var inner selectionMetrics
			if len(s.SelectionSet) > 0 {
				inner = m.selectionSet(s.SelectionSet)
			}
			e.merge(inner.wrapField(s))
		case *ast.InlineFragment:
			m.metrics.NameBytes.raiseTo(len(s.TypeCondition), s.Position)
			m.directives(s.Directives, s.Position)
			e.merge(m.selections(s.SelectionSet))
		case *ast.FragmentSpread:
			m.metrics.NameBytes.raiseTo(len(s.Name), s.Position)
			m.directives(s.Directives, s.Position)
			f := m.fragments[s.Name]
			if f == nil {
				continue
			}
			if m.fragment(f); !f.done {
				m.metrics.Cycle = s
				continue
			}
			e.merge(f.metrics)
		}
	}
	return e
}
