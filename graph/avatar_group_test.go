package graph_test

import (
	"encoding/base64"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"heygen-graphql/heygen/sandbox"
)

func globalID(typeName, id string) string {
	return base64.RawURLEncoding.EncodeToString([]byte(typeName + ":" + id))
}

func idOf(groupID string) string { return globalID("AvatarGroup", groupID) }

const everyField = `{ id groupId name gender previewImageUrl previewVideoUrl looksCount defaultVoiceId consentStatus status error { code message } createdAt }`

// graphqlGroup is what a group of the sandbox looks like over GraphQL, worked
// out from the sandbox's own struct alone.
func graphqlGroup(g sandbox.Group) map[string]any {
	text := func(s *string) any {
		if s == nil {
			return nil
		}
		return *s
	}
	url := func(s *string) any {
		if s != nil && strings.HasPrefix(*s, "/") {
			return "http://127.0.0.1" + *s
		}
		return text(s)
	}
	want := map[string]any{
		"id": idOf(g.ID), "groupId": g.ID, "name": g.Name, "gender": text(g.Gender), "looksCount": float64(g.LooksCount),
		"previewImageUrl": url(g.PreviewImageURL), "previewVideoUrl": url(g.PreviewVideoURL),
		"defaultVoiceId": text(g.DefaultVoiceID), "consentStatus": text(g.ConsentStatus), "status": nil, "error": nil,
		"createdAt": time.UnixMilli(int64(g.CreatedAt * 1000)).UTC().Format(time.RFC3339Nano),
	}
	if g.Status != nil {
		known := map[string]string{"processing": "PROCESSING", "pending_consent": "PENDING_CONSENT", "completed": "COMPLETED", "failed": "FAILED"}
		want["status"] = known[*g.Status]
		if want["status"] == "" {
			want["status"] = "UNKNOWN"
		}
	}
	if g.Error != nil {
		want["error"] = map[string]any{"code": g.Error.Code, "message": g.Error.Message}
	}
	return want
}

func TestEveryFieldOfEveryGroupComesThroughByEveryPath(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	groups := map[string]sandbox.Group{}
	for _, g := range a.Groups() {
		groups[idOf(g.ID)] = g
	}
	seen := 0
	for after := any(nil); ; {
		page := a.ok(t, `query($after: String) { avatarGroups(first: 100, after: $after) { nodes `+everyField+` pageInfo { hasNextPage endCursor } } }`, map[string]any{"after": after}).Data["avatarGroups"].(map[string]any)
		nodes := page["nodes"].([]any)
		var ids []any
		var want []any
		for _, node := range nodes {
			id := node.(map[string]any)["id"].(string)
			ids, want = append(ids, id), append(want, graphqlGroup(groups[id]))
			seen++
		}
		if diff := cmp.Diff(want, nodes); diff != "" {
			t.Fatal(diff)
		}
		alone := a.ok(t, `query($ids: [ID!]!) { nodes(ids: $ids) { ...on AvatarGroup `+everyField+` } }`, map[string]any{"ids": ids}).Data["nodes"]
		if diff := cmp.Diff(want, alone.([]any)); diff != "" {
			t.Fatalf("fetched alone: %s", diff)
		}
		info := page["pageInfo"].(map[string]any)
		if after = info["endCursor"]; info["hasNextPage"] == false {
			break
		}
	}
	if seen != len(groups) || seen < 640 {
		t.Errorf("%d of %d groups", seen, len(groups))
	}
}

func TestOwnershipIsPassedOn(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	for argument, query := range map[string]string{"": "", "ownership: null": "", "ownership: PUBLIC": "public", "ownership: PRIVATE": "private"} {
		a.ResetCalls()
		a.ok(t, `{ avatarGroups(first: 1, `+argument+`) { nodes { id } } }`, nil)
		if got := a.Calls()[0].Query; got.Get("ownership") != query || got.Get("limit") != "50" {
			t.Errorf("%s: asked with %v", argument, got)
		}
	}
}

func TestIDsAreTakenInTheirForms(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	strange := "André#2022021409" // only its global id can be given
	for _, test := range []struct {
		field, id string
		codes     string
		found     bool
		calls     int
	}{
		{"avatarGroup", "group_monica", "", true, 1},
		{"avatarGroup", idOf("group_monica"), "", true, 1},
		{"avatarGroup", idOf(strange), "", true, 1},
		{"avatarGroup", "nobody", "", false, 1},
		{"avatarGroup", idOf("nobody"), "", false, 1},
		{"avatarGroup", "looksalike", "", false, 1},
		{"avatarGroup", "a.b~c-d_e", "", false, 1},
		{"avatarGroup", strings.Repeat("a", 128), "", false, 1},
		{"node", idOf("group_monica"), "", true, 1},
		{"node", idOf("nobody"), "", false, 1},
		{"node", "group_monica", "BAD_USER_INPUT", false, 0},
		{"node", "", "BAD_USER_INPUT", false, 0},
		{"node", globalID("AvatarLook", "x"), "BAD_USER_INPUT", false, 0},
		{"node", globalID("AvatarGroup", "a/b"), "BAD_USER_INPUT", false, 0},
		{"node", globalID("AvatarGroup", ""), "BAD_USER_INPUT", false, 0},
		{"avatarGroup", globalID("AvatarLook", "x"), "BAD_USER_INPUT", false, 0},
		{"avatarGroup", globalID("Voice", "x"), "BAD_USER_INPUT", false, 0},
		{"avatarGroup", "", "BAD_USER_INPUT", false, 0},
		{"avatarGroup", ".", "BAD_USER_INPUT", false, 0},
		{"avatarGroup", "..", "BAD_USER_INPUT", false, 0},
		{"avatarGroup", "../voices", "BAD_USER_INPUT", false, 0},
		{"avatarGroup", "..%2fvoices", "BAD_USER_INPUT", false, 0},
		{"avatarGroup", "a/b", "BAD_USER_INPUT", false, 0},
		{"avatarGroup", "a?limit=1", "BAD_USER_INPUT", false, 0},
		{"avatarGroup", "a#b", "BAD_USER_INPUT", false, 0},
		{"avatarGroup", "a b", "BAD_USER_INPUT", false, 0},
		{"avatarGroup", "a\n", "BAD_USER_INPUT", false, 0},
		{"avatarGroup", strange, "BAD_USER_INPUT", false, 0},
		{"avatarGroup", strings.Repeat("a", 129), "BAD_USER_INPUT", false, 0},
		{"avatarGroup", "looks", "BAD_USER_INPUT", false, 0},
		{"avatarGroup", "LOOKS", "BAD_USER_INPUT", false, 0},
		{"avatarGroup", idOf("looks"), "BAD_USER_INPUT", false, 0},
		{"avatarGroup", idOf("../voices"), "BAD_USER_INPUT", false, 0},
		{"avatarGroup", idOf(""), "BAD_USER_INPUT", false, 0},
		{"avatarGroup", idOf(strings.Repeat("a", 600)), "BAD_USER_INPUT", false, 0},
	} {
		a.cost(t, test.calls, func() {
			out := a.do(t, `query($id: ID!) { it: `+test.field+`(id: $id) { id } }`, map[string]any{"id": test.id})
			if out.Status != http.StatusOK || out.codes() != test.codes || (out.Data["it"] != nil) != test.found {
				t.Errorf("%s(%q): %s", test.field, test.id, out.Body)
			}
			if test.codes != "" && !strings.Contains(out.Errors[0].Message, "`id`") {
				t.Errorf("%s(%q): the message does not name the argument: %s", test.field, test.id, out.Errors[0].Message)
			}
		})
		for _, call := range a.Calls() {
			if call.Path == "/v3/avatars" || call.Path == "/v3/avatars/" || call.Path == "/v3/avatars/looks" || !strings.HasPrefix(call.Path, "/v3/avatars/") {
				t.Errorf("%q led to %s", test.id, call.Path)
			}
		}
	}
}

func TestNodesKeepsTheOrderAndPutsErrorsAtTheirIndex(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	other := a.Groups()[3].ID
	out := a.do(t, `query($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }`, map[string]any{"ids": []string{
		idOf(other), "bad id", idOf("nobody"), idOf("group_monica"), globalID("AvatarLook", "x"), idOf(other),
	}})
	node := func(id string) any { return map[string]any{"__typename": "AvatarGroup", "id": idOf(id)} }
	want := []any{node(other), nil, nil, node("group_monica"), nil, node(other)}
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
	if out := a.ok(t, `{ nodes(ids: []) { id } }`, nil); out.data(t) != `{"nodes":[]}` {
		t.Error(out.Body)
	}
	if out := a.ok(t, `{ nodes(ids: "`+idOf("group_monica")+`") { id } }`, nil); len(out.Data["nodes"].([]any)) != 1 {
		t.Errorf("one id is taken for a list of one: %s", out.Body)
	}
}

func TestMoreThan100IDsAreRefusedBeforeExecution(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	ids := make([]string, 101)
	for i := range ids {
		ids[i] = idOf("group_monica")
	}
	list := `["` + strings.Join(ids, `","`) + `"]`
	a.cost(t, 0, func() {
		for _, query := range []string{
			`query($ids: [ID!]!) { nodes(ids: $ids) { id } avatarGroups { nodes { id } } }`,
			`query($ids: [ID!]!) { ...F } fragment F on Query { ...G } fragment G on Query { other: nodes(ids: $ids) { id } }`,
			`query($ids: [ID!] = []) { ... @include(if: true) { nodes(ids: ` + list + `) { id } } n: nodes(ids: []) { id } m: nodes(ids: ["x"]) { id } }`,
		} {
			out := a.do(t, strings.Replace(query, "($ids: [ID!] = [])", "", 1), map[string]any{"ids": ids})
			if out.codes() != "BAD_USER_INPUT" || !strings.Contains(out.Errors[0].Message, "at most 100") || strings.Contains(out.Body, `"data"`) || len(out.Errors[0].Path) != 0 {
				t.Errorf("%.200s", out.Body)
			}
		}
	})
	a.cost(t, 1, func() {
		out := a.ok(t, `query($ids: [ID!]!) { nodes(ids: $ids) { id } no: nodes(ids: `+list+`) @skip(if: true) { id } }`, map[string]any{"ids": ids[:100]})
		if len(out.Data["nodes"].([]any)) != 100 {
			t.Error("100 ids are not answered")
		}
	})
}

func TestUnreadableGroupsAreLeftOutOfAList(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	a.Misbehave(sandbox.BadItem)
	nodes := a.ok(t, `{ avatarGroups(first: 1) { nodes { groupId } } }`, nil).Data["avatarGroups"].(map[string]any)["nodes"].([]any)
	if got := nodes[0].(map[string]any)["groupId"]; got != a.Groups()[1].ID {
		t.Errorf("the page begins with %v", got)
	}
	if !strings.Contains(a.log.String(), "left out a list item") {
		t.Errorf("log: %s", a.log)
	}
}

func TestValuesHeyGenHasAddedSinceAreUnknown(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	a.Misbehave(sandbox.UnknownEnum, sandbox.UnknownEnum)
	out := a.ok(t, `{ avatarGroups(first: 50) { nodes { status gender consentStatus } } avatarGroup(id: "group_monica") { status } }`, nil)
	for _, node := range out.Data["avatarGroups"].(map[string]any)["nodes"].([]any) {
		if status := node.(map[string]any)["status"]; status != nil && status != "UNKNOWN" {
			t.Errorf("%v", node)
		}
	}
	if out.Data["avatarGroup"].(map[string]any)["status"] != "UNKNOWN" {
		t.Error(out.Body)
	}
}
