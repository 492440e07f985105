package heygen_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"heygen-graphql/heygen"
)

func TestUnixTimeIsWrittenAsSeconds(t *testing.T) {
	for want, moment := range map[string]time.Time{
		"0":                       time.Unix(0, 0),
		"1711382400":              time.Date(2024, 3, 25, 16, 0, 0, 0, time.UTC),
		"1711382400.5":            time.Date(2024, 3, 25, 17, 0, 0, 500_000_000, time.FixedZone("", 3600)),
		"1711382400.000001":       time.Unix(1711382400, 1999),
		"1711382400.25":           time.Unix(1711382400, 250_000_000),
		"-0.5":                    time.Unix(0, -500_000_000),
		"-1":                      time.Unix(-1, 0),
		"-1.25":                   time.Unix(-1, -250_000_000),
		"-62135596800":            {}, // year 1
		"253402300799":            time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC),
		"out of range, too late":  time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC),
		"out of range, in UTC":    time.Date(9999, 12, 31, 23, 30, 0, 0, time.FixedZone("", -3600)),
		"out of range, too early": time.Date(0, 12, 31, 23, 59, 59, 0, time.UTC),
	} {
		got, err := json.Marshal(heygen.UnixTime{Time: moment})
		if failed := want[0] == 'o'; failed != (err != nil) || !failed && string(got) != want {
			t.Errorf("%v: %s, %v; want %s", moment, got, err, want)
		}
	}
}

func TestTimesAreUTCWhateverTheMachinesZone(t *testing.T) {
	local := time.Local
	time.Local = time.FixedZone("elsewhere", 5*3600)
	t.Cleanup(func() { time.Local = local })
	for _, text := range []string{"1711382400", "1711382400.5", "1.7113824e9"} {
		var got heygen.UnixTime
		if err := json.Unmarshal([]byte(text), &got); err != nil || got.Location() != time.UTC || got.Hour() != 16 {
			t.Errorf("%s: %v, %v", text, got, err)
		}
	}
}

func TestAnAvatarGroupSurvivesItsOwnJSON(t *testing.T) {
	text := rapid.String()
	maybe := rapid.Ptr(text, true)
	rapid.Check(t, func(r *rapid.T) {
		group := heygen.AvatarGroup{
			ID:              heygen.GroupID(rapid.StringMatching(`[a-z0-9#?+@]{1,32}x`).Draw(r, "id")),
			Name:            text.Draw(r, "name"),
			Gender:          maybe.Draw(r, "gender"),
			PreviewImageURL: maybe.Draw(r, "image"),
			PreviewVideoURL: maybe.Draw(r, "video"),
			LooksCount:      rapid.IntRange(0, 1<<31-1).Draw(r, "looks"),
			ConsentStatus:   maybe.Draw(r, "consent"),
			// Below 2^32 seconds, until 2106, a float64 tells one microsecond from the next.
			CreatedAt: heygen.UnixTime{Time: time.UnixMicro(rapid.Int64Range(-1e6<<32+1, 1e6<<32-1).Draw(r, "microseconds")).UTC()},
		}
		if status := maybe.Draw(r, "status"); status != nil {
			group.Status = new(heygen.TrainingStatus(*status))
		}
		if voice := maybe.Draw(r, "voice"); voice != nil && *voice != "" {
			group.DefaultVoiceID = new(heygen.VoiceID(*voice))
		}
		if code := text.Draw(r, "code"); code != "" {
			group.Error = &heygen.TrainingError{Code: code, Message: text.Draw(r, "message")}
		}
		body, err := json.Marshal(map[string]any{"data": group})
		if err != nil {
			r.Fatal(err)
		}
		got, err := newClient(t, always(200, string(body))).AvatarGroup(t.Context(), group.ID)
		if diff := cmp.Diff(group, got); diff != "" || err != nil {
			r.Fatalf("%s\n%v\n%s", body, err, diff)
		}
	})
}
