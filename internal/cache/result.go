package cache

import (
	"context"
	"time"
)

// Info describes one lookup of a caching client: where its result came from, how
// old it is, and who else may see it. The client passes it to the observer of its
// context, see [WithObserver].
type Info struct {
	Endpoint   string // such as "GET /v3/avatars/{group_id}"
	Result     Result
	Failed     bool       // the lookup ended in an error; all fields below are zero
	StoredAt   time.Time  // when the upstream responded
	FreshUntil time.Time  // when the entry becomes stale; zero: it must not be cached
	Public     bool       // every tenant gets the same, as it is part of a public list
	Entry      Dependency // the cached entry; nil: it is not cached
}

// Dependency is a cached entry that a derived entry was computed from.
type Dependency interface {
	// Valid reports whether the entry is still cached and has not been replaced.
	Valid() bool
}

// Derived is a value computed from cached entries, such as a whole response. It is
// cached alongside them, and is valid as long as all of them are.
type Derived interface {
	Dependency
	// FreshUntil returns when the first entry that it was computed from becomes
	// stale. Zero: it must not be cached.
	FreshUntil() time.Time
	// Size returns its size in memory, in bytes.
	Size() int
}

// Result says how a lookup ended, in the terms of Cache-Status (RFC 9211).
type Result string

// The results of a lookup, each more work than the one before.
const (
	Hit       Result = "hit"        // a fresh entry
	Stale     Result = "stale"      // a stale entry: it is refreshed in the background, or could not be
	SharedHit Result = "shared_hit" // found in the second-level cache
	Coalesced Result = "coalesced"  // joined an identical call in flight, here or in another process
	Miss      Result = "miss"       // called the upstream, once or with retries
)

// Skipped means that no call was made, as it could not have succeeded: the
// circuit breaker was open, or the key had just been rejected.
const Skipped Result = "skipped"

// Results returns all results, for metrics.
func Results() []string {
	return []string{string(Hit), string(Stale), string(SharedHit), string(Coalesced), string(Miss), string(Skipped)}
}

type observerKey struct{}

// WithObserver returns a context whose lookups report to observe, which may be
// called by several goroutines at once.
func WithObserver(ctx context.Context, observe func(Info)) context.Context {
	return context.WithValue(ctx, observerKey{}, observe)
}

// Report passes i to the observer of ctx, if there is one.
func (i Info) Report(ctx context.Context) {
	if observe, ok := ctx.Value(observerKey{}).(func(Info)); ok {
		observe(i)
	}
}
