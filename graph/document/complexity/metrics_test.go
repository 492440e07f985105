package complexity

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
)

// parse parses a document without a limit.
func parse(t testing.TB, source string) *ast.QueryDocument {
	t.Helper()
	doc, err := parser.ParseQuery(&ast.Source{Input: source})
	if err != nil {
		t.Fatalf("%v: %.200s", err, source)
	}
	return doc
}

// operationValues are the metrics of an operation without positions.
type operationValues struct {
	expanded, depth, fields, root, width, aliases          int
	introspection, introspectionFields, introspectionDepth int
}

// values returns the metrics of the first operation, of which expanded is the maximum.
func (m *Metrics) values() operationValues {
	o := m.Operations[0]
	return operationValues{
		m.Expanded.Value, o.Depth.Value, o.Fields.Value, o.RootFields.Value, o.Width.Value, o.Aliases.Value,
		o.Introspection.Value, o.IntrospectionFields.Value, o.IntrospectionDepth.Value,
	}
}

func TestMetricsCountMergedFields(t *testing.T) {
	for source, want := range map[string]operationValues{
		`{ a }`:                     {1, 1, 1, 1, 1, 1, 0, 0, 0},
		`{ __typename }`:            {1, 1, 1, 1, 1, 1, 0, 0, 0},
		`{ a { b { c } } d }`:       {4, 3, 4, 2, 2, 1, 0, 0, 0},
		`{ a b: a c: a d { a a } }`: {6, 2, 5, 4, 4, 3, 0, 0, 0},
		`{ a ... { a ... on T { a } } b { ... { ... { c } } } }`:                               {5, 2, 3, 2, 2, 1, 0, 0, 0},
		`{ a { b c } a { c: b d } }`:                                                           {6, 2, 5, 1, 4, 2, 0, 0, 0},
		`{ a ...F ...F } fragment F on T { a b { a } ...G } fragment G on T { a { b { c } } }`: {13, 3, 5, 2, 2, 1, 0, 0, 0},
		`{ a ...F } fragment F on T { b b ...G } fragment G on T { c c c }`:                    {6, 1, 3, 3, 3, 1, 0, 0, 0},
		`{ ...Unknown a }`: {1, 1, 1, 1, 1, 1, 0, 0, 0},
		`{ ...F } fragment F on T { a } fragment F on T { a b { c } }`:                     {1, 1, 1, 1, 1, 1, 0, 0, 0},
		`{ x { ...F a } ...F } fragment F on T { a }`:                                      {4, 2, 3, 2, 2, 1, 0, 0, 0},
		`{ __schema { types { name fields { args { name } } } } __type { name } a { b } }`: {10, 2, 4, 3, 3, 1, 2, 6, 1},
		`{ ...F x: __schema { ...S } } fragment F on T { __schema { ...S } } fragment S on S { types { ...T } } fragment T on T { fields { type { fields { name } } } interfaces { name possibleTypes { fields { inputFields } } } }`: {22, 1, 2, 2, 2, 2, 2, 20, 4},
		`{ a { ...T } __type { ...T } } fragment T on T { fields { fields { name } } }`:     {8, 4, 5, 2, 2, 1, 1, 3, 2},
		`{ __schema { types { name } } ... { __schema { types { name kind } } } }`:          {7, 1, 1, 1, 1, 1, 1, 3, 0},
		`query A { a } query B { b { b } }`:                                                 {2, 1, 1, 1, 1, 1, 0, 0, 0},
		`{ a { ... on A { x: s { a } } ... on B { x: t { b } } ... on C { x: s { c } } } }`: {7, 3, 6, 1, 2, 1, 0, 0, 0},
	} {
		m := Measure(parse(t, source))
		if diff := cmp.Diff(want, m.values(), cmp.AllowUnexported(operationValues{})); diff != "" {
			t.Errorf("%s: %s", source, diff)
		}
	}
	if m := Measure(parse(t, `query A { a } query B { b { b } }`)); len(m.Operations) != 2 || m.Operations[1].Depth.Value != 2 {
		t.Errorf("%+v", m.Operations)
	}
}

func TestMetricsCoverWhatIsNotAField(t *testing.T) {
	m := Measure(parse(t, `query Q($a: [[Int]] = [[1]] @v, $b: X = {x: [{longestname: "1234567890"}]}) @q @q {
		a(x: [1]) @a ... @i @i @i { b } ...F @s(if: "literal")
	} fragment F on T @f { c } fragment Unused on T { d @d @d @d @d { e } }`))
	for name, test := range map[string][2]int{
		"definitions": {m.Definitions.Value, 3}, "directives": {m.Directives.Value, 13}, "directives at one location": {m.DirectivesPerLocation.Value, 4},
		"variables": {m.Variables.Value, 2}, "name": {m.NameBytes.Value, len("longestname")}, "literal": {m.LiteralBytes.Value, 10}, "literal depth": {m.LiteralDepth.Value, 3},
		"visited": {m.visited, 7},
	} {
		if got, want := test[0], test[1]; got != want {
			t.Errorf("%s: %d, want %d", name, got, want)
		}
	}
}

// Validation visits every node that an operation reaches, and merging the selections of
// each path.
func TestVisitsCountWhatEachOperationReaches(t *testing.T) {
	for source, want := range map[string]int{
		`{ a }`:               1 + 1,
		`{ a { b } a { b } }`: 4 + 4,
		`{ a(x: 1, y: [1 {z: 2}]) @skip(if: $v) }`:                      1 + 5 + 2 + 1,
		`{ ...F ...F } fragment F on T @d { a ... { b } }`:              2 + 4 + 2 + 3,
		`query A { ...F } query B { ...F } fragment F on T { a(x: 1) }`: 2 * (1 + 2 + 2),
		`{ a { ...F } b { ...F } } fragment F on T { c }`:               4 + 1 + 2 + 2*2,
		`{ a } fragment Unused on T { a b c }`:                          1 + 1,
		`{ ...F } fragment F on T { ...G ...G } fragment G on T { a }`:  1 + 2 + 1 + 1 + 2 + 1,
		`query($v: Int = 1, $w: X = {x: [1]}) @d { a }`:                 2 + 1,
	} {
		if got := Measure(parse(t, source)).Visits.Value; got != want {
			t.Errorf("%s: %d visits, want %d", source, got, want)
		}
	}
}
