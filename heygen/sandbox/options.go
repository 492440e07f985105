package sandbox

import "time"

// Options configure a [Sandbox]. With the zero Options it accepts any key and responds at once, without faults.
type Options struct {
	// PublicURL is the URL of the sandbox (no trailing slash): the base of every URL in its responses.
	// Empty: http:// and the Host of the request.
	PublicURL string

	// Keys are the accepted API keys and bearer tokens. Empty: any non-empty key. [Sandbox.SetKeys] replaces them.
	Keys []string

	// GroupCount is the number of groups, up to [MaxGroupCount]. 0: the catalogue. Fewer groups than the catalogue has are its
	// first ones. Those beyond it are public, older, and generated, the same ones each time; their looks are generated for each
	// response.
	GroupCount int

	// TokenKind is the kind of page token. The zero value is StartID.
	TokenKind TokenKind

	// OmittedIsPublic makes a list without the ownership parameter return public groups, or looks, only. HeyGen documents
	// that it returns both kinds, and two of its users got only the public ones: a client must handle either.
	OmittedIsPublic bool

	// UnknownGroupIs404 makes the list of the looks of an unknown group 404 avatar_group_not_found, instead of an empty list.
	// HeyGen documents neither.
	UnknownGroupIs404 bool

	// PreviewTTL is the lifetime of a signed preview URL. 0: seven days.
	PreviewTTL time.Duration

	// TrainingDuration is the maximum duration of a training. 0: statuses never change.
	//
	// Otherwise the training of a group or a look that is processing ends within TrainingDuration of the time it was added
	// or the sandbox was created: four out of five are completed, the fifth failed. One that is pending_consent starts
	// processing within TrainingDuration. Half way, a training that will complete gets its previews and its size. A look in
	// training follows its group, if that is in training as well. A voice that is processing becomes complete.
	TrainingDuration time.Duration

	// LookLifetime is the lifetime of the looks of the group [ShortLivedGroupID]: each time it has passed, other looks with other
	// ids replace them. 0: looks exist until they are removed.
	LookLifetime time.Duration

	// WebhookSecret is the secret of every webhook endpoint. Empty: each endpoint has a random one.
	WebhookSecret string

	// RetryAfter is the Retry-After value of RateLimited and RateLimitedUntil, rounded up to whole seconds. It is not
	// enforced: an earlier call is served. 0: one second.
	RetryAfter time.Duration

	// Latency, plus up to Jitter, delays each API call. Pictures and samples are served without delay.
	Latency time.Duration
	Jitter  time.Duration

	// FaultRate is the share of API calls, 0 to 1, that fail, each with one of Faults (empty: any).
	// A list may contain a fault several times to make it likelier.
	FaultRate float64
	Faults    []Fault

	// Seed seeds jitter and faults: the same sequence of calls gets the same ones.
	Seed uint64
}

// TokenKind is a kind of page token that services like HeyGen use. HeyGen does not document its own, so a client must
// handle each.
type TokenKind int

const (
	// StartID tokens name the item with which the next page starts, as tokens of HeyGen were seen to do. Items added or removed
	// elsewhere shift nothing. Once that item is removed, the token is rejected: 400 invalid_parameter for token.
	StartID TokenKind = iota

	// Keyset tokens name the position after which the next page starts. Items added or removed elsewhere shift nothing, and a
	// token outlives its item.
	Keyset

	// PageNumbers tokens name the number of the next page. An item added before it makes the next page repeat one; an item
	// removed before it makes the next page skip one.
	PageNumbers
)
