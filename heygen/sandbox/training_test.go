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

// timeline records the statuses of a resource, and the time of each change.
type timeline struct {
	statuses      []string
	changedAfter  []time.Duration
	previewsAfter time.Duration // when it first had a preview; -1: never
}

func (s *timeline) observe(status *string, preview bool, now time.Duration) {
	last := ""
	if status != nil {
		last = *status
	}
	if len(s.statuses) == 0 {
		s.previewsAfter = -1
	}
	if len(s.statuses) == 0 || s.statuses[len(s.statuses)-1] != last {
		s.statuses, s.changedAfter = append(s.statuses, last), append(s.changedAfter, now)
	}
	if preview && s.previewsAfter < 0 {
		s.previewsAfter = now
	}
}

func (s *timeline) last() (status string, after time.Duration) {
	return s.statuses[len(s.statuses)-1], s.changedAfter[len(s.changedAfter)-1]
}

const trainingTime = 100 * time.Second

// watchTraining observes a sandbox every second until every training has ended.
func watchTraining(t *testing.T, box *sandbox.Sandbox) (groups, looks, voices map[string]*timeline) {
	groups, looks, voices = map[string]*timeline{}, map[string]*timeline{}, map[string]*timeline{}
	of := func(all map[string]*timeline, id string) *timeline {
		if all[id] == nil {
			all[id] = &timeline{}
		}
		return all[id]
	}
	for now := time.Duration(0); now <= 2*trainingTime; now += time.Second {
		for _, g := range box.Groups() {
			of(groups, g.ID).observe(g.Status, g.PreviewImageURL != nil, now)
		}
		for _, l := range box.Looks() {
			of(looks, l.ID).observe(l.Status, l.PreviewImageURL != nil && l.ImageWidth != nil && l.ImageHeight != nil, now)
		}
		for _, v := range box.Voices() {
			of(voices, v.ID).observe(v.Status, v.PreviewAudioURL != nil, now)
		}
		sleep(t, time.Second)
	}
	return groups, looks, voices
}

// fillWithTraining replaces the content of a sandbox with many resources in training.
func fillWithTraining(box *sandbox.Sandbox) {
	for _, g := range box.Groups() {
		box.RemoveGroups(g.ID)
	}
	for _, l := range box.Looks() {
		box.RemoveLooks(l.ID)
	}
	for _, v := range box.Voices() {
		box.RemoveVoices(v.ID)
	}
	for i := range 60 {
		box.AddGroups(
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

func TestStatusesNeverChangeWithoutTrainingDuration(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		box := sandbox.New(sandbox.Options{})
		groups, looks, voices := box.Groups(), box.Looks(), box.Voices()
		sleep(t, 1000*time.Hour)
		if diff := cmp.Diff(groups, box.Groups()) + cmp.Diff(looks, box.Looks()) + cmp.Diff(voices, box.Voices()); diff != "" {
			t.Error(diff)
		}
	})
}

func TestTrainingEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		box := sandbox.New(sandbox.Options{TrainingDuration: trainingTime})
		sleep(t, time.Hour) // training starts when a resource is added, not when the sandbox is created
		fillWithTraining(box)
		groups, looks, voices := watchTraining(t, box)
		ends, failures, all := map[time.Duration]bool{}, 0, 0
		for kind, timelines := range map[string]map[string]*timeline{"group": groups, "look": looks, "voice": voices} {
			for id, s := range timelines {
				all++
				end, after := s.last()
				ends[after] = true
				if end == "failed" {
					failures++
				}
				want := []string{"processing", end}
				limit := trainingTime
				if s.statuses[0] == "pending_consent" {
					want = []string{"pending_consent", "processing", end}
					limit *= 2
					if s.changedAfter[1] > trainingTime {
						t.Errorf("%s %s: consent is given after %v", kind, id, s.changedAfter[1])
					}
				}
				if kind == "voice" && end != "complete" || kind != "voice" && end != "completed" && end != "failed" ||
					!slices.Equal(s.statuses, want) || after > limit || after < trainingTime/10 {
					t.Errorf("%s %s: %q after %v", kind, id, s.statuses, s.changedAfter)
				}
				begin := s.changedAfter[len(s.changedAfter)-2]
				if half := begin + (after-begin)/2; end == "failed" && s.previewsAfter >= 0 ||
					end != "failed" && (s.previewsAfter < half-time.Second || s.previewsAfter > half+time.Second) {
					t.Errorf("%s %s: %q after %v, and its preview after %v", kind, id, s.statuses, s.changedAfter, s.previewsAfter)
				}
			}
		}
		if all != 120+240+60 || len(ends) < 60 || failures < all/10 || failures > all/4 {
			t.Errorf("of %d, %d failed; they ended at %d different times", all, failures, len(ends))
		}
		for _, g := range box.Groups() {
			if (g.Error != nil) != pointsTo(g.Status, "failed") || !pointsTo(g.ConsentStatus, endConsent(g.ID)) {
				t.Errorf("in the end %+v", g)
			}
		}
		for _, l := range box.Looks() {
			if (l.Error != nil) != pointsTo(l.Status, "failed") {
				t.Errorf("in the end %+v", l)
			}
		}
	})
}

// endConsent returns the consent in the end: a requested one is accepted, and any other stays as it was.
func endConsent(group string) string {
	if strings.HasPrefix(group, "pending") {
		return "accepted"
	}
	return "approved"
}

func TestTrainingWaitsForeverOnceConsentIsRejected(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		box := sandbox.New(sandbox.Options{TrainingDuration: trainingTime})
		box.AddGroups(sandbox.Group{ID: "x", Status: new("pending_consent"), ConsentStatus: new("rejected"), LooksCount: 1, CreatedAt: 3e9})
		look := "/v3/avatars/looks/" + url.PathEscape(lookIDsOf(box, "x")[0])
		sleep(t, time.Hour)
		group := "/v3/avatars/x"
		got := []string{dataField(t, box, group, "status"), dataField(t, box, group, "consent_status"), dataField(t, box, look, "status")}
		if want := []string{"pending_consent", "rejected", "pending_consent"}; !slices.Equal(got, want) {
			t.Errorf("%q", got)
		}
	})
}

func TestLookInTrainingFollowsItsGroup(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		box := sandbox.New(sandbox.Options{TrainingDuration: trainingTime})
		fillWithTraining(box)
		groups, looks, _ := watchTraining(t, box)
		ended := map[string]int{}
		for _, l := range box.Looks() {
			if l.GroupID == nil {
				continue
			}
			ended[*l.Status]++
			if diff := cmp.Diff(groups[*l.GroupID], looks[l.ID], cmp.AllowUnexported(timeline{})); diff != "" {
				t.Errorf("%s: %s", *l.GroupID, diff)
			}
		}
		if ended["completed"] < 60 || ended["failed"] < 10 {
			t.Errorf("%v", ended)
		}

		box.AddLooks(sandbox.Look{ID: "late", GroupID: new("processing 1"), Status: new("processing")})
		if l := box.Looks(); !pointsTo(l[slices.IndexFunc(l, func(l sandbox.Look) bool { return l.ID == "late" })].Status, "processing") {
			t.Error("a look added after the training of its group is completed at once")
		}
	})
}

func TestCatalogueCompletesTraining(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		box, unchanged := sandbox.New(sandbox.Options{TrainingDuration: trainingTime}), sandbox.New(sandbox.Options{})
		if diff := cmp.Diff(unchanged.Groups(), box.Groups()) + cmp.Diff(unchanged.Looks(), box.Looks()); diff != "" {
			t.Errorf("at the start: %s", diff)
		}
		sleep(t, 2*trainingTime)
		for i, g := range unchanged.Groups() {
			if now := box.Groups()[i]; !pointsTo(g.Status, "processing") && !pointsTo(g.Status, "pending_consent") {
				if diff := cmp.Diff(g, now); diff != "" {
					t.Errorf("a resource that is not in training has changed: %s", diff)
				}
			} else if !pointsTo(now.Status, "completed") && !pointsTo(now.Status, "failed") {
				t.Errorf("%s is still %s", g.ID, *now.Status)
			}
		}
		for _, l := range box.Looks() {
			if pointsTo(l.Status, "processing") || pointsTo(l.Status, "pending_consent") {
				t.Errorf("%s is still %s", l.ID, *l.Status)
			}
		}
		if l := box.Looks()[2]; l.ID != "monica_street" || !pointsTo(l.Status, "completed") && !pointsTo(l.Status, "failed") {
			t.Errorf("%+v", l)
		}
		assertLooksCounts(t, box)
	})
}

func TestPollingObservesTraining(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		box := sandbox.New(sandbox.Options{TrainingDuration: trainingTime})
		id := ""
		for i := 0; id == ""; i++ { // the first that completes
			other := sandbox.New(sandbox.Options{TrainingDuration: time.Nanosecond})
			other.AddGroups(sandbox.Group{ID: fmt.Sprint(i), Status: new("processing")})
			sleep(t, time.Second)
			if dataField(t, other, "/v3/avatars/"+fmt.Sprint(i), "status") == "completed" {
				id = fmt.Sprint(i)
			}
		}
		box.AddGroups(sandbox.Group{
			ID: id, Status: new("processing"), LooksCount: 1, CreatedAt: 3e9,
			Absent: []string{"preview_image_url", "preview_video_url", "error"},
		})
		box.AddVoices(sandbox.Voice{ID: "v", Status: new("processing"), CreatedAt: 3e9})
		look := url.PathEscape(lookIDsOf(box, id)[0])
		for _, path := range []string{"/v3/avatars/" + id, "/v3/avatars/looks/" + look, "/v3/voices/v"} {
			if got := dataField(t, box, path, "status"); got != "processing" {
				t.Errorf("%s is %q", path, got)
			}
		}
		sleep(t, trainingTime)
		for path, shape := range map[string]schema{
			"/v3/avatars/" + id: singleGroupSchema, "/v3/avatars/looks/" + look: dataOf(lookSchema), "/v3/voices/v": dataOf(singleVoiceSchema),
		} {
			if got := dataField(t, box, path, "status"); got != "completed" && path != "/v3/voices/v" || !strings.HasPrefix(got, "complete") {
				t.Errorf("%s is %q", path, got)
			}
			if found := violations(shape, get(t, box, path).Body.Bytes()); found != nil {
				t.Errorf("%s: %q", path, found)
			}
			for _, key := range []string{"preview_image_url", "preview_video_url", "preview_audio_url"} {
				of := dataField(t, box, path, key)
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
