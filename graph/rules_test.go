package graph_test

import (
	"strings"
	"testing"

	"heygen-graphql/heygen/sandbox"
)

func TestInvalidLiteralsFailValidation(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	a.expectCalls(t, 0, func() {
		for query, message := range map[string]string{
			`{ __typename @include(if: {}) }`:                                          "Boolean cannot represent an object: {}",
			`{ __typename @skip(if: {}) }`:                                             "Boolean cannot represent an object: {}",
			`{ __schema { types { fields(includeDeprecated: {}) { name } } } }`:        "Boolean cannot represent an object: {}",
			`{ avatarGroups(ownership: {}) { nodes { id } } }`:                         "Ownership cannot represent an object: {}",
			`{ avatarGroups(first: {}) { nodes { id } } }`:                             "Int cannot represent an object: {}",
			`{ avatarGroups(after: {}) { nodes { id } } }`:                             "String cannot represent an object: {}",
			`{ nodes(ids: {}) { id } }`:                                                "ID cannot represent an object: {}",
			`{ nodes(ids: [{}]) { id } }`:                                              "ID cannot represent an object: {}",
			`query($v: Boolean = {}) { __typename @include(if: $v) }`:                  "Boolean cannot represent an object: {}",
			`{ avatarGroups(first: 2147483648) { nodes { id } } }`:                     "Int cannot represent non 32-bit signed integer value: 2147483648",
			`{ avatarGroups(first: -2147483649) { nodes { id } } }`:                    "Int cannot represent non 32-bit signed integer value: -2147483649",
			`{ avatarGroups(first: 99999999999999999999) { nodes { id } } }`:           "Int cannot represent non 32-bit signed integer value: 99999999999999999999",
			`query($v: Int = 2147483648) { avatarGroups(first: $v) { nodes { id } } }`: "Int cannot represent non 32-bit signed integer value: 2147483648",
			`{ avatarGroup(id: 1.5) { id } }`:                                          "ID cannot represent",
			`{ ...F } fragment F($a: Nothing = {x: 1}) on Query { __typename }`:        "A fragment cannot define variables.",
			`{ avatarGroups(ownership: public) { nodes { id } } }`:                     "public",
		} {
			out := a.doWithVariable(t, query, "")
			if out.Status != 400 || out.codes() != "GRAPHQL_VALIDATION_FAILED" || !strings.Contains(out.Errors[0].Message, message) || out.Data != nil || len(out.Errors[0].Locations) == 0 {
				t.Errorf("%s: %d %.300s", query, out.Status, out.Body)
			}
		}
	})
	if strings.Contains(a.log.String(), "panic") {
		t.Errorf("%.300s", a.log)
	}
	for _, query := range []string{`{ avatarGroups(first: 2147483647) { nodes { id } } }`, `{ avatarGroups(last: -2147483648) { nodes { id } } }`} {
		if out := a.do(t, query, nil); out.codes() != "BAD_USER_INPUT" || len(out.Errors[0].Path) != 1 {
			t.Errorf("%s: a 32-bit Int must pass validation: %s", query, out.Body)
		}
	}
}

// Other errors of the document follow from the unsupported feature.
func TestUnsupportedFeatureIsTheOnlyError(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	for query, want := range map[string]int{
		`{ nothing ...F ...F ... { ...F } } fragment F on Query { ... @defer(nothing: 1) { nothing } }`: 1,
		`mutation($in: In!) { create(in: $in) { id } again }`:                                           1,
		`{ ... @defer { a: __typename } ... @defer { b: __typename } }`:                                 2,
	} {
		if out := a.do(t, query, nil); len(out.Errors) != want || out.codes() != strings.TrimSpace(strings.Repeat("OPERATION_NOT_SUPPORTED ", want)) {
			t.Errorf("%s: %s", query, out.Body)
		}
	}
}
