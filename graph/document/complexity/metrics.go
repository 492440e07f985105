// Package complexity measures how large a document is before it is validated, and
// rejects one that is too large. It knows nothing of HeyGen or of the schema.
package complexity

import "github.com/vektah/gqlparser/v2/ast"

// Metrics is the size of a document as its source determines it: fragments are
// expanded, @skip and @include are ignored, and the schema is not consulted. It is
// needed before validation, which visits each operation and fragment together with all
// fragments that it reaches.
//
// [Measure] visits each selection once, however often its fragment is spread. The
// metrics hold for whatever the parser accepts: an unknown fragment is empty, and of
// two fragments with one name the first counts, as in validation.
type Metrics struct {
	Operations []OperationMetrics

	Definitions           Measurement // operations and fragments
	Directives            Measurement // in the whole document
	DirectivesPerLocation Measurement // at one location
	Variables             Measurement // of one operation
	NameBytes             Measurement // length of the longest name
	LiteralBytes          Measurement // length of the longest literal
	LiteralDepth          Measurement // nesting of lists and objects in one value

	Cycle *ast.FragmentSpread // leads back into its own fragment; nil if there is none

	visited int // selections visited
}

// OperationMetrics is the size of one operation.
type OperationMetrics struct {
	Depth      Measurement // of nested fields
	Fields     Measurement
	RootFields Measurement
	Aliases    Measurement // of one field in one selection set

	// Depth and Fields count __schema and __type as leaves. Their selections count here.
	Introspection       Measurement // selections of __schema and __type
	IntrospectionFields Measurement
	IntrospectionDepth  Measurement // of nested lists that lead from one type to others
}

// Measurement is a value and the position in the source that it comes from.
type Measurement struct {
	Value    int
	Position *ast.Position
}

// raiseTo sets the measurement to a value, unless it is that large already.
func (m *Measurement) raiseTo(value int, position *ast.Position) {
	if value > m.Value {
		m.Value, m.Position = value, position
	}
}

// Measure returns the metrics of a document.
func Measure(doc *ast.QueryDocument) *Metrics {
	m := &Metrics{}
	v := &visitor{metrics: m, fragments: make(map[string]*fragment, len(doc.Fragments)), counter: newFieldCounter()}
	for _, f := range doc.Fragments {
		if v.fragments[f.Name] == nil {
			v.fragments[f.Name] = &fragment{definition: f}
		}
	}
	for _, o := range doc.Operations {
		v.variables(o)
		v.directives(o.Directives, o.Position)
		m.NameBytes.raiseTo(len(o.Name), o.Position)
		m.Operations = append(m.Operations, v.selectionSet(o.SelectionSet).operationMetrics(o.Position))
		m.Definitions = Measurement{m.Definitions.Value + 1, o.Position}
	}
	for _, f := range doc.Fragments {
		if v.fragments[f.Name].definition == f {
			v.fragment(v.fragments[f.Name]) // unused ones too: validation visits them
		} else {
			v.selectionSet(f.SelectionSet)
		}
		for _, variable := range f.VariableDefinition {
			v.variable(variable)
		}
		v.directives(f.Directives, f.Position)
		m.NameBytes.raiseTo(max(len(f.Name), len(f.TypeCondition)), f.Position)
		m.Definitions = Measurement{m.Definitions.Value + 1, f.Position}
	}
	return m
}
