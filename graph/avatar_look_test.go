package graph_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"heygen-graphql/heygen/sandbox"
)

const allLookFields = `{ id lookId name avatarType groupId gender tags supportedApiEngines previewImageUrl previewVideoUrl imageWidth imageHeight
	preferredOrientation defaultVoiceId status error { code message } readiness { state reason } }`

// expectedLook is what a look of the sandbox looks like over GraphQL.
func expectedLook(l sandbox.Look) map[string]any {
	return map[string]any{
		"id": lookGlobalID(l.ID), "lookId": l.ID, "name": l.Name, "avatarType": expectedEnum(&l.AvatarType, "studio_avatar", "digital_twin", "photo_avatar"),
		"groupId": orNull(l.GroupID), "gender": orNull(l.Gender), "tags": expectedStrings(l.Tags), "supportedApiEngines": expectedStrings(l.SupportedAPIEngines),
		"previewImageUrl": expectedURL(l.PreviewImageURL, l.AvatarType), "previewVideoUrl": expectedURL(l.PreviewVideoURL, l.AvatarType),
		"imageWidth": orNull(l.ImageWidth), "imageHeight": orNull(l.ImageHeight),
		"preferredOrientation": expectedEnum(l.PreferredOrientation, "portrait", "landscape", "square"), "defaultVoiceId": orNull(l.DefaultVoiceID),
		"status": expectedEnum(l.Status, "processing", "pending_consent", "completed", "failed"), "error": expectedError(l.Error),
		"readiness": expectedReadiness(l),
	}
}

func expectedReadiness(l sandbox.Look) any {
	is := func(state string, reason any) any { return map[string]any{"state": state, "reason": reason} }
	if l.Status == nil {
		return is("READY", nil)
	}
	switch *l.Status {
	case "processing", "pending_consent", "failed":
		return is("NOT_READY", strings.ToUpper(*l.Status))
	case "completed":
		switch {
		case l.PreviewImageURL == nil:
			return is("NOT_READY", "NO_PREVIEW")
		case l.ImageWidth == nil || l.ImageHeight == nil:
			return is("NOT_READY", "NO_DIMENSIONS")
		}
		return is("READY", nil)
	}
	return is("UNKNOWN", "OTHER")
}

func TestEveryFieldOfEveryLookComesThroughByEveryPath(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	looks := map[string]sandbox.Look{}
	readiness := map[string]int{}
	for _, l := range a.Looks() {
		looks[lookGlobalID(l.ID)] = l
	}
	seen := 0
	for after := any(nil); ; {
		page := a.mustDo(t, `query($after: String) { avatarLooks(first: 100, after: $after) { nodes `+allLookFields+` pageInfo { hasNextPage endCursor } } }`, vars{"after": after}).Data["avatarLooks"].(map[string]any)
		nodes := stripSignatures(page["nodes"]).([]any)
		var ids, want []any
		for _, node := range nodes {
			id := node.(map[string]any)["id"].(string)
			l, wanted := looks[id], expectedLook(looks[id])
			ids, want = append(ids, id), append(want, wanted)
			readiness[wanted["readiness"].(map[string]any)["state"].(string)]++
			if r := wanted["readiness"].(map[string]any)["reason"]; r != nil {
				readiness[r.(string)]++
			}
			if l.ID != "" {
				seen++
			}
		}
		if diff := cmp.Diff(want, nodes); diff != "" {
			t.Fatal(diff)
		}
		if seen%700 < 100 { // by their ids, every seventh page
			alone := a.mustDo(t, `query($ids: [ID!]!) { nodes(ids: $ids) { ...on AvatarLook `+allLookFields+` } }`, vars{"ids": ids}).Data["nodes"]
			if diff := cmp.Diff(want, stripSignatures(alone)); diff != "" {
				t.Fatalf("fetched alone: %s", diff)
			}
		}
		info := page["pageInfo"].(map[string]any)
		if after = info["endCursor"]; info["hasNextPage"] == false {
			break
		}
	}
	if seen != len(looks) || seen < 5000 {
		t.Errorf("%d of %d looks", seen, len(looks))
	}
	for _, state := range []string{"READY", "NOT_READY", "PROCESSING", "PENDING_CONSENT", "FAILED", "NO_PREVIEW", "NO_DIMENSIONS"} {
		if readiness[state] == 0 {
			t.Errorf("no look is %s: %v", state, readiness)
		}
	}
}

func TestTheLooksOfAGroupAreItsOwnByEveryPath(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	of := map[string][]any{}
	for _, l := range a.Looks() {
		if l.GroupID != nil {
			of[*l.GroupID] = append(of[*l.GroupID], expectedLook(l))
		}
	}
	for i, g := range a.Groups() {
		if i%25 != 0 && g.LooksCount < 250 && g.LooksCount != 0 {
			continue
		}
		want := of[g.ID]
		if len(want) != g.LooksCount {
			t.Fatalf("%s has %d looks and says %d", g.ID, len(want), g.LooksCount)
		}
		want = append([]any{}, want[:min(100, len(want))]...)
		out := a.mustDo(t, `query($id: ID!) {
			avatarGroup(id: $id) { looks(first: 100) { nodes `+allLookFields+` } }
			avatarLooks(groupId: $id, first: 100) { nodes `+allLookFields+` }
		}`, vars{"id": groupGlobalID(g.ID)}).Data
		for name, connection := range map[string]any{"looks": out["avatarGroup"].(map[string]any)["looks"], "avatarLooks": out["avatarLooks"]} {
			if diff := cmp.Diff(want, stripSignatures(connection.(map[string]any)["nodes"])); diff != "" {
				t.Errorf("%s of %s\n%s", name, g.ID, diff)
			}
		}
	}
}

func TestTheFiltersOfLooksArePassedOn(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	for query, want := range map[string]string{
		`avatarLooks`: "limit=50",
		`avatarLooks(groupId: null, avatarType: null, ownership: null)`:                     "limit=50",
		`avatarLooks(groupId: "group_monica")`:                                              "group_id=group_monica&limit=50",
		`avatarLooks(groupId: "` + groupGlobalID("André#2022021409") + `")`:                 "group_id=Andr%C3%A9%232022021409&limit=50",
		`avatarLooks(avatarType: PHOTO_AVATAR, ownership: PRIVATE)`:                         "avatar_type=photo_avatar&limit=50&ownership=private",
		`avatarLooks(avatarType: STUDIO_AVATAR, ownership: PUBLIC)`:                         "avatar_type=studio_avatar&limit=50&ownership=public",
		`avatarLooks(groupId: "group_monica", avatarType: DIGITAL_TWIN, ownership: PUBLIC)`: "avatar_type=digital_twin&group_id=group_monica&limit=50&ownership=public",
	} {
		a.expectCalls(t, 1, func() { a.mustDo(t, `{ `+query+` { nodes { id } } }`, nil) })
		if got := a.Calls()[0]; got.Path != "/v3/avatars/looks" || got.Query.Encode() != want {
			t.Errorf("%s: asked with %s", query, got.Query.Encode())
		}
	}
	a.expectCalls(t, 2, func() {
		a.mustDo(t, `{ avatarGroup(id: "group_monica") { looks(avatarType: STUDIO_AVATAR) { nodes { id } } } }`, nil)
	})
	if got := a.Calls()[1].Query.Encode(); got != "avatar_type=studio_avatar&group_id=group_monica&limit=50" {
		t.Error(got)
	}
	a.expectCalls(t, 0, func() {
		for _, query := range []string{`avatarLooks(avatarType: UNKNOWN)`, `avatarLooks(groupId: "a/b")`, `avatarLooks(groupId: "")`, `avatarLooks(groupId: "looks")`} {
			out := a.do(t, `{ `+query+` { nodes { id } } }`, nil)
			if out.codes() != "BAD_USER_INPUT" || out.Data["avatarLooks"] != nil {
				t.Errorf("%s: %s", query, out.Body)
			}
		}
	})
}

// Whether an unknown group has an empty list or none HeyGen does not say.
func TestTheLooksOfAnUnknownGroupAreNoneOrNull(t *testing.T) {
	for unknownIs404, want := range map[bool]string{
		false: `{"avatarLooks":{"nodes":[]}}`,
		true:  `{"avatarLooks":null}`,
	} {
		a := newAPI(t, sandbox.Options{UnknownGroupIs404: unknownIs404})
		for _, id := range []string{"nobody", groupGlobalID("nobody"), "monica_office"} {
			if out := a.mustDo(t, `query($id: ID!) { avatarLooks(groupId: $id) { nodes { id } } }`, vars{"id": id}); out.dataJSON(t) != want {
				t.Errorf("%s: %s", id, out.Body)
			}
		}
	}
	// A list of all looks that is not there is no answer.
	a := newAPI(t, sandbox.Options{})
	a.QueueFaults(sandbox.NotFound)
	if out := a.do(t, `{ avatarLooks { nodes { id } } }`, nil); out.codes() != "UPSTREAM_INVALID_RESPONSE" {
		t.Error(out.Body)
	}
}

func TestTheLooksOfAGroupThatHasGoneAreNull(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	a.QueueFaults(sandbox.OK, sandbox.NotFound)
	if out := a.mustDo(t, `{ avatarGroup(id: "group_monica") { name looks { nodes { id } } } }`, nil); out.dataJSON(t) != `{"avatarGroup":{"looks":null,"name":"Monica"}}` {
		t.Error(out.Body)
	}
}
