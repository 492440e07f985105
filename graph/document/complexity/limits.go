package complexity

import (
	"cmp"
	"fmt"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"heygen-graphql/graph/errcode"
)

// Limits bound the source of a document. A field that is zero means its default. A
// document that exceeds a limit is rejected with QUERY_TOO_COMPLEX before it is
// validated; the message names the setting.
//
// They apply to every operation of the document, with its fields merged as they are
// executed: what a client compiler writes costs no more than the same operation written
// by hand. They are independent of variables: a document is rejected always or never.
//
// docs/queries.md has the table of what each protects, what client compilers reach, and
// what a document at the limit costs.
type Limits struct {
	// Tokens is the maximum number of lexical tokens. It bounds the time and the memory
	// to parse a document, before anything is known of it. Default 20,000: a page of 150
	// components in the form of Relay has 10,900.
	Tokens int
	// Depth is the depth limit, the maximum nesting of fields; fields inside introspection do not count.
	// Default 20: from groups to their looks, the groups of those, their looks and the
	// voices of those is 12, each list with edges and node, and a deeper document goes
	// in a circle.
	Depth int
	// Fields is the maximum number of fields of an operation; fields inside
	// introspection do not count. Each is written once for every item of the lists
	// around it. Default 5,000: 100 groups by alias with all of their own fields, and
	// most of those of their voice and of some looks, have 3,800.
	Fields int
	// Aliases is the maximum number of response names under which one selection set
	// selects the same field. Each is a value more of every object, or a call.
	// Default 200: 100 resources by alias, twice.
	Aliases int
	// RootFields is the maximum number of root fields of an operation. All of them start
	// at once, each in a goroutine that waits for an upstream call. Default 250: 100
	// groups, 100 looks and some lists.
	RootFields int
	// Directives is the maximum number of directives. Default 1,000: each is evaluated
	// for every request with the document, and 150 components with five conditions each
	// have 750.
	Directives int
	// Definitions is the maximum number of operations and fragments. gqlparser and gqlgen
	// find a fragment by searching a list. Default 1,000: a screen of 300
	// components has 330.
	Definitions int
	// Introspection is the maximum number of fields __schema and __type in an
	// operation. Default 8: most tools send one; those that first detect which edition
	// of GraphQL a server implements send five aliases.
	Introspection int
}

// DefaultLimits are the limits of a server that sets no others.
var DefaultLimits = Limits{
	Tokens: 20_000, Depth: 20, Fields: 5_000, Aliases: 200, RootFields: 250, Directives: 1_000,
	Definitions: 1_000, Introspection: 8,
}

// Limits that no legitimate document approaches. They are not configurable.
const (
	// maxName is in bytes. Validation compares an unknown name with all known ones, in
	// time proportional to the product of their lengths.
	maxName = 200
	// maxLiteral is in bytes. The longest cursor has 6 KiB. Errors repeat literals.
	maxLiteral = 8 << 10
	// maxLiteralDepth bounds the nesting of lists and objects in a value. The schema has
	// lists of ids, and errors repeat nested values once for every level.
	maxLiteralDepth = 5
	// maxLiteralItems is ten times the ids that a field accepts. No other argument is a
	// list.
	maxLiteralItems = 1_000
	// maxDirectivesPerLocation is twice the number of directives that exist: @skip and
	// @include.
	maxDirectivesPerLocation = 4
	// maxVariables bounds the variables of one operation: two for each of 100 aliases.
	maxVariables = 200
	// maxExpanded rejects a fragment bomb: it bounds the fields of an operation with each
	// fragment expanded wherever it is spread. This server expands a fragment once where it
	// is merged, but other tools that read the document do not. Twenty fragments that each
	// spread the next one twice have as many; 300 components that share others have 16,000.
	maxExpanded = 1_000_000
	// maxWidth bounds the fields of one merged selection set, among which gqlgen searches
	// for each, unless Aliases or RootFields admit more. No type has 30 fields.
	maxWidth = 1_000
)

// WithDefaults returns the limits with defaults in place of zeros.
func (l Limits) WithDefaults() Limits {
	d := DefaultLimits
	return Limits{
		Tokens: cmp.Or(l.Tokens, d.Tokens), Depth: cmp.Or(l.Depth, d.Depth), Fields: cmp.Or(l.Fields, d.Fields),
		Aliases: cmp.Or(l.Aliases, d.Aliases), RootFields: cmp.Or(l.RootFields, d.RootFields),
		Directives: cmp.Or(l.Directives, d.Directives), Definitions: cmp.Or(l.Definitions, d.Definitions),
		Introspection: cmp.Or(l.Introspection, d.Introspection),
	}
}

// Check returns an error for the first limit that a document exceeds: limits on the
// source first, then those on its operations in source order. It returns nil if the
// document exceeds none.
func (l Limits) Check(doc *ast.QueryDocument) *gqlerror.Error {
	l = l.WithDefaults()
	source, merger := measureSource(doc)
	if e := l.checkSource(source); e != nil {
		return e
	}
	operations, visits := merger.measure()
	for _, o := range operations {
		if e := l.checkOperation(o); e != nil {
			return e
		}
	}
	return Exceeded(Limit{visits, MaxVisits, "takes at least %s visits of selections and values to validate", ""})
}

func (l Limits) checkSource(m *SourceMetrics) *gqlerror.Error {
	if m.Cycle != nil { // expanded without end; validation would report the same later
		return errcode.New(m.Cycle.Position, errcode.ValidationFailed, fmt.Sprintf("Cannot spread fragment %q within itself.", errcode.TruncateString(m.Cycle.Name, maxName)))
	}
	return Exceeded([]Limit{
		{m.NameBytes, maxName, "has a name of %s bytes", ""},
		{m.LiteralBytes, maxLiteral, "has a value of %s bytes", ""},
		{m.LiteralDepth, maxLiteralDepth, "nests lists and objects %s levels deep in one value", ""},
		{m.LiteralItems, maxLiteralItems, "has a list of %s values", ""},
		{m.Definitions, l.Definitions, "has %s operations and fragments", "MAX_DEFINITIONS"},
		{m.Variables, maxVariables, "has %s variables in one operation", ""},
		{m.DirectivesPerLocation, maxDirectivesPerLocation, "has %s directives at one location", ""},
		{m.Directives, l.Directives, "has %s directives", "MAX_DIRECTIVES"},
		{m.Expanded, maxExpanded, "has %s fields in one operation with its fragments expanded", ""},
	}...)
}

func (l Limits) checkOperation(m OperationMetrics) *gqlerror.Error {
	return Exceeded([]Limit{
		{m.Depth, l.Depth, "nests fields %s levels deep", "MAX_DEPTH"},
		{m.RootFields, l.RootFields, "has %s root fields in one operation", "MAX_ROOT_FIELDS"},
		{m.Introspection, l.Introspection, "selects `__schema` and `__type` %s times", "MAX_INTROSPECTION"},
		{m.IntrospectionDepth, maxIntrospectionDepth, "nests `fields`, `inputFields`, `interfaces` or `possibleTypes` %s levels deep", ""},
		{m.IntrospectionFields, maxIntrospectionFields, "has %s fields inside `__schema` and `__type`", ""},
		{m.Aliases, l.Aliases, "selects the same field under %s names in one selection set", "MAX_ALIASES"},
		{m.Width, max(maxWidth, l.Aliases, l.RootFields), "has %s fields in one selection set", ""},
		{m.Fields, l.Fields, "has %s fields in one operation", "MAX_FIELDS"},
	}...)
}

// Limit is a measurement and its maximum.
type Limit struct {
	Measured Measurement
	Max      int
	Format   string // predicate of the error message, with %s for the measured value
	Setting  string // "" if the limit is not configurable
}

// Exceeded returns an error for the first limit that is exceeded, or nil. The message
// names the measured value, the maximum and the setting.
func Exceeded(limits ...Limit) *gqlerror.Error {
	for _, l := range limits {
		if l.Measured.Value > l.Max {
			return l.err()
		}
	}
	return nil
}

func (l Limit) err() *gqlerror.Error {
	value, setting := fmt.Sprint(l.Measured.Value), ""
	if l.Measured.Value >= Saturated {
		value = "a billion or more"
	}
	if l.Setting != "" {
		setting = " (" + l.Setting + ")"
	}
	return errcode.New(l.Measured.Position, errcode.QueryTooComplex, fmt.Sprintf("The query is too complex: it "+l.Format+", and the limit is %d%s.", value, l.Max, setting))
}
