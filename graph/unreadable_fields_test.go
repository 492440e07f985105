package graph_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"heygen-graphql/graph"
	"heygen-graphql/heygen"
	"heygen-graphql/heygen/sandbox"
)

// bodies is an upstream that responds with the body of a path.
type bodies map[string]string

func (b bodies) RoundTrip(r *http.Request) (*http.Response, error) {
	body, ok := b[r.URL.Path]
	status := http.StatusOK
	if !ok {
		status = http.StatusNotFound
	}
	return &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body)), Request: r}, nil
}

// expectData executes a query with and without a compiled plan, and compares the data.
func (b bodies) expectData(t *testing.T, query, want string) {
	t.Helper()
	a := newAPI(t, sandbox.Options{}, func(o *heygen.Options, _ *graph.Options) { o.Transport = b })
	out := a.do(t, query, nil)
	var expected map[string]any
	if err := json.Unmarshal([]byte(want), &expected); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(expected, out.Data); diff != "" || out.codes() != "" {
		t.Errorf("%s\n%s\n%s", query, out.Body, diff)
	}
	generated := graph.NewGeneratedHandler(graph.Options{HeyGen: a.client, RequestID: func(context.Context) string { return "request-1" }})
	if got := postJSON(t, generated, vars{"query": query}); got != out.Body {
		t.Errorf("without a plan: %s\nwant %s", got, out.Body)
	}
}

// A look costs at most the field that cannot be read, in a page and alone.
func TestLookWithUnreadableTagsIsComplete(t *testing.T) {
	const look = `{"id":"l3","name":"Look 3","avatar_type":"photo_avatar","gender":"female","tags":["",null,7],"image_width":1024,"status":"completed"}`
	item := func(id string) string {
		return fmt.Sprintf(`{"id":%q,"name":"Look","avatar_type":"photo_avatar","tags":["a"]}`, id)
	}
	upstream := bodies{
		"/v3/avatars/looks":    `{"data":[` + item("l1") + `,` + item("l2") + `,` + look + `,` + item("l4") + `,` + item("l5") + `],"has_more":false,"next_token":null}`,
		"/v3/avatars/looks/l3": `{"data":` + look + `}`,
	}
	const other = `{"lookId":%q,"name":"Look","gender":null,"tags":["a"],"imageWidth":null,"status":null}`
	const want = `{"lookId":"l3","name":"Look 3","gender":"female","tags":[],"imageWidth":1024,"status":"COMPLETED"}`
	const fields = `{ lookId name gender tags imageWidth status }`
	upstream.expectData(t, `{ avatarLooks { nodes `+fields+` } }`,
		fmt.Sprintf(`{"avatarLooks":{"nodes":[`+other+`,`+other+`,`+want+`,`+other+`,`+other+`]}}`, "l1", "l2", "l4", "l5"))
	upstream.expectData(t, `{ avatarLook(id: "l3") `+fields+` }`, `{"avatarLook":`+want+`}`)
}

// Every field of an item but its id has an unexpected shape.
func TestItemOfUnreadableFieldsKeepsItsID(t *testing.T) {
	const unreadable = `{"id":"x","voice_id":"x","name":7,"gender":[],"preview_image_url":{},"preview_video_url":true,"looks_count":"many","default_voice_id":7,
		"consent_status":{},"status":7,"error":"failed","created_at":"yesterday","avatar_type":null,"group_id":[7],"tags":"a","supported_api_engines":{"a":"b"},
		"image_width":"wide","image_height":-1,"preferred_orientation":["square"],"language":7,"preview_audio_url":7,"support_pause":"yes",
		"failure_message":[],"support_interactive_avatar":"yes"}`
	upstream := bodies{}
	for _, list := range []string{"/v3/avatars", "/v3/avatars/looks", "/v3/voices"} {
		upstream[list] = `{"data":[` + unreadable + `]}`
		upstream[list+"/x"] = `{"data":` + unreadable + `}`
	}
	for _, resource := range []struct{ single, list, fields, want string }{
		{"avatarGroup", "avatarGroups", `{ groupId name gender previewImageUrl previewVideoUrl looksCount defaultVoiceId consentStatus status error { code } createdAt }`,
			`{"groupId":"x","name":"","gender":null,"previewImageUrl":null,"previewVideoUrl":null,"looksCount":0,"defaultVoiceId":null,"consentStatus":null,
			"status":null,"error":null,"createdAt":"1970-01-01T00:00:00Z"}`},
		{"avatarLook", "avatarLooks", `{ lookId name avatarType groupId gender tags supportedApiEngines previewImageUrl previewVideoUrl imageWidth imageHeight
			preferredOrientation defaultVoiceId status error { code } }`,
			`{"lookId":"x","name":"","avatarType":"UNKNOWN","groupId":null,"gender":null,"tags":[],"supportedApiEngines":[],"previewImageUrl":null,"previewVideoUrl":null,
			"imageWidth":null,"imageHeight":null,"preferredOrientation":null,"defaultVoiceId":null,"status":null,"error":null}`},
		{"voice", "voices", `{ voiceId name language gender previewAudioUrl supportPause supportInteractiveAvatar status failureMessage createdAt }`,
			`{"voiceId":"x","name":null,"language":null,"gender":null,"previewAudioUrl":null,"supportPause":false,"supportInteractiveAvatar":false,
			"status":null,"failureMessage":null,"createdAt":null}`},
	} {
		upstream.expectData(t, `{ `+resource.single+`(id: "x") `+resource.fields+` }`, `{"`+resource.single+`":`+resource.want+`}`)
		upstream.expectData(t, `{ `+resource.list+` { nodes `+resource.fields+` } }`, `{"`+resource.list+`":{"nodes":[`+resource.want+`]}}`)
	}
}

func TestTypedStringsAreServedTrimmed(t *testing.T) {
	for typed, want := range map[string]string{
		`\n\u00a0 My Twin\t`:         `"My Twin"`,
		`\u3000My Twin \r\n`:         `"My Twin"`,
		`\ufeffMy\u00a0 Twin\u200b`:  `"My\u00a0 Twin"`,
		`English\u00a0`:              `"English"`,
		`female\n`:                   `"female"`,
		` \u00a0\u3000\ufeff\u200b `: `""`,
	} {
		item := fmt.Sprintf(`{"id":"x","voice_id":"x","name":"%s","language":"%[1]s","gender":"%[1]s","looks_count":1,"created_at":1,"avatar_type":"photo_avatar",
			"support_pause":true,"tags":["%[1]s"],"error":{"code":"c","message":"%[1]s"},"failure_message":"%[1]s"}`, typed)
		upstream := bodies{}
		for _, list := range []string{"/v3/avatars", "/v3/avatars/looks", "/v3/voices"} {
			upstream[list] = `{"data":[` + item + `]}`
			upstream[list+"/x"] = `{"data":` + item + `}`
		}
		tags := `[` + want + `]`
		if want == `""` {
			tags = `[]`
		}
		for _, resource := range []struct{ single, list, fields, want string }{
			{"avatarGroup", "avatarGroups", `{ name gender error { message } }`, `{"name":W,"gender":W,"error":{"message":W}}`},
			{"avatarLook", "avatarLooks", `{ name gender tags error { message } }`, `{"name":W,"gender":W,"tags":` + tags + `,"error":{"message":W}}`},
			{"voice", "voices", `{ name language gender failureMessage }`, `{"name":W,"language":W,"gender":W,"failureMessage":W}`},
		} {
			item := strings.ReplaceAll(resource.want, "W", want)
			upstream.expectData(t, `{ `+resource.single+`(id: "x") `+resource.fields+` }`, `{"`+resource.single+`":`+item+`}`)
			upstream.expectData(t, `{ `+resource.list+` { nodes `+resource.fields+` } }`, `{"`+resource.list+`":{"nodes":[`+item+`]}}`)
		}
	}
}
