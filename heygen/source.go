package heygen

import (
	"context"
	"time"
)

// Source says what an answer rests on: where it came from, when HeyGen gave it,
// and to whom it may be given. A client that keeps answers tells it of each that
// it gives; a [Client] keeps none and tells nothing.
type Source struct {
	Endpoint string // such as "GET /v3/avatars/{group_id}"
	From     From
	Failed   bool      // there is no answer, and what follows is zero
	At       time.Time // when HeyGen answered
	Until    time.Time // until when it may be given out as it is; zero: it is not to be kept
	Public   bool      // it is part of a list of what HeyGen shows to every account
	Kept     Kept      // the answer where it is kept; nil: nowhere
}

// Kept is an answer that a client keeps.
type Kept interface {
	// Stands tells whether the client would still give this one, and no other.
	Stands() bool
}

// Made is what somebody makes of answers, as a client can keep it beside them.
type Made interface {
	Kept // all that it is made of stands
	// Until is until when it may be given out as it is; zero: it is not to be kept.
	Until() time.Time
	// Bytes is what it takes in memory.
	Bytes() int
}

// From is where an answer, or a failure, came from.
type From string

// In this order, each is more work than the one before.
const (
	FromKept    From = "hit"    // it was there, and fresh
	FromStale   From = "stale"   // it was there; a new one is fetched behind it, or could not be had
	FromShared  From = "coalesced"  // another was asking HeyGen for it already
	FromFetched From = "miss" // HeyGen was asked for it, once or, where it failed in passing, again
)

// FromNowhere: HeyGen was not asked, as it would have been no use.
const FromNowhere From = "skipped"

// Froms are all that there are.
func Froms() []string {
	return []string{string(FromKept), string(FromStale), string(FromShared), string(FromFetched), string(FromNowhere)}
}

type sourcesKey struct{}

// WithSources gives a context whose calls tell what their answers rest on.
// [ErrNotFound] is an answer, other errors are failures. told may be called by
// several goroutines at once.
func WithSources(ctx context.Context, told func(Source)) context.Context {
	return context.WithValue(ctx, sourcesKey{}, told)
}

// Tell tells the source of an answer to whoever wants to know it of calls with
// this context.
func (s Source) Tell(ctx context.Context) {
	if told, ok := ctx.Value(sourcesKey{}).(func(Source)); ok {
		told(s)
	}
}
