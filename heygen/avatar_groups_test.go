package heygen_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"heygen-graphql/heygen"
)

var monica = heygen.AvatarGroup{
	ID:              "group_abc123",
	Name:            "Monica",
	Gender:          new("female"),
	PreviewImageURL: new("https://files.heygen.ai/avatar/preview_abc123.jpg"),
	PreviewVideoURL: new("https://files.heygen.ai/avatar/preview_abc123.mp4"),
	LooksCount:      3,
	DefaultVoiceID:  new(heygen.VoiceID("voice_xyz789")),
	Status:          new(heygen.Completed),
	CreatedAt:       heygen.UnixTime{Time: time.Date(2024, 3, 25, 16, 0, 0, 0, time.UTC)},
}

func TestListAvatarGroupsDecodesTheDocumentedPage(t *testing.T) {
	page, err := newClient(t, always(200, readTestdata(t, "avatar_groups.json"))).ListAvatarGroups(t.Context(), heygen.AvatarGroupsParams{})
	want := heygen.Page[heygen.AvatarGroup]{Data: []heygen.AvatarGroup{monica}, HasMore: true, NextToken: "eyJsYXN0X2lkIjoiMTIzIn0"}
	if diff := cmp.Diff(want, page); diff != "" || err != nil {
		t.Errorf("%v\n%s", err, diff)
	}
}

func TestAvatarGroupDecodesTheDocumentedGroup(t *testing.T) {
	group, err := newClient(t, always(200, readTestdata(t, "avatar_group.json"))).AvatarGroup(t.Context(), "group_abc123")
	if diff := cmp.Diff(monica, group); diff != "" || err != nil {
		t.Errorf("%v\n%s", err, diff)
	}
}

func TestAvatarGroupDecodesEveryFieldOfAPrivateGroup(t *testing.T) {
	group, err := newClient(t, always(200, readTestdata(t, "avatar_group_private.json"))).AvatarGroup(t.Context(), "0af1c7b2e83d4d5f9a6b1c2d3e4f5a6b")
	want := heygen.AvatarGroup{
		ID:              "0af1c7b2e83d4d5f9a6b1c2d3e4f5a6b",
		Name:            "Zoë Müller",
		Gender:          new("Woman"),
		PreviewImageURL: new("https://files2.heygen.ai/talking_photo/0af1/a.WEBP?Expires=1780000000&Signature=x~y_"),
		PreviewVideoURL: new("https://files2.heygen.ai/avatar/v3/0af1/preview_video_target.mp4"),
		LooksCount:      0,
		DefaultVoiceID:  new(heygen.VoiceID("2d5b0e6cf36f460aa7fc47e3eee4ba54")),
		ConsentStatus:   new("pending"),
		Status:          new(heygen.Failed),
		Error:           &heygen.TrainingError{Code: "low_resolution", Message: "The footage is smaller than 720p."},
		CreatedAt:       heygen.UnixTime{Time: time.Date(2026, 4, 14, 8, 30, 5, 250_000_000, time.UTC)},
	}
	if diff := cmp.Diff(want, group); diff != "" || err != nil {
		t.Errorf("%v\n%s", err, diff)
	}
}

func groupJSON(fields string) string {
	return `{"id":"g","name":"G","looks_count":1,"created_at":1711382400` + fields + `}`
}

func TestAvatarGroupKeepsUnknownValues(t *testing.T) {
	client := newClient(t, always(200, `{"data":`+groupJSON(`,"status":"archived","gender":"","brand_new":{"a":[1]}`)+`}`))
	got, err := client.AvatarGroup(t.Context(), "g")
	if err != nil || *got.Status != "archived" || *got.Gender != "" {
		t.Errorf("%+v, %v", got, err)
	}
}

// looks_count is 0 if it is no integer of 31 bits.
func TestLooksCountDecodesEveryNumberFormat(t *testing.T) {
	for value, want := range map[string]int{
		"0": 0, "3": 3, "3.0": 3, "3e0": 3, "2147483647": 1<<31 - 1,
		"2147483648": 0, "-1": 0, "3.5": 0, `"3"`: 0, "null": 0, "true": 0, "[3]": 0,
	} {
		body := fmt.Sprintf(`{"data":{"id":"g","name":"G","looks_count":%s,"created_at":1}}`, value)
		got, err := newClient(t, always(200, body)).AvatarGroup(t.Context(), "g")
		if err != nil || got.LooksCount != want {
			t.Errorf("%s: %d, %v", value, got.LooksCount, err)
		}
	}
}

func TestCreatedAtDecodesEveryNumberFormat(t *testing.T) {
	for value, want := range map[string]string{
		"1711382400":       "2024-03-25T16:00:00Z",
		"1711382400.5":     "2024-03-25T16:00:00.5Z",
		"1711382400.0":     "2024-03-25T16:00:00Z",
		"1.7113824e9":      "2024-03-25T16:00:00Z",
		"1.71138240050e9":  "2024-03-25T16:00:00.5Z",
		"0":                "1970-01-01T00:00:00Z",
		"-1":               "1969-12-31T23:59:59Z",
		"1711382400.12345": "2024-03-25T16:00:00.12345Z",
		"1711382400000":    "", // milliseconds: a year of five digits
		"1e300":            "",
		"-1e11":            "",
		`"1711382400"`:     "",
		"null":             "",
		"true":             "",
	} {
		body := fmt.Sprintf(`{"data":{"id":"g","name":"G","looks_count":1,"created_at":%s}}`, value)
		got, err := newClient(t, always(200, body)).AvatarGroup(t.Context(), "g")
		switch {
		case err != nil || got.CreatedAt.IsZero() != (want == ""):
			t.Errorf("%s: %v, %v", value, got.CreatedAt, err)
		case want != "" && got.CreatedAt.Format(time.RFC3339Nano) != want:
			t.Errorf("%s: %v", value, got.CreatedAt)
		}
	}
}

func TestListAvatarGroupsSkipsAndLogsInvalidGroups(t *testing.T) {
	expectSkipped(t, "GET /v3/avatars", heygen.AvatarGroupsParams{}, map[string]string{
		"a number":        `7`,
		"null":            `null`,
		"a list":          `[{"id":"g"}]`,
		"no id":           `{"name":"G","looks_count":1,"created_at":1}`,
		"an empty id":     `{"id":"","name":"G","looks_count":1,"created_at":1}`,
		"null for an id":  `{"id":null,"name":"G","looks_count":1,"created_at":1}`,
		"a number for id": `{"id":7,"name":4,"looks_count":"many","created_at":1}`,
	})
}
