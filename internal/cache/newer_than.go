package cache

import (
	"context"
	"time"
)

type newerThanKey struct{}

// WithNewerThan returns a context whose lookups serve no entry that was stored before since,
// and every other one without a call until it expires. Derived entries are excepted.
func WithNewerThan(ctx context.Context, since time.Time) context.Context {
	return context.WithValue(ctx, newerThanKey{}, since)
}

// newerThan returns the request with what its context demands.
func (r Request[V]) newerThan(ctx context.Context) Request[V] {
	since, ok := ctx.Value(newerThanKey{}).(time.Time)
	if !ok || r.Derived {
		return r
	}
	accept := r.Accept
	r.Accept = func(storedAt time.Time, expiry Expiry) bool {
		return !storedAt.Before(since) && (accept == nil || accept(storedAt, expiry))
	}
	if before := since.Add(-1); r.ServeSince.Before(before) {
		r.ServeSince = before
	}
	return r
}
