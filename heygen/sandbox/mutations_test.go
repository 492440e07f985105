package sandbox_test

import (
	"fmt"
	"net/url"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"heygen-graphql/heygen/sandbox"
)

func looksCountOf(box *sandbox.Sandbox, group string) int {
	for _, g := range box.Groups() {
		if g.ID == group {
			return g.LooksCount
		}
	}
	return -1
}

func TestAddAndRemoveGroupIncludeItsLooks(t *testing.T) {
	box := sandbox.New(sandbox.Options{})
	before := box.Looks()
	x := sandbox.Group{ID: "x", Name: "X", LooksCount: 70, CreatedAt: 3e9, Ownership: sandbox.Private}
	box.AddGroups(x)
	first := lookIDsOf(box, "x")
	if len(first) != 70 || len(itemIDs(t, walkPages(t, box, "/v3/avatars/looks", url.Values{"group_id": {"x"}})...)) != 70 {
		t.Errorf("it has %d looks", len(first))
	}
	for _, l := range box.Looks()[:70] {
		if *l.GroupID != "x" || l.Ownership != sandbox.Private || l.AvatarType != sandbox.DigitalTwin {
			t.Errorf("%+v", l)
		}
	}
	box.RemoveGroups("x", "unknown")
	if diff := cmp.Diff(before, box.Looks()); diff != "" {
		t.Errorf("after Remove: %s", diff)
	}
	box.AddGroups(x)
	if diff := cmp.Diff(first, lookIDsOf(box, "x")); diff != "" {
		t.Errorf("different looks the second time: %s", diff)
	}
	assertLooksCounts(t, box)
}

func TestReplacedGroupKeepsItsLooks(t *testing.T) {
	box := sandbox.New(sandbox.Options{})
	x := sandbox.Group{ID: "x", Name: "X", LooksCount: 3, CreatedAt: 3e9, Status: new("processing")}
	box.AddGroups(x)
	before := lookIDsOf(box, "x")
	box.AddLooks(sandbox.Look{ID: "added", GroupID: new("x"), Name: "Mine", CreatedAt: 4e9})
	box.RemoveLooks(before[1])
	for _, c := range []struct {
		count int
		want  []string
	}{
		{3, []string{"added", before[0], before[2]}},
		{4, []string{"added", before[0], before[1], before[2]}}, // the removed look is generated again
		{2, []string{"added", before[0]}},
		{1, []string{"added"}},
		{0, []string{"added"}}, // an added look counts whatever LooksCount says
		{-1, []string{"added"}},
	} {
		x.LooksCount, x.Status, x.Name = c.count, new("completed"), "Renamed"
		box.AddGroups(x)
		got := lookIDsOf(box, "x")
		slices.Sort(got)
		slices.Sort(c.want)
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%d looks: %s", c.count, diff)
		}
		for _, l := range box.Looks() {
			if pointsTo(l.GroupID, "x") && pointsTo(l.Status, "processing") && l.PreviewImageURL == nil {
				t.Errorf("the group has completed its training, and %s has not", l.ID)
			}
			if pointsTo(l.GroupID, "x") && l.ID == "added" && l.Name != "Mine" {
				t.Errorf("the added look is now %q", l.Name)
			}
		}
		assertLooksCounts(t, box)
	}
}

func TestReplacedDemoGroupKeepsItsLooks(t *testing.T) {
	box := sandbox.New(sandbox.Options{})
	g := box.Groups()[0]
	g.Name = "Monika"
	box.AddGroups(g)
	if diff := cmp.Diff([]string{"monica_office", "monica_sofa", "monica_street"}, lookIDsOf(box, "group_monica")); diff != "" {
		t.Error(diff)
	}
}

func TestLooksCountFollowsAddedAndRemovedLooks(t *testing.T) {
	box := sandbox.New(sandbox.Options{})
	box.AddGroups(sandbox.Group{ID: "x", CreatedAt: 3e9}, sandbox.Group{ID: "y"})
	for i := range 5 {
		box.AddLooks(sandbox.Look{ID: fmt.Sprint(i), GroupID: new("x")}, sandbox.Look{ID: "orphan"}, sandbox.Look{ID: "of unknown group", GroupID: new("unknown")})
	}
	if n := looksCountOf(box, "x"); n != 5 {
		t.Errorf("five were added, and there are %d", n)
	}
	box.AddLooks(sandbox.Look{ID: "3", GroupID: new("y")}, sandbox.Look{ID: "4"}) // these leave x
	assertLooksCounts(t, box)
	box.RemoveLooks("0", "orphan", "no such id")
	if x, y := looksCountOf(box, "x"), looksCountOf(box, "y"); x != 2 || y != 1 {
		t.Errorf("x has %d looks, want 2; y has %d, want 1", x, y)
	}
	box.RemoveLooks("monica_sofa")
	if n := looksCountOf(box, "group_monica"); n != 2 {
		t.Errorf("Monica has %d looks", n)
	}
	assertLooksCounts(t, box)

	box.RemoveGroups("unknown") // the group does not exist, so its look stays
	box.AddGroups(sandbox.Group{ID: "unknown"})
	if n := looksCountOf(box, "unknown"); n != 1 {
		t.Errorf("a group added after its look has %d looks", n)
	}
	assertLooksCounts(t, box)
}

func TestAddedPhotoGroupSharesIDWithItsNewestLook(t *testing.T) {
	box := sandbox.New(sandbox.Options{})
	box.AddGroups(sandbox.Group{ID: "a photo", LooksCount: 2, AvatarType: sandbox.PhotoAvatar, CreatedAt: 3e9})
	if got := lookIDsOf(box, "a photo"); len(got) != 2 || got[0] != "a photo" {
		t.Errorf("%q", got)
	}
}

func TestAddVoicesAndRemoveVoices(t *testing.T) {
	box, other := sandbox.New(sandbox.Options{}), sandbox.New(sandbox.Options{})
	before := box.Voices()
	box.AddVoices(sandbox.Voice{ID: "old", CreatedAt: 1}, sandbox.Voice{ID: "new", CreatedAt: 3e9})
	box.AddVoices(sandbox.Voice{ID: "old", Name: "Renamed", CreatedAt: 4e9})
	after := box.Voices()
	if len(after) != len(before)+2 || after[0].Name != "Renamed" || after[1].ID != "new" || after[1].Type != sandbox.Public {
		t.Errorf("%d voices: %+v", len(after), after[:2])
	}
	box.RemoveVoices("old", "new", "no such id")
	if diff := cmp.Diff(before, box.Voices()); diff != "" {
		t.Errorf("after RemoveVoices: %s", diff)
	}
	if diff := cmp.Diff(before, other.Voices()); diff != "" {
		t.Errorf("one sandbox changed another: %s", diff)
	}
}

func TestSandboxesAreIsolated(t *testing.T) {
	box, other := sandbox.New(sandbox.Options{}), sandbox.New(sandbox.Options{})
	looks, groups := other.Looks(), other.Groups()
	for _, g := range box.Groups()[:100] {
		box.RemoveGroups(g.ID)
	}
	box.AddGroups(sandbox.Group{ID: groups[200].ID, LooksCount: 1})
	box.AddLooks(sandbox.Look{ID: looks[9].ID, GroupID: new(groups[300].ID), CreatedAt: 1})
	ofGroups := func(box *sandbox.Sandbox) (all []string) {
		for _, g := range groups[400:450] {
			all = append(all, itemIDs(t, get(t, box, "/v3/avatars/looks?group_id="+url.QueryEscape(g.ID)).Body.Bytes())...)
		}
		return all
	}
	want := ofGroups(other)
	for i, g := range groups[400:450] {
		box.AddLooks(sandbox.Look{ID: fmt.Sprint(i), GroupID: &g.ID, CreatedAt: 5e9})
	}
	assertLooksCounts(t, box)
	for _, untouched := range []*sandbox.Sandbox{other, sandbox.New(sandbox.Options{})} {
		if diff := cmp.Diff(want, ofGroups(untouched)); diff != "" {
			t.Errorf("looks of some groups: %s", diff)
		}
		if diff := cmp.Diff(looks, untouched.Looks()); diff != "" {
			t.Errorf("looks: %s", diff)
		}
		if diff := cmp.Diff(groups, untouched.Groups()); diff != "" {
			t.Errorf("groups: %s", diff)
		}
	}
}

func TestLooksAreDeepCopied(t *testing.T) {
	full := func() sandbox.Look {
		return sandbox.Look{
			ID: "x", Name: "X", GroupID: new("g"), Ownership: sandbox.Private, AvatarType: "t", Gender: new("g"), PreviewImageURL: new("/i"),
			PreviewVideoURL: new("/v"), DefaultVoiceID: new("d"), Tags: []string{"a", "b"}, SupportedAPIEngines: []string{"e"},
			ImageWidth: new(1), ImageHeight: new(2), PreferredOrientation: new("o"), Status: new("failed"),
			Error: &sandbox.TrainingError{Code: "c", Message: "m"}, CreatedAt: 4e9, Absent: []string{"a"},
		}
	}
	overwrite := func(l sandbox.Look) {
		for _, p := range []*string{
			l.GroupID, l.Gender, l.PreviewImageURL, l.PreviewVideoURL, l.DefaultVoiceID, &l.Tags[0], &l.Tags[1],
			&l.SupportedAPIEngines[0], l.PreferredOrientation, l.Status, &l.Error.Code, &l.Error.Message, &l.Absent[0],
		} {
			*p = "overwritten"
		}
		*l.ImageWidth, *l.ImageHeight = 0, 0
	}
	box, in := sandbox.New(sandbox.Options{}), full()
	box.AddLooks(in)
	overwrite(in)
	if diff := cmp.Diff(full(), box.Looks()[0]); diff != "" {
		t.Errorf("changing the argument of AddLooks changed the sandbox: %s", diff)
	}
	overwrite(box.Looks()[0])
	if diff := cmp.Diff(full(), box.Looks()[0]); diff != "" {
		t.Errorf("changing the result of Looks changed the sandbox: %s", diff)
	}
}

func TestVoicesAreDeepCopied(t *testing.T) {
	full := func() sandbox.Voice {
		return sandbox.Voice{
			ID: "x", Name: "X", Language: "l", Gender: "g", Type: sandbox.Private, Engines: []string{"e"}, SupportPause: true,
			SupportLocale: true, SupportInteractiveAvatar: new(true), PreviewAudioURL: new("/a"), Status: new("failed"),
			FailureMessage: new("m"), CreatedAt: 4e9, CreatedAtUnknown: true, Absent: []string{"a"},
		}
	}
	overwrite := func(v sandbox.Voice) {
		for _, p := range []*string{&v.Engines[0], v.PreviewAudioURL, v.Status, v.FailureMessage, &v.Absent[0]} {
			*p = "overwritten"
		}
		*v.SupportInteractiveAvatar = false
	}
	box, in := sandbox.New(sandbox.Options{}), full()
	box.AddVoices(in)
	overwrite(in)
	if diff := cmp.Diff(full(), box.Voices()[0]); diff != "" {
		t.Errorf("changing the argument of AddVoices changed the sandbox: %s", diff)
	}
	overwrite(box.Voices()[0])
	if diff := cmp.Diff(full(), box.Voices()[0]); diff != "" {
		t.Errorf("changing the result of Voices changed the sandbox: %s", diff)
	}
}

func TestLooksAndVoicesAreInListOrder(t *testing.T) {
	box := sandbox.New(sandbox.Options{})
	if !slices.IsSortedFunc(box.Looks(), func(a, b sandbox.Look) int {
		return compareListOrder(a.CreatedAt, b.CreatedAt, a.ID, b.ID)
	}) {
		t.Error("looks are not newest first, then by id")
	}
	if !slices.IsSortedFunc(box.Voices(), func(a, b sandbox.Voice) int {
		return compareListOrder(a.CreatedAt, b.CreatedAt, a.ID, b.ID)
	}) {
		t.Error("voices are not newest first, then by id")
	}
}

func compareListOrder(a, b float64, idA, idB string) int {
	switch {
	case a > b || a == b && idA < idB:
		return -1
	case a == b && idA == idB:
		return 0
	}
	return 1
}
