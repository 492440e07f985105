package graph_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"heygen-graphql/heygen/sandbox"
)

func TestIDsAreAcceptedBareAndGlobal(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	// Of each type: an existing id, an id that only a global id can represent, and the
	// path at HeyGen that all of them must stay below.
	for field, ids := range map[string]struct{ typeName, id, globalOnly, path string }{
		"avatarGroup": {"AvatarGroup", "group_monica", globalOnlyID(t, a.Groups(), func(g sandbox.Group) string { return g.ID }), "/v3/avatars/"},
		"avatarLook":  {"AvatarLook", "monica_office", globalOnlyID(t, a.Looks(), func(l sandbox.Look) string { return l.ID }), "/v3/avatars/looks/"},
		"voice":       {"Voice", "5c3e9f1b7a2d4c60b8e1f7a94d20c6b3", globalOnlyID(t, a.Voices(), func(v sandbox.Voice) string { return v.ID }), "/v3/voices/"},
	} {
		toGlobal := func(id string) string { return globalID(ids.typeName, id) }
		for _, test := range []struct {
			field, id string
			found     bool
			calls     int
		}{
			{field, ids.id, true, 1},
			{field, toGlobal(ids.id), true, 1},
			{field, toGlobal(ids.globalOnly), true, 1},
			{"node", toGlobal(ids.id), true, 1},
			{"node", toGlobal(ids.globalOnly), true, 1},
			{field, "no_such_id", false, 1},
			{field, toGlobal("no_such_id"), false, 1},
			{field, "looksalike", false, 1},
			{field, "a.b~c-d_e", false, 1},
			{field, strings.Repeat("a", 128), false, 1},
			{"node", toGlobal("no_such_id"), false, 1},
		} {
			a.expectCalls(t, test.calls, func() {
				out := a.mustDo(t, `query($id: ID!) { it: `+test.field+`(id: $id) { id } }`, vars{"id": test.id})
				if (out.Data["it"] != nil) != test.found {
					t.Errorf("%s(%q): %s", test.field, test.id, out.Body)
				}
			})
			if call := a.Calls()[0]; !strings.HasPrefix(call.Path, ids.path) || strings.Contains(call.Path[len(ids.path):], "/") || call.Path == "/v3/avatars/looks" {
				t.Errorf("%s(%q) called %s", test.field, test.id, call.Path)
			}
		}
		a.expectCalls(t, 0, func() {
			for _, id := range []string{
				"", ".", "..", "../voices", "..%2fvoices", "a/b", "a?limit=1", "a#b", "a b", "a\n", ids.globalOnly, strings.Repeat("a", 129),
				toGlobal("../voices"), toGlobal(""), toGlobal("."), toGlobal("a/b"), toGlobal(`a\b`), toGlobal("%2e%2e"), toGlobal(strings.Repeat("a", 600)), globalID("Video", "x"),
			} {
				a.expectInvalidID(t, field, id, "")
				a.expectInvalidID(t, "node", id, "")
			}
			a.expectInvalidID(t, "node", ids.id, "global id")
		})
	}
	a.expectCalls(t, 0, func() {
		for _, id := range []string{"looks", "LOOKS", groupGlobalID("looks"), groupGlobalID("Looks")} { // /v3/avatars/looks is a list
			a.expectInvalidID(t, "avatarGroup", id, "")
		}
	})
}

// globalOnlyID returns an id that is not of the form in which callers may send bare ids.
func globalOnlyID[T any](t *testing.T, items []T, id func(T) string) string {
	t.Helper()
	for _, item := range items {
		if !regexp.MustCompile(`^[\w.~-]+$`).MatchString(id(item)) {
			return id(item)
		}
	}
	t.Fatal("every id can be sent bare")
	return ""
}

// expectInvalidID fails unless a root field rejects an id, with an error that names the
// argument and contains message.
func (a *api) expectInvalidID(t *testing.T, field, id, message string) {
	t.Helper()
	out := a.do(t, `query($id: ID!) { it: `+field+`(id: $id) { id } }`, vars{"id": id})
	if out.Status != http.StatusOK || out.codes() != "BAD_USER_INPUT" || out.Data["it"] != nil {
		t.Errorf("%s(%q): %s", field, id, out.Body)
	} else if got := out.Errors[0].Message; !strings.Contains(got, "`id`") || !strings.Contains(got, message) {
		t.Errorf("%s(%q): %s", field, id, got)
	}
}

// A caller who mixes ids up learns which field the id belongs to.
func TestErrorForIDOfOtherTypeNamesItsField(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	types := map[string]string{"avatarGroup": "AvatarGroup", "avatarLook": "AvatarLook", "voice": "Voice"}
	a.expectCalls(t, 0, func() {
		for field := range types {
			for rightField, typeName := range types {
				if field == rightField {
					continue
				}
				a.expectInvalidID(t, field, globalID(typeName, "x"), "`"+rightField+"`")
			}
		}
		for _, typeName := range []string{"AvatarLook", "Voice"} {
			out := a.do(t, `query($id: ID!) { avatarLooks(groupId: $id) { nodes { id } } }`, vars{"id": globalID(typeName, "x")})
			if out.codes() != "BAD_USER_INPUT" || !strings.Contains(out.Errors[0].Message, "`groupId`") || !strings.Contains(out.Errors[0].Message, strings.ToLower(typeName[:1])+typeName[1:]+"`") {
				t.Error(out.Body)
			}
		}
	})
	// Bare ids have no type: HeyGen does not find them.
	for _, query := range []string{
		`{ it: avatarGroup(id: "monica_office") { id } }`, `{ it: avatarLook(id: "group_monica") { id } }`,
		`{ it: voice(id: "group_monica") { id } }`, `{ it: avatarLook(id: "5c3e9f1b7a2d4c60b8e1f7a94d20c6b3") { id } }`,
	} {
		a.expectCalls(t, 1, func() {
			if out := a.mustDo(t, query, nil); out.dataJSON(t) != `{"it":null}` {
				t.Errorf("%s: %s", query, out.Body)
			}
		})
	}
}

// A photo avatar may have the id of its group: the type of a global id distinguishes them.
func TestGroupAndLookMayShareID(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	groups := map[string]bool{}
	for _, g := range a.Groups() {
		groups[g.ID] = true
	}
	shared := 0
	for _, l := range a.Looks() {
		if !groups[l.ID] {
			continue
		}
		shared++
		a.expectCalls(t, 2, func() {
			out := a.mustDo(t, `query($group: ID!, $look: ID!) { nodes(ids: [$group, $look]) { __typename ...on AvatarLook { groupId } } }`, vars{"group": groupGlobalID(l.ID), "look": lookGlobalID(l.ID)})
			want := []any{vars{"__typename": "AvatarGroup"}, vars{"__typename": "AvatarLook", "groupId": l.ID}}
			if diff := cmp.Diff(want, out.Data["nodes"]); diff != "" {
				t.Error(diff)
			}
		})
	}
	if shared < 20 {
		t.Errorf("%d ids are shared", shared)
	}
}

func TestNodesPreservesOrderAndErrorIndex(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	other := a.Groups()[3].ID
	out := a.do(t, `query($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }`, map[string]any{"ids": []string{
		groupGlobalID(other), "bad id", lookGlobalID("no_such_id"), lookGlobalID("monica_office"), globalID("Video", "x"), groupGlobalID(other),
	}})
	group, look := vars{"__typename": "AvatarGroup", "id": groupGlobalID(other)}, vars{"__typename": "AvatarLook", "id": lookGlobalID("monica_office")}
	want := []any{group, nil, nil, look, nil, group}
	if diff := cmp.Diff(want, out.Data["nodes"]); diff != "" {
		t.Error(diff)
	}
	if len(out.Errors) != 2 || out.codes() != "BAD_USER_INPUT BAD_USER_INPUT" {
		t.Fatalf("%+v", out.Errors)
	}
	for i, index := range []float64{1, 4} {
		e := out.Errors[i]
		if diff := cmp.Diff([]any{"nodes", index}, e.Path); diff != "" || len(e.Locations) != 1 || !strings.Contains(e.Message, "ids["+string(rune('0'+int(index)))+"]") {
			t.Errorf("%+v", e)
		}
	}
	if out := a.mustDo(t, `{ nodes(ids: []) { id } }`, nil); out.dataJSON(t) != `{"nodes":[]}` {
		t.Error(out.Body)
	}
	if out := a.mustDo(t, `{ nodes(ids: "`+groupGlobalID("group_monica")+`") { id } }`, nil); len(out.Data["nodes"].([]any)) != 1 {
		t.Errorf("a single id is not coerced to a list: %s", out.Body)
	}
}

func TestMoreThan100IDsAreRejectedBeforeExecution(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	ids := make([]string, 101)
	for i := range ids {
		ids[i] = groupGlobalID("group_monica")
	}
	list := `["` + strings.Join(ids, `","`) + `"]`
	a.expectCalls(t, 0, func() {
		for _, query := range []string{
			`query($ids: [ID!]!) { nodes(ids: $ids) { id } avatarGroups { nodes { id } } }`,
			`query($ids: [ID!]!) { ...F } fragment F on Query { ...G } fragment G on Query { other: nodes(ids: $ids) { id } }`,
			`query { ... @include(if: true) { nodes(ids: ` + list + `) { id } } n: nodes(ids: []) { id } m: nodes(ids: ["x"]) { id } }`,
		} {
			out := a.do(t, query, map[string]any{"ids": ids})
			if out.codes() != "BAD_USER_INPUT" || !strings.Contains(out.Errors[0].Message, "at most 100") || strings.Contains(out.Body, `"data"`) || len(out.Errors[0].Path) != 0 {
				t.Errorf("%.200s", out.Body)
			}
		}
	})
	a.expectCalls(t, 1, func() {
		out := a.mustDo(t, `query($ids: [ID!]!) { nodes(ids: $ids) { id } no: nodes(ids: `+list+`) @skip(if: true) { id } }`, map[string]any{"ids": ids[:100]})
		if len(out.Data["nodes"].([]any)) != 100 {
			t.Error("not all of 100 ids are in the response")
		}
	})
}
