package graph

import (
	"cmp"
	"fmt"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"heygen-graphql/graph/errcode"
)

// Limits are what one document, and the operation of it that runs, may ask for.
// A field that is zero means its default. What exceeds one is refused with
// QUERY_TOO_COMPLEX before anything is done for it; the message names the setting.
//
// All but IDs and Cost are of the text alone, for every operation in it, with its
// fragments written out wherever they are spread, as often as they are. So they
// do not depend on variables: a document is refused always or never.
type Limits struct {
	// Tokens is how long a document may be, in words and signs. Nothing that
	// looks at a document costs less than in proportion to it. Default 2,000: the
	// standard introspection has 184, 100 aliases with five fields each 1,500, a page
	// of 50 components with a fragment each 1,900.
	Tokens int
	// Depth is how deep fields may nest; what is inside of introspection does not
	// count. Default 20: from groups over looks to their groups, to those looks
	// and their voices, each list with edges and node, is 12, and beyond that a
	// document goes in a circle.
	Depth int
	// Fields is how many fields an operation may have; what is inside of
	// introspection does not count. Each is written once for every item of the
	// lists around it. Default 5,000: 100 groups by alias with every field of their
	// own, and most of their voice's and of some looks', have 3,800.
	Fields int
	// Aliases is how often one selection set may select the same field, under
	// whatever names. Comparing them takes time by the square of their number.
	// Default 200: 100 things by alias, twice over.
	Aliases int
	// RootFields is how many fields an operation may have at its top. All of them
	// start at once, each in a goroutine with a call to wait for. Default 250: 100
	// groups, 100 looks and some lists.
	RootFields int
	// Directives is how many directives may stand in a document. Default 100:
	// twice what switches every field of every type on and off.
	Directives int
	// Definitions is how many operations and fragments a document may hold. Each is
	// checked together with all that it leads to. Default 100: a page of 50 components
	// with a fragment each is half of that, and more hardly fit into Tokens.
	Definitions int
	// Introspection is how often an operation may ask for __schema and __type.
	// Default 8: most tools ask once, those that first find out which edition of
	// GraphQL a server speaks ask by five aliases.
	Introspection int
	// ValidationSteps is how many steps the validation of a document may take at most, as far
	// as its text tells; see [checks]. One takes some 0.25 µs. Default 80,000, for
	// 20 ms: 100 aliases take 3,000, a page of 50 components on one type 42,000.
	// Without this limit 2,000 tokens are enough for 40 s.
	ValidationSteps int
	// IDs is how many ids an operation may give in all its fields. Each can cost a
	// call to HeyGen, or an error of 200 bytes. Default 500.
	IDs int
	// Cost is how many calls to HeyGen an operation may need, if nothing of it is
	// known yet; see [requestedCost]. Default 1,000: within its 30 s an operation
	// can make 800 calls of 300 ms, eight at once, and what it needs is mostly less
	// than what it could need.
	Cost int
}

// DefaultLimits are the limits where nobody sets others.
var DefaultLimits = Limits{
	Tokens: 2_000, Depth: 20, Fields: 5_000, Aliases: 200, RootFields: 250, Directives: 100,
	Definitions: 100, Introspection: 8, ValidationSteps: 80_000, IDs: 500, Cost: 1_000,
}

// What no sane document comes near to, whatever it asks for. These are no settings.
const (
	// maxName is in bytes. Validation compares a name that it does not know with
	// all that it knows, by the product of their lengths.
	maxName = 200
	// maxLiteral is in bytes: the longest cursor has 6 KiB. Errors repeat literals.
	maxLiteral = 8 << 10
	// maxLiteralDepth is how deep lists and objects may nest in a value: the schema
	// has lists of ids, and errors repeat what is inside once for every level.
	maxLiteralDepth = 5
	// maxNodeDirectives is how many directives one place may have: @skip and
	// @include are all that there are.
	maxNodeDirectives = 4
	// maxVariables is of one operation: two for each of 100 aliases.
	maxVariables = 200
)

// orDefaults fills in what is zero.
func (l Limits) orDefaults() Limits {
	d := DefaultLimits
	return Limits{
		Tokens: cmp.Or(l.Tokens, d.Tokens), Depth: cmp.Or(l.Depth, d.Depth), Fields: cmp.Or(l.Fields, d.Fields),
		Aliases: cmp.Or(l.Aliases, d.Aliases), RootFields: cmp.Or(l.RootFields, d.RootFields),
		Directives: cmp.Or(l.Directives, d.Directives), Definitions: cmp.Or(l.Definitions, d.Definitions),
		Introspection: cmp.Or(l.Introspection, d.Introspection), ValidationSteps: cmp.Or(l.ValidationSteps, d.ValidationSteps),
		IDs: cmp.Or(l.IDs, d.IDs), Cost: cmp.Or(l.Cost, d.Cost),
	}
}

// limit is one figure and what it may be.
type limit struct {
	asked   figure
	allowed int
	what    string // what the query does, with %s for the number asked for
	setting string // empty: it is none
}

// refuseShape tells which limit a document exceeds, if it does: the first one of
// the document, then those of its operations in their order.
func (l Limits) refuseShape(s *shape) *gqlerror.Error {
	if s.cycle != nil { // what it would be without end has no figures; validation says the same, later
		return errcode.New(s.cycle.Position, errcode.ValidationFailed, fmt.Sprintf("Cannot spread fragment %q within itself.", errcode.TruncateString(s.cycle.Name, maxName)))
	}
	l = l.orDefaults()
	if e := firstExceeded([]limit{
		{s.name, maxName, "has %s bytes in one name", ""},
		{s.literal, maxLiteral, "has %s bytes in one value", ""},
		{s.literalDepth, maxLiteralDepth, "has %s lists and objects inside of each other in one value", ""},
		{s.definitions, l.Definitions, "has %s operations and fragments", "MAX_DEFINITIONS"},
		{s.variables, maxVariables, "has %s variables in one operation", ""},
		{s.nodeDirectives, maxNodeDirectives, "has %s directives in one place", ""},
		{s.directives, l.Directives, "has %s directives", "MAX_DIRECTIVES"},
	}); e != nil {
		return e
	}
	for _, o := range s.operations {
		if e := firstExceeded([]limit{
			{o.depth, l.Depth, "has %s levels of fields inside of each other", "MAX_DEPTH"},
			{o.rootFields, l.RootFields, "has %s fields at the top of an operation", "MAX_ROOT_FIELDS"},
			{o.introspection, l.Introspection, "asks for `__schema` and `__type` %s times", "MAX_INTROSPECTION"},
			{o.introspectionDepth, maxIntrospectionDepth, "has %s lists of `fields`, `inputFields`, `interfaces` or `possibleTypes` inside of each other", ""},
			{o.introspectionFields, maxIntrospectionFields, "has %s fields inside of `__schema` and `__type`", ""},
			{o.aliases, l.Aliases, "selects the same field %s times in one place", "MAX_ALIASES"},
			{o.fields, l.Fields, "has %s fields in one operation", "MAX_FIELDS"},
		}); e != nil {
			return e
		}
	}
	return firstExceeded([]limit{{s.checks, l.ValidationSteps, "may take %s steps to validate", "MAX_VALIDATION_STEPS"}})
}

func firstExceeded(limits []limit) *gqlerror.Error {
	for _, l := range limits {
		if l.asked.n > l.allowed {
			return tooComplex(l.asked.at, l)
		}
	}
	return nil
}

// tooComplex names the limit, what was asked for, and what is allowed.
func tooComplex(at *ast.Position, l limit) *gqlerror.Error {
	asked, setting := fmt.Sprint(l.asked.n), ""
	if l.asked.n >= boundless {
		asked = "a billion or more"
	}
	if l.setting != "" {
		setting = " (" + l.setting + ")"
	}
	return errcode.New(at, errcode.QueryTooComplex, fmt.Sprintf("The query is too complex: it "+l.what+", and the limit is %d%s.", asked, l.allowed, setting))
}
