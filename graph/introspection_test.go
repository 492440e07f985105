package graph_test

import (
	"strings"
	"testing"

	"heygen-graphql/graph"
	"heygen-graphql/heygen"
	"heygen-graphql/heygen/sandbox"
)

func TestDisableIntrospectionRejectsIntrospection(t *testing.T) {
	a := newAPI(t, sandbox.Options{}, func(_ *heygen.Options, g *graph.Options) { g.DisableIntrospection = true })
	for _, query := range []string{
		`{ __schema { types { name } } }`,
		`{ a: __type(name: "Query") { name } __typename }`,
		`{ ...F } fragment F on Query { ... { __schema { nothing } } }`,
		`query ($no: Boolean = false) { __schema @include(if: $no) { types { name } } }`,
	} {
		if out := a.do(t, query, nil); out.codes() != "OPERATION_NOT_SUPPORTED" || out.Data != nil {
			t.Errorf("%s: %s", query, out.Body)
		}
	}
	a.mustDo(t, `{ __typename avatarGroup(id: "group_monica") { __typename } }`, nil)
}

func TestDisableSuggestionsOmitsSuggestions(t *testing.T) {
	suggesting := newAPI(t, sandbox.Options{})
	notSuggesting := newAPI(t, sandbox.Options{}, func(_ *heygen.Options, g *graph.Options) { g.DisableSuggestions = true })
	for _, query := range []string{
		`{ avatarGrop(id: "x") { id } }`,
		`{ avatarGroups(frst: 1) { nodes { id } } }`,
		`{ avatarGroups(ownership: PUBLIK) { nodes { id } } }`,
		`{ avatarGroup(id: "x") { looks } }`,
	} {
		a, b := suggesting.do(t, query, nil), notSuggesting.do(t, query, nil)
		if !strings.Contains(a.Body, "Did you mean") {
			t.Errorf("there is no suggestion to omit: %s", a.Body)
		}
		if strings.Contains(b.Body, "Did you mean") || len(b.Errors) != len(a.Errors) || b.codes() != a.codes() {
			t.Errorf("%s: %s", query, b.Body)
		}
	}
}
