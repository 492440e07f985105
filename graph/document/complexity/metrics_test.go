package complexity

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"

	"heygen-graphql/graph/document/documenttest"
)

// parsed reads a document that need not fit the schema.
func parsed(t testing.TB, text string) *ast.QueryDocument {
	t.Helper()
	doc, err := parser.ParseQuery(&ast.Source{Input: text})
	if err != nil {
		t.Fatalf("%v: %.200s", err, text)
	}
	return doc
}

// figures are those of an operation without their places.
type figures struct{ depth, fields, root, aliases, introspection, introspectionFields, introspectionDepth int }

func (o OperationMetrics) figures() figures {
	return figures{o.Depth.Value, o.Fields.Value, o.RootFields.Value, o.Aliases.Value, o.Introspection.Value, o.IntrospectionFields.Value, o.IntrospectionDepth.Value}
}

func TestTheShapeIsWithFragmentsWrittenOut(t *testing.T) {
	for text, want := range map[string]figures{
		`{ a }`:                     {1, 1, 1, 1, 0, 0, 0},
		`{ __typename }`:            {1, 1, 1, 1, 0, 0, 0},
		`{ a { b { c } } d }`:       {3, 4, 2, 1, 0, 0, 0},
		`{ a b: a c: a d { a a } }`: {2, 6, 4, 3, 0, 0, 0},
		`{ a ... { a ... on T { a } } b { ... { ... { c } } } }`:                               {2, 5, 4, 3, 0, 0, 0},
		`{ a ...F ...F } fragment F on T { a b { a } ...G } fragment G on T { a { b { c } } }`: {3, 13, 7, 5, 0, 0, 0},
		`{ a ...F } fragment F on T { b b ...G } fragment G on T { c c c }`:                    {1, 6, 6, 3, 0, 0, 0},
		`{ ...Unknown a }`: {1, 1, 1, 1, 0, 0, 0},
		`{ ...F } fragment F on T { a } fragment F on T { a b { c } }`:                     {1, 1, 1, 1, 0, 0, 0},
		`{ x { ...F a } ...F } fragment F on T { a }`:                                      {2, 4, 2, 2, 0, 0, 0},
		`{ __schema { types { name fields { args { name } } } } __type { name } a { b } }`: {2, 4, 3, 1, 2, 6, 1},
		`{ ...F x: __schema { ...S } } fragment F on T { __schema { ...S } } fragment S on S { types { ...T } } fragment T on T { fields { type { fields { name } } } interfaces { name possibleTypes { fields { inputFields } } } }`: {1, 2, 2, 2, 2, 20, 4},
		`{ a { ...T } __type { ...T } } fragment T on T { fields { fields { name } } }`: {4, 5, 2, 1, 1, 3, 2},
		`query A { a } query B { b { b } }`:                                             {1, 1, 1, 1, 0, 0, 0},
	} {
		s := Measure(parsed(t, text))
		if diff := cmp.Diff(want, s.Operations[0].figures(), cmp.AllowUnexported(figures{})); diff != "" {
			t.Errorf("%s: %s", text, diff)
		}
	}
	if s := Measure(parsed(t, `query A { a } query B { b { b } }`)); len(s.Operations) != 2 || s.Operations[1].Depth.Value != 2 {
		t.Errorf("%+v", s.Operations)
	}
}

func TestWhatStandsBesideFieldsIsMeasuredToo(t *testing.T) {
	s := Measure(parsed(t, `query Q($a: [[Int]] = [[1]] @v, $b: X = {x: [{longestname: "1234567890"}]}) @q @q {
		a(x: [1]) @a ... @i @i @i { b } ...F @s(if: "literal")
	} fragment F on T @f { c } fragment Unused on T { d @d @d @d @d { e } }`))
	for what, f := range map[string][2]int{
		"definitions": {s.Definitions.Value, 3}, "directives": {s.Directives.Value, 13}, "directives in one place": {s.DirectivesPerLocation.Value, 4},
		"variables": {s.Variables.Value, 2}, "name": {s.NameBytes.Value, len("longestname")}, "literal": {s.LiteralBytes.Value, 10}, "literal depth": {s.LiteralDepth.Value, 3},
		"visited": {s.visited, 7},
	} {
		if f[0] != f[1] {
			t.Errorf("%s: %d, want %d", what, f[0], f[1])
		}
	}
}

func TestAFragmentThatSpreadsItselfIsRefusedAsInvalid(t *testing.T) {
	for _, text := range []string{
		`{ ...F } fragment F on Query { ...F }`,
		`{ a { ...F } } fragment F on Query { a { b { ... { ...G } } } } fragment G on Query { c ...H } fragment H on Query { ...F ...F }`,
		`{ a } fragment F on Query { ...F }`,
	} {
		e := Limits{}.Check(Measure(parsed(t, text)))
		if e == nil || e.Extensions["code"] != "GRAPHQL_VALIDATION_FAILED" || !strings.Contains(e.Message, "within itself") || len(e.Locations) != 1 {
			t.Errorf("%s: %v", text, e)
		}
	}
}

// TestEachLimitIsNamedWithWhatWasAskedAndWhatIsAllowed and holds to the one.
func TestEachLimitIsNamedWithWhatWasAskedAndWhatIsAllowed(t *testing.T) {
	small := Limits{Depth: 2, Fields: 6, Aliases: 3, RootFields: 5, Directives: 5, Definitions: 4, Introspection: 1, ValidationSteps: 60}
	for _, test := range []struct{ allowed, refused, message string }{
		{`{ a { b } }`, `{ a { b { c } } }`, "it has 3 levels of fields inside of each other, and the limit is 2 (MAX_DEPTH)."},
		{`{ a b c { d e f } }`, `{ a b c { d e f g } }`, "it has 7 fields in one operation, and the limit is 6 (MAX_FIELDS)."},
		{`{ a { b c: b d: b } }`, `{ a { b c: b d: b e: b } }`, "it selects the same field 4 times in one place, and the limit is 3 (MAX_ALIASES)."},
		{`{ a b c d e }`, `{ a b c ...F } fragment F on T { d e f }`, "it has 6 fields at the top of an operation, and the limit is 5 (MAX_ROOT_FIELDS)."},
		{`{ a @x @x b @x @x c @x }`, `{ a @x @x b @x @x c @x @x }`, "it has 6 directives, and the limit is 5 (MAX_DIRECTIVES)."},
		{`{ a @x @x @x @x }`, `{ a @x @x @x @x @x }`, "it has 5 directives in one place, and the limit is 4."},
		{`query A{a} query B{a} query C{a} query D{a}`, `query A{a} query B{a} query C{a} fragment D on T{a} fragment E on T{a}`, "it has 5 operations and fragments, and the limit is 4 (MAX_DEFINITIONS)."},
		{`{ __schema { a } }`, `{ __schema { a } ... { a: __type { a } } }`, "it asks for `__schema` and `__type` 2 times, and the limit is 1 (MAX_INTROSPECTION)."},
		{`{ __schema { fields { fields } } }`, `{ __schema { fields { interfaces { possibleTypes } } } }`, "it has 3 lists of `fields`, `inputFields`, `interfaces` or `possibleTypes` inside of each other, and the limit is 2."},
		{`{ a }`, `{ ...F } fragment F on T { a { a a } b { a a } } fragment G on T { ...F ...F } fragment H on T { ...G }`, "it may take 81 steps to validate, and the limit is 60 (MAX_VALIDATION_STEPS)."},
		{`{ ` + strings.Repeat("a", 200) + ` }`, `{ ` + strings.Repeat("a", 201) + ` }`, "it has 201 bytes in one name, and the limit is 200."},
		{`{ a(x: "` + strings.Repeat("a", 1000) + `") }`, `{ a(x: "` + strings.Repeat("a", 8193) + `") }`, "it has 8193 bytes in one value, and the limit is 8192."},
		{`{ a(x: [[{a: [[1]]}]]) }`, `{ a(x: [[{a: [[{}]]}]]) }`, "it has 6 lists and objects inside of each other in one value, and the limit is 5."},
		{`query(` + strings.Repeat("$a:T ", 1) + `) { a }`, `query(` + strings.Repeat("$a:T ", 201) + `) { a }`, "it has 201 variables in one operation, and the limit is 200."},
	} {
		if e := small.Check(Measure(parsed(t, test.allowed))); e != nil {
			t.Errorf("%.200s: %v", test.allowed, e)
		}
		e := small.Check(Measure(parsed(t, test.refused)))
		if e == nil || e.Extensions["code"] != "QUERY_TOO_COMPLEX" || e.Message != "The query is too complex: "+test.message || len(e.Locations) != 1 {
			t.Errorf("%.200s: %v", test.refused, e)
		}
	}
}

// TestWhatToolsAndClientsSendIsLetThrough: with room to spare.
func TestWhatToolsAndClientsSendIsLetThrough(t *testing.T) {
	standard, err := os.ReadFile("../../testdata/introspection.graphql")
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range documenttest.Sane() {
		s := Measure(parsed(t, text))
		if e := (Limits{}).Check(s); e != nil {
			t.Errorf("%s: %v", name, e)
		}
		// The largest of a kind may come near to its limit; no document should to what it takes to validate it.
		if s.ValidationSteps.Value > DefaultLimits.ValidationSteps*3/5 {
			t.Errorf("%s takes %d steps", name, s.ValidationSteps.Value)
		}
	}
	s := Measure(parsed(t, string(standard)))
	if n := s.Operations[0].IntrospectionFields.Value; n < 200 || n > maxIntrospectionFields*2/3 {
		t.Errorf("the standard introspection has %d fields", n)
	}
	if e := (Limits{Depth: 1, Fields: 1, RootFields: 1, Introspection: 1, Directives: 1}).Check(s); e != nil {
		t.Errorf("the standard introspection depends on limits for others: %v", e)
	}
}

// TestManyAliasesInManyFragmentsCountForAsManyAsTheyCanBe, so that counting them
// takes no longer than reading them.
func TestManyAliasesInManyFragmentsCountForAsManyAsTheyCanBe(t *testing.T) {
	var text strings.Builder
	text.WriteString("{ ...F0 }")
	const fragments, fields = 60, 400
	for i := range fragments {
		fmt.Fprintf(&text, " fragment F%d on T { f%d ...F%d }", i, i, i+1)
	}
	fmt.Fprintf(&text, " fragment F%d on T {%s }", fragments, documenttest.Aliases(fields, ""))
	if n := Measure(parsed(t, text.String())).Operations[0].Aliases.Value; n < 1 || n > fragments+1 {
		t.Errorf("%d times the same field", n)
	}
	// Where it matters it is exact: a merged set is no more than what is written.
	if n := Measure(parsed(t, "{ ...F a } fragment F on T {"+documenttest.Aliases(5_000, "")+" }")).Operations[0].Aliases.Value; n != 1 {
		t.Errorf("%d times the same field", n)
	}
}

// TestStepsOfValidationAreCounted: those of the parts, and of what is compared.
func TestStepsOfValidationAreCounted(t *testing.T) {
	for text, want := range map[string]int{
		`{ a b c }`:                   3 * 2,
		`{ a @x b(c: 1) }`:            2*2 + 4 + 1 + 1,
		`query($v: Int = 1) @x { a }`: 8 + 1 + 4 + 2,
		`{ a a a a a }`:               5*2 + 10,            // pairs
		`{ a { b b b } a { b b b } }`: 8*2 + 1 + 15,        // all of one path
		`{ x { b b b } y { b b b } }`: 8*2 + 3 + 3,         // apart
		`{ a: b a: c a: d }`:          3*2 + (32+32+64)/16, // errors
		`{ a(b: 1 c: 2 d: 3 e: 4) a(b: 1 c: 2 d: 3 e: 4) }`: 2*2 + 8*2 + 4,
		`{ ... { ... { a a a } } }`:                         5*2 + 3 + 2*3, // in each of three sets
		`{ x { ... { a a a } } }`:                           5*2 + 3 + 3,
		`query A { a a a } query B { a a a }`:               2 * (3*2 + 3),
		// With a fragment: it by itself, it for the operation, and the two merged.
		`{ ...F } fragment F on T { a a a }`:                                               2 + 3*2 + 3*2 + 3 + 9 + 1,
		`{ ... { ...F } } fragment F on T { a a a }`:                                       2*2 + 3*2 + 3*2 + 3 + 2*(9+3/2),
		`query A { ...F } query B { ...F } fragment F on T { a { b b b } }`:                2*2 + 3*(4*2) + 2*3 + 1 + 3 + 4/2,
		`{ ...F ...F ...F ...F ...F } fragment F on T { a }`:                               5*2 + 2 + 2 + 10/8 + 1 + 1,
		`{ x { ...F ...F } y { ...F } } fragment F on T { a }`:                             5*2 + 2 + 2 + 1 + 4/2,
		`{ ...F } fragment F on T { ...G } fragment G on T { ...H } fragment H on T { a }`: 4*2 + 3*2 + 2*2 + 2 + 1 + 3*(4/2) + 4*2/8,
	} {
		if got := Measure(parsed(t, text)).ValidationSteps.Value; got != want {
			t.Errorf("%s: %d steps, want %d", text, got, want)
		}
	}
}
