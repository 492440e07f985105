package complexity

import (
	"cmp"
	"fmt"

	"github.com/vektah/gqlparser/v2/gqlerror"

	"heygen-graphql/graph/errcode"
)

// Limits bound the source of a document. A field that is zero means its default. A
// document that exceeds a limit is rejected with QUERY_TOO_COMPLEX before it is
// validated; the message names the setting.
//
// They apply to every operation of the document, with fragments expanded wherever
// they are spread. They are independent of variables: a document is rejected always
// or never.
type Limits struct {
	// Tokens is the maximum number of lexical tokens. Every step that handles a
	// document costs at least in proportion to its length. Default 2,000: the standard
	// introspection has 184, 100 aliases with five fields each have 1,500, a page of 50
	// components with a fragment each has 1,900.
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
	// Aliases is the maximum number of times that one selection set selects the same
	// field, under any names. Each alias is a value more of every object, or a call.
	// Default 200: 100 resources by alias, twice.
	Aliases int
	// RootFields is the maximum number of root fields of an operation. All of them start
	// at once, each in a goroutine that waits for an upstream call. Default 250: 100
	// groups, 100 looks and some lists.
	RootFields int
	// Directives is the maximum number of directives. Default 100: twice what makes
	// every field of every type conditional.
	Directives int
	// Definitions is the maximum number of operations and fragments. Each is validated
	// together with all fragments that it reaches. Default 100: a page of 50 components
	// with a fragment each has half of that, and more hardly fit into Tokens.
	Definitions int
	// Introspection is the maximum number of selections of __schema and __type in an
	// operation. Default 8: most tools send one; those that first detect which edition
	// of GraphQL a server implements send five aliases.
	Introspection int
}

// DefaultLimits are the limits of a server that sets no others.
var DefaultLimits = Limits{
	Tokens: 2_000, Depth: 20, Fields: 5_000, Aliases: 200, RootFields: 250, Directives: 100,
	Definitions: 100, Introspection: 8,
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
	// maxDirectivesPerLocation is twice the number of directives that exist: @skip and
	// @include.
	maxDirectivesPerLocation = 4
	// maxVariables bounds the variables of one operation: two for each of 100 aliases.
	maxVariables = 200
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
// document first, then those on its operations in source order. It returns nil if the
// document exceeds none.
func (l Limits) Check(m *Metrics) *gqlerror.Error {
	if m.Cycle != nil { // expanded without end, it has no metrics; validation would report the same later
		return errcode.New(m.Cycle.Position, errcode.ValidationFailed, fmt.Sprintf("Cannot spread fragment %q within itself.", errcode.TruncateString(m.Cycle.Name, maxName)))
	}
	l = l.WithDefaults()
	if e := Exceeded([]Limit{
		{m.NameBytes, maxName, "has a name of %s bytes", ""},
		{m.LiteralBytes, maxLiteral, "has a value of %s bytes", ""},
		{m.LiteralDepth, maxLiteralDepth, "nests lists and objects %s levels deep in one value", ""},
		{m.Definitions, l.Definitions, "has %s operations and fragments", "MAX_DEFINITIONS"},
		{m.Variables, maxVariables, "has %s variables in one operation", ""},
		{m.DirectivesPerLocation, maxDirectivesPerLocation, "has %s directives at one location", ""},
		{m.Directives, l.Directives, "has %s directives", "MAX_DIRECTIVES"},
	}...); e != nil {
		return e
	}
	for _, o := range m.Operations {
		if e := Exceeded([]Limit{
			{o.Depth, l.Depth, "nests fields %s levels deep", "MAX_DEPTH"},
			{o.RootFields, l.RootFields, "has %s root fields in one operation", "MAX_ROOT_FIELDS"},
			{o.Introspection, l.Introspection, "selects `__schema` and `__type` %s times", "MAX_INTROSPECTION"},
			{o.IntrospectionDepth, maxIntrospectionDepth, "nests `fields`, `inputFields`, `interfaces` or `possibleTypes` %s levels deep", ""},
			{o.IntrospectionFields, maxIntrospectionFields, "has %s fields inside `__schema` and `__type`", ""},
			{o.Aliases, l.Aliases, "selects the same field %s times in one selection set", "MAX_ALIASES"},
			{o.Fields, l.Fields, "has %s fields in one operation", "MAX_FIELDS"},
		}...); e != nil {
			return e
		}
	}
	return nil
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
