package sandbox_test

import (
	"encoding/json"
	"net/url"
	"testing"

	"github.com/google/go-cmp/cmp"

	"heygen-graphql/heygen/sandbox"
)

func TestDemoLooksMatchDocumentation(t *testing.T) {
	box := sandbox.New(sandbox.Options{PublicURL: "https://box.example/"})
	const office = `{"id":"monica_office","name":"Monica, office","avatar_type":"studio_avatar","group_id":"group_monica",` +
		`"gender":"female","preview_image_url":"https://box.example/looks/monica_office.svg",` +
		`"preview_video_url":"https://box.example/look-previews/monica_office.svg",` +
		`"default_voice_id":"5c3e9f1b7a2d4c60b8e1f7a94d20c6b3","tags":["business","indoor"],` +
		`"supported_api_engines":["avatar_iii","avatar_iv"],"image_width":1920,"image_height":1080,` +
		`"preferred_orientation":"landscape","status":"completed","error":null}`
	if got := get(t, box, "/v3/avatars/looks/monica_office").Body.String(); got != `{"data":`+office+`}` {
		t.Error(got)
	}
	var page struct {
		Data []struct {
			ID      string
			Status  string
			Image   string `json:"preview_image_url"`
			Width   int    `json:"image_width"`
			Height  int    `json:"image_height"`
			Shape   string `json:"preferred_orientation"`
			Tags    []string
			Engines []string `json:"supported_api_engines"`
		}
	}
	for _, path := range []string{"/v3/avatars/looks?group_id=group_monica", "/v3/avatars/looks?limit=3"} {
		if err := json.Unmarshal(get(t, box, path).Body.Bytes(), &page); err != nil {
			t.Fatal(err)
		}
		for i, want := range []struct {
			id, status, shape string
			width, height     int
		}{
			{"monica_office", "completed", "landscape", 1920, 1080},
			{"monica_sofa", "completed", "portrait", 1080, 1920},
			{"monica_street", "processing", "portrait", 1080, 1920},
		} {
			got := page.Data[i]
			if got.ID != want.id || got.Status != want.status || got.Shape != want.shape || got.Width != want.width ||
				got.Height != want.height || got.Image == "" || len(got.Tags) == 0 || len(got.Engines) == 0 || len(page.Data) != 3 {
				t.Errorf("%s, %d: %+v", path, i, got)
			}
		}
	}
}

func TestDemoVoiceMatchesDocumentation(t *testing.T) {
	box := sandbox.New(sandbox.Options{PublicURL: "https://box.example"})
	const want = `{"data":{"voice_id":"5c3e9f1b7a2d4c60b8e1f7a94d20c6b3","name":"Monica – Calm","language":"English",` +
		`"gender":"female","preview_audio_url":"https://box.example/samples/5c3e9f1b7a2d4c60b8e1f7a94d20c6b3.wav",` +
		`"status":"complete","failure_message":null,"created_at":1790000000,"support_pause":true,` +
		`"support_interactive_avatar":true}}`
	if got := get(t, box, demoVoicePath).Body.String(); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	const first = `{"data":[{"voice_id":"5c3e9f1b7a2d4c60b8e1f7a94d20c6b3","name":"Monica – Calm","language":"English",` +
		`"gender":"female","preview_audio_url":"https://box.example/samples/5c3e9f1b7a2d4c60b8e1f7a94d20c6b3.wav",` +
		`"support_pause":true,"support_locale":true,"type":"public"}],"has_more":true,`
	if got := get(t, box, "/v3/voices?limit=1").Body.String(); len(got) < len(first) || got[:len(first)] != first {
		t.Errorf("got  %s\nwant %s", got, first)
	}
}

func TestLookSendsNullAndAbsentFields(t *testing.T) {
	box := sandbox.New(sandbox.Options{})
	box.AddLooks(
		sandbox.Look{ID: "bare", Name: "Tom & <Jo>"},
		sandbox.Look{ID: "absent", Name: "n", AvatarType: "hologram", Gender: new("male"), Tags: []string{"t"}, Absent: []string{
			"group_id", "gender", "preview_image_url", "preview_video_url", "default_voice_id", "tags", "supported_api_engines",
			"image_width", "image_height", "preferred_orientation", "status", "error",
		}},
	)
	for id, want := range map[string]string{
		"bare": `{"data":{"id":"bare","name":"Tom & <Jo>","avatar_type":"studio_avatar","group_id":null,"gender":null,` +
			`"preview_image_url":null,"preview_video_url":null,"default_voice_id":null,"tags":[],"supported_api_engines":[],` +
			`"image_width":null,"image_height":null,"preferred_orientation":null,"status":null,"error":null}}`,
		"absent": `{"data":{"id":"absent","name":"n","avatar_type":"hologram","gender":"male","tags":["t"]}}`,
	} {
		if got := get(t, box, "/v3/avatars/looks/"+id).Body.String(); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}

func TestVoiceSendsNullAndAbsentFields(t *testing.T) {
	box := sandbox.New(sandbox.Options{})
	box.AddVoices(
		sandbox.Voice{ID: "null", CreatedAtUnknown: true, CreatedAt: 4e9},
		sandbox.Voice{ID: "absent", CreatedAtUnknown: true, CreatedAt: 3e9, SupportLocale: true, SupportInteractiveAvatar: new(false),
			Absent: []string{"name", "language", "gender", "preview_audio_url", "status", "failure_message", "created_at"}},
	)
	for path, want := range map[string]string{
		"/v3/voices/null": `{"data":{"voice_id":"null","name":null,"language":null,"gender":null,"preview_audio_url":null,` +
			`"status":null,"failure_message":null,"created_at":null,"support_pause":false}}`,
		"/v3/voices/absent": `{"data":{"voice_id":"absent","support_pause":false,"support_interactive_avatar":false}}`,
		"/v3/voices?limit=2": `{"data":[{"voice_id":"null","name":"","language":"","gender":"","preview_audio_url":null,` +
			`"support_pause":false,"support_locale":false,"type":"public"},{"voice_id":"absent","name":"","language":"","gender":"",` +
			`"support_pause":false,"support_locale":true,"type":"public"}],`,
	} {
		if got := get(t, box, path).Body.String(); len(got) < len(want) || got[:len(want)] != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}

func TestListedLookEqualsSingleLook(t *testing.T) {
	box := sandbox.New(sandbox.Options{})
	var page struct{ Data []json.RawMessage }
	if err := json.Unmarshal(get(t, box, "/v3/avatars/looks?avatar_type=studio_avatar&limit=50").Body.Bytes(), &page); err != nil {
		t.Fatal(err)
	}
	for _, look := range page.Data {
		var of struct{ ID string }
		if err := json.Unmarshal(look, &of); err != nil {
			t.Fatal(err)
		}
		single := get(t, box, "/v3/avatars/looks/"+url.PathEscape(of.ID)).Body.String()
		if want := `{"data":` + string(look) + "}"; single != want {
			t.Errorf("single %s\nin a list %s", single, want)
		}
	}
}

func TestVoiceFormatsAgreeOnSharedFields(t *testing.T) {
	box, pauses := sandbox.New(sandbox.Options{}), map[any]int{}
	for _, kind := range []string{"public", "private"} {
		for _, body := range walkPages(t, box, "/v3/voices", url.Values{"type": {kind}, "limit": {"100"}}) {
			var page struct{ Data []map[string]any }
			if err := json.Unmarshal(body, &page); err != nil {
				t.Fatal(err)
			}
			for _, listed := range page.Data {
				var single struct{ Data map[string]any }
				w := get(t, box, "/v3/voices/"+url.PathEscape(listed["voice_id"].(string)))
				if err := json.Unmarshal(w.Body.Bytes(), &single); err != nil {
					t.Fatal(err)
				}
				for _, key := range []string{"voice_id", "name", "language", "gender", "preview_audio_url", "support_pause"} {
					singleValue, present := single.Data[key]
					listedValue, listedPresent := listed[key]
					if !cmp.Equal(singleValue, listedValue) || present != listedPresent {
						t.Errorf("%s of %s: %v single, %v in a list", key, listed["voice_id"], singleValue, listedValue)
					}
				}
				pauses[listed["support_pause"]]++
			}
		}
	}
	if pauses[true] < 100 || pauses[false] < 20 {
		t.Errorf("support_pause is %v", pauses)
	}
}
