package document

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator"
	"github.com/vektah/gqlparser/v2/validator/rules"

	"heygen-graphql/graph/document/complexity"
)

// overlapSchema has object types, interfaces and a union that lead to each other, and
// fields that have one name and other types in them.
var overlapSchema = gqlparser.MustLoadSchema(&ast.Source{Input: `
	type Query { a(x: Int, o: In): A  b: B  n: N  u: U  list: [A]  nonNull: [A!]!  s: String  i: Int }
	input In { p: Int  q: [Int]  r: In }
	interface N { s: String  n: N  v(x: Int): String  w: String }
	type A implements N { s: String  n: N  v(x: Int): String  w: String  a: A  t: String!  l: [Int]  e: E }
	type B implements N { s: String  n: N  v(x: Int): String  w: String  a: B  t: String  l: [String]  e: E }
	type C { s: Int  a: A  t: Int!  e: F }
	union U = A | B | C
	enum E { X }
	enum F { X }
`})

// randomDocument writes documents in which fields overlap. Apart from that they are
// mostly valid.
type randomDocument struct {
	choose     func(n int) int // returns a choice below n
	directives bool            // with @skip and @include
	reachable  bool            // each fragment applies to an object where it is spread
	fragments  []string        // their types
	b          strings.Builder
}

// directive writes @skip or @include, or mostly nothing.
func (d *randomDocument) directive() {
	if d.directives && d.choose(5) == 0 {
		d.b.WriteString(d.oneOf(" @skip(if: true)", " @skip(if: false)", " @include(if: true)", " @include(if: false)", " @skip(if: $yes)", " @include(if: $no) @skip(if: $yes)", " @include(if: $yes)"))
	}
}

// spreadable reports whether a fragment on a type may be written in a selection set on
// another one.
func (d *randomDocument) spreadable(set, fragment string) bool {
	if d.reachable {
		return fragment == set || overlapSchema.Types[set].IsAbstractType() && !overlapSchema.Types[fragment].IsAbstractType() && possible(set, fragment)
	}
	return possible(set, fragment)
}

func (d *randomDocument) write() string {
	for range d.choose(6) {
		d.fragments = append(d.fragments, d.oneOf("Query", "A", "B", "C", "N", "U"))
	}
	for i := range 1 + d.choose(2) {
		fmt.Fprintf(&d.b, "query Q%d%s ", i, d.variables())
		d.selectionSet("Query", 4, 0)
	}
	for i, t := range d.fragments {
		if !strings.Contains(d.b.String(), fmt.Sprintf("...F%d", i)) { // it would be unused
			t = "Query"
			fmt.Fprintf(&d.b, " query U%d%s { ...F%d }", i, d.variables(), i)
		}
		fmt.Fprintf(&d.b, " fragment F%d on %s ", i, t)
		d.selectionSet(t, 3, i+1)
	}
	return d.b.String()
}

// variables returns the definitions of the variables, each of which is used.
func (d *randomDocument) variables() string {
	if !d.directives {
		return ""
	}
	return "($yes: Boolean!, $no: Boolean = false) @include(if: $yes) @include(if: $no)"
}

func (d *randomDocument) oneOf(s ...string) string { return s[d.choose(len(s))] }

// selectionSet writes a selection set on a type. depth is how deep fields may nest, and
// fragment is the first fragment that it may spread, so that there is no cycle.
func (d *randomDocument) selectionSet(t string, depth, fragment int) {
	d.b.WriteString("{")
	for range 1 + d.choose(3) {
		switch k := d.choose(10); {
		case k < 6:
			d.field(t, depth, fragment)
		case k < 8:
			condition := d.oneOf("", "A", "B", "C", "N", "U")
			if condition == "" || !d.spreadable(t, condition) {
				d.b.WriteString(" ...")
				d.directive()
				d.selectionSet(t, depth, fragment)
			} else {
				d.b.WriteString(" ... on " + condition + " ")
				d.directive()
				d.selectionSet(condition, depth, fragment)
			}
		case fragment < len(d.fragments):
			i := fragment + d.choose(len(d.fragments)-fragment)
			if d.spreadable(t, d.fragments[i]) {
				fmt.Fprintf(&d.b, " ...F%d", i)
				d.directive()
			}
		}
	}
	d.b.WriteString(" __typename }")
}

// possible reports whether an object can be of both types.
func possible(a, b string) bool {
	types := overlapSchema.Types
	return slices.ContainsFunc(overlapSchema.GetPossibleTypes(types[a]), func(t *ast.Definition) bool {
		return slices.Contains(overlapSchema.GetPossibleTypes(types[b]), t)
	})
}

func (d *randomDocument) field(t string, depth, fragment int) {
	fields := overlapSchema.Types[t].Fields
	if len(fields) == 0 {
		return
	}
	f := fields[d.choose(len(fields))]
	if depth == 0 || strings.HasPrefix(f.Name, "__") {
		return
	}
	d.b.WriteString(" ")
	if d.choose(4) == 0 {
		d.b.WriteString(d.oneOf("s", "t", "w", "a", "z") + ": ")
	}
	d.b.WriteString(f.Name)
	if len(f.Arguments) > 0 && d.choose(3) == 0 {
		arguments := []string{"(x: 1)", "(x: 2)", "(x: 1, o: {p: 1})", "(o: {p: 1}, x: 1)", "(o: {p: 1, q: [1]})", "(o: {q: [1], p: 1})", "(o: {q: [1, 2]})", "(o: {q: [2, 1]})", "(o: {r: {p: 1}})"}
		if len(f.Arguments) == 1 {
			arguments = arguments[:2]
		}
		d.b.WriteString(d.oneOf(arguments...))
	}
	d.directive()
	if overlapSchema.Types[f.Type.Name()].IsCompositeType() {
		d.b.WriteString(" ")
		d.selectionSet(f.Type.Name(), depth-1, fragment)
	}
}

// compareOverlaps compares the verdict on a document with that of gqlparser's rule. It
// returns false if the document is invalid anyway.
func compareOverlaps(t testing.TB, source string) (errs gqlerror.List, valid bool) {
	doc, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: source}, complexity.DefaultLimits.Tokens)
	if err != nil || complexity.Measure(doc).Cycle != nil {
		return nil, false
	}
	own, others, original := rules.NewRules(), rules.NewDefaultRules(), rules.NewRules(rules.OverlappingFieldsCanBeMergedRule)
	own.AddRule(ruleOverlappingFields, overlappingFields)
	others.RemoveRule(ruleOverlappingFields)
	errs = validator.ValidateWithRules(overlapSchema, doc, own)
	if len(validator.ValidateWithRules(overlapSchema, doc, others)) > 0 {
		return nil, false
	}
	theirs := validator.ValidateWithRules(overlapSchema, doc, original)
	if (len(errs) > 0) != (len(theirs) > 0) {
		t.Fatalf("%v, and gqlparser's rule says %v\n%s", errs, theirs, source)
	}
	return errs, true
}

func TestOverlapVerdictsAreThoseOfGqlparser(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	mergeable, conflicting := 0, 0
	for range 3_000 {
		switch errs, valid := compareOverlaps(t, (&randomDocument{choose: random.IntN}).write()); {
		case len(errs) > 0:
			conflicting++
		case valid:
			mergeable++
		}
	}
	if mergeable < 1_000 || conflicting < 1_000 {
		t.Errorf("only %d documents are valid, and %d have conflicts", mergeable, conflicting)
	}
}

// FuzzOverlappingFields makes a document of each input: every byte is a choice.
func FuzzOverlappingFields(f *testing.F) {
	random := rand.New(rand.NewPCG(3, 4))
	for range 20 {
		choices := make([]byte, 400)
		for i := range choices {
			choices[i] = byte(random.IntN(256))
		}
		f.Add(choices)
	}
	f.Fuzz(func(t *testing.T, choices []byte) {
		compareOverlaps(t, (&randomDocument{choose: func(n int) int {
			if len(choices) == 0 {
				return 0
			}
			choice := int(choices[0]) % n
			choices = choices[1:]
			return choice
		}}).write())
	})
}
