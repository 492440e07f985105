package heygen_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"heygen-graphql/heygen"
)

func TestListAvatarLooksDecodesTheDocumentedPage(t *testing.T) {
	page, err := newClient(t, always(200, readTestdata(t, "avatar_looks.json"))).ListAvatarLooks(t.Context(), heygen.AvatarLooksParams{})
	want := heygen.Page[heygen.AvatarLook]{Data: []heygen.AvatarLook{
		{
			ID:                   "Monica_kitchen_front",
			Name:                 "Monica in the kitchen",
			AvatarType:           heygen.StudioAvatar,
			GroupID:              new(heygen.GroupID("group_abc123")),
			Gender:               new("female"),
			Tags:                 []string{"NEW", "cooking"},
			SupportedAPIEngines:  []string{"avatar_iv", "avatar_iii"},
			PreviewImageURL:      new("https://files.heygen.ai/avatar/kitchen_abc123.webp"),
			PreviewVideoURL:      new("https://files.heygen.ai/avatar/kitchen_abc123.mp4"),
			ImageWidth:           new(1920),
			ImageHeight:          new(1080),
			PreferredOrientation: new(heygen.Landscape),
			DefaultVoiceID:       new(heygen.VoiceID("voice_xyz789")),
		},
		{ID: "9c1d2e3f4a5b6c7d8e9f0a1b2c3d4e5f", Name: "Sketch", AvatarType: heygen.DigitalTwin, Tags: []string{}, SupportedAPIEngines: []string{}},
	}, HasMore: true, NextToken: "eyJsYXN0X2lkIjoiNDU2In0+/="}
	if diff := cmp.Diff(want, page); diff != "" || err != nil {
		t.Errorf("%v\n%s", err, diff)
	}
}

func TestAvatarLookDecodesEveryFieldOfAPrivateLook(t *testing.T) {
	look, err := newClient(t, always(200, readTestdata(t, "avatar_look.json"))).AvatarLook(t.Context(), "3b7e9a10c4d24f5e8a6f7b8c9d0e1f2a")
	want := heygen.AvatarLook{
		ID:                   "3b7e9a10c4d24f5e8a6f7b8c9d0e1f2a",
		Name:                 "Zoë am See",
		AvatarType:           heygen.PhotoAvatar,
		GroupID:              new(heygen.GroupID("0af1c7b2e83d4d5f9a6b1c2d3e4f5a6b")),
		Gender:               new("Woman"),
		Tags:                 []string{"outdoor"},
		SupportedAPIEngines:  []string{"avatar_iv"},
		PreviewImageURL:      new("https://files2.heygen.ai/talking_photo/3b7e/b.WEBP?Expires=1780000000&Signature=u~v_"),
		PreviewVideoURL:      new("https://files2.heygen.ai/avatar/v3/3b7e/preview_video_target.mp4"),
		ImageWidth:           new(1024),
		ImageHeight:          new(1536),
		PreferredOrientation: new(heygen.Portrait),
		DefaultVoiceID:       new(heygen.VoiceID("2d5b0e6cf36f460aa7fc47e3eee4ba54")),
		Status:               new(heygen.Failed),
		Error:                &heygen.TrainingError{Code: "face_not_found", Message: "The photo shows no face."},
	}
	if diff := cmp.Diff(want, look); diff != "" || err != nil {
		t.Errorf("%v\n%s", err, diff)
	}
}

// lookJSON returns a look with the fields that HeyGen always sends, and these.
func lookJSON(fields string) string {
	return `{"id":"l","name":"","avatar_type":""` + fields + `}`
}

func readLook(t *testing.T, fields string) (heygen.AvatarLook, error) {
	t.Helper()
	return newClient(t, always(200, `{"data":`+lookJSON(fields)+`}`)).AvatarLook(t.Context(), "l")
}

func TestAvatarLookRequiresOnlyItsID(t *testing.T) {
	for name, item := range map[string]string{"absent": `{"id":"l"}`, "null": `{"id":"l","name":null,"avatar_type":null,"group_id":null,"gender":null,"tags":null,"supported_api_engines":null,
		"preview_image_url":null,"preview_video_url":null,"image_width":null,"image_height":null,"preferred_orientation":null,
		"default_voice_id":null,"status":null,"error":null}`} {
		got, err := newClient(t, always(200, `{"data":`+item+`}`)).AvatarLook(t.Context(), "l")
		want := heygen.AvatarLook{ID: "l", Tags: []string{}, SupportedAPIEngines: []string{}}
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("%s: %v\n%s", name, err, diff)
		}
	}
}

func TestAvatarLookKeepsUnknownValues(t *testing.T) {
	client := newClient(t, always(200, `{"data":{"id":"l","name":"L","avatar_type":"hologram","gender":"","preview_image_url":"",
		"preferred_orientation":"round","status":"archived","supported_api_engines":["avatar_ix"],"brand_new":{"a":[1]}}}`))
	got, err := client.AvatarLook(t.Context(), "l")
	want := heygen.AvatarLook{ID: "l", Name: "L", AvatarType: "hologram", Gender: new(""), PreviewImageURL: new(""),
		PreferredOrientation: new(heygen.Orientation("round")), Status: new(heygen.TrainingStatus("archived")),
		Tags: []string{}, SupportedAPIEngines: []string{"avatar_ix"}}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%v\n%s", err, diff)
	}
}

func TestTagsAndEnginesOmitEmptyStringsAndAreNeverNil(t *testing.T) {
	for value, want := range map[string][]string{
		`null`:                      {},
		`[]`:                        {},
		`[null]`:                    {},
		`["",null]`:                 {},
		`["a"]`:                     {"a"},
		`["b",null,"a","","b"]`:     {"b", "a", "b"},
		`["",null,7]`:               {},
		`[7,"a",{"b":"c"},["d"]]`:   {"a"},
		`[true,1e400]`:              {},
		`"a"`:                       {},
		`{"0":"a"}`:                 {},
		`7`:                         {},
		`[null,"a\u0000",null,"ü"]`: {"a\x00", "ü"},
	} {
		tagged, err := readLook(t, `,"tags":`+value)
		if diff := cmp.Diff(want, tagged.Tags); diff != "" || err != nil || len(tagged.SupportedAPIEngines) != 0 {
			t.Errorf("tags %s: %v\n%s", value, err, diff)
		}
		supported, err := readLook(t, `,"supported_api_engines":`+value)
		if diff := cmp.Diff(want, supported.SupportedAPIEngines); diff != "" || err != nil || len(supported.Tags) != 0 {
			t.Errorf("engines %s: %v\n%s", value, err, diff)
		}
	}
}

// A size is nil if it is no integer of 31 bits.
func TestImageSizeDecodesEveryNumberFormat(t *testing.T) {
	const invalid = -1
	for value, want := range map[string]int{
		"1080": 1080, "1080.0": 1080, "1e3": 1000, "1.08E+3": 1080, "0": 0, "-0": 0, "2147483647": 1<<31 - 1,
		"2147483648": invalid, "-1": invalid, "1.5": invalid, "1e400": invalid, `"1080"`: invalid, `""`: invalid, "true": invalid, "false": invalid, "[1]": invalid, "{}": invalid,
	} {
		wide, errWide := readLook(t, `,"image_width":`+value)
		high, errHigh := readLook(t, `,"image_height":`+value)
		size := &want
		if want == invalid {
			size = nil
		}
		if diff := cmp.Diff(size, wide.ImageWidth); diff != "" || errWide != nil || wide.ImageHeight != nil {
			t.Errorf("a width of %s: %v\n%s", value, errWide, diff)
		}
		if diff := cmp.Diff(size, high.ImageHeight); diff != "" || errHigh != nil || high.ImageWidth != nil {
			t.Errorf("a height of %s: %v\n%s", value, errHigh, diff)
		}
	}
}

func TestListAvatarLooksSkipsAndLogsInvalidLooks(t *testing.T) {
	expectSkipped(t, "GET /v3/avatars/looks", heygen.AvatarLooksParams{}, map[string]string{
		"a string":         `"l"`,
		"null":             `null`,
		"no id":            `{"name":"L","avatar_type":"photo_avatar"}`,
		"an empty id":      `{"id":"","name":"L","avatar_type":"photo_avatar"}`,
		"null for an id":   `{"id":null,"name":"L","avatar_type":"photo_avatar"}`,
		"an object for id": `{"id":{"id":"l"},"name":"L","avatar_type":"photo_avatar","tags":7}`,
	})
}
