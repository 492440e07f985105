package sandbox_test

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"heygen-graphql/heygen/sandbox"
)

func TestVoicesExceedThreePages(t *testing.T) {
	of, ids := map[sandbox.Ownership]int{}, map[string]bool{}
	for _, v := range sandbox.New(sandbox.Options{}).Voices() {
		of[v.Type]++
		ids[v.ID] = true
	}
	if of[sandbox.Public] <= 300 || of[sandbox.Private] != 20 || len(of) != 2 || len(ids) != of[sandbox.Public]+20 {
		t.Errorf("%v, with %d ids", of, len(ids))
	}
}

func TestVoicesVary(t *testing.T) {
	languages, genders, times := map[string]int{}, map[string]int{}, map[float64]int{}
	readable, escaped, largest := 0, 0, 0
	for _, v := range sandbox.New(sandbox.Options{}).Voices() {
		languages[v.Language]++
		genders[v.Gender]++
		times[v.CreatedAt]++
		largest = max(largest, times[v.CreatedAt])
		switch {
		case url.PathEscape(v.ID) != v.ID:
			escaped++
		case !regexp.MustCompile(`^[0-9a-f]{32}$`).MatchString(v.ID):
			readable++
		}
	}
	if len(languages) < 15 || languages["English"] < 50 {
		t.Errorf("languages: %v", languages)
	}
	for _, want := range []string{"female", "Female", "woman", "male", "Male", "man", "unknown"} {
		if genders[want] == 0 {
			t.Errorf("no voice is %s: %v", want, genders)
		}
	}
	if escaped < 2 || escaped > 5 || readable < 3 || readable > 20 {
		t.Errorf("%d ids need escaping, %d are readable", escaped, readable)
	}
	if largest <= 100 {
		t.Errorf("%d voices share a creation time: want more than the largest page holds", largest)
	}
}

func TestSampleURLsAreServedExternalOrNull(t *testing.T) {
	all := sandbox.New(sandbox.Options{}).Voices()
	null, n := percentage(all, func(v sandbox.Voice) bool { return v.PreviewAudioURL == nil })
	_, absent := percentage(all, func(v sandbox.Voice) bool {
		return v.PreviewAudioURL == nil && slices.Contains(v.Absent, "preview_audio_url")
	})
	internal, _ := percentage(all, func(v sandbox.Voice) bool {
		return v.PreviewAudioURL != nil && strings.HasPrefix(*v.PreviewAudioURL, "s3://")
	})
	served, _ := percentage(all, func(v sandbox.Voice) bool {
		return v.PreviewAudioURL != nil && *v.PreviewAudioURL == "/samples/"+url.PathEscape(v.ID)+".wav"
	})
	if null < 6 || null > 16 || internal < 5 || internal > 11 || null+internal+served < 99.9 || absent == 0 || absent == n {
		t.Errorf("%.1f %% null (%d of %d absent), %.1f %% s3, %.1f %% served here", null, absent, n, internal, served)
	}
}

func TestOnlyPrivateVoicesAreIncomplete(t *testing.T) {
	private := map[string]int{}
	for _, v := range sandbox.New(sandbox.Options{}).Voices() {
		status := ""
		if v.Status != nil {
			status = *v.Status
		}
		if v.Type == sandbox.Private {
			private[status]++
		} else if status != "" && status != "complete" {
			t.Errorf("%s is public and %s", v.ID, status)
		}
		if (v.FailureMessage != nil) != (status == "failed") {
			t.Errorf("%s is %q, with the message %v", v.ID, status, v.FailureMessage)
		}
	}
	if len(private) != 3 || min(private["complete"], private["processing"], private["failed"]) < 2 {
		t.Errorf("private: %v", private)
	}
}

func TestFewDefaultVoicesDoNotExist(t *testing.T) {
	box, voices := sandbox.New(sandbox.Options{}), map[string]bool{}
	for _, v := range box.Voices() {
		voices[v.ID] = true
	}
	var defaultIDs []string
	for _, g := range box.Groups() {
		if g.DefaultVoiceID != nil {
			defaultIDs = append(defaultIDs, *g.DefaultVoiceID)
		}
	}
	missing, _ := percentage(defaultIDs, func(id string) bool { return !voices[id] })
	if missing < 4 || missing > 8 {
		t.Errorf("%.1f %% do not exist: want about 6", missing)
	}
	for _, id := range defaultIDs {
		if w := get(t, box, "/v3/voices/"+url.PathEscape(id)); (w.Code == 404) == voices[id] {
			t.Errorf("%s: %d", id, w.Code)
		}
	}
}
