package graph_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"heygen-graphql/heygen/sandbox"
)

const allGroupFields = `{ id groupId name gender genderCategory previewImageUrl previewVideoUrl looksCount defaultVoiceId consentStatus status error { code message } createdAt }`

// expectedGroup returns a group of the sandbox as GraphQL returns it.
func expectedGroup(g sandbox.Group) map[string]any {
	return map[string]any{
		"id": groupGlobalID(g.ID), "groupId": g.ID, "name": strings.TrimSpace(g.Name), "gender": orNull(g.Gender), "genderCategory": expectedGender(g.Gender), "looksCount": float64(g.LooksCount),
		"previewImageUrl": expectedURL(g.PreviewImageURL, g.AvatarType), "previewVideoUrl": expectedURL(g.PreviewVideoURL, g.AvatarType),
		"defaultVoiceId": orNull(g.DefaultVoiceID), "consentStatus": orNull(g.ConsentStatus),
		"status": expectedEnum(g.Status, "processing", "pending_consent", "completed", "failed"), "error": expectedError(g.Error),
		"createdAt": expectedTime(g.CreatedAt),
	}
}

func TestAllGroupFieldsMatchByListAndByID(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	groups := map[string]sandbox.Group{}
	for _, g := range a.Groups() {
		groups[groupGlobalID(g.ID)] = g
	}
	seen := 0
	for after := any(nil); ; {
		page := a.mustDo(t, `query($after: String) { avatarGroups(first: 100, after: $after) { nodes `+allGroupFields+` pageInfo { hasNextPage endCursor } } }`, map[string]any{"after": after}).Data["avatarGroups"].(map[string]any)
		nodes := stripSignatures(page["nodes"]).([]any)
		var ids []any
		var want []any
		for _, node := range nodes {
			id := node.(map[string]any)["id"].(string)
			ids, want = append(ids, id), append(want, expectedGroup(groups[id]))
			seen++
		}
		if diff := cmp.Diff(want, nodes); diff != "" {
			t.Fatal(diff)
		}
		fetchedByID := a.mustDo(t, `query($ids: [ID!]!) { nodes(ids: $ids) { ...on AvatarGroup `+allGroupFields+` } }`, map[string]any{"ids": ids}).Data["nodes"]
		if diff := cmp.Diff(want, stripSignatures(fetchedByID).([]any)); diff != "" {
			t.Fatalf("fetched by id: %s", diff)
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

func TestOwnershipIsForwardedToHeyGen(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	for argument, query := range map[string]string{"": "", "ownership: null": "", "ownership: PUBLIC": "public", "ownership: PRIVATE": "private"} {
		a.ResetCalls()
		a.mustDo(t, `{ avatarGroups(first: 1, `+argument+`) { nodes { id } } }`, nil)
		if got := a.Calls()[0].Query; got.Get("ownership") != query || got.Get("limit") != "50" {
			t.Errorf("%s: requested with %v", argument, got)
		}
	}
}

func TestUnrecognizedEnumValuesAreUnknown(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	a.QueueFaults(sandbox.UnknownEnum, sandbox.UnknownEnum)
	out := a.mustDo(t, `{ avatarGroups(first: 50) { nodes { status gender consentStatus } } avatarGroup(id: "group_monica") { status } }`, nil)
	for _, node := range out.Data["avatarGroups"].(map[string]any)["nodes"].([]any) {
		if status := node.(map[string]any)["status"]; status != nil && status != "UNKNOWN" {
			t.Errorf("%v", node)
		}
	}
	if out.Data["avatarGroup"].(map[string]any)["status"] != "UNKNOWN" {
		t.Error(out.Body)
	}
}
