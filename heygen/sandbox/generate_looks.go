package sandbox

import (
	"slices"
	"strings"
	"sync"
	"time"

	"heygen-graphql/heygen/sandbox/internal/rng"
)

// catalogueLooks returns the looks of all groups of the catalogue, generated once for all sandboxes. The returned index is
// read-only.
//
// A file of them would be thirty times as large as the input they are generated from.
var catalogueLooks = sync.OnceValue(func() *index[Look] {
	all := demoLooks()
	groups := slices.DeleteFunc(slices.Clone(catalogueGroups().sorted), func(e *entry[Group]) bool { return e.position.ID == demoGroupID })
	oldest := slices.IndexFunc(groups, func(e *entry[Group]) bool { return e.position.CreatedAt < orphansSince })
	groups, withoutOrphans := groups[:oldest], groups[oldest:]
	for _, e := range groups {
		all = append(all, looksOf(&e.value)...)
	}
	for n := range len(all) / looksPerOrphan {
		// The key "stray" is part of the sequence that the looks are generated from: another key makes other looks.
		e := generateLook(&rng.Pick(rng.NewSplitMix64("stray", n), groups...).value, -1-n, time.Time{})
		e.ordinal, e.value.GroupID = 0, nil
		if n%4 == 0 {
			e.value.Absent = append(e.value.Absent, "group_id")
		}
		all = append(all, e)
	}
	for _, e := range withoutOrphans {
		all = append(all, looksOf(&e.value)...)
	}
	return newIndex(all)
})

// looksOf generates the looks of a group of the catalogue.
func looksOf(g *Group) []*entry[Look] {
	looks := make([]*entry[Look], g.LooksCount)
	for i := range looks {
		looks[i] = generateLook(g, i+1, time.Time{})
	}
	return looks
}

// orphansSince is when the first groups were created whose looks the looks without a group resemble. Older groups were added to
// the catalogue later, and change none of them.
const orphansSince = 1_682_000_000

// looksPerOrphan is the number of looks for each look without a group.
const looksPerOrphan = 14

// looksPerSecond is the number of looks of a group that share a created_at, after the first: more than the largest page holds.
const looksPerSecond = 60

// secondsPerLookTime is the time between two times of a group's looks.
const secondsPerLookTime = 3600

// generateLook generates a look of a group. Ordinal 1 is the newest; in a photo group it is the photo itself and has the
// group's id.
func generateLook(g *Group, ordinal int, addedAt time.Time) *entry[Look] {
	r := rng.NewSplitMix64(g.ID, ordinal)
	scene, name := rng.Pick(r, scenes...), strings.TrimSpace(g.Name)
	l := Look{
		ID: newLookID(r, g, ordinal, name, scene), Name: name + ", " + scene, GroupID: new(g.ID), Ownership: g.Ownership, AvatarType: g.AvatarType,
		CreatedAt: g.CreatedAt - float64(secondsPerLookTime*((max(ordinal, -ordinal)-1+looksPerSecond-1)/looksPerSecond)),
	}
	if ordinal == 1 && g.AvatarType == PhotoAvatar {
		l.ID = g.ID
	}
	format := rng.Pick(r, imageFormats...)
	size := format.sizes[r.IntN(len(format.sizes))]
	l.Gender = maybeNull(r, &l, "gender", 30, clonePointer(g.Gender))
	l.PreviewImageURL = maybeNull(r, &l, "preview_image_url", 70, new(previewPath(lookImages, l.ID)))
	l.PreviewVideoURL = maybeNull(r, &l, "preview_video_url", 200, new(previewPath(lookVideos, l.ID)))
	l.PreferredOrientation = maybeNull(r, &l, "preferred_orientation", 120, new(format.orientation))
	if !rng.Chance(r, 70, 1000) {
		l.ImageWidth, l.ImageHeight = new(size[0]), new(size[1])
	}
	if rng.Chance(r, 250, 1000) { // no effect unless they are null
		l.Absent = append(l.Absent, "image_width", "image_height")
	}
	l.DefaultVoiceID = maybeNull(r, &l, "default_voice_id", 80, pickVoice(r, g))
	l.Tags, l.SupportedAPIEngines = randomTags(r, &l), randomEngines(r, &l)
	l.assignStatus(r, g, ordinal == 1)
	if l.Error == nil && rng.Chance(r, 250, 1000) {
		l.Absent = append(l.Absent, "error")
	}
	l.makeUnusual(g, ordinal)
	e := newEntry(l, addedAt)
	e.ordinal = ordinal
	return e
}

// UnusualGroupID is the id of a private group. Its first three looks have values that HeyGen may send, and a client may not
// expect: an engine that is not known yet, empty tags, and a size of 0 by 0, which is how HeyGen says that it is unknown.
const UnusualGroupID = "3950f52a843bf73d4440996b54a29ed9"

// makeUnusual changes a few looks, whose other values stay as they were generated.
func (l *Look) makeUnusual(g *Group, ordinal int) {
	switch {
	case g.ID == UnusualGroupID && ordinal == 1:
		l.SupportedAPIEngines = []string{"avatar_v", "avatar_vi"}
	case g.ID == UnusualGroupID && ordinal == 2:
		l.Tags = []string{"", "business", ""}
	case g.ID == UnusualGroupID && ordinal == 3:
		l.Status, l.Error = new(completed), nil
		l.PreviewImageURL = new(previewPath(lookImages, l.ID))
		l.ImageWidth, l.ImageHeight = new(0), new(0)
	// The person who named such a group named its looks: white space before or after both.
	case g.Name != strings.TrimSpace(g.Name) && ordinal == 2:
		l.Name = "\n" + l.Name
	case g.Name != strings.TrimSpace(g.Name) && ordinal == 3:
		l.Name = "\u3000" + l.Name + "\u00a0\t"
	}
}

// maybeNull returns value, or nil in permille of a thousand cases. Nil is sent as null three times out of four, else left
// out.
func maybeNull[T any](r *rng.SplitMix64, l *Look, key string, permille int, value *T) *T {
	if rng.Chance(r, permille, 1000) {
		value = nil
	}
	if rng.Chance(r, 250, 1000) && value == nil {
		l.Absent = append(l.Absent, key)
	}
	return value
}

// assignStatus sets the training status of a look. The first look of a group in training or failed has the status of its
// group. A few of the others are in each state that a client has to distinguish, among them looks that cannot be used yet
// although they have a preview, and looks that can be used although they lack a preview or a size.
func (l *Look) assignStatus(r *rng.SplitMix64, g *Group, first bool) {
	setStatus := func(s string) { l.Status = new(s) }
	if first && g.Status != nil && (isTraining(g.Status) || *g.Status == failed) {
		l.Status, l.Error = clonePointer(g.Status), clonePointer(g.Error)
		l.clearPreviews()
		return
	}
	preview := previewPath(lookImages, l.ID)
	switch n := r.IntN(1000); {
	case n < 30:
		setStatus(processing)
		l.PreviewImageURL = &preview
	case n < 38:
		setStatus(pendingConsent)
		l.clearPreviews()
	case n < 50:
		setStatus(failed)
		l.Error = new(rng.Pick(r, trainingErrors...))
		l.clearPreviews()
	case n < 65:
		setStatus(completed)
		l.PreviewImageURL, l.ImageWidth, l.ImageHeight = &preview, nil, nil
	case n < 80:
		setStatus(completed)
		l.PreviewImageURL, l.PreviewVideoURL = nil, nil
	default:
		nullPermille := 80
		if l.AvatarType == StudioAvatar { // most of these never were trained
			nullPermille = 600
		}
		l.Status = maybeNull(r, l, "status", nullPermille, new(completed))
	}
}

// clearPreviews removes what a look has only after training.
func (l *Look) clearPreviews() {
	l.PreviewImageURL, l.PreviewVideoURL, l.ImageWidth, l.ImageHeight = nil, nil, nil, nil
}

// pickVoice returns the voice of the group, another voice, or one that does not exist.
func pickVoice(r *rng.SplitMix64, g *Group) *string {
	switch n := r.IntN(1000); {
	case n < 25:
		return new(rng.HexID(r))
	case n < 130:
		return new(rng.Pick(r, catalogueVoices().sorted...).position.ID)
	default:
		return clonePointer(g.DefaultVoiceID)
	}
}

const demoGroupID = "group_monica"

// demoLooks returns the looks that documentation can show. They are written by hand, come first in the list of all looks,
// and their ids never change. The third cannot be used yet, although it has a preview.
func demoLooks() []*entry[Look] {
	g, _ := catalogueGroups().byID[demoGroupID]
	look := func(id, name, status, orientation string, width, height int, tags ...string) *entry[Look] {
		return newEntry(Look{
			ID: id, Name: name, GroupID: new(demoGroupID), Ownership: Public, AvatarType: StudioAvatar,
			Gender:               new("female"),
			PreviewImageURL:      new(previewPath(lookImages, id)),
			PreviewVideoURL:      new(previewPath(lookVideos, id)),
			DefaultVoiceID:       clonePointer(g.value.DefaultVoiceID),
			Tags:                 tags,
			SupportedAPIEngines:  []string{"avatar_iii", "avatar_iv"},
			ImageWidth:           &width,
			ImageHeight:          &height,
			PreferredOrientation: &orientation,
			Status:               &status,
			CreatedAt:            g.value.CreatedAt,
		}, time.Time{})
	}
	return []*entry[Look]{ // all of one second, so ordered by id
		look("monica_office", "Monica, office", completed, "landscape", 1920, 1080, "business", "indoor"),
		look("monica_sofa", "Monica, sofa", completed, "portrait", 1080, 1920, "casual", "indoor"),
		look("monica_street", "Monica, street", processing, "portrait", 1080, 1920, "casual", "outdoor", "new"),
	}
}
