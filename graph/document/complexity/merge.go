package complexity

import "github.com/vektah/gqlparser/v2/ast"

// MaxVisits bounds the selections, directives and values that validation and merging
// visit, which a fragment bomb multiplies. An operation that spreads each fragment once visits its source twice: 150
// components in the form of Relay take 7,700 visits. A visit takes some 0.1 µs to
// measure, and up to 0.5 µs to validate.
const MaxVisits = 50_000

// merger merges the operations of a document, to measure them before validation: without
// a schema, variables or resolved fragments. It builds no operation. After validation, the
// merger in graph/document/merge.go builds the one that is executed.
type merger struct {
	fragments  map[string]*fragment
	operations []*ast.OperationDefinition
	sizes      []size // of the operations

	visits  int
	reached int // operations whose fragments are counted
	sets    int // merged
	result  *OperationMetrics
}

// measure returns the metrics of the operations, and the visits.
func (m *merger) measure() (operations []OperationMetrics, visits Measurement) {
	for i, o := range m.operations {
		m.visit(m.sizes[i].nodes + m.reachable(m.sizes[i].spreads))
		operations = append(operations, m.operation(o))
		if visits = (Measurement{m.visits, o.Position}); m.exhausted() {
			break
		}
	}
	return operations, visits
}

// visit counts n visits, until there are more than MaxVisits.
func (m *merger) visit(n int) { m.visits = min(m.visits+n, MaxVisits+1) }

// exhausted reports whether there have been more than MaxVisits.
func (m *merger) exhausted() bool { return m.visits > MaxVisits }

// reachable returns the number of selections, directives and values of all fragments
// that an operation reaches, given those that it spreads.
func (m *merger) reachable(spreads []*fragment) (nodes int) {
	m.reached++
	pending := append([]*fragment(nil), spreads...)
	for len(pending) > 0 {
		f := pending[len(pending)-1]
		pending = pending[:len(pending)-1]
		if f.reachedBy != m.reached {
			f.reachedBy = m.reached
			nodes += f.nodes
			pending = append(pending, f.spreads...)
		}
	}
	return nodes
}

// mergedField is a field of a merged selection set, with the selection sets of all
// fields that are merged into it.
type mergedField struct {
	*ast.Field
	sets []ast.SelectionSet
}

// path is the position of a merged selection set in its operation.
type path struct {
	depth         int
	introspection bool // below __schema or __type
	lists         int  // introspection lists that lead from one type to others
}

// operation returns the metrics of an operation.
func (m *merger) operation(o *ast.OperationDefinition) OperationMetrics {
	m.result = &OperationMetrics{Fields: Measurement{Position: o.Position}}
	m.result.RootFields = Measurement{m.selectionSets([]ast.SelectionSet{o.SelectionSet}, path{}), o.Position}
	return *m.result
}

// selectionSets measures the selection sets of the fields that are merged at a path. It
// returns the number of fields in the merged set.
func (m *merger) selectionSets(sets []ast.SelectionSet, at path) int {
	if m.exhausted() {
		return 0
	}
	m.sets++
	merged := mergedSet{merger: m}
	for _, set := range sets {
		merged.add(set)
	}
	for _, f := range merged.fields {
		m.field(f, at)
	}
	if m.countAliases(merged.fields); !at.introspection && len(merged.fields) > 0 {
		m.result.Width.raiseTo(len(merged.fields), merged.fields[0].Position)
	}
	return len(merged.fields)
}

// field measures a field of a merged set at a path.
func (m *merger) field(f mergedField, at path) {
	r := m.result
	if isIntrospectionList(f.Name) {
		at.lists++
	}
	if at.introspection {
		r.IntrospectionFields = Measurement{r.IntrospectionFields.Value + 1, f.Position}
		r.IntrospectionDepth.raiseTo(at.lists, f.Position)
	} else {
		at.depth++
		r.Fields.Value++
		r.Depth.raiseTo(at.depth, f.Position)
	}
	if IsIntrospectionField(f.Name) {
		r.Introspection = Measurement{r.Introspection.Value + 1, f.Position}
		if !at.introspection {
			at.introspection, at.lists = true, 0
		}
	}
	if len(f.sets) > 0 {
		m.selectionSets(f.sets, at)
	}
}

// countAliases counts the response names of each field of a merged set.
func (m *merger) countAliases(fields []mergedField) {
	if len(fields) <= m.result.Aliases.Value {
		return
	}
	counts := make(map[string]int, len(fields))
	for _, f := range fields {
		counts[f.Name]++
		m.result.Aliases.raiseTo(counts[f.Name], f.Position)
	}
}

// mergedSet is a merged selection set. Fields of one response name and different names
// can be of different types: they are not merged.
type mergedSet struct {
	*merger
	fields  []mergedField
	indexes map[fieldKey]int // of fields, once there are many
}

type fieldKey struct{ alias, name string }

// add merges a selection set, with each fragment expanded once.
func (s *mergedSet) add(set ast.SelectionSet) {
	for _, selection := range set {
		if s.visit(1); s.exhausted() {
			return
		}
		switch selection := selection.(type) {
		case *ast.Field:
			i := s.index(selection)
			if len(selection.SelectionSet) > 0 {
				s.fields[i].sets = append(s.fields[i].sets, selection.SelectionSet)
			}
		case *ast.InlineFragment:
			s.add(selection.SelectionSet)
		case *ast.FragmentSpread:
			if f := s.fragments[selection.Name]; f != nil && f.expandedIn != s.sets {
				f.expandedIn = s.sets
				s.add(f.definition.SelectionSet)
			}
		}
	}
}

// maxScanned is the number of fields up to which scanning them is faster than a map.
const maxScanned = 12

// index returns the index of a field in the merged set. It adds it if it is not there.
func (s *mergedSet) index(f *ast.Field) int {
	key := fieldKey{f.Alias, f.Name}
	if s.indexes == nil {
		for i := range s.fields {
			if s.fields[i].Alias == f.Alias && s.fields[i].Name == f.Name {
				return i
			}
		}
		if len(s.fields) == maxScanned {
			s.indexes = make(map[fieldKey]int, 2*maxScanned)
			for i, known := range s.fields {
				s.indexes[fieldKey{known.Alias, known.Name}] = i
			}
		}
	} else if i, known := s.indexes[key]; known {
		return i
	}
	s.fields = append(s.fields, mergedField{Field: f})
	if s.indexes != nil {
		s.indexes[key] = len(s.fields) - 1
	}
	return len(s.fields) - 1
}
