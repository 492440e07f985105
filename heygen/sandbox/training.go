package sandbox

import (
	"time"

	"heygen-graphql/heygen/sandbox/internal/rng"
)

// The training statuses, and complete, which a voice has instead of completed.
const (
	processing     = "processing"
	pendingConsent = "pending_consent"
	completed      = "completed"
	failed         = "failed"
	voiceComplete  = "complete"
)

var trainingErrors = []TrainingError{
	{"face_not_found", "No face could be found in the footage."},
	{"footage_too_short", "The footage is shorter than 15 seconds."},
	{"training_failed", "Training ended unexpectedly; please try again."},
}

func isTraining(status *string) bool {
	return status != nil && (*status == processing || *status == pendingConsent)
}

// trainingSchedule is the times of the steps of a training, and its outcome. It is computed, never stored: it follows from
// the id, the initial status, and the time the resource was added.
type trainingSchedule struct {
	consentAt  time.Time // consent is given, and processing starts
	previewsAt time.Time // previews appear, unless it fails: half way, as HeyGen's do before the avatar can be used
	endsAt     time.Time
	err        *TrainingError
}

// schedule computes a schedule. No two are alike, so that a poller sees trainings end one after the other.
func (s *Sandbox) schedule(id, status string, addedAt time.Time) trainingSchedule {
	r := rng.NewSplitMix64("training "+id, 0)
	limit := float64(s.options.TrainingDuration)
	consentDelay, duration := time.Duration(limit*(1+r.Float64())/2), time.Duration(limit*(1+4*r.Float64())/5)
	t := trainingSchedule{consentAt: addedAt}
	if addedAt.IsZero() {
		t.consentAt = s.started
	}
	if status == pendingConsent {
		t.consentAt = t.consentAt.Add(consentDelay)
	}
	t.previewsAt, t.endsAt = t.consentAt.Add(duration/2), t.consentAt.Add(duration)
	if rng.Chance(r, 1, 5) {
		t.err = new(rng.Pick(r, trainingErrors...))
	}
	return t
}

// statusAt returns the status and the error at the time now.
func (t trainingSchedule) statusAt(initial *string, now time.Time) (*string, *TrainingError) {
	switch {
	case now.Before(t.consentAt):
		return initial, nil
	case now.Before(t.endsAt):
		return new(processing), nil
	case t.err != nil:
		return new(failed), t.err
	default:
		return new(completed), nil
	}
}

func (t trainingSchedule) previewsReady(now time.Time) bool {
	return t.err == nil && !now.Before(t.previewsAt)
}

// The consent statuses. HeyGen documents pending and approved, and sends accepted; a client must tolerate others.
const (
	consentPending  = "pending"
	consentAccepted = "accepted"
	consentRejected = "rejected"
)

// isTrainingGroup reports whether the training of a group will end. It never does without consent.
func isTrainingGroup(g *Group) bool {
	return isTraining(g.Status) && (g.ConsentStatus == nil || *g.ConsentStatus != consentRejected)
}

// scheduleOfGroup returns the schedule of a group. It reports false if its status never changes.
func (s *Sandbox) scheduleOfGroup(e *entry[Group]) (trainingSchedule, bool) {
	if s.options.TrainingDuration <= 0 || !isTrainingGroup(&e.value) {
		return trainingSchedule{}, false
	}
	return s.schedule(e.position.ID, *e.value.Status, e.addedAt), true
}

// groupAt returns a group as it is at the time now. Its pointers are shared and read-only; so are those of lookAt and voiceAt.
func (s *Sandbox) groupAt(e *entry[Group], now time.Time) Group {
	g := e.value
	t, ok := s.scheduleOfGroup(e)
	if !ok {
		return g
	}
	g.Status, g.Error = t.statusAt(g.Status, now)
	if g.ConsentStatus != nil && *g.ConsentStatus == consentPending && !now.Before(t.consentAt) {
		g.ConsentStatus = new(consentAccepted)
	}
	if t.previewsReady(now) {
		g.PreviewImageURL = valueOr(g.PreviewImageURL, previewPath(groupImages, g.ID))
		g.PreviewVideoURL = valueOr(g.PreviewVideoURL, previewPath(groupVideos, g.ID))
	}
	return g
}

// scheduleOfLook returns the schedule of a look. A look that is in training because its group is follows it to the same end.
// It reports false if its status never changes. The caller holds s.mu.
func (s *Sandbox) scheduleOfLook(e *entry[Look]) (trainingSchedule, bool) {
	l := &e.value
	if s.options.TrainingDuration <= 0 || !isTraining(l.Status) {
		return trainingSchedule{}, false
	}
	if l.GroupID != nil {
		if g, ok := s.groups.find(*l.GroupID); ok && isTraining(g.value.Status) {
			ofGroup, ok := s.scheduleOfGroup(g)
			// A look added after the training of its group has a training of its own.
			if !ok || ofGroup.endsAt.After(e.addedAt) {
				return ofGroup, ok
			}
		}
	}
	return s.schedule(l.ID, *l.Status, e.addedAt), true
}

// lookAt returns a look as it is at the time now. The caller holds s.mu.
func (s *Sandbox) lookAt(e *entry[Look], now time.Time) Look {
	l := e.value
	t, ok := s.scheduleOfLook(e)
	if !ok {
		return l
	}
	l.Status, l.Error = t.statusAt(l.Status, now)
	if t.previewsReady(now) {
		l.PreviewImageURL = valueOr(l.PreviewImageURL, previewPath(lookImages, l.ID))
		l.PreviewVideoURL = valueOr(l.PreviewVideoURL, previewPath(lookVideos, l.ID))
		width, height := imageSize(l.PreferredOrientation)
		l.ImageWidth, l.ImageHeight = valueOr(l.ImageWidth, width), valueOr(l.ImageHeight, height)
	}
	return l
}

// voiceAt returns a voice as it is at the time now. A voice that is processing never fails.
func (s *Sandbox) voiceAt(e *entry[Voice], now time.Time) Voice {
	v := e.value
	if s.options.TrainingDuration <= 0 || v.Status == nil || *v.Status != processing {
		return v
	}
	t := s.schedule(v.ID, processing, e.addedAt)
	t.err = nil
	if t.previewsReady(now) {
		v.PreviewAudioURL = valueOr(v.PreviewAudioURL, previewPath(voiceSamples, v.ID))
	}
	if !now.Before(t.endsAt) {
		v.Status = new(voiceComplete)
	}
	return v
}

func imageSize(orientation *string) (width, height int) {
	for _, format := range imageFormats {
		if orientation != nil && format.orientation == *orientation {
			return format.sizes[0][0], format.sizes[0][1]
		}
	}
	return 1024, 1024
}

// valueOr returns value, or a pointer to fallback if value is nil.
func valueOr[T any](value *T, fallback T) *T {
	if value == nil {
		return &fallback
	}
	return value
}
