package graph_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"heygen-graphql/heygen/sandbox"
)

const allLookFields = `{ id lookId name avatarType groupId gender genderCategory tags supportedApiEngines previewImageUrl previewVideoUrl imageWidth imageHeight aspectRatio
	preferredOrientation defaultVoiceId status error { code message } readiness { state reason } }`

// expectedLook returns a look of the sandbox as GraphQL returns it.
func expectedLook(l sandbox.Look) map[string]any {
	return map[string]any{
		"id": lookGlobalID(l.ID), "lookId": l.ID, "name": strings.TrimSpace(l.Name), "avatarType": expectedEnum(&l.AvatarType, "studio_avatar", "digital_twin", "photo_avatar"),
		"groupId": orNull(l.GroupID), "gender": orNull(l.Gender), "genderCategory": expectedGender(l.Gender), "tags": expectedStrings(l.Tags), "supportedApiEngines": expectedStrings(l.SupportedAPIEngines),
		"previewImageUrl": expectedURL(l.PreviewImageURL, l.AvatarType), "previewVideoUrl": expectedURL(l.PreviewVideoURL, l.AvatarType),
		"imageWidth": orNull(l.ImageWidth), "imageHeight": orNull(l.ImageHeight), "aspectRatio": expectedRatio(l.ImageWidth, l.ImageHeight),
		"preferredOrientation": expectedEnum(l.PreferredOrientation, "portrait", "landscape", "square"), "defaultVoiceId": orNull(l.DefaultVoiceID),
		"status": expectedEnum(l.Status, "processing", "pending_consent", "completed", "failed"), "error": expectedError(l.Error),
		"readiness": expectedReadiness(l),
	}
}

func expectedReadiness(l sandbox.Look) any {
	readiness := func(state string, reason any) any { return map[string]any{"state": state, "reason": reason} }
	if l.Status == nil {
		return readiness("READY", nil)
	}
	switch *l.Status {
	case "processing", "pending_consent", "failed":
		return readiness("NOT_READY", strings.ToUpper(*l.Status))
	case "completed":
		switch {
		case l.PreviewImageURL == nil:
			return readiness("NOT_READY", "NO_PREVIEW")
		case l.ImageWidth == nil || l.ImageHeight == nil || *l.ImageWidth == 0 || *l.ImageHeight == 0:
			return readiness("NOT_READY", "NO_DIMENSIONS")
		}
		return readiness("READY", nil)
	}
	return readiness("UNKNOWN", "OTHER")
}

func TestAllLookFieldsMatchByListAndByID(t *testing.T) {
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
			l, expected := looks[id], expectedLook(looks[id])
			ids, want = append(ids, id), append(want, expected)
			readiness[expected["readiness"].(map[string]any)["state"].(string)]++
			if r := expected["readiness"].(map[string]any)["reason"]; r != nil {
				readiness[r.(string)]++
			}
			if l.ID != "" {
				seen++
			}
		}
		if diff := cmp.Diff(want, nodes); diff != "" {
			t.Fatal(diff)
		}
		if seen%700 < 100 { // every seventh page, by id
			fetchedByID := a.mustDo(t, `query($ids: [ID!]!) { nodes(ids: $ids) { ...on AvatarLook `+allLookFields+` } }`, vars{"ids": ids}).Data["nodes"]
			if diff := cmp.Diff(want, stripSignatures(fetchedByID)); diff != "" {
				t.Fatalf("fetched by id: %s", diff)
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

func TestLooksOfGroupMatchByEveryPath(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	looksByGroup := map[string][]any{}
	for _, l := range a.Looks() {
		if l.GroupID != nil {
			looksByGroup[*l.GroupID] = append(looksByGroup[*l.GroupID], expectedLook(l))
		}
	}
	for i, g := range a.Groups() {
		if i%25 != 0 && g.LooksCount < 250 && g.LooksCount != 0 {
			continue
		}
		want := looksByGroup[g.ID]
		if len(want) != g.LooksCount {
			t.Fatalf("%s has %d looks, but looksCount %d", g.ID, len(want), g.LooksCount)
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

func TestLookFiltersAreForwardedToHeyGen(t *testing.T) {
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
			t.Errorf("%s: requested with %s", query, got.Query.Encode())
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

// HeyGen does not document whether the looks of an unknown group are an empty list or a 404.
func TestLooksOfUnknownGroupAreEmptyOrNull(t *testing.T) {
	for unknownIs404, want := range map[bool]string{
		false: `{"avatarLooks":{"nodes":[]}}`,
		true:  `{"avatarLooks":null}`,
	} {
		a := newAPI(t, sandbox.Options{UnknownGroupIs404: unknownIs404})
		for _, id := range []string{"no_such_id", groupGlobalID("no_such_id"), "monica_office"} {
			if out := a.mustDo(t, `query($id: ID!) { avatarLooks(groupId: $id) { nodes { id } } }`, vars{"id": id}); out.dataJSON(t) != want {
				t.Errorf("%s: %s", id, out.Body)
			}
		}
	}
	// A 404 for the list of all looks is an upstream error.
	a := newAPI(t, sandbox.Options{})
	a.QueueFaults(sandbox.NotFound)
	if out := a.do(t, `{ avatarLooks { nodes { id } } }`, nil); out.codes() != "UPSTREAM_INVALID_RESPONSE" {
		t.Error(out.Body)
	}
}

func TestLooksOfDeletedGroupAreNull(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	a.QueueFaults(sandbox.OK, sandbox.NotFound)
	if out := a.mustDo(t, `{ avatarGroup(id: "group_monica") { name looks { nodes { id } } } }`, nil); out.dataJSON(t) != `{"avatarGroup":{"looks":null,"name":"Monica"}}` {
		t.Error(out.Body)
	}
}
