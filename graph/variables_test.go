package graph_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"heygen-graphql/heygen/sandbox"
)

// doWithVariable sends a document with the variable v, whose value is JSON. "" omits it.
func (a *api) doWithVariable(t *testing.T, query, value string) response {
	t.Helper()
	variables := `{}`
	if value != "" {
		variables = `{"v":` + value + `}`
	}
	return a.send(t, newRequest(t, "POST", "/graphql", fmt.Sprintf(`{"query":%q,"variables":%s}`, query, variables), "Content-Type", "application/json", "Accept", mediaTypeGraphQLResponse))
}

const (
	intQuery     = `query($v: Int) { avatarGroups(first: $v) { nodes { id } } }`
	idQuery      = `query($v: ID!) { avatarGroup(id: $v) { id } }`
	idsQuery     = `query($v: [ID!]!) { nodes(ids: $v) { id } }`
	stringQuery  = `query($v: String) { avatarGroups(after: $v, first: 1) { nodes { id } } }`
	enumQuery    = `query($v: Ownership) { avatarGroups(ownership: $v, first: 1) { nodes { id } } }`
	booleanQuery = `query($v: Boolean!) { avatarGroups(first: 1) { nodes { id @include(if: $v) __typename } } }`
)

// Variables that graphql-js rejects are rejected before execution. Those that it accepts
// are executed.
func TestVariablesAreCoercedStrictly(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	for query, values := range map[string]struct{ accepted, rejected []string }{
		intQuery: {
			[]string{"", `null`, `3`, `3.0`, `3e0`, `0`, `-0.0`},
			[]string{`"3"`, `""`, `3.5`, `true`, `{}`, `[]`, `[3]`, `2147483648`, `-2147483649`, `4294967299`, `9007199254740993`, `99999999999999999999`, `1e30`, `1e400`},
		},
		idQuery: {
			[]string{`"group_monica"`, `12`, `12.0`, `12e1`, `0`, `12345678901234567890`, `9223372036854775808`, `1e20`},
			[]string{"", `null`, `1.5`, `1e-7`, `1e400`, `true`, `{}`, `[]`, `["a"]`},
		},
		idsQuery: {
			[]string{`[]`, `[1]`, `[1.0, 12345678901234567890]`, `[12345678901234567890]`, `"a"`, `12`},
			[]string{"", `null`, `1.5`, `[1.5]`, `["a", 1e-7]`, `[null]`, `[true]`, `[{}]`, `{}`, `[["a"]]`, `true`},
		},
		stringQuery: {
			[]string{"", `null`},
			[]string{`1`, `1.5`, `12345678901234567890`, `true`, `{}`, `[]`, `["a"]`},
		},
		enumQuery: {
			[]string{"", `null`, `"PUBLIC"`, `"PRIVATE"`},
			[]string{`"public"`, `"Private"`, `"UNKNOWN"`, `""`, `" PUBLIC"`, `1`, `0`, `true`, `{}`, `["PUBLIC"]`},
		},
		booleanQuery: {
			[]string{`true`, `false`},
			[]string{"", `null`, `"true"`, `1`, `0`, `{}`, `[true]`},
		},
	} {
		for _, value := range values.accepted {
			// An id that is not global is an error of nodes, not of the variable.
			if out := a.doWithVariable(t, query, value); out.Status != 200 || out.Data == nil || query != idsQuery && len(out.Errors) > 0 {
				t.Errorf("%s with %s: %d %.300s", query, value, out.Status, out.Body)
			}
		}
		a.expectCalls(t, 0, func() {
			for _, value := range values.rejected {
				out := a.doWithVariable(t, query, value)
				if out.Status != 400 || out.codes() != "BAD_USER_INPUT" || strings.Contains(out.Body, `"data"`) {
					t.Errorf("%s with %s: %d %.300s", query, value, out.Status, out.Body)
				}
			}
		})
	}
}

func TestIntegerIDIsCoercedToItsDigits(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	for value, want := range map[string]string{`12`: "12", `12.0`: "12", `1e3`: "1000", `-0`: "0", `-0.0`: "0", `9007199254740993`: "9007199254740993", `12345678901234567890`: "12345678901234567890", `1e20`: "100000000000000000000"} {
		a.ResetCalls()
		a.doWithVariable(t, idQuery, value)
		if got := a.Calls(); len(got) != 1 || got[0].Path != "/v3/avatars/"+want {
			t.Errorf("%s: calls %v", value, got)
		}
	}
	for _, query := range []string{
		`{ avatarGroup(id: 12345678901234567890) { id } }`,
		`query($v: ID = 12345678901234567890) { avatarGroup(id: $v) { id } }`,
	} {
		a.ResetCalls()
		a.do(t, query, nil)
		if got := a.Calls(); len(got) != 1 || got[0].Path != "/v3/avatars/12345678901234567890" {
			t.Errorf("%s: calls %v", query, got)
		}
	}
}

func TestVariableErrorNamesPathAndType(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	for _, test := range []struct{ query, value, message string }{
		{intQuery, `"3"`, "`$v` is invalid: `$v` must be `Int`."},
		{intQuery, `3.5`, "`$v` is invalid: `$v` must be `Int`."},
		{intQuery, `99999999999999999999`, "`$v` is invalid: `$v` must be `Int`."},
		{idQuery, "", "`$v` is missing: a value of `ID!` is required."},
		{idQuery, `null`, "`$v` is invalid: `$v` must be `ID!`."},
		{idQuery, `{"a":1}`, "`$v` is invalid: `$v` must be `ID!`."},
		{idsQuery, `[1.5]`, "`$v[0]` is invalid: `$v` must be `[ID!]!`."},
		{idsQuery, `["a", null]`, "`$v[1]` is invalid: `$v` must be `[ID!]!`."},
		{idsQuery, `["a", true, 1.5]`, "`$v[1]` is invalid: `$v` must be `[ID!]!`."},
		{idsQuery, `1.5`, "`$v` is invalid: `$v` must be `[ID!]!`."},
		{idsQuery, `true`, "`$v` is invalid: `$v` must be `[ID!]!`."},
		{enumQuery, `"public"`, "`$v` is invalid: `$v` must be `Ownership`, one of PUBLIC, PRIVATE."},
		{enumQuery, `{}`, "`$v` is invalid: `$v` must be `Ownership`, one of PUBLIC, PRIVATE."},
	} {
		out := a.doWithVariable(t, test.query, test.value)
		if diff := cmp.Diff([]responseError{{
			Message: test.message, Locations: []any{map[string]any{"line": 1.0, "column": 7.0}}, Extensions: map[string]any{"code": "BAD_USER_INPUT"},
		}}, out.Errors); diff != "" {
			t.Errorf("%s with %s: %s", test.query, test.value, diff)
		}
	}
	if out := a.do(t, `query($long`+strings.Repeat("g", 1000)+`: Int) { avatarGroups(first: $long`+strings.Repeat("g", 1000)+`) { nodes { id } } }`, vars{"long" + strings.Repeat("g", 1000): true}); len(out.Errors[0].Message) > 510 {
		t.Errorf("a message of %d bytes", len(out.Errors[0].Message))
	}
}

// With a default, a nullable variable is allowed in a non-null position. An explicit null
// replaces the default.
func TestNullVariableIsRejectedInNonNullPosition(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	for query, required := range map[string]string{
		`query($v: Boolean = true) { __typename @include(if: $v) }`:                                                                      "Boolean!",
		`query($v: Boolean = true) { __typename @skip(if: $v) }`:                                                                         "Boolean!",
		`query($v: Boolean = true) { avatarGroups { nodes { id @include(if: $v) } } }`:                                                   "Boolean!",
		`query($v: Boolean = true) { ... @skip(if: $v) { __typename } }`:                                                                 "Boolean!",
		`query($v: Boolean = true) { ...F } fragment F on Query { ...G @include(if: $v) } fragment G on Query { __typename }`:            "Boolean!",
		`query($v: Boolean = true) { ...F } fragment F on Query { ...G } fragment G on Query { __typename @include(if: $v) }`:            "Boolean!",
		`query($v: [ID!] = ["a"]) { nodes(ids: $v) { id } }`:                                                                             "[ID!]!",
		`query($v: ID = "a") { nodes(ids: [$v]) { id } }`:                                                                                "ID!",
		`query($v: ID = "a") { avatarGroup(id: $v) { id } avatarGroups { nodes { id } } }`:                                               "ID!",
		`query($v: String = "Query") { __type(name: $v) { name } }`:                                                                      "String!",
		`query($v: Boolean = false, $w: Boolean = false) { __typename @include(if: $w) a: avatarGroups @skip(if: $v) { nodes { id } } }`: "Boolean!",
	} {
		a.expectCalls(t, 0, func() {
			out := a.doWithVariable(t, query, "null")
			if out.Status != 400 || out.codes() != "BAD_USER_INPUT" || out.Data != nil || out.Errors[0].Message != "`$v` is null where `"+required+"` is required." || len(out.Errors[0].Locations) != 1 {
				t.Errorf("%s: %d %.300s", query, out.Status, out.Body)
			}
			if strings.Contains(a.log.String(), "panic") {
				t.Fatalf("%s: %.300s", query, a.log)
			}
		})
		if out := a.doWithVariable(t, query, ""); out.Status != 200 || out.Data == nil {
			t.Errorf("%s with its default: %d %.300s", query, out.Status, out.Body)
		}
	}
	for _, query := range []string{
		`query($v: Int = 3) { avatarGroups(first: $v) { nodes { id } } }`,
		`query($v: Boolean) { __type(name: "Query") { fields(includeDeprecated: $v) { name } } }`,
	} {
		if out := a.doWithVariable(t, query, "null"); out.Status != 200 || len(out.Errors) > 0 {
			t.Errorf("%s: %d %.300s", query, out.Status, out.Body)
		}
	}
}

func TestNullCheckVisitsEachFragmentOnce(t *testing.T) {
	a := newAPI(t, sandbox.Options{}, withHighLimits)
	var query strings.Builder // spread 2^18 times
	query.WriteString(`query($v: Int) { ...F0 a: avatarGroups(first: $v) @skip(if: true) { nodes { id } } }`)
	for i := range 18 {
		fmt.Fprintf(&query, ` fragment F%d on Query { ...F%d ...F%d }`, i, i+1, i+1)
	}
	query.WriteString(` fragment F18 on Query { __typename }`)
	if out := a.doWithVariable(t, query.String(), "null"); out.Body != `{"data":{"__typename":"Query"}}` {
		t.Errorf("%.300s", out.Body)
	}
}
