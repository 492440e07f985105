package heygen

import (
	"context"
	"time"
)

// Source says what an answer rests on: when HeyGen gave it, and to whom it may
// be given. A client that keeps answers tells it of each that it gives; a
// [Client] keeps none and tells nothing.
type Source struct {
	At     time.Time // when HeyGen answered
	Until  time.Time // until when it may be given out as it is; zero: it is not to be kept
	Public bool      // it is part of a list of what HeyGen shows to every account
}

type sourcesKey struct{}

// WithSources gives a context whose calls tell what their answers rest on.
// Calls that fail tell nothing, but for [ErrNotFound]. told may be called by several goroutines at once.
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
