package graph_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"heygen-graphql/graph"
	"heygen-graphql/heygen"
	"heygen-graphql/heygen/sandbox"
)

// withoutRestriction are arguments that restrict and order nothing, by connection.
var withoutRestriction = map[*connectionCase][]string{
	groupConnection: {
		`search: ""`, `search: " \t\u00a0 "`, `search: "!?"`, `search: null`, `filter: {}`, `filter: null`, `orderBy: null`,
		`filter: {gender: [], status: null, hasDefaultVoice: null, hasPreviewImage: null, minLooksCount: null, createdFrom: null, createdBefore: null}`,
		`filter: {minLooksCount: 0}`, `filter: {minLooksCount: -1}`, `search: " ", filter: {gender: null, status: []}, orderBy: null`,
	},
	plainConnections[4]: {`search: ""`, `search: "-"`, `filter: {}`, `filter: null`, `filter: {readiness: [], orientation: null, tags: []}`, `search: null, filter: {tags: null}`},
	plainConnections[6]: {`search: ""`, `search: " . "`, `search: null`, `orderBy: null`, `search: "", orderBy: null`},
}

func TestArgumentsWithoutRestrictionEqualPlainList(t *testing.T) {
	for l, variants := range withoutRestriction {
		a := newAPI(t, sandbox.Options{})
		cursor := l.fetchPage(t, a, vars{"first": 9}).end
		for _, arguments := range []vars{{"first": 7, "after": cursor}, {"last": 3, "before": cursor}} {
			a.ResetCalls()
			want := a.mustDo(t, l.query(), arguments)
			calls := fmt.Sprint(requestsOf(a))
			for _, variant := range variants {
				a.ResetCalls()
				with := *l
				with.filter = variant
				if got := a.mustDo(t, with.query(), arguments); got.Body != want.Body {
					t.Errorf("%s(%s): %.500s\nwant %.500s", l.field, variant, got.Body, want.Body)
				}
				if got := fmt.Sprint(requestsOf(a)); got != calls {
					t.Errorf("%s(%s): calls %s, want %s", l.field, variant, got, calls)
				}
			}
		}
	}
}

// requestsOf returns the requests that HeyGen has received.
func requestsOf(a *api) (requests []string) {
	for _, call := range a.Calls() {
		requests = append(requests, call.Method+" "+call.Path+"?"+call.Query.Encode())
	}
	return requests
}

func TestVariablesWithoutRestrictionEqualPlainList(t *testing.T) {
	const query = `query($search: String, $filter: AvatarGroupFilter, $orderBy: AvatarGroupOrder, $gender: [Gender!], $n: Int, $yes: Boolean) {
		a: avatarGroups(first: 3, search: $search, filter: $filter, orderBy: $orderBy) { edges { cursor node { id } } }
		b: avatarGroups(first: 3, search: $search, filter: {gender: $gender, minLooksCount: $n, hasPreviewImage: $yes}) { edges { cursor node { id } } }
	}`
	a := newAPI(t, sandbox.Options{})
	want := a.mustDo(t, `{ a: avatarGroups(first: 3) { edges { cursor node { id } } } b: avatarGroups(first: 3) { edges { cursor node { id } } } }`, nil).Body
	for _, variables := range []vars{
		nil, {}, {"search": nil, "filter": nil, "orderBy": nil, "gender": nil, "n": nil, "yes": nil}, {"search": "  ", "filter": vars{}, "gender": []any{}, "n": 0},
		{"filter": vars{"gender": []any{}, "status": nil, "hasDefaultVoice": nil, "createdFrom": nil}}, {"filter": vars{"status": []any{}, "minLooksCount": 0}},
	} {
		if cost := requestedCost(t, query, variables); cost != 2 {
			t.Errorf("%v: cost %d", variables, cost)
		}
		a.expectCalls(t, 1, func() {
			if got := a.mustDo(t, query, variables); got.Body != want {
				t.Errorf("%v: %.500s\nwant %.500s", variables, got.Body, want)
			}
		})
	}
}

// Each of these lists has cursors of its own. Those of one line are the same list.
var distinctSelections = map[string][][]string{
	"avatarGroups": {
		{``, `search: " "`, `filter: {gender: []}`},
		{`search: "mon"`, `search: " MÓN "`, `search: "mon!", filter: {}`, `search: "ＭＯＮ", orderBy: null`},
		{`search: "mo"`},
		{`search: "mon", ownership: PUBLIC`},
		{`search: "mon", filter: {status: COMPLETED}`},
		{`search: "mon", orderBy: {field: NAME}`, `search: "mon", orderBy: {field: NAME, direction: ASC}`},
		{`search: "mon", orderBy: {field: NAME, direction: DESC}`},
		{`search: "mon", orderBy: {field: CREATED_AT}`},
		{`filter: {gender: FEMALE, minLooksCount: 1}`, `filter: {minLooksCount: 1, gender: [FEMALE, FEMALE]}`},
		{`filter: {gender: [FEMALE, MALE]}`, `filter: {gender: [MALE, FEMALE]}`},
		{`filter: {createdFrom: "2020-01-01T00:00:00Z"}`, `filter: {createdFrom: "2020-01-01T01:00:00.000+01:00"}`},
		{`filter: {createdBefore: "2100-01-01T00:00:00Z"}`},
		{`filter: {hasPreviewImage: true}`},
		{`filter: {hasDefaultVoice: true}`},
	},
	"voices": {
		{``, `search: "..."`, `type: PUBLIC`},
		{`search: "c"`, `search: "Ç", type: PUBLIC`, `search: "c", type: null`},
		{`search: "c", language: "English"`},
		{`orderBy: {field: LANGUAGE}`},
		{`orderBy: {field: NAME}`},
	},
}

func TestCursorIsValidForEqualSelectionsOnly(t *testing.T) {
	a := newCachedAPI(t, sandbox.Options{})
	for field, selections := range distinctSelections {
		for i, selection := range selections {
			source := &connectionCase{field: field, filter: selection[0], id: "id"}
			first := source.fetchPage(t, a, vars{"first": 2})
			want := source.fetchPage(t, a, vars{"first": 2, "after": first.cursors[0]})
			for _, equal := range selection {
				l := &connectionCase{field: field, filter: equal, id: "id"}
				got := l.fetchPage(t, a, vars{"first": 2, "after": first.cursors[0]})
				if diff := cmp.Diff(want, got, cmp.AllowUnexported(connectionPage{})); diff != "" {
					t.Errorf("%s(%s) with a cursor of (%s): %s", field, equal, selection[0], diff)
				}
			}
			a.expectCalls(t, 0, func() {
				for j, other := range selections {
					l := &connectionCase{field: field, filter: other[0], id: "id"}
					for _, arguments := range []vars{{"after": first.cursors[0]}, {"last": 1, "before": first.cursors[0]}} {
						if out := a.do(t, l.query(), arguments); i != j && (out.codes() != "INVALID_CURSOR" || !strings.Contains(out.Errors[0].Message, "another list")) {
							t.Errorf("%s(%s) with a cursor of (%s): %s", field, other[0], selection[0], out.Body)
						}
					}
				}
			})
		}
	}
}

// forEachHandler runs a test with compiled plans, and with gqlgen's generated code alone.
func forEachHandler(t *testing.T, test func(*testing.T, *api)) {
	for name, newHandler := range map[string]func(graph.Options) *graph.Handler{"compiled": graph.NewHandler, "generated": graph.NewGeneratedHandler} {
		t.Run(name, func(t *testing.T) {
			var options graph.Options
			a := newAPI(t, sandbox.Options{}, func(_ *heygen.Options, o *graph.Options) { options = *o })
			options.HeyGen = a.client
			a.Handler = newHandler(options)
			test(t, a)
		})
	}
}

func TestInvalidSelectionIsRejectedWithoutCall(t *testing.T) {
	long, words := strings.Repeat("é", 101), strings.Repeat("a ", 9)
	const limit = "`search` must have at most 100 characters and 8 words."
	manyTags, longTag := strings.TrimSuffix(strings.Repeat(`"a",`, 101), ","), strings.Repeat("é", 101)
	for _, test := range []struct{ field, code, message string }{
		{`avatarGroups(search: "` + long + `")`, "BAD_USER_INPUT", limit},
		{`avatarGroups(search: "` + words + `")`, "BAD_USER_INPUT", limit},
		{`voices(search: "` + long + `")`, "BAD_USER_INPUT", limit},
		{`voices(search: "` + words + `", orderBy: {field: NAME})`, "BAD_USER_INPUT", limit},
		{`avatarGroups(search: "a", first: 101)`, "BAD_USER_INPUT", "`first` must be between 0 and 100."},
		{`avatarGroups(orderBy: {field: NAME}, last: -1)`, "BAD_USER_INPUT", "`last` must be between 0 and 100."},
		{`avatarGroups(filter: {gender: MALE}, first: 1, last: 1)`, "BAD_USER_INPUT", "`first` and `last` cannot be used together."},
		{`avatarGroups(search: "a", after: "nonsense")`, "INVALID_CURSOR", "`after` cannot be used: the cursor is truncated or was not issued by this API."},
		{`voices(search: "a", before: "")`, "INVALID_CURSOR", "`before` cannot be used: the cursor is truncated or was not issued by this API."},
	} {
		forEachHandler(t, func(t *testing.T, a *api) {
			a.expectCalls(t, 0, func() {
				out := a.do(t, `{ `+test.field+` { nodes { id } totalCount } }`, nil)
				if out.Status != http.StatusOK || out.codes() != test.code || out.Errors[0].Message != test.message || len(out.Errors[0].Path) != 1 {
					t.Errorf("%.60s: %s", test.field, out.Body)
				}
			})
		})
	}
	a := newAPI(t, sandbox.Options{})
	for arguments, message := range map[string]string{
		`search: "` + long + `"`:             limit,
		`filter: {tags: [` + manyTags + `]}`: "`filter.tags` must have at most 100 tags of at most 100 characters.",
		`filter: {tags: "` + longTag + `"}`:  "`filter.tags` must have at most 100 tags of at most 100 characters.",
		`filter: {tags: "a"}, first: 101`:    "`first` must be between 0 and 100.",
		`search: "a", avatarType: UNKNOWN`:   "",
	} {
		a.expectCalls(t, 1, func() { // for the group
			out := a.do(t, `{ avatarGroup(id: "group_monica") { looks(`+arguments+`) { nodes { id } } } }`, nil)
			if out.codes() != "BAD_USER_INPUT" || message != "" && out.Errors[0].Message != message {
				t.Errorf("%.60s: %s", arguments, out.Body)
			}
		})
	}
	a.mustDo(t, `{ avatarGroups(search: "`+strings.Repeat("é", 100)+`") { nodes { id } } voices(search: "  a b c d e f g h!  ") { nodes { id } } }`, nil)
	a.mustDo(t, `{ avatarGroup(id: "group_monica") { looks(filter: {tags: [`+strings.Repeat(`"a",`, 100)+`]}) { nodes { id } } } }`, nil)
}

func TestInvalidInputFieldIsNamed(t *testing.T) {
	forEachHandler(t, func(t *testing.T, a *api) {
		for _, test := range []struct{ variable, value, message string }{
			{"AvatarGroupFilter", `{"gender":["FEMALE","BOTH"]}`, "`$v.gender[1]` is invalid"},
			{"AvatarGroupFilter", `{"gender":"female"}`, "`$v.gender` is invalid"},
			{"AvatarGroupFilter", `{"status":[null]}`, "`$v.status[0]` is invalid"},
			{"AvatarGroupFilter", `{"createdFrom":"yesterday"}`, "`$v.createdFrom` is invalid"},
			{"AvatarGroupFilter", `{"createdBefore":12}`, "`$v.createdBefore` is invalid"},
			{"AvatarGroupFilter", `{"minLooksCount":"1"}`, "`$v.minLooksCount` is invalid"},
			{"AvatarGroupFilter", `{"tags":["a"]}`, "`$v.tags` is invalid"},
			{"AvatarGroupFilter", `"FEMALE"`, "`$v` is invalid"},
			{"AvatarGroupOrder", `{"field":"name"}`, "`$v.field` is invalid"},
			{"AvatarGroupOrder", `{"field":null}`, "`$v.field` is invalid"},
			{"AvatarGroupOrder", `{}`, "`$v.field` is invalid"},
			{"AvatarGroupOrder", `{"field":"NAME","direction":null}`, "`$v.direction` is invalid"},
			{"AvatarGroupOrder", `{"field":"NAME","direction":"UP"}`, "`$v.direction` is invalid"},
		} {
			argument := map[string]string{"AvatarGroupFilter": "filter", "AvatarGroupOrder": "orderBy"}[test.variable]
			a.expectCalls(t, 0, func() {
				out := a.doWithVariable(t, `query($v: `+test.variable+`) { avatarGroups(`+argument+`: $v) { nodes { id } } }`, test.value)
				if out.Status != 400 || out.codes() != "BAD_USER_INPUT" || !strings.HasPrefix(out.Errors[0].Message, test.message) {
					t.Errorf("%s: %d %s", test.value, out.Status, out.Body)
				}
			})
		}
		for _, arguments := range []string{
			`filter: {createdFrom: "yesterday"}`, `filter: {createdBefore: 12}`, `filter: {gender: BOTH}`, `filter: {gender: [null]}`, `filter: {tags: "a"}`, `filter: {minLooksCount: 1.5}`,
			`orderBy: {}`, `orderBy: {field: null}`, `orderBy: {field: NAME, direction: null}`, `orderBy: {direction: ASC}`, `orderBy: NAME`, `filter: []`,
		} {
			a.expectCalls(t, 0, func() {
				out := a.do(t, `{ avatarGroups(`+arguments+`) { nodes { id } } }`, nil)
				if code := out.codes(); code != "GRAPHQL_VALIDATION_FAILED" && code != "BAD_USER_INPUT" || strings.Contains(a.log.String(), "panic") {
					t.Errorf("%s: %s", arguments, out.Body)
				}
			})
		}
	})
}

// A variable may be the value of a field that is not null, but has a default.
func TestOmittedDirectionIsAscending(t *testing.T) {
	forEachHandler(t, func(t *testing.T, a *api) {
		query := func(order string) string {
			return `query($o: AvatarGroupOrder, $d: OrderDirection, $e: OrderDirection!) { avatarGroups(ownership: PRIVATE, first: 3, orderBy: ` + order + `) { edges { cursor node { id } } } _: avatarGroups(orderBy: $o) @skip(if: true) { nodes { id } } d: avatarGroups(orderBy: {field: NAME, direction: $d}) @skip(if: true) { nodes { id } } e: avatarGroups(orderBy: {field: NAME, direction: $e}) @skip(if: true) { nodes { id } } }`
		}
		want := a.mustDo(t, query(`{field: NAME, direction: ASC}`), vars{"e": "ASC"}).Body
		for order, variables := range map[string]vars{
			`{field: NAME}`:                {},
			`{field: NAME, direction: $d}`: {},
			`{field: NAME, direction: $e}`: {},
			`$o`:                           {"o": vars{"field": "NAME"}},
		} {
			variables["e"] = "ASC"
			if got := a.mustDo(t, query(order), variables); got.Body != want {
				t.Errorf("%s: %.300s\nwant %.300s", order, got.Body, want)
			}
		}
		descending := a.mustDo(t, query(`{field: NAME, direction: DESC}`), vars{"e": "ASC"}).Body
		if got := a.mustDo(t, query(`{field: NAME, direction: $d}`), vars{"d": "DESC", "e": "ASC"}).Body; got != descending || got == want {
			t.Errorf("a variable: %.300s", got)
		}
		a.expectCalls(t, 0, func() {
			if out := a.do(t, query(`{field: NAME, direction: $d}`), vars{"d": nil, "e": "ASC"}); out.Data != nil || out.codes() != "BAD_USER_INPUT" {
				t.Errorf("an explicit null: %d %.300s", out.Status, out.Body)
			}
		})
	})
}

func TestFilterAcceptsUnknownAndSingleValues(t *testing.T) {
	forEachHandler(t, func(t *testing.T, a *api) {
		a.AddLooks(sandbox.Look{ID: "unsupported", Name: "L", GroupID: new(groupWithManyLooks), PreferredOrientation: new("round"), Status: new("archived"), CreatedAt: 4e9})
		groups := func(condition func(sandbox.Group) bool) int { return len(filterItems(a.Groups(), condition)) }
		for filter, want := range map[string]int{
			`{status: UNKNOWN}`:               groups(func(g sandbox.Group) bool { return groupStatus(g) == "UNKNOWN" }),
			`{status: [UNKNOWN, FAILED]}`:     groups(func(g sandbox.Group) bool { s := groupStatus(g); return s == "UNKNOWN" || s == "FAILED" }),
			`{gender: UNKNOWN}`:               groups(func(g sandbox.Group) bool { return groupGender(g) == "UNKNOWN" }),
			`{gender: [OTHER], status: null}`: groups(func(g sandbox.Group) bool { return groupGender(g) == "OTHER" }),
		} {
			out := a.mustDo(t, `{ avatarGroups(filter: `+filter+`) { totalCount } }`, nil)
			if got := out.Data["avatarGroups"].(vars)["totalCount"]; got != float64(want) || want == 0 {
				t.Errorf("%s: %v, want %d", filter, got, want)
			}
		}
		for _, filter := range []string{`{orientation: UNKNOWN}`, `{readiness: UNKNOWN, orientation: [UNKNOWN, UNKNOWN]}`} {
			out := a.mustDo(t, `{ avatarGroup(id: "`+groupWithManyLooks+`") { looks(filter: `+filter+`) { totalCount nodes { lookId } } } }`, nil)
			if got := out.dataJSON(t); !strings.Contains(got, `{"nodes":[{"lookId":"unsupported"}],"totalCount":1}`) {
				t.Errorf("%s: %s", filter, got)
			}
		}
		if out := a.do(t, `{ avatarGroup(id: "`+groupWithManyLooks+`") { looks(search: "a", avatarType: UNKNOWN) { totalCount } } }`, nil); out.codes() != "BAD_USER_INPUT" {
			t.Error(out.Body)
		}
		for _, value := range []string{`{"gender":"FEMALE"}`, `{"gender":["FEMALE"],"status":null}`} {
			out := a.doWithVariable(t, `query($v: AvatarGroupFilter) { avatarGroups(filter: $v) { totalCount } }`, value)
			if want := groups(func(g sandbox.Group) bool { return groupGender(g) == "FEMALE" }); out.Data["avatarGroups"].(vars)["totalCount"] != float64(want) {
				t.Errorf("%s: %s", value, out.Body)
			}
		}
	})
}
