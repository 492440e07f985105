package complexity

import "github.com/vektah/gqlparser/v2/ast"

// visitor visits the source of a document, each selection once.
type visitor struct {
	metrics   *SourceMetrics
	fragments map[string]*fragment
	current   *size // of the operation or fragment that is visited
}

// size is the size of the source of an operation or a fragment.
type size struct {
	nodes    int         // selections, directives and values
	expanded int         // fields, with fragments expanded
	spreads  []*fragment // in source order
}

// fragment is a fragment definition and, once it is visited, its size.
type fragment struct {
	definition    *ast.FragmentDefinition
	started, done bool // the visit
	size

	reachedBy  int // number of the last operation that reaches it
	expandedIn int // number of the last merged selection set that it is expanded in
}

// measureSource returns the metrics of a source, and what measures its operations.
func measureSource(doc *ast.QueryDocument) (*SourceMetrics, *merger) {
	m := &SourceMetrics{}
	v := &visitor{metrics: m, fragments: make(map[string]*fragment, len(doc.Fragments))}
	for _, f := range doc.Fragments {
		if v.fragments[f.Name] == nil {
			v.fragments[f.Name] = &fragment{definition: f}
		}
	}
	merger := &merger{fragments: v.fragments, operations: doc.Operations}
	for _, o := range doc.Operations {
		v.variables(o)
		m.NameBytes.raiseTo(len(o.Name), o.Position)
		m.Definitions = Measurement{m.Definitions.Value + 1, o.Position}
		size := v.measure(o.Directives, o.SelectionSet, o.Position)
		m.Expanded.raiseTo(size.expanded, o.Position)
		merger.sizes = append(merger.sizes, size)
	}
	for _, f := range doc.Fragments {
		if v.fragments[f.Name].definition == f {
			v.fragment(v.fragments[f.Name]) // unused ones too
		} else {
			v.measure(f.Directives, f.SelectionSet, f.Position)
		}
		for _, variable := range f.VariableDefinition {
			v.variable(variable)
		}
		m.NameBytes.raiseTo(max(len(f.Name), len(f.TypeCondition)), f.Position)
		m.Definitions = Measurement{m.Definitions.Value + 1, f.Position}
	}
	return m, merger
}

// fragment measures a fragment once. A fragment that is reached during its own visit
// spreads itself; that spread would expand without end and is left out.
func (v *visitor) fragment(f *fragment) {
	if !f.started {
		f.started = true
		f.size = v.measure(f.definition.Directives, f.definition.SelectionSet, f.definition.Position)
		f.done = true
	}
}

// measure returns the size of an operation or a fragment: its directives and selections.
func (v *visitor) measure(directives ast.DirectiveList, set ast.SelectionSet, position *ast.Position) size {
	outer := v.current
	v.current = &size{}
	v.directives(directives, position)
	v.current.expanded = v.selections(set)
	measured := *v.current
	v.current = outer
	return measured
}

// selections returns the number of fields of a selection set with everything nested in
// it, with fragments expanded.
func (v *visitor) selections(set ast.SelectionSet) (expanded int) {
	for _, selection := range set {
		v.metrics.visited++
		v.current.nodes++
		switch s := selection.(type) {
		case *ast.Field:
			v.field(s)
			expanded = Add(expanded, Add(1, v.selections(s.SelectionSet)))
		case *ast.InlineFragment:
			v.metrics.NameBytes.raiseTo(len(s.TypeCondition), s.Position)
			v.directives(s.Directives, s.Position)
			expanded = Add(expanded, v.selections(s.SelectionSet))
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
			v.current.spreads = append(v.current.spreads, f)
			expanded = Add(expanded, f.expanded)
		}
	}
	return expanded
}
