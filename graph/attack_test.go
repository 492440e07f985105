package graph_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"heygen-graphql/graph"
	"heygen-graphql/graph/document/complexity"
	"heygen-graphql/graph/document/documenttest"
	"heygen-graphql/heygen"
	"heygen-graphql/heygen/sandbox"
)

func TestHostileDocumentsCauseNoCallsAndShortResponses(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	attacks := map[string]string{
		"too many tokens":    "{" + strings.Repeat(" __typename", 20_001) + "}",
		"a high cost":        `{ avatarGroups(first: 100) { nodes { looks(first: 100) { nodes { defaultVoice { name } } } } } }`,
		"cost by aliases":    "{" + aliasedFields(200, `avatarLooks(last: 100) { nodes { group { name } } }`) + "}",
		"ids":                "{" + aliasedFields(10, `nodes(ids: [`+strings.Repeat(`"group_monica" `, 60)+`]) { id }`) + "}",
		"100,000 braces":     strings.Repeat("{ a ", 50_000) + strings.Repeat("}", 50_000),
		"too many in a list": `{ nodes(ids: [` + strings.Repeat(`"group_monica" `, 101) + `]) { id } }`,
		"wrong fields":       "{" + aliasedFields(240, strings.Repeat("avatarGroup", 15)+" { x y }") + "}",
	}
	for name, test := range documenttest.Hostile("") {
		attacks[name] = test.Source
	}
	for name, source := range documenttest.Overlapping("") {
		if !strings.HasPrefix(name, "equal") {
			attacks[name] = source
		}
	}
	for name, query := range attacks {
		a.expectCalls(t, 0, func() {
			out := a.do(t, query, nil)
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

// A request with one of these documents of some 20,000 tokens takes up to 41,000
// allocations of 9 MiB, most of them to parse it. The response is that to the document
// without repetition.
func TestOverlappingDocumentsTakeBoundedWork(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	want := a.mustDo(t, `{ avatarGroups { nodes { id name gender status groupId } } }`, nil)
	for name, source := range documenttest.Overlapping("") {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		out := a.do(t, source, nil)
		runtime.ReadMemStats(&after)
		if bytes, allocations := after.TotalAlloc-before.TotalAlloc, after.Mallocs-before.Mallocs; bytes > 12<<20 || allocations > 60_000 {
			t.Errorf("%s: %d KiB in %d allocations", name, bytes>>10, allocations)
		}
		switch {
		case !strings.HasPrefix(name, "equal"):
			if out.Data != nil || out.Errors[0].Extensions["code"] != "GRAPHQL_VALIDATION_FAILED" {
				t.Errorf("%s: %.300s", name, out.Body)
			}
		case len(out.Errors) > 0 || !reflect.DeepEqual(out.Data, want.Data):
			t.Errorf("%s: %.300s", name, out.Body)
		}
	}
}

func aliasedFields(n int, field string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, " a%d: %s", i, field)
	}
	return b.String()
}

// The message must let the author of a query reduce its cost.
func TestCostErrorNamesCostAndLimit(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	const query = `{ avatarGroups(first: 100) { nodes { looks(first: 100) { nodes { defaultVoice { name } } } } } }`
	out := a.send(t, newRequest(t, "GET", "/graphql?query="+strings.ReplaceAll(query, " ", "%20"), "", "X-GraphQL-Extensions", "cost"))
	if out.codes() != "QUERY_TOO_COMPLEX" || out.Errors[0].Message != "The query is too complex: it may need 10302 calls to HeyGen, and the limit is 1000 (MAX_COST)." || !strings.Contains(out.Body, `"extensions":{"cost":{"allowed":1000,"requested":10302}}`) {
		t.Error(out.Body)
	}
}

func TestEveryLimitIsConfigurable(t *testing.T) {
	const defaultQuery = `{ avatarGroups(first: 1) { nodes { name looks(first: 1) { nodes { name } } } } }`
	for message, limits := range map[string]graph.Limits{
		"20000 tokens (MAX_TOKENS)": {},
		"20 tokens":                 {Limits: complexity.Limits{Tokens: 20}},
		"MAX_DEPTH":                 {Limits: complexity.Limits{Depth: 4}},
		"MAX_FIELDS":                {Limits: complexity.Limits{Fields: 5}},
		"MAX_COST":                  {Cost: 2},
		"MAX_ROOT_FIELDS":           {Limits: complexity.Limits{RootFields: 1}},
		"at most 3 ids":             {IDs: 3},
		"MAX_ALIASES":               {Limits: complexity.Limits{Aliases: 1}},
		"MAX_DEFINITIONS":           {Limits: complexity.Limits{Definitions: 1}},
		"MAX_DIRECTIVES":            {Limits: complexity.Limits{Directives: 1}},
		"`__schema`":                {Limits: complexity.Limits{Introspection: 1}},
	} {
		a := newAPI(t, sandbox.Options{}, func(_ *heygen.Options, o *graph.Options) { o.Limits = limits })
		query := map[string]string{
			"20000 tokens (MAX_TOKENS)": "{" + strings.Repeat(" __typename", 20_000) + "}", "MAX_ROOT_FIELDS": `{ a: __typename b: __typename }`,
			"at most 3 ids": `{ nodes(ids: ["a", "b", "c", "d"]) { id } }`, "MAX_ALIASES": `{ avatarGroup(id: "a") { name x: name } }`,
			"MAX_DEFINITIONS": `{ ...F } fragment F on Query { __typename }`, "MAX_DIRECTIVES": `{ a: __typename @skip(if: true) b: __typename @skip(if: true) }`,
			"`__schema`": `{ __schema { queryType { name } } __type(name: "Query") { name } }`,
		}[message]
		if query == "" {
			query = defaultQuery
		}
		a.expectCalls(t, 0, func() {
			if out := a.do(t, query, nil); len(out.Errors) != 1 || out.Data != nil || !strings.Contains(out.Errors[0].Message, message) {
				t.Errorf("%s: %s", message, out.Body)
			}
		})
	}
	newAPI(t, sandbox.Options{}).mustDo(t, defaultQuery, nil)
}

// The document is not hostile, but the request around it is.
func TestHostileRequestsAllocateLittle(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	const maxAllocated = 24 << 20 // bytes, for a body of 1 MiB
	long := func(s string) string { return strings.Repeat(s, (1<<20-1000)/len(s)) }
	list := func(s string) string { return "[" + strings.TrimSuffix(long(s), ",") + "]" }
	const ids, looks = `"query":"query($v: [ID!]!) { nodes(ids: $v) { id } }"`, `"query":"query($v: Int) { avatarLooks(first: $v) { nodes { id } } }"`
	for name, body := range map[string]string{
		"an array of operations": list(`{"query":"{__typename}"},`),
		"deep JSON":              `{` + ids + `,"variables":{"v":` + strings.Repeat("[", 500_000) + strings.Repeat("]", 500_000) + `}}`,
		"as deep as JSON may be": `{` + ids + `,"variables":{"v":` + strings.Repeat("[", 9_000) + strings.Repeat("]", 9_000) + `}}`,
		"many ids":               `{` + ids + `,"variables":{"v":` + list(`"a",`) + `}}`,
		"many numbers":           `{` + ids + `,"variables":{"v":` + list(`1.0,`) + `}}`,
		"many lists":             `{` + ids + `,"variables":{"v":` + list(`[],`) + `}}`,
		"one long id":            `{` + ids + `,"variables":{"v":"` + long("a") + `"}}`,
		"a long number":          `{` + looks + `,"variables":{"v":` + long("9") + `}}`,
		"a large exponent":       `{` + looks + `,"variables":{"v":1e` + strings.Repeat("9", 300) + `}}`,
		"many variables":         `{` + looks + `,"variables":{"v":"x",` + manyVariables() + `}}`,
		"many unused variables":  `{"query":"{","variables":{` + manyVariables() + `}}`,
		"large extensions":       `{` + looks + `,"extensions":{"persistedQuery":` + list(`{},`) + `}}`,
		"a long name":            `{"query":"{ __typename }","operationName":"` + long("a") + `"}`,
		"a long comment":         `{"query":"` + long("#") + `"}`,
		"a document of spaces":   `{"query":"` + long(" ") + `"}`,
		"a document of commas":   `{"query":"{ a ` + long(",") + `}"}`,
		"a long block string":    `{"query":"{ voice(id: \"\"\"` + long(`\\n `) + `\"\"\") { id } }"}`,
	} {
		a.expectCalls(t, 0, func() {
			var before, after runtime.MemStats
			r := newRequest(t, "POST", "/graphql", body, "Content-Type", "application/json")
			runtime.ReadMemStats(&before)
			out := a.send(t, r)
			runtime.ReadMemStats(&after)
			if len(out.Errors) == 0 || (out.Data != nil) != (name == "one long id") || len(out.Body) > 4_000 {
				t.Errorf("%s: %d %.300s", name, out.Status, out.Body)
			}
			if allocated := after.TotalAlloc - before.TotalAlloc; allocated > maxAllocated {
				t.Errorf("%s: %d MiB allocated", name, allocated>>20)
			}
		})
	}
}

func manyVariables() string {
	var b strings.Builder
	for i := range 60_000 {
		fmt.Fprintf(&b, `"v%d":1.0,`, i)
	}
	return strings.TrimSuffix(b.String(), ",")
}

// An error of each item of a list occurs hundreds of times.
func TestErrorCountIsCapped(t *testing.T) {
	a := newAPI(t, sandbox.Options{}, withHighLimits)
	list := `{ voices(first: 100) { nodes { id ...F } } } fragment F on Voice {` + aliasedFields(20, "status") + strings.ReplaceAll(aliasedFields(20, "createdAt"), " a", " b") + `}`
	a.SetFaults(1, sandbox.Forbidden)
	a.QueueFaults(sandbox.OK) // the list
	out := a.do(t, list, nil) // then the details of 100 voices, each forbidden
	if n := len(out.Errors); n != 1_001 || out.Errors[1_000].Extensions["code"] != "QUERY_TOO_COMPLEX" || out.Errors[0].Extensions["code"] != "FORBIDDEN" {
		t.Errorf("%d errors: %.300s", n, out.Body)
	}
	if nodes := out.Data["voices"].(map[string]any)["nodes"].([]any); len(nodes) != 100 {
		t.Errorf("%d voices", len(nodes))
	}
	if lines := strings.Count(a.log.String(), "upstream request failed"); lines != 3 {
		t.Errorf("%d failures are logged", lines)
	}
}

// One variable can be the value of 500 ids.
func BenchmarkLongID(b *testing.B) {
	a := newAPI(b, sandbox.Options{})
	query := `query($i: ID!) {` + aliasedFields(5, `nodes(ids: [`+strings.Repeat("$i ", 100)+`]) { id }`) + `}`
	for name, id := range map[string]any{"short": "x/1", "number": json.RawMessage(strings.Repeat("1", 500_000)), "string": strings.Repeat("QXZhdGFy", 60_000)} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				a.do(b, query, vars{"i": id})
			}
		})
	}
}
