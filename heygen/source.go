package heygen

import (
	"context"
	"time"
)

// Info says what an answer rests on: where it came from, when HeyGen gave it,
// and to whom it may be given. A client that keeps answers tells it of each that
// it gives; a [Client] keeps none and tells nothing.
type Info struct {
	Endpoint   string // such as "GET /v3/avatars/{group_id}"
	Result     Result
	Failed     bool      // there is no answer, and what follows is zero
	StoredAt   time.Time // when HeyGen answered
	FreshUntil time.Time // until when it may be given out as it is; zero: it is not to be kept
	Public     bool      // it is part of a list of what HeyGen shows to every account
	Entry      Entry     // the answer where it is kept; nil: nowhere
}

// Entry is an answer that a client keeps.
type Entry interface {
	// Valid tells whether the client would still give this one, and no other.
	Valid() bool
}

// Derived is what somebody makes of answers, as a client can keep it beside them.
type Derived interface {
	Entry // all that it is made of stands
	// FreshUntil is until when it may be given out as it is; zero: it is not to be kept.
	FreshUntil() time.Time
	// Size is what it takes in memory.
	Size() int
}

// Result is where an answer, or a failure, came from.
type Result string

// In this order, each is more work than the one before.
const (
	Hit       Result = "hit"       // it was there, and fresh
	Stale     Result = "stale"     // it was there; a new one is fetched behind it, or could not be had
	Coalesced Result = "coalesced" // another was asking HeyGen for it already
	Miss      Result = "miss"      // HeyGen was asked for it, once or, where it failed in passing, again
)

// Skipped: HeyGen was not asked, as it would have been no use.
const Skipped Result = "skipped"

// Results are all that there are.
func Results() []string {
	return []string{string(Hit), string(Stale), string(Coalesced), string(Miss), string(Skipped)}
}

type observerKey struct{}

// WithObserver gives a context whose calls tell what their answers rest on.
// [ErrNotFound] is an answer, other errors are failures. told may be called by
// several goroutines at once.
func WithObserver(ctx context.Context, told func(Info)) context.Context {
	return context.WithValue(ctx, observerKey{}, told)
}

// Report tells the source of an answer to whoever wants to know it of calls with
// this context.
func (s Info) Report(ctx context.Context) {
	if told, ok := ctx.Value(observerKey{}).(func(Info)); ok {
		told(s)
	}
}
