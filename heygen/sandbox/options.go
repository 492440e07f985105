package sandbox

import "time"

// Options say how a [Sandbox] answers. The zero Options make one that accepts any key and answers at once and always.
type Options struct {
	// PublicURL is where callers reach the sandbox (no trailing slash): the base of every URL in its answers.
	// Empty: http:// and the Host of the request.
	PublicURL string

	// Keys are the accepted keys and bearer tokens. Empty: any that is not empty. [Sandbox.SetKeys] replaces them.
	Keys []string

	// TokenKind is what a page token stands for. The zero value is Keyset.
	TokenKind TokenKind

	// OmittedIsPublic makes a list without ownership one of the public groups, or looks. HeyGen documents both kinds, and two of its
	// users saw only the public ones: a client has to be right with both.
	OmittedIsPublic bool

	// UnknownGroupIs404 makes a list of the looks of a group that is not there 404 avatar_not_found, instead of an empty
	// list. HeyGen documents neither.
	UnknownGroupIs404 bool

	// PreviewTTL is for how long the signed URL of a preview is good. 0: for seven days.
	PreviewTTL time.Duration

	// TrainingDuration is how long a training takes at most. 0: statuses stand still.
	//
	// Else a group or a look that is processing ends within Training of the time it was added, or the sandbox was made: four
	// out of five completed, the fifth failed. One that is pending_consent begins to process within Training. Half way, what
	// will complete gets its previews and its size. A look in training goes with its group, if that is in training as well.
	// A voice that is processing becomes complete.
	TrainingDuration time.Duration

	// RetryAfter is the pause that RateLimited and RateLimitedUntil ask for, in whole seconds: what is over counts as one more.
	// It is asked for, and not enforced: a call within it is answered. 0: one second.
	RetryAfter time.Duration

	// Latency is added to each API call, and up to Jitter more. Pictures and samples are served without either.
	Latency time.Duration
	Jitter  time.Duration

	// FaultRate is the share of API calls, 0 to 1, that misbehave, each in one of the ways in Faults (empty: in any).
	// A list may name a fault several times to make it likelier.
	FaultRate float64
	Faults    []Fault

	// Seed settles jitter and faults: the same calls, one after the other, meet the same ones.
	Seed uint64
}

// TokenKind are the two kinds of page token that services like HeyGen give out. Which of them HeyGen's are is not known, so
// a client has to be right with both.
type TokenKind int

const (
	// Keyset tokens say after which item the next page starts. Items that come or go elsewhere shift nothing.
	Keyset TokenKind = iota

	// PageNumbers tokens say which page is next. An item added before it makes the next page repeat one; an item
	// removed before it makes the next page skip one.
	PageNumbers
)
