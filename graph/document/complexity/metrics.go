// Package complexity measures how large a document is before it is validated, and
// bounds it. It knows nothing of HeyGen or of the schema.
package complexity

import "github.com/vektah/gqlparser/v2/ast"

// Metrics is how large a document is, as far as its text alone tells: with
// fragments written out, without what variables leave out, and before it is
// known whether it fits the schema. It is what has to be known before validation,
// which takes time by the square, or worse, of what it is given.
//
// It is measured by looking at each selection once, however often its fragment
// is spread, and is true of whatever a parser lets through: unknown fragments are
// empty, and of two with one name the first counts, as for validation.
type Metrics struct {
	Operations []OperationMetrics

	Definitions           Measurement
	Directives            Measurement // in all
	DirectivesPerLocation Measurement // at one place
	Variables             Measurement // of one operation
	NameBytes             Measurement // bytes of the longest one
	LiteralBytes          Measurement // bytes of the longest one
	LiteralDepth          Measurement
	ValidationSteps       Measurement

	Cycle   *ast.FragmentSpread // leads back into the fragment that it is in; nil: none does
	visited int                 // selections that were looked at
}

// OperationMetrics is how large one operation is.
type OperationMetrics struct {
	Depth      Measurement
	Fields     Measurement
	RootFields Measurement
	Aliases    Measurement // of one field in one selection set

	Introspection       Measurement // how often __schema and __type are asked for
	IntrospectionFields Measurement
	IntrospectionDepth  Measurement
}

// Measurement is a number, and where it comes from.
type Measurement struct {
	Value    int
	Position *ast.Position
}

// raiseTo makes it n, unless it is as much already.
func (f *Measurement) raiseTo(n int, at *ast.Position) {
	if n > f.Value {
		f.Value, f.Position = n, at
	}
}

// Saturated is where figures end: a fragment that spreads another twice, and so
// on, soon makes more than any integer holds.
const Saturated = 1_000_000_000

func Add(a, b int) int { return min(a+b, Saturated) }
func Mul(a, b int) int { return min(a*b, Saturated) }

// Measure takes the figures of a document.
func Measure(doc *ast.QueryDocument) *Metrics {
	s := &Metrics{}
	m := &visitor{metrics: s, fragments: make(map[string]*fragment, len(doc.Fragments)), counter: newFieldCounter()}
	for _, f := range doc.Fragments {
		if m.fragments[f.Name] == nil {
			m.fragments[f.Name] = &fragment{definition: f}
		}
	}
	for _, o := range doc.Operations {
		m.variables(o)
		m.directives(o.Directives, o.Position)
		s.NameBytes.raiseTo(len(o.Name), o.Position)
		s.Operations = append(s.Operations, m.selectionSet(o.SelectionSet).operationMetrics(o.Position))
		s.Definitions = Measurement{s.Definitions.Value + 1, o.Position}
	}
	for _, f := range doc.Fragments {
		if m.fragments[f.Name].definition == f {
			m.fragment(m.fragments[f.Name]) // also where it is spread nowhere: it is validated
		} else {
			m.selectionSet(f.SelectionSet)
		}
		for _, v := range f.VariableDefinition {
			m.variable(v)
		}
		m.directives(f.Directives, f.Position)
		s.NameBytes.raiseTo(max(len(f.Name), len(f.TypeCondition)), f.Position)
		s.Definitions = Measurement{s.Definitions.Value + 1, f.Position}
	}
	s.ValidationSteps = validationSteps(doc)
	return s
}

// operationMetrics gives the figures of an operation out of those of its selections.
func (e selectionMetrics) operationMetrics(at *ast.Position) OperationMetrics {
	return OperationMetrics{
		Depth: e.depth, Fields: Measurement{e.fields, at}, RootFields: Measurement{e.rootFields, at}, Aliases: e.aliases,
		Introspection: e.introspection, IntrospectionFields: Measurement{e.introspectionFields, e.introspection.Position}, IntrospectionDepth: e.introspectionDepth,
	}
}
