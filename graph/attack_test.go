package graph_test

import (
	"fmt"
	"strings"
	"testing"

	"heygen-graphql/graph"
	"heygen-graphql/heygen"
	"heygen-graphql/heygen/sandbox"
)

func TestNoAttackReachesHeyGenOrAnswersMuch(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	attacks := map[string]string{
		"too many tokens":    "{" + strings.Repeat(" __typename", 2_001) + "}",
		"a costly query":     `{ avatarGroups(first: 100) { nodes { looks(first: 100) { nodes { defaultVoice { name } } } } } }`,
		"costs by aliases":   "{" + aliased(200, `avatarLooks(last: 100) { nodes { group { name } } }`) + "}",
		"ids":                "{" + aliased(10, `nodes(ids: [`+strings.Repeat(`"group_monica" `, 60)+`]) { id }`) + "}",
		"too many in a list": `{ nodes(ids: [` + strings.Repeat(`"group_monica" `, 101) + `]) { id } }`,
		"wrong fields":       "{" + aliased(240, strings.Repeat("avatarGroup", 15)+" { x y }") + "}",
	}
	for name, test := range graph.Hostile("") {
		attacks[name] = test[0]
	}
	for name, text := range attacks {
		a.cost(t, 0, func() {
			out := a.do(t, text, nil)
			if out.Data != nil || len(out.Errors) == 0 || len(out.Errors) > 5 || len(out.Body) > 4_000 {
				t.Errorf("%s: %d errors, %.300s", name, len(out.Errors), out.Body)
			}
			for _, e := range out.Errors {
				switch e.Extensions["code"] {
				case "QUERY_TOO_COMPLEX", "GRAPHQL_VALIDATION_FAILED", "GRAPHQL_PARSE_FAILED", "BAD_USER_INPUT":
				default:
					t.Errorf("%s: %v", name, e)
				}
			}
		})
	}
	if log := a.log.String(); log != "" {
		t.Errorf("%.500s", log)
	}
}

func aliased(n int, field string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, " a%d: %s", i, field)
	}
	return b.String()
}

// TestWhatIsTooMuchSaysHowMuchItIs: the message is of use to whoever wrote the query.
func TestWhatIsTooMuchSaysHowMuchItIs(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	const query = `{ avatarGroups(first: 100) { nodes { looks(first: 100) { nodes { defaultVoice { name } } } } } }`
	out := a.send(t, request(t, "GET", "/graphql?query="+strings.ReplaceAll(query, " ", "%20"), "", "X-GraphQL-Extensions", "cost"))
	if out.codes() != "QUERY_TOO_COMPLEX" || out.Errors[0].Message != "The query is too complex: it may need 10302 calls to HeyGen, and 1000 are allowed (MAX_COST)." || !strings.Contains(out.Body, `"extensions":{"cost":{"allowed":1000,"requested":10302}}`) {
		t.Error(out.Body)
	}
}

func TestLimitsAreSettings(t *testing.T) {
	const query = `{ avatarGroups(first: 1) { nodes { name looks(first: 1) { nodes { name } } } } }`
	for says, limits := range map[string]graph.Limits{
		"2000 words and signs (MAX_TOKENS)": {},
		"20 words":                          {Tokens: 20},
		"MAX_DEPTH":                         {Depth: 4},
		"MAX_FIELDS":                        {Fields: 5},
		"MAX_COST":                          {Cost: 2},
		"MAX_CHECKS":                        {Checks: 1},
		"MAX_ROOT_FIELDS":                   {RootFields: 1},
		"at most 3 ids":                     {IDs: 3},
		"MAX_ALIASES":                       {Aliases: 1},
		"MAX_DEFINITIONS":                   {Definitions: 1},
		"MAX_DIRECTIVES":                    {Directives: 1},
		"`__schema`":                        {Introspection: 1},
	} {
		a := newAPI(t, sandbox.Options{}, func(_ *heygen.Options, o *graph.Options) { o.Limits = limits })
		text := map[string]string{
			"2000 words and signs (MAX_TOKENS)": "{" + strings.Repeat(" __typename", 2_000) + "}", "MAX_ROOT_FIELDS": `{ a: __typename b: __typename }`,
			"at most 3 ids": `{ nodes(ids: ["a", "b", "c", "d"]) { id } }`, "MAX_ALIASES": `{ avatarGroup(id: "a") { name x: name } }`,
			"MAX_DEFINITIONS": `{ ...F } fragment F on Query { __typename }`, "MAX_DIRECTIVES": `{ a: __typename @skip(if: true) b: __typename @skip(if: true) }`,
			"`__schema`": `{ __schema { queryType { name } } __type(name: "Query") { name } }`,
		}[says]
		if text == "" {
			text = query
		}
		a.cost(t, 0, func() {
			if out := a.do(t, text, nil); len(out.Errors) != 1 || out.Data != nil || !strings.Contains(out.Errors[0].Message, says) {
				t.Errorf("%s: %s", says, out.Body)
			}
		})
	}
	newAPI(t, sandbox.Options{}).ok(t, query, nil)
}
