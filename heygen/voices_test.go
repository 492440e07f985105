package heygen_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"heygen-graphql/heygen"
)

func TestListVoicesDecodesTheDocumentedPage(t *testing.T) {
	page, err := newClient(t, always(200, readTestdata(t, "voices.json"))).ListVoices(t.Context(), heygen.VoicesParams{})
	want := heygen.Page[heygen.Voice]{Data: []heygen.Voice{
		{
			ID:              "voice_xyz789",
			Name:            new("Calm Monica"),
			Language:        new("English"),
			Gender:          new("female"),
			PreviewAudioURL: new("https://files.heygen.ai/voice/preview_xyz789.mp3"),
			SupportPause:    true,
		},
		{
			ID:       "5e6f708192a3b4c5d6e7f8091a2b3c4d",
			Name:     new("小雨"),
			Language: new("Chinese"),
			Gender:   new("unknown"),
		},
	}, HasMore: true, NextToken: "eyJsYXN0X2lkIjoiNzg5In0"}
	if diff := cmp.Diff(want, page); diff != "" || err != nil {
		t.Errorf("%v\n%s", err, diff)
	}
}

func TestVoiceDecodesTheDocumentedVoice(t *testing.T) {
	voice, err := newClient(t, always(200, readTestdata(t, "voice.json"))).Voice(t.Context(), "voice_xyz789")
	want := heygen.Voice{
		ID:              "voice_xyz789",
		Name:            new("Calm Monica"),
		Language:        new("English"),
		Gender:          new("female"),
		PreviewAudioURL: new("https://files.heygen.ai/voice/preview_xyz789.mp3"),
		SupportPause:    true,
		Details: &heygen.VoiceDetails{
			Status:                   new(heygen.VoiceComplete),
			CreatedAt:                &heygen.UnixTime{Time: time.Date(2024, 3, 25, 16, 0, 0, 0, time.UTC)},
			SupportInteractiveAvatar: new(true),
		},
	}
	if diff := cmp.Diff(want, voice); diff != "" || err != nil {
		t.Errorf("%v\n%s", err, diff)
	}
}

func TestVoiceDecodesEveryFieldOfAFailedVoice(t *testing.T) {
	voice, err := newClient(t, always(200, readTestdata(t, "voice_failed.json"))).Voice(t.Context(), "7a8b9c0d1e2f3a4b5c6d7e8f9a0b1c2d")
	want := heygen.Voice{
		ID:              "7a8b9c0d1e2f3a4b5c6d7e8f9a0b1c2d",
		Name:            new("Zoë"),
		Gender:          new("Woman"),
		PreviewAudioURL: new("s3://voices/7a8b/preview.wav"),
		Details: &heygen.VoiceDetails{
			Status:                   new(heygen.VoiceFailed),
			FailureMessage:           new("The recording is shorter than ten seconds."),
			CreatedAt:                &heygen.UnixTime{Time: time.Date(2026, 4, 14, 8, 30, 5, 250_000_000, time.UTC)},
			SupportInteractiveAvatar: new(false),
		},
	}
	if diff := cmp.Diff(want, voice); diff != "" || err != nil {
		t.Errorf("%v\n%s", err, diff)
	}
}

// voiceJSON returns a voice with the fields that HeyGen always sends, and these.
func voiceJSON(fields string) string { return `{"voice_id":"v","support_pause":true` + fields + `}` }

// readVoice decodes a voice with these fields from a list and from a single response.
func readVoice(t *testing.T, fields string) (listed, single heygen.Voice, errListed, errSingle error) {
	t.Helper()
	page, errListed := newClient(t, always(200, `{"data":[`+voiceJSON(fields)+`]}`)).ListVoices(t.Context(), heygen.VoicesParams{})
	if errListed == nil {
		listed = page.Data[0]
	}
	single, errSingle = newClient(t, always(200, `{"data":`+voiceJSON(fields)+`}`)).Voice(t.Context(), "v")
	return listed, single, errListed, errSingle
}

func TestVoiceMayLackEveryFieldThatHeyGenMayOmit(t *testing.T) {
	for name, fields := range map[string]string{"absent": ``, "null": `,"name":null,"language":null,"gender":null,"preview_audio_url":null,
		"type":null,"support_locale":null,"status":null,"failure_message":null,"created_at":null,"support_interactive_avatar":null`} {
		listed, single, errListed, errSingle := readVoice(t, fields)
		want := heygen.Voice{ID: "v", SupportPause: true}
		if diff := cmp.Diff(want, listed); diff != "" || errListed != nil {
			t.Errorf("%s, in a list: %v\n%s", name, errListed, diff)
		}
		want.Details = &heygen.VoiceDetails{SupportInteractiveAvatar: new(false)}
		if diff := cmp.Diff(want, single); diff != "" || errSingle != nil {
			t.Errorf("%s, single: %v\n%s", name, errSingle, diff)
		}
	}
}

func TestListVoicesAcceptsAnyMissingOptionalField(t *testing.T) {
	for missing, remove := range map[string]func(*heygen.Voice){
		`,"name":"N"`:            func(v *heygen.Voice) { v.Name = nil },
		`,"language":"L"`:        func(v *heygen.Voice) { v.Language = nil },
		`,"gender":"G"`:          func(v *heygen.Voice) { v.Gender = nil },
		`,"type":"public"`:       func(*heygen.Voice) {},
		`,"support_locale":true`: func(*heygen.Voice) {},
	} {
		const all = `,"name":"N","language":"L","gender":"G","type":"public","support_locale":true`
		want := heygen.Voice{ID: "v", SupportPause: true, Name: new("N"), Language: new("L"), Gender: new("G")}
		remove(&want)
		listed, _, err, _ := readVoice(t, strings.Replace(all, missing, "", 1))
		if diff := cmp.Diff(want, listed); diff != "" || err != nil {
			t.Errorf("without %s: %v\n%s", missing, err, diff)
		}
	}
}

func TestVoiceKeepsUnknownValues(t *testing.T) {
	listed, single, errListed, errSingle := readVoice(t, `,"type":7,"support_locale":"yes","gender":"","language":"tlh","status":"archived","brand_new":{"a":[1]}`)
	want := heygen.Voice{ID: "v", SupportPause: true, Gender: new(""), Language: new("tlh")}
	if diff := cmp.Diff(want, listed); diff != "" || errListed != nil {
		t.Errorf("in a list: %v\n%s", errListed, diff)
	}
	want.Details = &heygen.VoiceDetails{Status: new(heygen.VoiceStatus("archived")), SupportInteractiveAvatar: new(false)}
	if diff := cmp.Diff(want, single); diff != "" || errSingle != nil {
		t.Errorf("single: %v\n%s", errSingle, diff)
	}
}

// The fields of a single voice are ignored in a list, whatever their values.
func TestListVoicesIgnoresDetails(t *testing.T) {
	for _, fields := range []string{
		`,"status":"complete","failure_message":"m","created_at":1,"support_interactive_avatar":true`,
		`,"status":7,"failure_message":[],"created_at":"yesterday","support_interactive_avatar":"yes"`,
	} {
		listed, _, err, _ := readVoice(t, fields)
		if diff := cmp.Diff(heygen.Voice{ID: "v", SupportPause: true}, listed); diff != "" || err != nil {
			t.Errorf("%s: %v\n%s", fields, err, diff)
		}
	}
}

// Details is a field of this package. A field of that name that HeyGen adds is another.
func TestVoiceIgnoresAFieldCalledDetails(t *testing.T) {
	const created = `,"status":"complete","created_at":1`
	for _, value := range []string{`null`, `7`, `"d"`, `true`, `[]`, `[{"status":"failed"}]`, `{}`,
		`{"status":"failed","failure_message":"m","created_at":2,"support_interactive_avatar":true}`, `{"status":7}`} {
		for _, name := range []string{"details", "Details", "DETAILS"} {
			listed, single, errListed, errSingle := readVoice(t, created+`,"`+name+`":`+value)
			want := heygen.Voice{ID: "v", SupportPause: true}
			if diff := cmp.Diff(want, listed); diff != "" || errListed != nil {
				t.Errorf("%s %s in a list: %v\n%s", name, value, errListed, diff)
			}
			want.Details = &heygen.VoiceDetails{Status: new(heygen.VoiceComplete), SupportInteractiveAvatar: new(false),
				CreatedAt: &heygen.UnixTime{Time: time.Unix(1, 0).UTC()}}
			if diff := cmp.Diff(want, single); diff != "" || errSingle != nil {
				t.Errorf("%s %s single: %v\n%s", name, value, errSingle, diff)
			}
		}
	}
}

func TestSupportInteractiveAvatarDefaultsToFalse(t *testing.T) {
	for fields, want := range map[string]bool{``: false, `null`: false, `false`: false, `true`: true} {
		if fields != "" {
			fields = `,"support_interactive_avatar":` + fields
		}
		_, single, _, err := readVoice(t, fields)
		if err != nil || single.Details == nil || single.Details.SupportInteractiveAvatar == nil || *single.Details.SupportInteractiveAvatar != want {
			t.Errorf("%s: %+v, %v", fields, single.Details, err)
		}
	}
}

func TestVoiceCreatedAtDecodesEveryNumberFormat(t *testing.T) {
	for value, want := range map[string]string{
		"1711382400":       "2024-03-25T16:00:00Z",
		"1711382400.0":     "2024-03-25T16:00:00Z",
		"1711382400.12345": "2024-03-25T16:00:00.12345Z",
		"1.7113824e9":      "2024-03-25T16:00:00Z",
		"0":                "1970-01-01T00:00:00Z",
		"-0.5":             "1969-12-31T23:59:59.5Z",
		"null":             "",
		"1711382400000":    "", // milliseconds: a year of five digits
		`"1711382400"`:     "",
		`""`:               "",
		"true":             "",
		"{}":               "",
	} {
		_, single, _, err := readVoice(t, `,"created_at":`+value)
		switch {
		case err != nil || (single.Details.CreatedAt == nil) != (want == ""):
			t.Errorf("%s: %+v, %v", value, single.Details, err)
		case want != "" && single.Details.CreatedAt.Format(time.RFC3339Nano) != want:
			t.Errorf("%s: %v", value, single.Details.CreatedAt)
		}
	}
}

// invalidVoices have no id, in both representations.
var invalidVoices = map[string]string{
	"a string":              `"v"`,
	"null":                  `null`,
	"no voice_id":           `{"support_pause":true}`,
	"the id of a look":      `{"id":"v","support_pause":true}`,
	"an empty voice_id":     `{"voice_id":"","support_pause":true}`,
	"null for voice_id":     `{"voice_id":null,"support_pause":true}`,
	"a number for voice_id": `{"voice_id":7,"support_pause":true,"name":7}`,
}

func TestListVoicesSkipsAndLogsInvalidVoices(t *testing.T) {
	expectSkipped(t, "GET /v3/voices", heygen.VoicesParams{}, invalidVoices)
}

func TestInvalidVoiceIsAnError(t *testing.T) {
	for name, body := range invalidVoices {
		got, err := newClient(t, always(200, `{"data":`+body+`}`)).Voice(t.Context(), "v")
		if !errors.Is(err, heygen.ErrInvalidResponse) || got != (heygen.Voice{}) {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}
