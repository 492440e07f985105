package complexity

import "github.com/vektah/gqlparser/v2/ast"

// selectionMetrics is the size of a selection set with everything nested in it.
type selectionMetrics struct {
	depth      Measurement
	rootFields int // fields of the set itself, fragments expanded
	fields     int
	aliases    Measurement // the maximum over all selection sets

	// The same as if the set were inside introspection. A fragment can be spread both
	// inside and outside of it.
	allFields int
	listDepth Measurement

	introspection       Measurement
	introspectionFields int
	introspectionDepth  Measurement
}

// merge adds the metrics of a selection of the same set.
func (m *selectionMetrics) merge(o selectionMetrics) {
	m.depth.raiseTo(o.depth.Value, o.depth.Position)
	m.rootFields = Add(m.rootFields, o.rootFields)
	m.fields = Add(m.fields, o.fields)
	m.aliases.raiseTo(o.aliases.Value, o.aliases.Position)
	m.allFields = Add(m.allFields, o.allFields)
	m.listDepth.raiseTo(o.listDepth.Value, o.listDepth.Position)
	if o.introspection.Value > 0 {
		m.introspection = Measurement{Add(m.introspection.Value, o.introspection.Value), o.introspection.Position}
	}
	m.introspectionFields = Add(m.introspectionFields, o.introspectionFields)
	m.introspectionDepth.raiseTo(o.introspectionDepth.Value, o.introspectionDepth.Position)
}

// wrapField returns the metrics of a field whose selection set has the metrics m.
func (m selectionMetrics) wrapField(f *ast.Field) selectionMetrics {
	m.rootFields, m.allFields = 1, Add(m.allFields, 1)
	if isIntrospectionList(f.Name) {
		m.listDepth = Measurement{m.listDepth.Value + 1, f.Position}
	}
	if IsIntrospectionField(f.Name) {
		m.introspection = Measurement{Add(m.introspection.Value, 1), f.Position}
		m.introspectionFields = m.allFields - 1
		m.introspectionDepth = m.listDepth
		m.depth, m.fields = Measurement{1, f.Position}, 1
		return m
	}
	if m.fields = Add(m.fields, 1); m.depth.Value == 0 {
		m.depth.Position = f.Position
	}
	m.depth.Value++
	return m
}

// operationMetrics returns the metrics of an operation whose root selection set has
// the metrics m.
func (m selectionMetrics) operationMetrics(position *ast.Position) OperationMetrics {
	return OperationMetrics{
		Depth:               m.depth,
		Fields:              Measurement{m.fields, position},
		RootFields:          Measurement{m.rootFields, position},
		Aliases:             m.aliases,
		Introspection:       m.introspection,
		IntrospectionFields: Measurement{m.introspectionFields, m.introspection.Position},
		IntrospectionDepth:  m.introspectionDepth,
	}
}
