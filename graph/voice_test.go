package graph_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"heygen-graphql/graph"
	"heygen-graphql/heygen"
	"heygen-graphql/heygen/sandbox"
)

const (
	listVoiceFields   = `id voiceId name language gender genderCategory previewAudioUrl supportPause`
	voiceDetailFields = `supportInteractiveAvatar status failureMessage createdAt`
	allVoiceFields    = `{ ` + listVoiceFields + ` ` + voiceDetailFields + ` }`
)

// expectedVoice returns the GraphQL fields of a voice of the sandbox.
func expectedVoice(v sandbox.Voice) map[string]any {
	nonEmpty := func(s string) any {
		if s == "" {
			return nil
		}
		return s
	}
	want := map[string]any{
		"id": voiceGlobalID(v.ID), "voiceId": v.ID, "name": nonEmpty(strings.TrimSpace(v.Name)), "language": nonEmpty(v.Language), "gender": nonEmpty(v.Gender), "genderCategory": expectedGender(&v.Gender),
		"previewAudioUrl": expectedURL(v.PreviewAudioURL, ""), "supportPause": v.SupportPause,
		"supportInteractiveAvatar": false, "status": expectedEnum(v.Status, "processing", "complete", "failed"),
		"failureMessage": orNull(v.FailureMessage), "createdAt": expectedTime(v.CreatedAt),
	}
	if v.SupportInteractiveAvatar != nil {
		want["supportInteractiveAvatar"] = *v.SupportInteractiveAvatar
	}
	if v.CreatedAtUnknown {
		want["createdAt"] = nil
	}
	return want
}

func TestVoiceFieldsMatchUpstreamInListsAndByID(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	voices := map[string]sandbox.Voice{}
	for _, v := range a.Voices() {
		voices[voiceGlobalID(v.ID)] = v
	}
	seen, unresolvableURLs := 0, 0
	for _, voiceType := range []string{"PUBLIC", "PRIVATE"} {
		for after := any(nil); ; {
			page := a.mustDo(t, `query($type: VoiceType, $after: String) { voices(first: 100, type: $type, after: $after) { nodes `+allVoiceFields+` pageInfo { hasNextPage endCursor } } }`, vars{"type": voiceType, "after": after}).Data["voices"].(map[string]any)
			var ids, want []any
			for _, node := range page["nodes"].([]any) {
				id := node.(map[string]any)["id"].(string)
				expected := expectedVoice(voices[id])
				ids, want = append(ids, id), append(want, expected)
				seen++
				if expected["previewAudioUrl"] == nil && voices[id].PreviewAudioURL != nil {
					unresolvableURLs++ // s3://
				}
			}
			if diff := cmp.Diff(want, page["nodes"]); diff != "" {
				t.Fatal(diff)
			}
			single := a.mustDo(t, `query($ids: [ID!]!) { nodes(ids: $ids) { ...on Voice `+allVoiceFields+` } }`, vars{"ids": ids}).Data["nodes"]
			if diff := cmp.Diff(want, single); diff != "" {
				t.Fatalf("fetched by id: %s", diff)
			}
			info := page["pageInfo"].(map[string]any)
			if after = info["endCursor"]; info["hasNextPage"] == false {
				break
			}
		}
	}
	if seen != len(voices) || seen < 300 || unresolvableURLs == 0 {
		t.Errorf("%d of %d voices, %d with an unresolvable URL", seen, len(voices), unresolvableURLs)
	}
}

func TestVoiceFiltersAreForwarded(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	for arguments, want := range map[string]string{
		``:                "limit=100&type=public",
		`(type: PUBLIC)`:  "limit=100&type=public",
		`(type: null)`:    "limit=100&type=public",
		`(type: PRIVATE)`: "limit=100&type=private",
		`(language: "English", gender: "female", engine: "starfish")`: "engine=starfish&gender=female&language=English&limit=100&type=public",
		`(language: null, gender: null, engine: null)`:                "limit=100&type=public",
		`(language: "a&b=c d")`:                                       "language=a%26b%3Dc+d&limit=100&type=public",
		`(language: "` + strings.Repeat("é", 100) + `")`:              "language=" + strings.Repeat("%C3%A9", 100) + "&limit=100&type=public",
	} {
		a.expectCalls(t, 1, func() { a.mustDo(t, `{ voices`+arguments+` { nodes { id } } }`, nil) })
		if got := a.Calls()[0]; got.Path != "/v3/voices" || got.Query.Encode() != want {
			t.Errorf("%s: called with %s", arguments, got.Query.Encode())
		}
	}
	a.expectCalls(t, 0, func() {
		for _, name := range []string{"language", "gender", "engine"} {
			for _, value := range []string{"", strings.Repeat("a", 101)} {
				out := a.do(t, `query($v: String) { voices(`+name+`: $v) { nodes { id } } }`, vars{"v": value})
				if out.codes() != "BAD_USER_INPUT" || !strings.Contains(out.Errors[0].Message, "`"+name+"` must have 1 to 100 characters") {
					t.Errorf("%s: %s", name, out.Body)
				}
			}
		}
	})
}

// gonePageUpstream has no list of looks.
type gonePageUpstream struct{ graph.Upstream }

func (gonePageUpstream) ListAvatarLooks(context.Context, heygen.AvatarLooksParams) (heygen.Page[heygen.AvatarLook], error) {
	return heygen.Page[heygen.AvatarLook]{}, &heygen.Error{Kind: heygen.ErrNotFound, Status: 404}
}

func TestLooksOfUnknownGroupAreNull(t *testing.T) {
	a := newAPI(t, sandbox.Options{}, func(_ *heygen.Options, o *graph.Options) {
		o.HeyGen = gonePageUpstream{}
	})
	if out := a.mustDo(t, `{ avatarLooks(groupId: "x") { nodes { id } } }`, nil); out.dataJSON(t) != `{"avatarLooks":null}` {
		t.Error(out.Body)
	}
}

func TestVoicesAreFiltered(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	nodes := a.mustDo(t, `{ voices(first: 100, language: "English", gender: "female") { nodes { language gender } } }`, nil).Data["voices"].(map[string]any)["nodes"].([]any)
	for _, node := range nodes {
		if v := node.(map[string]any); v["language"] != "English" || !strings.EqualFold(v["gender"].(string), "female") {
			t.Errorf("%v", v)
		}
	}
	if len(nodes) < 5 {
		t.Errorf("%d voices", len(nodes))
	}
}

// The fields of a list cost no further call, the details one call for each voice.
func TestVoiceDetailsAreFetchedOnlyIfSelected(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	a.expectCalls(t, 1, func() { a.mustDo(t, `{ voices(first: 100) { nodes { `+listVoiceFields+` } } }`, nil) })
	for field := range strings.FieldsSeq(voiceDetailFields) {
		a.expectCalls(t, 1+5, func() { a.mustDo(t, `{ voices(first: 5) { nodes { `+field+` } } }`, nil) })
	}
	a.expectCalls(t, 1+5, func() {
		a.mustDo(t, `{ voices(first: 5) { nodes `+allVoiceFields+` edges { node `+allVoiceFields+` } } }`, nil)
	})
	a.expectCalls(t, 1, func() { a.mustDo(t, `{ voice(id: "5c3e9f1b7a2d4c60b8e1f7a94d20c6b3") `+allVoiceFields+` }`, nil) })
	a.expectCalls(t, 1, func() {
		a.mustDo(t, `{ voices(first: 5) { nodes { name status @skip(if: true) } } }`, nil)
	})
}

func TestDeletedVoiceHasItsListedFields(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	a.QueueFaults(sandbox.OK, sandbox.NotFound)
	v := a.mustDo(t, `{ voices(first: 1) { nodes { name `+voiceDetailFields+` } } }`, nil).Data["voices"].(map[string]any)["nodes"].([]any)[0].(map[string]any)
	if v["name"] == nil || v["status"] != nil || v["createdAt"] != nil || v["supportInteractiveAvatar"] != nil || v["failureMessage"] != nil {
		t.Errorf("%v", v)
	}
	a.QueueFaults(sandbox.OK, sandbox.InternalError)
	out := a.do(t, `{ voices(first: 1) { nodes { name status createdAt } } }`, nil)
	v = out.Data["voices"].(map[string]any)["nodes"].([]any)[0].(map[string]any)
	if v["name"] == nil || v["status"] != nil || out.codes() != "UPSTREAM_UNAVAILABLE UPSTREAM_UNAVAILABLE" {
		t.Error(out.Body)
	}
	paths := []string{out.Errors[0].Path[3].(string), out.Errors[1].Path[3].(string)}
	if slices.Sort(paths); !slices.Equal(paths, []string{"createdAt", "status"}) {
		t.Error(out.Body)
	}
}
