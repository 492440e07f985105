package heygen_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"heygen-graphql/heygen"
)

// withoutWidth are the characters that are trimmed without being white space in Unicode.
const withoutWidth = "\u180e\u200b\u200c\u200d\u2060\ufeff"

func isBlank(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(withoutWidth, r) }

var typedStrings = map[string]string{
	"":                                   "",
	"My Twin":                            "My Twin",
	"\n\u00a0 My Twin\t":                 "My Twin",
	"\u3000My Twin \r\n":                 "My Twin",
	"\ufeffMy Twin\u200b":                "My Twin",
	" My\u00a0\u2003 Twin\u2028 2\u2029": "My\u00a0\u2003 Twin\u2028 2",
	"English\u00a0":                      "English",
	"female\n":                           "female",
	"\v\f\u0085\u1680\u2000\u200a\u202f\u205f小雨\u3000": "小雨",
	withoutWidth + "Zoë" + withoutWidth:                "Zoë",
	" \t\u00a0\ufeff\u200d":                            "",
	"x":                                                "x",
	" é":                                               "é",
	"👩\u200d🚀 ":                                        "👩\u200d🚀", // joined inside
	"\u200d👩\u200d🚀\u200d":                             "👩\u200d🚀",
	"می\u200cخواهم":                                    "می\u200cخواهم",
	"❤\ufe0f":                                          "❤\ufe0f", // a variation selector is part of the emoji
	"\u2067שלום\u2069":                                 "\u2067שלום\u2069",
	"\x00a\x7f":                                        "\x00a\x7f",
	"\ufffd \ufffd":                                    "\ufffd \ufffd",
	strings.Repeat(" ", 1000) + "a" + strings.Repeat("\u3000", 1000): "a",
}

func TestTypedStringsAreTrimmed(t *testing.T) {
	for typed, want := range typedStrings {
		body := fmt.Sprintf(`{"data":{"id":"x","voice_id":"x","name":%s,"language":%[1]s,"gender":%[1]s,"looks_count":1,"created_at":1,"avatar_type":"photo_avatar",
			"support_pause":true,"tags":["b",%[1]s],"error":{"code":"c","message":%[1]s},"failure_message":%[1]s}}`, dump(typed)[:len(dump(typed))-len(" <nil>")])
		list := strings.Replace(body[:len(body)-1], `{"data":`, `{"data":[`, 1) + `]}`
		client := newClient(t, always(500, ""))
		group := heygen.AvatarGroup{ID: "x", Name: want, Gender: &want, LooksCount: 1, CreatedAt: *unix(1, 0), Error: &heygen.TrainingError{Code: "c", Message: want}}
		look := heygen.AvatarLook{ID: "x", Name: want, Gender: &want, AvatarType: heygen.PhotoAvatar, Tags: []string{"b", want}, SupportedAPIEngines: []string{}, Error: group.Error}
		if want == "" {
			look.Tags = []string{"b"}
		}
		voice := heygen.Voice{ID: "x", Name: &want, Language: &want, Gender: &want, SupportPause: true}
		single := voice
		single.Details = &heygen.VoiceDetails{FailureMessage: &want, CreatedAt: unix(1, 0), SupportInteractiveAvatar: new(bool)}
		for i, expected := range []any{
			heygen.Page[heygen.AvatarGroup]{Data: []heygen.AvatarGroup{group}}, heygen.Page[heygen.AvatarLook]{Data: []heygen.AvatarLook{look}},
			heygen.Page[heygen.Voice]{Data: []heygen.Voice{voice}}, group, look, single,
		} {
			decoder, body := heygen.ResponseDecoders[i], body
			if i < 3 {
				body = list
			}
			got, err := decoder.Decode(client, []byte(body))
			if diff := cmp.Diff(expected, got); diff != "" || err != nil {
				t.Errorf("%s, %q: %v\n%s", decoder.Name, typed, err, diff)
			}
			if long := len(typed) > 1000; sameAsSlow(t, client, decoder, body) == long {
				t.Errorf("%s, %q: decoded on the fast path: %t", decoder.Name, typed, !long)
			}
		}
	}
}

func TestOnlyTypedStringsAreTrimmed(t *testing.T) {
	const s = " \u00a0x\u200b\n"
	body := `{"data":{"id":"x` + `","name":"N","looks_count":1,"created_at":1,"avatar_type":"S","group_id":"S","default_voice_id":"S","preview_image_url":"S",
		"preview_video_url":"S","supported_api_engines":["S"," "],"preferred_orientation":"S","status":"S","consent_status":"S","error":{"code":"S","message":"m"}}}`
	client := newClient(t, always(200, strings.ReplaceAll(body, `"S"`, strings.TrimSuffix(dump(s), " <nil>"))))
	group, err := client.AvatarGroup(t.Context(), "x")
	want := heygen.AvatarGroup{ID: "x", Name: "N", LooksCount: 1, CreatedAt: *unix(1, 0), DefaultVoiceID: new(heygen.VoiceID(s)), PreviewImageURL: new(s), PreviewVideoURL: new(s),
		ConsentStatus: new(s), Status: new(heygen.TrainingStatus(s)), Error: &heygen.TrainingError{Code: s, Message: "m"}}
	if diff := cmp.Diff(want, group); diff != "" || err != nil {
		t.Errorf("a group: %v\n%s", err, diff)
	}
	look, err := client.AvatarLook(t.Context(), "x")
	wantLook := heygen.AvatarLook{ID: "x", Name: "N", AvatarType: s, GroupID: new(heygen.GroupID(s)), Tags: []string{}, SupportedAPIEngines: []string{s, " "}, PreviewImageURL: new(s),
		PreviewVideoURL: new(s), PreferredOrientation: new(heygen.Orientation(s)), DefaultVoiceID: want.DefaultVoiceID, Status: want.Status, Error: want.Error}
	if diff := cmp.Diff(wantLook, look); diff != "" || err != nil {
		t.Errorf("a look: %v\n%s", err, diff)
	}
	voices, err := newClient(t, always(200, `{"data":[{"voice_id":" x\n","support_pause":true,"preview_audio_url":" u\n"}]}`)).ListVoices(t.Context(), heygen.VoicesParams{})
	if err != nil || voices.Data[0].ID != " x\n" || *voices.Data[0].PreviewAudioURL != " u\n" {
		t.Errorf("a voice: %+v, %v", voices, err)
	}
}

func TestTrainingErrorOfWhiteSpaceAloneIsNil(t *testing.T) {
	group, err := newClient(t, always(200, `{"data":`+groupJSON(`,"error":{"code":"","message":" \n"}`)+`}`)).AvatarGroup(t.Context(), "g")
	if err != nil || group.Error != nil {
		t.Errorf("%+v, %v", group.Error, err)
	}
}

func TestTrimmingRemovesBlanksAtBothEndsAlone(t *testing.T) {
	char := rapid.OneOf(rapid.SampledFrom([]rune(" \t\n\u0085\u00a0\u2028\u3000"+withoutWidth)), rapid.Rune())
	rapid.Check(t, func(r *rapid.T) {
		s := string(rapid.SliceOf(char).Draw(r, "s"))
		got := heygen.TrimSpace(s)
		before, after, found := strings.Cut(s, got)
		switch {
		case !found || strings.ContainsFunc(before+after, func(r rune) bool { return !isBlank(r) }) && got != "":
			r.Errorf("%q has another inside than %q", got, s)
		case got != strings.TrimFunc(got, isBlank):
			r.Errorf("%q begins or ends with a blank", got)
		case got == "" && strings.ContainsFunc(s, func(r rune) bool { return !isBlank(r) }):
			r.Errorf("nothing is left of %q", s)
		case heygen.TrimSpace(got) != got:
			r.Errorf("%q is trimmed again", got)
		}
	})
}
