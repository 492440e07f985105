package sandbox

import (
	"time"

	"heygen-graphql/heygen/sandbox/internal/rng"
)

// The statuses of a training, and complete, as a voice has it.
const (
	processing     = "processing"
	pendingConsent = "pending_consent"
	completed      = "completed"
	failed         = "failed"
	complete       = "complete"
)

var trainingErrors = []TrainingError{
	{"face_not_found", "No face could be found in the footage."},
	{"footage_too_short", "The footage is shorter than 15 seconds."},
	{"training_failed", "Training ended unexpectedly; please try again."},
}

func inTraining(status *string) bool {
	return status != nil && (*status == processing || *status == pendingConsent)
}

// training is when each step of one is, and how it ends. Nothing of it is kept: it follows from the id, the status that is
// kept, and since when that is kept.
type training struct {
	consent time.Time // when it is given, and processing starts
	shows   time.Time // when the previews appear, if it goes well: half way, as HeyGen's do before the thing can be used
	end     time.Time
	err     *TrainingError
}

// training sets the steps of one. No two are alike, so that a poller sees them end one after the other.
func (s *Sandbox) training(id, status string, since time.Time) training {
	d := rng.NewSplitMix64("training "+id, 0)
	longest := float64(s.options.TrainingDuration)
	wait, length := time.Duration(longest*(1+d.Float64())/2), time.Duration(longest*(1+4*d.Float64())/5)
	t := training{consent: since}
	if since.IsZero() {
		t.consent = s.started
	}
	if status == pendingConsent {
		t.consent = t.consent.Add(wait)
	}
	t.shows, t.end = t.consent.Add(length/2), t.consent.Add(length)
	if rng.Chance(d, 1, 5) {
		t.err = new(rng.Pick(d, trainingErrors...))
	}
	return t
}

// status is what has become of a status at some time.
func (t training) status(kept *string, now time.Time) (*string, *TrainingError) {
	switch {
	case now.Before(t.consent):
		return kept, nil
	case now.Before(t.end):
		return new(processing), nil
	case t.err != nil:
		return new(failed), t.err
	default:
		return new(completed), nil
	}
}

func (t training) showing(now time.Time) bool { return t.err == nil && !now.Before(t.shows) }

// groupNow is a group as it is at some time. What its pointers lead to is not to be changed; likewise below.
func (s *Sandbox) groupNow(e *entry[Group], now time.Time) Group {
	g := e.thing
	if s.options.TrainingDuration <= 0 || !inTraining(g.Status) {
		return g
	}
	t := s.training(g.ID, *g.Status, e.since)
	g.Status, g.Error = t.status(g.Status, now)
	if g.ConsentStatus != nil && !now.Before(t.consent) {
		g.ConsentStatus = new("approved")
	}
	if t.showing(now) {
		g.PreviewImageURL = orElse(g.PreviewImageURL, pathOf(groupPictures, g.ID))
		g.PreviewVideoURL = orElse(g.PreviewVideoURL, pathOf(groupFilms, g.ID))
	}
	return g
}

// lookNow lets a look that is in training because its group is go with it, to the same end. The caller holds s.mu.
func (s *Sandbox) lookNow(e *entry[Look], now time.Time) Look {
	l := e.thing
	if s.options.TrainingDuration <= 0 || !inTraining(l.Status) {
		return l
	}
	t := s.training(l.ID, *l.Status, e.since)
	if l.GroupID != nil {
		if g, ok := s.groups.find(*l.GroupID); ok && inTraining(g.thing.Status) {
			// A look that came when its group was done is in a training of its own.
			if ofGroup := s.training(g.at.ID, *g.thing.Status, g.since); ofGroup.end.After(e.since) {
				t = ofGroup
			}
		}
	}
	l.Status, l.Error = t.status(l.Status, now)
	if t.showing(now) {
		l.PreviewImageURL = orElse(l.PreviewImageURL, pathOf(lookPictures, l.ID))
		l.PreviewVideoURL = orElse(l.PreviewVideoURL, pathOf(lookFilms, l.ID))
		width, height := sizeFor(l.PreferredOrientation)
		l.ImageWidth, l.ImageHeight = orElse(l.ImageWidth, width), orElse(l.ImageHeight, height)
	}
	return l
}

// voiceNow is a voice as it is at some time. Those that are processing all end well.
func (s *Sandbox) voiceNow(e *entry[Voice], now time.Time) Voice {
	v := e.thing
	if s.options.TrainingDuration <= 0 || v.Status == nil || *v.Status != processing {
		return v
	}
	t := s.training(v.ID, processing, e.since)
	t.err = nil
	if t.showing(now) {
		v.PreviewAudioURL = orElse(v.PreviewAudioURL, pathOf(voiceSamples, v.ID))
	}
	if !now.Before(t.end) {
		v.Status = new(complete)
	}
	return v
}

func sizeFor(orientation *string) (width, height int) {
	for _, shape := range shapes {
		if orientation != nil && shape.orientation == *orientation {
			return shape.sizes[0][0], shape.sizes[0][1]
		}
	}
	return 1024, 1024
}

// orElse is a value, or where that is null, another.
func orElse[T any](value *T, other T) *T {
	if value == nil {
		return &other
	}
	return value
}
