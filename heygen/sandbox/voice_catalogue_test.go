package sandbox_test

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"heygen-graphql/heygen/sandbox"
)

func TestVoicesAreMoreThanThreePages(t *testing.T) {
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
	readable, escaped, most := 0, 0, 0
	for _, v := range sandbox.New(sandbox.Options{}).Voices() {
		languages[v.Language]++
		genders[v.Gender]++
		times[v.CreatedAt]++
		most = max(most, times[v.CreatedAt])
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
		t.Errorf("%d ids have to be escaped, %d can be read", escaped, readable)
	}
	if most <= 100 {
		t.Errorf("%d voices share a second: want more than the largest page holds", most)
	}
}

func TestSamplesAreHereElsewhereOrNowhere(t *testing.T) {
	all := sandbox.New(sandbox.Options{}).Voices()
	null, n := portion(all, func(v sandbox.Voice) bool { return v.PreviewAudioURL == nil })
	_, absent := portion(all, func(v sandbox.Voice) bool {
		return v.PreviewAudioURL == nil && slices.Contains(v.Absent, "preview_audio_url")
	})
	inside, _ := portion(all, func(v sandbox.Voice) bool {
		return v.PreviewAudioURL != nil && strings.HasPrefix(*v.PreviewAudioURL, "s3://")
	})
	here, _ := portion(all, func(v sandbox.Voice) bool {
		return v.PreviewAudioURL != nil && *v.PreviewAudioURL == "/samples/"+url.PathEscape(v.ID)+".wav"
	})
	if null < 6 || null > 16 || inside < 5 || inside > 11 || null+inside+here < 99.9 || absent == 0 || absent == n {
		t.Errorf("%.1f %% null (%d of %d absent), %.1f %% s3, %.1f %% here", null, absent, n, inside, here)
	}
}

func TestAVoiceIsCompleteOrACloneOnItsWay(t *testing.T) {
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

func TestAFewDefaultVoicesOfGroupsAreGone(t *testing.T) {
	box, voices := sandbox.New(sandbox.Options{}), map[string]bool{}
	for _, v := range box.Voices() {
		voices[v.ID] = true
	}
	var speaking []string
	for _, g := range box.Groups() {
		if g.DefaultVoiceID != nil {
			speaking = append(speaking, *g.DefaultVoiceID)
		}
	}
	gone, _ := portion(speaking, func(id string) bool { return !voices[id] })
	if gone < 4 || gone > 8 {
		t.Errorf("%.1f %% are gone: want about 6", gone)
	}
	for _, id := range speaking {
		if w := get(t, box, "/v3/voices/"+url.PathEscape(id)); (w.Code == 404) == voices[id] {
			t.Errorf("%s: %d", id, w.Code)
		}
	}
}
