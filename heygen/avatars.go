package heygen

// Types and constants that avatar groups and looks share.

// Ownership distinguishes HeyGen's preset avatars from the account's own.
type Ownership string

// The two values. HeyGen documents the empty Ownership as both.
const (
	Public  Ownership = "public"
	Private Ownership = "private"
)

// MaxPageSize is the maximum number of avatar groups, or looks, in a page.
const MaxPageSize = 50

// TrainingStatus is the state of an avatar's training. HeyGen may add values; unknown
// values are valid.
type TrainingStatus string

// The documented training states.
const (
	Processing     TrainingStatus = "processing"
	PendingConsent TrainingStatus = "pending_consent"
	Completed      TrainingStatus = "completed"
	Failed         TrainingStatus = "failed"
)

// TrainingError is why a training failed. HeyGen documents both fields as required; an
// absent or unreadable one is empty.
type TrainingError struct {
	Code    string `json:"code"`
	Message string `json:"message"`
}

// normalize trims the message. It returns nil for an empty error such as {}.
func (e *TrainingError) normalize(t *textTrimmer) *TrainingError {
	if e == nil {
		return nil
	}
	if t.trim(&e.Message); *e == (TrainingError{}) {
		return nil
	}
	return e
}
