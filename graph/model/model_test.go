package model

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"heygen-graphql/heygen"
)

func written(m graphql.Marshaler) string {
	var b bytes.Buffer
	m.MarshalGQL(&b)
	return b.String()
}

func TestDateTimeIsRFC3339InUTC(t *testing.T) {
	berlin := time.FixedZone("CET", 3600)
	for want, moment := range map[string]time.Time{
		`"2024-03-25T16:00:00Z"`:        time.Unix(1711382400, 0),
		`"2024-03-25T16:00:00.5Z"`:      time.Unix(1711382400, 500_000_000).In(berlin),
		`"2024-03-25T16:00:00.000001Z"`: time.Unix(1711382400, 1000),
		`"0001-01-01T00:00:00Z"`:        {},
	} {
		if got := written(MarshalDateTime(heygen.UnixTime{Time: moment})); got != want {
			t.Errorf("%v is written %s", moment, got)
		}
	}
	got, err := UnmarshalDateTime("2024-03-25T17:00:00+01:00")
	if err != nil || !got.Equal(time.Unix(1711382400, 0)) || got.Location() != time.UTC {
		t.Errorf("%v, %v", got, err)
	}
	for _, bad := range []any{"yesterday", "2024-03-25", 1711382400, nil} {
		if _, err := UnmarshalDateTime(bad); err == nil {
			t.Errorf("%v is taken", bad)
		}
	}
}

func TestOnlyWebAddressesAreURLs(t *testing.T) {
	for text, ok := range map[string]bool{
		"https://files2.heygen.ai/avatar/v3/a/preview.webp":            true,
		"http://127.0.0.1/x.svg":                                       true,
		"https://x/talking_photo/a/b.WEBP?Expires=1&Signature=a~b-c__": true,
		"HTTPS://X/": true,
		"":           false, "s3://bucket/key": false, "/relative": false, "//host/x": false, "https://": false,
		"javascript:alert(1)": false, "data:image/svg+xml,<svg>": false, "https:x": false, "http://a b/": false, "https://x/\n": false, "ftp://x/": false,
	} {
		got := written(MarshalURL(text))
		if want, _ := json.Marshal(text); ok && got != strings.ReplaceAll(string(want), `\u0026`, "&") || !ok && got != "null" {
			t.Errorf("%q is written %s", text, got)
		}
	}
}

// all reads and writes every value of an enum, and one never seen before.
func all[T ~string](t *testing.T, marshal func(T) graphql.Marshaler, unmarshal func(any) (T, error), names map[T]string) {
	t.Helper()
	for value, name := range names {
		if got := written(marshal(value)); got != `"`+name+`"` {
			t.Errorf("%T %q is written %s", value, value, got)
		}
		if got, err := unmarshal(name); got != value || err != nil {
			t.Errorf("%T %s is read as %q, %v", value, name, got, err)
		}
	}
	for _, strange := range []T{"hologram", "A B", `"`} {
		if got := written(marshal(strange)); got != `"UNKNOWN"` {
			t.Errorf("%T %q is written %s", strange, strange, got)
		}
	}
	for _, strange := range []any{"UNKNOWN", "hologram", "", 7, nil} {
		if got, err := unmarshal(strange); err == nil {
			t.Errorf("%v is read as %T %q", strange, got, got)
		}
	}
}

func TestEnumsAreHeyGensValuesAndUnknown(t *testing.T) {
	all(t, MarshalTrainingStatus, UnmarshalTrainingStatus, map[heygen.TrainingStatus]string{
		"processing": "PROCESSING", "pending_consent": "PENDING_CONSENT", "completed": "COMPLETED", "failed": "FAILED",
	})
	all(t, MarshalAvatarType, UnmarshalAvatarType, map[heygen.AvatarType]string{
		"studio_avatar": "STUDIO_AVATAR", "digital_twin": "DIGITAL_TWIN", "photo_avatar": "PHOTO_AVATAR",
	})
	all(t, MarshalOrientation, UnmarshalOrientation, map[heygen.Orientation]string{
		"portrait": "PORTRAIT", "landscape": "LANDSCAPE", "square": "SQUARE",
	})
	all(t, MarshalVoiceStatus, UnmarshalVoiceStatus, map[heygen.VoiceStatus]string{
		"processing": "PROCESSING", "complete": "COMPLETE", "failed": "FAILED",
	})
	all(t, MarshalReadinessState, UnmarshalReadinessState, map[heygen.ReadinessState]string{
		heygen.Ready: "READY", heygen.NotReady: "NOT_READY",
	})
	all(t, MarshalReadinessReason, UnmarshalReadinessReason, map[heygen.ReadinessReason]string{
		heygen.NotTrained: "PROCESSING", heygen.NoConsent: "PENDING_CONSENT", heygen.NotTrainable: "FAILED",
		heygen.NoPreview: "NO_PREVIEW", heygen.NoDimensions: "NO_DIMENSIONS", heygen.OtherReason: "OTHER",
	})
	all(t, MarshalOwnership, UnmarshalOwnership, map[heygen.Ownership]string{heygen.Public: "PUBLIC", heygen.Private: "PRIVATE"})
	all(t, MarshalVoiceType, UnmarshalVoiceType, map[heygen.VoiceType]string{heygen.PublicVoice: "PUBLIC", heygen.PrivateVoice: "PRIVATE"})

	if got := written(MarshalReadinessState(heygen.ReadinessUnknown)); got != `"UNKNOWN"` {
		t.Error(got)
	}
	if got := written(MarshalReadinessReason("")); got != "null" {
		t.Error(got)
	}
}

func TestInputIsReadAsStrictlyAsGraphQLJSReadsIt(t *testing.T) {
	reads := func(value, want any, err error) {
		t.Helper()
		if want == nil && err == nil || want != nil && err != nil {
			t.Errorf("%T %v: %v", value, value, err)
		}
	}
	for value, want := range map[any]any{
		json.Number("1"): "1", json.Number("-1"): "-1", "1": "1", "": "", int64(7): "7", 7: "7",
		json.Number("9007199254740993"): "9007199254740993", json.Number("123456789012345678901234567890"): "123456789012345678901234567890",
		json.Number("1.5"): nil, json.Number("1e-7"): nil, json.Number("1e400"): nil, 1.5: nil, true: nil, nil: nil,
	} {
		got, err := UnmarshalID(value)
		reads(value, want, err)
		if want != nil && got != want {
			t.Errorf("the ID %v is read as %q", value, got)
		}
	}
	for value, want := range map[any]any{
		json.Number("1"): 1, json.Number("1.0"): 1, int64(-2147483648): -2147483648, json.Number("2147483647"): 2147483647, 3: 3, 4.0: 4,
		json.Number("2147483648"): nil, json.Number("4294967297"): nil, json.Number("9007199254740993"): nil, int64(-2147483649): nil,
		json.Number("1.5"): nil, json.Number("1e400"): nil, "1": nil, true: nil, nil: nil, 4e9: nil, 1.5: nil,
	} {
		got, err := UnmarshalInt(value)
		reads(value, want, err)
		if want != nil && got != want {
			t.Errorf("the Int %v is read as %d", value, got)
		}
	}
	for value, want := range map[any]any{"": "", "a": "a", json.Number("1"): nil, int64(1): nil, 1.5: nil, true: nil, nil: nil} {
		got, err := UnmarshalString(value)
		reads(value, want, err)
		if want != nil && got != want {
			t.Errorf("the String %v is read as %q", value, got)
		}
	}
}

// TestGlobalIDsStayTheSame holds ids as they were first given out: clients and
// bookmarks keep them.
func TestGlobalIDsStayTheSame(t *testing.T) {
	for want, got := range map[string]graphql.Marshaler{
		"QXZhdGFyR3JvdXA6Z3JvdXBfYWJjMTIz": MarshalGroupID("group_abc123"),
		"QXZhdGFyTG9vazpsb29rXzE":          MarshalLookID("look_1"),
		"Vm9pY2U6dm9pY2VfeHl6Nzg5":         MarshalVoiceID("voice_xyz789"),
	} {
		if got := written(got); got != `"`+want+`"` {
			t.Errorf("%s, not %s", got, want)
		}
	}
}

func TestHeyGensIDsAreNotTakenForGlobalOnes(t *testing.T) {
	for _, text := range []string{
		"group_abc123", "4121882ca7cbb290c4289d9ec70233e1", "Abigail_expressive_2024112501", "Monica", "a", "looks",
		base64.RawURLEncoding.EncodeToString([]byte("Ab:c")), base64.RawURLEncoding.EncodeToString([]byte("avatarGroup:c")),
	} {
		if id, err := ParseID(text); id != (GlobalID{ID: text}) || err != nil {
			t.Errorf("%q is read as %v, %v", text, id, err)
		}
	}
}

func FuzzGlobalID(f *testing.F) {
	for _, seed := range []string{"", "group_monica", "QXZhdGFyR3JvdXA6Z3JvdXBfYWJjMTIz", "QXZhdGFyR3JvdXA6", "QXZhdGFyTG9vazp4", "..", "a/b", "QXZh\ndGFy"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		global, err := ParseGlobalID(text)
		if err == nil && global.String() != text {
			t.Fatalf("%q is read as %v, which is written %q", text, global, global.String())
		}
		id, err2 := ParseID(text)
		switch {
		case err2 != nil && id != (GlobalID{}):
			t.Fatalf("%q is refused and read as %v", text, id)
		case err == nil && (err2 != nil || id != global):
			t.Fatalf("%q is the id of %v, and read as %v, %v", text, global, id, err2)
		case err != nil && err2 == nil && (id.Type != "" || id.ID != text || strings.ContainsAny(text, "/?#%\\ \n\x00")):
			t.Fatalf("%q is taken for an id of HeyGen's: %v", text, id)
		}
	})
}
