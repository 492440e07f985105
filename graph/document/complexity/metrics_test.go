package complexity

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"

	"heygen-graphql/graph/document/documenttest"
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
type operationValues struct{ depth, fields, root, aliases, introspection, introspectionFields, introspectionDepth int }

func (o OperationMetrics) values() operationValues {
	return operationValues{o.Depth.Value, o.Fields.Value, o.RootFields.Value, o.Aliases.Value, o.Introspection.Value, o.IntrospectionFields.Value, o.IntrospectionDepth.Value}
}

func TestMetricsExpandFragments(t *testing.T) {
	for source, want := range map[string]operationValues{
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
		m := Measure(parse(t, source))
		if diff := cmp.Diff(want, m.Operations[0].values(), cmp.AllowUnexported(operationValues{})); diff != "" {
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

// Counting aliases takes no longer than parsing them.
func TestAliasesOfManyFragmentsAreBounded(t *testing.T) {
	var source strings.Builder
	source.WriteString("{ ...F0 }")
	const fragments, fields = 60, 400
	for i := range fragments {
		fmt.Fprintf(&source, " fragment F%d on T { f%d ...F%d }", i, i, i+1)
	}
	fmt.Fprintf(&source, " fragment F%d on T {%s }", fragments, documenttest.Aliases(fields, ""))
	if n := Measure(parse(t, source.String())).Operations[0].Aliases.Value; n < 1 || n > fragments+1 {
		t.Errorf("the same field %d times", n)
	}
	// It is exact for one large fragment: a merged set has no more fields than the source.
	if n := Measure(parse(t, "{ ...F a } fragment F on T {"+documenttest.Aliases(5_000, "")+" }")).Operations[0].Aliases.Value; n != 1 {
		t.Errorf("the same field %d times", n)
	}
}
