package sandbox_test

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"heygen-graphql/heygen/sandbox"
)

// story is what became of one thing: each status it had, and after how long.
type story struct {
	statuses []string
	after    []time.Duration
	shown    time.Duration // when its preview was first there; -1: never
}

func (s *story) see(status *string, preview bool, now time.Duration) {
	last := ""
	if status != nil {
		last = *status
	}
	if len(s.statuses) == 0 {
		s.shown = -1
	}
	if len(s.statuses) == 0 || s.statuses[len(s.statuses)-1] != last {
		s.statuses, s.after = append(s.statuses, last), append(s.after, now)
	}
	if preview && s.shown < 0 {
		s.shown = now
	}
}

func (s *story) end() (status string, after time.Duration) {
	return s.statuses[len(s.statuses)-1], s.after[len(s.after)-1]
}

const trainingTime = 100 * time.Second

// stories watches a sandbox second by second until every training is over.
func stories(t *testing.T, box *sandbox.Sandbox) (groups, looks, voices map[string]*story) {
	groups, looks, voices = map[string]*story{}, map[string]*story{}, map[string]*story{}
	of := func(all map[string]*story, id string) *story {
		if all[id] == nil {
			all[id] = &story{}
		}
		return all[id]
	}
	for now := time.Duration(0); now <= 2*trainingTime; now += time.Second {
		for _, g := range box.Groups() {
			of(groups, g.ID).see(g.Status, g.PreviewImageURL != nil, now)
		}
		for _, l := range box.Looks() {
			of(looks, l.ID).see(l.Status, l.PreviewImageURL != nil && l.ImageWidth != nil && l.ImageHeight != nil, now)
		}
		for _, v := range box.Voices() {
			of(voices, v.ID).see(v.Status, v.PreviewAudioURL != nil, now)
		}
		sleep(t, time.Second)
	}
	return groups, looks, voices
}

// inTraining fills a sandbox that is otherwise empty with many things in training.
func inTraining(box *sandbox.Sandbox) {
	for _, g := range box.Groups() {
		box.Remove(g.ID)
	}
	for _, l := range box.Looks() {
		box.RemoveLooks(l.ID)
	}
	for _, v := range box.Voices() {
		box.RemoveVoices(v.ID)
	}
	for i := range 60 {
		box.Add(
			sandbox.Group{ID: fmt.Sprint("processing ", i), Status: new("processing"), ConsentStatus: new("approved"), LooksCount: 1},
			sandbox.Group{ID: fmt.Sprint("pending ", i), Status: new("pending_consent"), ConsentStatus: new("pending"), LooksCount: 1},
		)
		box.AddLooks(
			sandbox.Look{ID: fmt.Sprint("processing look ", i), Status: new("processing")},
			sandbox.Look{ID: fmt.Sprint("pending look ", i), Status: new("pending_consent")},
		)
		box.AddVoices(sandbox.Voice{ID: fmt.Sprint("processing voice ", i), Status: new("processing")})
	}
}

func TestStatusesStandStillUnlessTrainingTakesItsTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		box := sandbox.New(sandbox.Options{})
		groups, looks, voices := box.Groups(), box.Looks(), box.Voices()
		sleep(t, 1000*time.Hour)
		if diff := cmp.Diff(groups, box.Groups()) + cmp.Diff(looks, box.Looks()) + cmp.Diff(voices, box.Voices()); diff != "" {
			t.Error(diff)
		}
	})
}

func TestATrainingEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		box := sandbox.New(sandbox.Options{TrainingDuration: trainingTime})
		sleep(t, time.Hour) // what was added counts from then, not from when the sandbox was made
		inTraining(box)
		groups, looks, voices := stories(t, box)
		ends, failures, all := map[time.Duration]bool{}, 0, 0
		for kind, stories := range map[string]map[string]*story{"group": groups, "look": looks, "voice": voices} {
			for id, s := range stories {
				all++
				end, after := s.end()
				ends[after] = true
				if end == "failed" {
					failures++
				}
				want := []string{"processing", end}
				longest := trainingTime
				if s.statuses[0] == "pending_consent" {
					want = []string{"pending_consent", "processing", end}
					longest *= 2
					if s.after[1] > trainingTime {
						t.Errorf("%s %s: consent is given after %v", kind, id, s.after[1])
					}
				}
				if kind == "voice" && end != "complete" || kind != "voice" && end != "completed" && end != "failed" ||
					!slices.Equal(s.statuses, want) || after > longest || after < trainingTime/10 {
					t.Errorf("%s %s: %q after %v", kind, id, s.statuses, s.after)
				}
				begin := s.after[len(s.after)-2]
				if half := begin + (after-begin)/2; end == "failed" && s.shown >= 0 ||
					end != "failed" && (s.shown < half-time.Second || s.shown > half+time.Second) {
					t.Errorf("%s %s: %q after %v, and its preview after %v", kind, id, s.statuses, s.after, s.shown)
				}
			}
		}
		if all != 120+240+60 || len(ends) < 60 || failures < all/10 || failures > all/4 {
			t.Errorf("of %d, %d failed; they ended at %d different times", all, failures, len(ends))
		}
		for _, g := range box.Groups() {
			if (g.Error != nil) != has(g.Status, "failed") || !has(g.ConsentStatus, "approved") {
				t.Errorf("in the end %+v", g)
			}
		}
		for _, l := range box.Looks() {
			if (l.Error != nil) != has(l.Status, "failed") {
				t.Errorf("in the end %+v", l)
			}
		}
	})
}

func TestALookInTrainingGoesWithItsGroup(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		box := sandbox.New(sandbox.Options{TrainingDuration: trainingTime})
		inTraining(box)
		groups, looks, _ := stories(t, box)
		ended := map[string]int{}
		for _, l := range box.Looks() {
			if l.GroupID == nil {
				continue
			}
			ended[*l.Status]++
			if diff := cmp.Diff(groups[*l.GroupID], looks[l.ID], cmp.AllowUnexported(story{})); diff != "" {
				t.Errorf("%s: %s", *l.GroupID, diff)
			}
		}
		if ended["completed"] < 60 || ended["failed"] < 10 {
			t.Errorf("%v", ended)
		}

		box.AddLooks(sandbox.Look{ID: "late", GroupID: new("processing 1"), Status: new("processing")})
		if l := box.Looks(); !has(l[slices.IndexFunc(l, func(l sandbox.Look) bool { return l.ID == "late" })].Status, "processing") {
			t.Error("a look that came when its group was done is done at once")
		}
	})
}

func TestTheCatalogueIsTrainedInTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		box, still := sandbox.New(sandbox.Options{TrainingDuration: trainingTime}), sandbox.New(sandbox.Options{})
		if diff := cmp.Diff(still.Groups(), box.Groups()) + cmp.Diff(still.Looks(), box.Looks()); diff != "" {
			t.Errorf("at the start: %s", diff)
		}
		sleep(t, 2*trainingTime)
		for i, g := range still.Groups() {
			if now := box.Groups()[i]; !has(g.Status, "processing") && !has(g.Status, "pending_consent") {
				if diff := cmp.Diff(g, now); diff != "" {
					t.Errorf("what was in no training has changed: %s", diff)
				}
			} else if !has(now.Status, "completed") && !has(now.Status, "failed") {
				t.Errorf("%s is still %s", g.ID, *now.Status)
			}
		}
		for _, l := range box.Looks() {
			if has(l.Status, "processing") || has(l.Status, "pending_consent") {
				t.Errorf("%s is still %s", l.ID, *l.Status)
			}
		}
		if l := box.Looks()[2]; l.ID != "monica_street" || !has(l.Status, "completed") && !has(l.Status, "failed") {
			t.Errorf("%+v", l)
		}
		countsAreTrue(t, box)
	})
}

func TestAPollerSeesATraining(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		box := sandbox.New(sandbox.Options{TrainingDuration: trainingTime})
		id := ""
		for i := 0; id == ""; i++ { // the first that ends well
			other := sandbox.New(sandbox.Options{TrainingDuration: time.Nanosecond})
			other.Add(sandbox.Group{ID: fmt.Sprint(i), Status: new("processing")})
			sleep(t, time.Second)
			if preview(t, other, "/v3/avatars/"+fmt.Sprint(i), "status") == "completed" {
				id = fmt.Sprint(i)
			}
		}
		box.Add(sandbox.Group{
			ID: id, Status: new("processing"), LooksCount: 1, CreatedAt: 3e9,
			Absent: []string{"preview_image_url", "preview_video_url", "error"},
		})
		box.AddVoices(sandbox.Voice{ID: "v", Status: new("processing"), CreatedAt: 3e9})
		look := url.PathEscape(looksOf(box, id)[0])
		for _, path := range []string{"/v3/avatars/" + id, "/v3/avatars/looks/" + look, "/v3/voices/v"} {
			if got := preview(t, box, path, "status"); got != "processing" {
				t.Errorf("%s is %q", path, got)
			}
		}
		sleep(t, trainingTime)
		for path, shape := range map[string]shape{
			"/v3/avatars/" + id: singleShape, "/v3/avatars/looks/" + look: dataOf(lookShape), "/v3/voices/v": dataOf(singleVoiceShape),
		} {
			if got := preview(t, box, path, "status"); got != "completed" && path != "/v3/voices/v" || !strings.HasPrefix(got, "complete") {
				t.Errorf("%s is %q", path, got)
			}
			if wrong := check(shape, get(t, box, path).Body.Bytes()); wrong != nil {
				t.Errorf("%s: %q", path, wrong)
			}
			for _, key := range []string{"preview_image_url", "preview_video_url", "preview_audio_url"} {
				of := preview(t, box, path, key)
				if (of == "") != (strings.Contains(key, "audio") != strings.HasPrefix(path, "/v3/voices")) {
					t.Errorf("%s of %s is %q", key, path, of)
				}
				if of != "" && send(t, box, "GET", strings.TrimPrefix(of, "http://sandbox.test"), nil).Code != 200 {
					t.Errorf("%s is not served", of)
				}
			}
		}
		for _, path := range []string{"/v3/avatars?limit=1", "/v3/avatars/looks?limit=1"} {
			var page struct{ Data []struct{ ID, Status string } }
			if err := json.Unmarshal(get(t, box, path).Body.Bytes(), &page); err != nil || page.Data[0].Status != "completed" {
				t.Errorf("%s: %v %+v", path, err, page.Data)
			}
		}
	})
}
