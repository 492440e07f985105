package sandbox

import (
	"slices"
	"sync"
	"time"

	"heygen-graphql/heygen/sandbox/internal/rng"
)

// catalogueLooks is the looks of all groups of the catalogue, made up once for all sandboxes. Nobody may change what it gives.
//
// They are no file: that would be thirty times as large as all they are made from.
var catalogueLooks = sync.OnceValue(func() *shelf[Look] {
	all := monicasLooks()
	groups := slices.DeleteFunc(slices.Clone(catalogueGroups().order), func(e *entry[Group]) bool { return e.at.ID == monicaID })
	for _, e := range groups {
		for n := range e.thing.LooksCount {
			all = append(all, derive(&e.thing, n+1, time.Time{}))
		}
	}
	for n := range len(all) / strays {
		e := derive(&rng.Pick(rng.NewSplitMix64("stray", n), groups...).thing, -1-n, time.Time{})
		e.number, e.thing.GroupID = 0, nil
		if n%4 == 0 {
			e.thing.Absent = append(e.thing.Absent, "group_id")
		}
		all = append(all, e)
	}
	return newShelf(all)
})

// strays: for so many looks there is one that says of no group that it is its.
const strays = 14

// shoot is how many looks are made at one go, in one second: more than the largest page holds.
const shoot = 60

// derive makes up a look of a group. The first is the newest; where the group is of a photo, it is the photo itself and has
// the group's id.
func derive(g *Group, number int, since time.Time) *entry[Look] {
	d := rng.NewSplitMix64(g.ID, number)
	setting := rng.Pick(d, settings...)
	l := Look{
		ID: lookID(d, g.Name, setting), Name: g.Name + ", " + setting, GroupID: new(g.ID), Ownership: g.Ownership, AvatarType: g.AvatarType,
		CreatedAt: g.CreatedAt - float64(3600*((max(number, -number)-1+shoot-1)/shoot)),
	}
	if number == 1 && g.AvatarType == PhotoAvatar {
		l.ID = g.ID
	}
	shape := rng.Pick(d, shapes...)
	size := shape.sizes[d.IntN(len(shape.sizes))]
	l.Gender = sometimes(d, &l, "gender", 30, clone(g.Gender))
	l.PreviewImageURL = sometimes(d, &l, "preview_image_url", 70, new(pathOf(lookPictures, l.ID)))
	l.PreviewVideoURL = sometimes(d, &l, "preview_video_url", 200, new(pathOf(lookFilms, l.ID)))
	l.PreferredOrientation = sometimes(d, &l, "preferred_orientation", 120, new(shape.orientation))
	if !rng.Chance(d, 70, 1000) {
		l.ImageWidth, l.ImageHeight = new(size[0]), new(size[1])
	}
	if rng.Chance(d, 250, 1000) { // of no effect where they are not null
		l.Absent = append(l.Absent, "image_width", "image_height")
	}
	l.DefaultVoiceID = sometimes(d, &l, "default_voice_id", 80, voiceFor(d, g))
	l.Tags, l.SupportedAPIEngines = words(d, &l), engines(d, &l)
	l.enrol(d, g, number == 1)
	if l.Error == nil && rng.Chance(d, 250, 1000) {
		l.Absent = append(l.Absent, "error")
	}
	e := newEntry(l, since)
	e.number = number
	return e
}

// sometimes is a value, except that the given share of the time, in thousandths, it is nothing. What is nothing is null three
// times out of four, else not there.
func sometimes[T any](d *rng.SplitMix64, l *Look, key string, nothing int, value *T) *T {
	if rng.Chance(d, nothing, 1000) {
		value = nil
	}
	if rng.Chance(d, 250, 1000) && value == nil {
		l.Absent = append(l.Absent, key)
	}
	return value
}

// enrol says how far the look is. The first look of a group that is not done yet, or has failed, is what that is about.
// Of the others a few are in each of the states that a client has to tell apart, among them a look that cannot be used yet
// although its preview shows, and one that can be used although something of it is missing.
func (l *Look) enrol(d *rng.SplitMix64, g *Group, first bool) {
	status := func(s string) { l.Status = new(s) }
	if first && g.Status != nil && (inTraining(g.Status) || *g.Status == failed) {
		l.Status, l.Error = clone(g.Status), clone(g.Error)
		l.hide()
		return
	}
	preview := pathOf(lookPictures, l.ID)
	switch n := d.IntN(1000); {
	case n < 30:
		status(processing)
		l.PreviewImageURL = &preview
	case n < 38:
		status(pendingConsent)
		l.hide()
	case n < 50:
		status(failed)
		l.Error = new(rng.Pick(d, trainingErrors...))
		l.hide()
	case n < 65:
		status(completed)
		l.PreviewImageURL, l.ImageWidth, l.ImageHeight = &preview, nil, nil
	case n < 80:
		status(completed)
		l.PreviewImageURL, l.PreviewVideoURL = nil, nil
	default:
		nothing := 80
		if l.AvatarType == StudioAvatar { // most of these never were trained
			nothing = 600
		}
		l.Status = sometimes(d, l, "status", nothing, new(completed))
	}
}

// hide takes away what a look has only once it was made.
func (l *Look) hide() {
	l.PreviewImageURL, l.PreviewVideoURL, l.ImageWidth, l.ImageHeight = nil, nil, nil, nil
}

// voiceFor is the group's, or another one, or one that is gone.
func voiceFor(d *rng.SplitMix64, g *Group) *string {
	switch n := d.IntN(1000); {
	case n < 25:
		return new(rng.HexID(d))
	case n < 130:
		return new(rng.Pick(d, catalogueVoices().order...).at.ID)
	default:
		return clone(g.DefaultVoiceID)
	}
}
