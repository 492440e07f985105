// Package complexity measures how large a document is before it is validated, and
// rejects one that is too large. It knows nothing of HeyGen or of the schema.
package complexity

import "github.com/vektah/gqlparser/v2/ast"

// Metrics is the size of a document as its source determines it: @skip and @include are
// ignored, and the schema is not consulted. It is needed before validation, which visits
// each operation together with all fragments that it reaches.
//
// The size of an operation is that of what is executed: its fields merged by response
// name, fragments expanded. A field that 150 fragments select is one field. A document
// and its merged form have the same size.
//
// The metrics hold for whatever the parser accepts: an unknown fragment is empty, and of
// two fragments with one name the first counts, as in validation.
type Metrics struct {
	SourceMetrics
	Operations []OperationMetrics

	// Visits is what validation and merging visit: the selections, directives and values
	// that each operation reaches, and the selections of each merged selection set, in
	// which a fragment is expanded once. They are counted up to [MaxVisits] and one more;
	// other metrics of operations are too low then.
	Visits Measurement
}

// SourceMetrics is the size of a document before its fields are merged.
type SourceMetrics struct {
	Definitions           Measurement // operations and fragments
	Directives            Measurement // in the whole document
	DirectivesPerLocation Measurement // at one location
	Variables             Measurement // of one operation
	NameBytes             Measurement // length of the longest name
	LiteralBytes          Measurement // length of the longest literal
	LiteralDepth          Measurement // nesting of lists and objects in one value
	LiteralItems          Measurement // of one list or object
	Expanded              Measurement // fields of one operation, with each fragment expanded wherever it is spread

	Cycle *ast.FragmentSpread // leads back into its own fragment; nil if there is none

	visited int // selections, each once
}

// OperationMetrics is the size of one operation, its fields merged.
type OperationMetrics struct {
	Depth      Measurement // of nested fields
	Fields     Measurement
	RootFields Measurement
	Width      Measurement // fields of one selection set
	Aliases    Measurement // response names of one field in one selection set

	// Depth, Fields and Width count __schema and __type as leaves. Their selections count
	// here.
	Introspection       Measurement // fields __schema and __type
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

// Measure returns the metrics of a document. It takes time linear in its length and in
// its visits. A document with a cycle of fragments has no metrics of operations.
func Measure(doc *ast.QueryDocument) *Metrics {
	source, merger := measureSource(doc)
	m := &Metrics{SourceMetrics: *source}
	if m.Cycle == nil {
		m.Operations, m.Visits = merger.measure()
	}
	return m
}
