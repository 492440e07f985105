package heygen_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"heygen-graphql/heygen"
)

func TestTrainingErrorIsNilIfEmpty(t *testing.T) {
	for value, want := range map[string]*heygen.TrainingError{
		`null`:                              nil,
		`{}`:                                nil,
		`{"code":null}`:                     nil,
		`{"code":"","message":""}`:          nil,
		`{"reason":"r"}`:                    nil,
		`{"code":"c"}`:                      {Code: "c"},
		`{"message":"m"}`:                   {Message: "m"},
		`{"code":"c","message":null}`:       {Code: "c"},
		`{"code":"c","message":"m","at":1}`: {Code: "c", Message: "m"},
	} {
		client := newClient(t, always(200, `{"data":`+itemJSON("a", `,"error":`+value)+`}`))
		group, err := client.AvatarGroup(t.Context(), "a")
		if diff := cmp.Diff(want, group.Error); diff != "" || err != nil {
			t.Errorf("%s of a group: %v\n%s", value, err, diff)
		}
		look, err := client.AvatarLook(t.Context(), "a")
		if diff := cmp.Diff(want, look.Error); diff != "" || err != nil {
			t.Errorf("%s of a look: %v\n%s", value, err, diff)
		}
	}
}

func TestConstantsHaveTheDocumentedValues(t *testing.T) {
	for want, words := range map[string][]string{
		"public private": {string(heygen.Public), string(heygen.Private)},
		"processing pending_consent completed failed": {string(heygen.Processing), string(heygen.PendingConsent), string(heygen.Completed), string(heygen.Failed)},
		"studio_avatar digital_twin photo_avatar":     {string(heygen.StudioAvatar), string(heygen.DigitalTwin), string(heygen.PhotoAvatar)},
		"portrait landscape square":                   {string(heygen.Portrait), string(heygen.Landscape), string(heygen.Square)},
		"public private of voices":                    {string(heygen.PublicVoice), string(heygen.PrivateVoice), "of voices"},
		"processing complete failed":                  {string(heygen.VoiceProcessing), string(heygen.VoiceComplete), string(heygen.VoiceFailed)},
	} {
		if got := strings.Join(words, " "); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

// It checks the voice of a group and of a look, and the group of a look.
func TestEmptyOptionalIDIsNil(t *testing.T) {
	for value, want := range map[string]*string{``: nil, `null`: nil, `""`: nil, `" "`: new(" "), `"x"`: new("x")} {
		fields := ""
		if value != "" {
			fields = `,"default_voice_id":` + value + `,"group_id":` + value
		}
		client := newClient(t, always(200, `{"data":`+itemJSON("a", fields)+`}`))
		group, err := client.AvatarGroup(t.Context(), "a")
		if diff := cmp.Diff((*heygen.VoiceID)(want), group.DefaultVoiceID); diff != "" || err != nil {
			t.Errorf("%s, the voice of a group: %v\n%s", value, err, diff)
		}
		look, err := client.AvatarLook(t.Context(), "a")
		if diff := cmp.Diff((*heygen.VoiceID)(want), look.DefaultVoiceID); diff != "" || err != nil {
			t.Errorf("%s, the voice of a look: %v\n%s", value, err, diff)
		}
		if diff := cmp.Diff((*heygen.GroupID)(want), look.GroupID); diff != "" {
			t.Errorf("%s, the group of a look: %s", value, diff)
		}
	}
}
