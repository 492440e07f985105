package graph

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
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

func (o operationShape) figures() figures {
	return figures{o.depth.n, o.fields.n, o.rootFields.n, o.aliases.n, o.introspection.n, o.introspectionFields.n, o.introspectionDepth.n}
}

func TestTheShapeIsWithFragmentsWrittenOut(t *testing.T) {
	for text, want := range map[string]figures{
		`{ a }`:                     {1, 1, 1, 1, 0, 0, 0},
		`{ __typename }`:            {1, 1, 1, 1, 0, 0, 0},
		`{ a { b { c } } d }`:       {3, 4, 2, 1, 0, 0, 0},
		`{ a b: a c: a d { a a } }`: {2, 6, 4, 3, 0, 0, 0},
		`{ a ... { a ... on T { a } } b { ... { ... { c } } } }`:                               {2, 5, 4, 3, 0, 0, 0},
		`{ a ...F ...F } fragment F on T { a b { a } ...G } fragment G on T { a { b { c } } }`: {3, 13, 7, 5, 0, 0, 0},
		`{ ...Unknown a }`: {1, 1, 1, 1, 0, 0, 0},
		`{ ...F } fragment F on T { a } fragment F on T { a b { c } }`:                     {1, 1, 1, 1, 0, 0, 0},
		`{ x { ...F a } ...F } fragment F on T { a }`:                                      {2, 4, 2, 2, 0, 0, 0},
		`{ __schema { types { name fields { args { name } } } } __type { name } a { b } }`: {2, 4, 3, 1, 2, 6, 1},
		`{ ...F x: __schema { ...S } } fragment F on T { __schema { ...S } } fragment S on S { types { ...T } } fragment T on T { fields { type { fields { name } } } interfaces { name possibleTypes { fields { inputFields } } } }`: {1, 2, 2, 2, 2, 20, 4},
		`{ a { ...T } __type { ...T } } fragment T on T { fields { fields { name } } }`: {4, 5, 2, 1, 1, 3, 2},
		`query A { a } query B { b { b } }`:                                             {1, 1, 1, 1, 0, 0, 0},
	} {
		s := measure(parsed(t, text))
		if diff := cmp.Diff(want, s.operations[0].figures(), cmp.AllowUnexported(figures{})); diff != "" {
			t.Errorf("%s: %s", text, diff)
		}
	}
	if s := measure(parsed(t, `query A { a } query B { b { b } }`)); len(s.operations) != 2 || s.operations[1].depth.n != 2 {
		t.Errorf("%+v", s.operations)
	}
}

func TestWhatStandsBesideFieldsIsMeasuredToo(t *testing.T) {
	s := measure(parsed(t, `query Q($a: [[Int]] = [[1]] @v, $b: X = {x: [{longestname: "1234567890"}]}) @q @q {
		a(x: [1]) @a ... @i @i @i { b } ...F @s(if: "literal")
	} fragment F on T @f { c } fragment Unused on T { d @d @d @d @d { e } }`))
	for what, f := range map[string][2]int{
		"definitions": {s.definitions.n, 3}, "directives": {s.directives.n, 13}, "directives in one place": {s.nodeDirectives.n, 4},
		"variables": {s.variables.n, 2}, "name": {s.name.n, len("longestname")}, "literal": {s.literal.n, 10}, "literal depth": {s.literalDepth.n, 3},
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
		e := Limits{}.refuseShape(measure(parsed(t, text)))
		if e == nil || e.Extensions["code"] != "GRAPHQL_VALIDATION_FAILED" || !strings.Contains(e.Message, "within itself") || len(e.Locations) != 1 {
			t.Errorf("%s: %v", text, e)
		}
	}
}

// TestEachLimitIsNamedWithWhatWasAskedAndWhatIsAllowed and holds to the one.
func TestEachLimitIsNamedWithWhatWasAskedAndWhatIsAllowed(t *testing.T) {
	small := Limits{Depth: 2, Fields: 6, Aliases: 3, RootFields: 5, Directives: 5, Definitions: 4, Introspection: 1, Checks: 60}
	for _, test := range []struct{ allowed, refused, message string }{
		{`{ a { b } }`, `{ a { b { c } } }`, "it has 3 levels of fields inside of each other, and 2 are allowed (MAX_DEPTH)."},
		{`{ a b c { d e f } }`, `{ a b c { d e f g } }`, "it has 7 fields in one operation, and 6 are allowed (MAX_FIELDS)."},
		{`{ a { b c: b d: b } }`, `{ a { b c: b d: b e: b } }`, "it selects the same field 4 times in one place, and 3 are allowed (MAX_ALIASES)."},
		{`{ a b c d e }`, `{ a b c ...F } fragment F on T { d e f }`, "it has 6 fields at the top of an operation, and 5 are allowed (MAX_ROOT_FIELDS)."},
		{`{ a @x @x b @x @x c @x }`, `{ a @x @x b @x @x c @x @x }`, "it has 6 directives, and 5 are allowed (MAX_DIRECTIVES)."},
		{`{ a @x @x @x @x }`, `{ a @x @x @x @x @x }`, "it has 5 directives in one place, and 4 are allowed."},
		{`query A{a} query B{a} query C{a} query D{a}`, `query A{a} query B{a} query C{a} fragment D on T{a} fragment E on T{a}`, "it has 5 operations and fragments, and 4 are allowed (MAX_DEFINITIONS)."},
		{`{ __schema { a } }`, `{ __schema { a } ... { a: __type { a } } }`, "it asks for `__schema` and `__type` 2 times, and 1 are allowed (MAX_INTROSPECTION)."},
		{`{ __schema { fields { fields } } }`, `{ __schema { fields { interfaces { possibleTypes } } } }`, "it has 3 lists of `fields`, `inputFields`, `interfaces` or `possibleTypes` inside of each other, and 2 are allowed."},
		{`{ a }`, `{ ...F } fragment F on T { a { a a } b { a a } } fragment G on T { ...F ...F } fragment H on T { ...G }`, "it may take 81 steps to validate, and 60 are allowed (MAX_CHECKS)."},
		{`{ ` + strings.Repeat("a", 200) + ` }`, `{ ` + strings.Repeat("a", 201) + ` }`, "it has 201 bytes in one name, and 200 are allowed."},
		{`{ a(x: "` + strings.Repeat("a", 1000) + `") }`, `{ a(x: "` + strings.Repeat("a", 8193) + `") }`, "it has 8193 bytes in one value, and 8192 are allowed."},
		{`{ a(x: [[{a: [[1]]}]]) }`, `{ a(x: [[{a: [[{}]]}]]) }`, "it has 6 lists and objects inside of each other in one value, and 5 are allowed."},
		{`query($a: T) { a }`, `query(` + strings.Repeat("$a:T ", 201) + `) { a }`, "it has 201 variables in one operation, and 200 are allowed."},
	} {
		if e := small.refuseShape(measure(parsed(t, test.allowed))); e != nil {
			t.Errorf("%.200s: %v", test.allowed, e)
		}
		e := small.refuseShape(measure(parsed(t, test.refused)))
		if e == nil || e.Extensions["code"] != "QUERY_TOO_COMPLEX" || e.Message != "The query is too complex: "+test.message || len(e.Locations) != 1 {
			t.Errorf("%.200s: %v", test.refused, e)
		}
	}
}

// TestWhatToolsAndClientsSendIsLetThrough: with room to spare.
func TestWhatToolsAndClientsSendIsLetThrough(t *testing.T) {
	standard, err := os.ReadFile("testdata/introspection.graphql")
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range sane() {
		s := measure(parsed(t, text))
		if e := (Limits{}).refuseShape(s); e != nil {
			t.Errorf("%s: %v", name, e)
		}
		// The largest of a kind may come near to its limit; no document should to what it takes to validate it.
		if s.checks.n > DefaultLimits.Checks*3/5 {
			t.Errorf("%s takes %d steps", name, s.checks.n)
		}
	}
	s := measure(parsed(t, string(standard)))
	if n := s.operations[0].introspectionFields.n; n < 200 || n > maxIntrospectionFields*2/3 {
		t.Errorf("the standard introspection has %d fields", n)
	}
	if e := (Limits{Depth: 1, Fields: 1, RootFields: 1, Introspection: 1, Directives: 1}).refuseShape(s); e != nil {
		t.Errorf("the standard introspection depends on limits for others: %v", e)
	}
}
