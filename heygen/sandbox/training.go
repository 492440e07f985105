package sandbox

import (
	"time"
)

// The statuses of a training.
const (
	processing     = "processing"
	pendingConsent = "pending_consent"
	completed      = "completed"
	failed         = "failed"
)

var trainingErrors = []TrainingError{
	{"face_not_found", "No face could be found in the footage."},
	{"footage_too_short", "The footage is shorter than 15 seconds."},
	{"training_failed", "Training ended unexpectedly; please try again."},
}

func inTraining(status *string) bool {
	return status != nil && (*status == processing || *status == pendingConsent)
}

func (s *Sandbox) groupNow(e *entry[Group], now time.Time) Group { return e.thing }
func (s *Sandbox) lookNow(e *entry[Look], now time.Time) Look    { return e.thing }
func (s *Sandbox) voiceNow(e *entry[Voice], now time.Time) Voice { return e.thing }
