package sandbox_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"heygen-graphql/heygen/sandbox"
)

func TestLooksCountMatchesLooksOfEveryGroup(t *testing.T) {
	box := sandbox.New(sandbox.Options{})
	assertLooksCounts(t, box)
	of := map[int]int{}
	for _, g := range box.Groups() {
		of[g.LooksCount]++
	}
	if of[300] != 1 || of[0] < 5 || of[0] > 40 || of[1] < 20 {
		t.Errorf("%d groups have 300 looks, %d none and %d one: want one, some and many", of[300], of[0], of[1])
	}
}

func TestLooksMatchTheirGroups(t *testing.T) {
	box := sandbox.New(sandbox.Options{})
	groups, kinds := map[string]sandbox.Group{}, map[sandbox.Ownership]map[string]int{"public": {}, "private": {}}
	for _, g := range box.Groups() {
		groups[g.ID] = g
		kinds[g.Ownership][g.AvatarType]++
	}
	public, private := kinds[sandbox.Public], kinds[sandbox.Private]
	if 2*public["studio_avatar"] < public["digital_twin"]+public["photo_avatar"] || public["digital_twin"] < 50 || public["photo_avatar"] < 50 ||
		private["studio_avatar"] > 0 || private["digital_twin"] < 20 || private["photo_avatar"] < 5 {
		t.Errorf("public %v, private %v", public, private)
	}
	for _, l := range box.Looks() {
		if l.GroupID == nil {
			continue
		}
		if g := groups[*l.GroupID]; l.AvatarType != g.AvatarType || l.Ownership != g.Ownership || !strings.HasPrefix(strings.TrimSpace(l.Name), strings.TrimSpace(g.Name)+", ") {
			t.Errorf("%q, %s %s, is of %q, %s %s", l.Name, l.Ownership, l.AvatarType, g.Name, g.Ownership, g.AvatarType)
		}
	}
}

func TestPhotoGroupSharesIDWithItsNewestLook(t *testing.T) {
	box, shared := sandbox.New(sandbox.Options{}), 0
	first := map[string]string{}
	for _, l := range slices.Backward(box.Looks()) {
		if l.GroupID != nil {
			first[*l.GroupID] = l.ID
		}
	}
	for _, g := range box.Groups() {
		if g.LooksCount > 0 && (g.AvatarType == sandbox.PhotoAvatar) != (first[g.ID] == g.ID) {
			t.Errorf("%s, %s: the newest look is %s", g.ID, g.AvatarType, first[g.ID])
		}
		if first[g.ID] == g.ID {
			shared++
		}
	}
	if shared < 20 {
		t.Errorf("%d ids are shared", shared)
	}
}

func TestNullableLookFieldsAreSometimesNull(t *testing.T) {
	all := sandbox.New(sandbox.Options{}).Looks()
	for key, null := range map[string]func(sandbox.Look) bool{
		"group_id":              func(l sandbox.Look) bool { return l.GroupID == nil },
		"gender":                func(l sandbox.Look) bool { return l.Gender == nil },
		"preview_image_url":     func(l sandbox.Look) bool { return l.PreviewImageURL == nil },
		"preview_video_url":     func(l sandbox.Look) bool { return l.PreviewVideoURL == nil },
		"default_voice_id":      func(l sandbox.Look) bool { return l.DefaultVoiceID == nil },
		"tags":                  func(l sandbox.Look) bool { return len(l.Tags) == 0 },
		"supported_api_engines": func(l sandbox.Look) bool { return l.SupportedAPIEngines == nil },
		"image_width":           func(l sandbox.Look) bool { return l.ImageWidth == nil },
		"image_height":          func(l sandbox.Look) bool { return l.ImageHeight == nil },
		"preferred_orientation": func(l sandbox.Look) bool { return l.PreferredOrientation == nil },
		"status":                func(l sandbox.Look) bool { return l.Status == nil },
	} {
		share, n := percentage(all, null)
		_, absent := percentage(all, func(l sandbox.Look) bool { return null(l) && slices.Contains(l.Absent, key) })
		if share < 5 || share >= 40 {
			t.Errorf("%s is null in %.1f %% of the looks: want 5 to 40", key, share)
		}
		if absent == 0 || absent == n && key != "supported_api_engines" { // that is never an empty list here
			t.Errorf("%s is absent %d times of %d: want both null and absent", key, absent, n)
		}
	}
}

func TestLooksCoverEveryState(t *testing.T) {
	all := sandbox.New(sandbox.Options{}).Looks()
	studio := slices.DeleteFunc(slices.Clone(all), func(l sandbox.Look) bool { return l.AvatarType != sandbox.StudioAvatar })
	for name, c := range map[string]struct {
		all      []sandbox.Look
		from, to float64
		is       func(sandbox.Look) bool
	}{
		"without a status, of studio": {studio, 50, 90, func(l sandbox.Look) bool { return l.Status == nil }},
		"completed":                   {all, 40, 90, func(l sandbox.Look) bool { return pointsTo(l.Status, "completed") }},
		"processing with a preview": {all, 2, 4, func(l sandbox.Look) bool {
			return pointsTo(l.Status, "processing") && l.PreviewImageURL != nil
		}},
		"pending_consent": {all, .3, 3, func(l sandbox.Look) bool { return pointsTo(l.Status, "pending_consent") }},
		"failed":          {all, .5, 3, func(l sandbox.Look) bool { return pointsTo(l.Status, "failed") }},
		"completed with a preview and no size": {all, 1, 8, func(l sandbox.Look) bool {
			return pointsTo(l.Status, "completed") && l.PreviewImageURL != nil && l.ImageWidth == nil
		}},
		"completed without a preview": {all, 1, 8, func(l sandbox.Look) bool {
			return pointsTo(l.Status, "completed") && l.PreviewImageURL == nil
		}},
	} {
		if share, _ := percentage(c.all, c.is); share < c.from || share > c.to {
			t.Errorf("%.1f %% are %s: want %.1f to %.1f", share, name, c.from, c.to)
		}
	}
	for _, l := range all {
		if (l.Error != nil) != pointsTo(l.Status, "failed") {
			t.Errorf("%s has the error %v", l.ID, l.Error)
		}
		if (l.ImageWidth == nil) != (l.ImageHeight == nil) {
			t.Errorf("%s has only one of width and height", l.ID)
		}
	}
}

func TestPrivateGroupInTrainingHasOneLookInTraining(t *testing.T) {
	box, n := sandbox.New(sandbox.Options{}), 0
	looks := map[string][]sandbox.Look{}
	for _, l := range box.Looks() {
		if l.GroupID != nil {
			looks[*l.GroupID] = append(looks[*l.GroupID], l)
		}
	}
	for _, g := range box.Groups() {
		if g.Ownership != sandbox.Private || !pointsTo(g.Status, "processing") {
			continue
		}
		n++
		if len(looks[g.ID]) != 1 {
			t.Errorf("%s has %d looks", g.ID, len(looks[g.ID]))
			continue
		}
		if l := looks[g.ID][0]; !pointsTo(l.Status, "processing") || l.PreviewImageURL != nil || l.PreviewVideoURL != nil || l.ImageWidth != nil {
			t.Errorf("%s: %+v", g.ID, l)
		}
	}
	if n < 3 {
		t.Errorf("only %d groups", n)
	}
}

func TestLookSizesMatchOrientation(t *testing.T) {
	seen := map[[2]int]int{}
	for _, l := range sandbox.New(sandbox.Options{}).Looks() {
		if l.PreferredOrientation == nil || l.ImageWidth == nil || *l.ImageWidth == 0 {
			continue
		}
		w, h := *l.ImageWidth, *l.ImageHeight
		seen[[2]int{w, h}]++
		if want := map[string]bool{"portrait": w < h, "landscape": w > h, "square": w == h}; !want[*l.PreferredOrientation] {
			t.Errorf("%s is %s, %d by %d", l.ID, *l.PreferredOrientation, w, h)
		}
	}
	for _, size := range [][2]int{{1080, 1920}, {1920, 1080}, {1024, 1024}} {
		if seen[size] < 100 {
			t.Errorf("%d looks are %v", seen[size], size)
		}
	}
}

func TestLooksHaveTagsAndEngines(t *testing.T) {
	tags, engines := map[int]int{}, map[string]int{}
	for _, l := range sandbox.New(sandbox.Options{}).Looks() {
		tags[len(l.Tags)]++
		for _, e := range l.SupportedAPIEngines {
			engines[e]++
		}
	}
	if len(tags) != 5 || tags[4] < 50 || len(engines) != 4 || engines["avatar_vi"] != 1 || min(engines["avatar_iii"], engines["avatar_iv"], engines["avatar_v"]) < 1000 {
		t.Errorf("looks by number of tags: %v; engines are %v", tags, engines)
	}
}

func TestLookIDsHaveSeveralFormats(t *testing.T) {
	all, ids := sandbox.New(sandbox.Options{}).Looks(), map[string]bool{}
	for _, l := range all {
		ids[l.ID] = true
	}
	if len(ids) != len(all) {
		t.Errorf("%d ids for %d looks", len(ids), len(all))
	}
	for kind, share := range map[string][2]float64{
		`^[0-9a-f]{32}$`:           {75, 95},
		`^[A-Za-z]+[_-][a-z0-9_]+`: {3, 20},
		`[^\w-]`:                   {.5, 4}, // needs escaping
	} {
		pattern := regexp.MustCompile(kind)
		if got, _ := percentage(all, func(l sandbox.Look) bool { return pattern.MatchString(l.ID) }); got < share[0] || got > share[1] {
			t.Errorf("%.1f %% of the ids match %s", got, kind)
		}
	}
}

func TestMostLooksHaveTheVoiceOfTheirGroup(t *testing.T) {
	box := sandbox.New(sandbox.Options{})
	voices, ofGroup := map[string]bool{}, map[string]*string{}
	for _, v := range box.Voices() {
		voices[v.ID] = true
	}
	for _, g := range box.Groups() {
		ofGroup[g.ID] = g.DefaultVoiceID
	}
	var withVoice []sandbox.Look
	for _, l := range box.Looks() {
		if l.DefaultVoiceID != nil && l.GroupID != nil && ofGroup[*l.GroupID] != nil {
			withVoice = append(withVoice, l)
		}
	}
	isSame := func(l sandbox.Look) bool { return *l.DefaultVoiceID == *ofGroup[*l.GroupID] }
	same, _ := percentage(withVoice, isSame)
	others := slices.DeleteFunc(withVoice, isSame)
	missing, _ := percentage(others, func(l sandbox.Look) bool { return !voices[*l.DefaultVoiceID] })
	if same < 70 || same > 95 || missing < 10 || missing > 40 {
		t.Errorf("%.1f %% have the group's voice; of the other voices, %.1f %% do not exist", same, missing)
	}
}

func TestMoreLooksThanAPageShareCreationTime(t *testing.T) {
	type creation struct {
		group string
		at    float64
	}
	times, largest := map[creation]int{}, 0
	for _, l := range sandbox.New(sandbox.Options{}).Looks() {
		if l.GroupID != nil {
			at := creation{*l.GroupID, l.CreatedAt}
			times[at]++
			largest = max(largest, times[at])
		}
	}
	if largest <= 50 {
		t.Errorf("at most %d looks of a group share a creation time", largest)
	}
}
