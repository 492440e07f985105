package complexity

import (
	"maps"
	"os"
	"strings"
	"testing"

	"heygen-graphql/graph/document/documenttest"
)

func TestFragmentCycleIsRejectedAsInvalid(t *testing.T) {
	for _, source := range []string{
		`{ ...F } fragment F on Query { ...F }`,
		`{ a { ...F } } fragment F on Query { a { b { ... { ...G } } } } fragment G on Query { c ...H } fragment H on Query { ...F ...F }`,
		`{ a } fragment F on Query { ...F }`,
	} {
		e := Limits{}.Check(parse(t, source))
		if e == nil || e.Extensions["code"] != "GRAPHQL_VALIDATION_FAILED" || !strings.Contains(e.Message, "within itself") || len(e.Locations) != 1 {
			t.Errorf("%s: %v", source, e)
		}
	}
}

func TestEachLimitIsExactAndNamedInTheError(t *testing.T) {
	small := Limits{Depth: 2, Fields: 6, Aliases: 3, RootFields: 5, Directives: 5, Definitions: 4, Introspection: 1}
	for _, test := range []struct{ allowed, rejected, message string }{
		{`{ a { b } }`, `{ a { b { c } } }`, "it nests fields 3 levels deep, and the limit is 2 (MAX_DEPTH)."},
		{`{ a b c { d e f } }`, `{ a b c { d e f g } }`, "it has 7 fields in one operation, and the limit is 6 (MAX_FIELDS)."},
		{`{ a { b c: b d: b } }`, `{ a { b c: b d: b e: b } }`, "it selects the same field under 4 names in one selection set, and the limit is 3 (MAX_ALIASES)."},
		{`{ a { b ...F } a { ...F c: b } } fragment F on T { b c: b d: b }`, `{ a { b ...F } a { ...F } } fragment F on T { b c: b d: b e: b }`, "it selects the same field under 4 names in one selection set, and the limit is 3 (MAX_ALIASES)."},
		{`{ a ...F a ...F } fragment F on T { a b c ...G } fragment G on T { a b c d e }`, `{ a ...F a ...F } fragment F on T { a b c ...G } fragment G on T { a b c d e f }`, "it has 6 root fields in one operation, and the limit is 5 (MAX_ROOT_FIELDS)."},
		{`{ a b c d e }`, `{ a b c ...F } fragment F on T { d e f }`, "it has 6 root fields in one operation, and the limit is 5 (MAX_ROOT_FIELDS)."},
		{`{ a @x @x b @x @x c @x }`, `{ a @x @x b @x @x c @x @x }`, "it has 6 directives, and the limit is 5 (MAX_DIRECTIVES)."},
		{`{ a @x @x @x @x }`, `{ a @x @x @x @x @x }`, "it has 5 directives at one location, and the limit is 4."},
		{`query A{a} query B{a} query C{a} query D{a}`, `query A{a} query B{a} query C{a} fragment D on T{a} fragment E on T{a}`, "it has 5 operations and fragments, and the limit is 4 (MAX_DEFINITIONS)."},
		{`{ __schema { a } }`, `{ __schema { a } ... { a: __type { a } } }`, "it selects `__schema` and `__type` 2 times, and the limit is 1 (MAX_INTROSPECTION)."},
		{`{ __schema { fields { fields } } }`, `{ __schema { fields { interfaces { possibleTypes } } } }`, "it nests `fields`, `inputFields`, `interfaces` or `possibleTypes` 3 levels deep, and the limit is 2."},
		{`{ ` + strings.Repeat("a", 200) + ` }`, `{ ` + strings.Repeat("a", 201) + ` }`, "it has a name of 201 bytes, and the limit is 200."},
		{`{ a(x: "` + strings.Repeat("a", 1000) + `") }`, `{ a(x: "` + strings.Repeat("a", 8193) + `") }`, "it has a value of 8193 bytes, and the limit is 8192."},
		{`{ a(x: [[{a: [[1]]}]]) }`, `{ a(x: [[{a: [[{}]]}]]) }`, "it nests lists and objects 6 levels deep in one value, and the limit is 5."},
		{`{ a(x: [` + strings.Repeat("1 ", 1_000) + `]) }`, `{ a(x: [` + strings.Repeat("1 ", 1_001) + `]) }`, "it has a list of 1001 values, and the limit is 1000."},
		{`query(` + strings.Repeat("$a:T ", 1) + `) { a }`, `query(` + strings.Repeat("$a:T ", 201) + `) { a }`, "it has 201 variables in one operation, and the limit is 200."},
	} {
		if e := small.Check(parse(t, test.allowed)); e != nil {
			t.Errorf("%.200s: %v", test.allowed, e)
		}
		e := small.Check(parse(t, test.rejected))
		if e == nil || e.Extensions["code"] != "QUERY_TOO_COMPLEX" || e.Message != "The query is too complex: "+test.message || len(e.Locations) != 1 {
			t.Errorf("%.200s: %v", test.rejected, e)
		}
	}
}

func TestLimitsAdmitLegitimateAndOverlappingDocuments(t *testing.T) {
	standard, err := os.ReadFile("../../testdata/introspection.graphql")
	if err != nil {
		t.Fatal(err)
	}
	admitted := documenttest.Legitimate()
	maps.Copy(admitted, documenttest.Overlapping(""))
	for name, source := range admitted {
		if e := (Limits{}).Check(parse(t, source)); e != nil {
			t.Errorf("%s: %v", name, e)
		}
	}
	for name, d := range documenttest.Compiled() {
		for _, source := range []string{d.Source, d.Merged} {
			if e := (Limits{}).Check(parse(t, source)); e != nil {
				t.Errorf("%s: %v", name, e)
			}
		}
	}
	m := Measure(parse(t, string(standard)))
	if n := m.Operations[0].IntrospectionFields.Value; n < 200 || n > maxIntrospectionFields*2/3 {
		t.Errorf("the standard introspection has %d fields", n)
	}
	if e := (Limits{Depth: 1, Fields: 1, RootFields: 1, Introspection: 1, Directives: 1}).Check(parse(t, string(standard))); e != nil {
		t.Errorf("the standard introspection depends on the limits on other fields: %v", e)
	}
}
