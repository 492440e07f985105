package sandbox

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"testing/synctest"
	"time"
)

// endedIDs returns the outcome of each training that has ended, by "group <id>" or "look <id>".
func endedIDs(box *Sandbox) map[string]string {
	ended := map[string]string{}
	add := func(key, avatarType string, status *string) {
		prefix := "instant_avatar."
		if avatarType == PhotoAvatar {
			prefix = "photo_avatar_train."
		}
		if status != nil && *status == completed {
			ended[key] = prefix + "success"
		} else if status != nil && *status == failed {
			ended[key] = prefix + "fail"
		}
	}
	for _, g := range box.Groups() {
		add("group "+g.ID, g.AvatarType, g.Status)
	}
	for _, l := range box.Looks() {
		add("look "+l.ID, l.AvatarType, l.Status)
	}
	return ended
}

func TestEachTrainingThatEndsIsOneEvent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const limit = 100 * time.Second
		box := New(Options{TrainingDuration: limit})
		for i := range 20 {
			for _, kind := range []string{DigitalTwin, PhotoAvatar} {
				box.AddGroups(Group{ID: fmt.Sprint(kind, i), AvatarType: kind, Status: new(processing), LooksCount: 2})
				box.AddLooks(Look{ID: fmt.Sprint("only ", kind, i), AvatarType: kind, Status: new(pendingConsent)})
			}
		}
		before, after, events := endedIDs(box), time.Now(), map[string]int{}
		for range 3 * 20 {
			<-time.After(limit / 20)
			now, ended := time.Now(), endedIDs(box)
			want := map[string]string{}
			for key, outcome := range ended {
				if before[key] == "" {
					want[key] = outcome
				}
			}
			got := map[string]string{}
			for _, e := range box.trainingEvents(after, now) {
				group, look := e.Data["group_id"]+e.Data["avatar_group_id"], e.Data["look_id"]+e.Data["avatar_id"]
				key := "group " + group
				if look != "" {
					key = "look " + look
				}
				got[key] = e.Type
				events[e.Type]++
			}
			if !maps.Equal(got, want) {
				t.Errorf("after %v: %v, want %v", now.Sub(box.started), got, want)
			}
			before, after = ended, now
		}
		kinds := slices.Sorted(maps.Keys(events))
		if want := []string{"instant_avatar.fail", "instant_avatar.success", "photo_avatar_train.fail", "photo_avatar_train.success"}; !slices.Equal(kinds, want) {
			t.Errorf("%v", events)
		}
	})
}

func TestLooksOfGeneratedGroupsCauseNoEvents(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		groups := len(New(Options{}).Groups())
		small, large := New(Options{TrainingDuration: time.Minute}), New(Options{TrainingDuration: time.Minute, GroupCount: groups + 100})
		start := time.Now()
		<-time.After(time.Hour)
		want, got := small.trainingEvents(start, time.Now()), large.trainingEvents(start, time.Now())
		if len(want) == 0 || len(got) != len(want) {
			t.Errorf("%d events, want %d", len(got), len(want))
		}
	})
}
