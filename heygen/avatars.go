package heygen

// What avatar groups and their looks have in common.

// Ownership tells HeyGen's preset avatars from the account's own.
type Ownership string

// The two kinds. The empty Ownership is documented as both.
const (
	Public  Ownership = "public"
	Private Ownership = "private"
)

// MaxPageSize is the most avatar groups, or looks, that HeyGen gives in a page.
const MaxPageSize = 50

// TrainingStatus says how far the training of an avatar is. HeyGen may add
// values; they are carried as they come.
type TrainingStatus string

// The documented training states.
const (
	Processing     TrainingStatus = "processing"
	PendingConsent TrainingStatus = "pending_consent"
	Completed      TrainingStatus = "completed"
	Failed         TrainingStatus = "failed"
)

// TrainingError says why a training failed. HeyGen documents both fields as
// present; the one that is absent all the same is empty.
type TrainingError struct {
	Code    string `json:"code"`
	Message string `json:"message"`
}

// told is the error unless it says nothing, as {} does.
func (e *TrainingError) orNil() *TrainingError {
	if e == nil || *e == (TrainingError{}) {
		return nil
	}
	return e
}
