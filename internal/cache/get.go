package cache

import (
	"cmp"
	"context"
	"errors"
	"time"
)

// maxRefreshWait is how long a caller waits for a new value, from the start of its
// call, while there is an old one to serve instead.
const maxRefreshWait = 2 * time.Second

// Request describes a value and how to fetch it.
type Request[V any] struct {
	// Key identifies the value within its scope. It is comparable and of a type that is
	// used for nothing else.
	Key any
	// Fetch calls the upstream. Its context is canceled when no caller waits for it any more.
	Fetch func(context.Context) (V, error)
	// Expiry returns how long a value, or an error (negative caching), may be cached.
	Expiry func(value V, err error, at time.Time) Expiry
	// Transient reports whether an error says nothing of the requested value, so that
	// an older entry stays valid (stale-if-error). nil: no error does.
	Transient func(error) bool
	// OnFetch is called with every fetched value or error before any caller sees it, with
	// the snapshot that it belongs to. It may be nil.
	OnFetch func(value V, err error, at time.Time, of Snapshot)
	// Queue selects the queue of background refreshes.
	Queue Queue
	// Codec encodes the value for the second-level cache of the scope, if it has one. nil: it
	// is not stored there.
	Codec *Codec[V]
	// OnLoad is called with every value that another process has fetched, before any caller
	// sees it, with the time at which it was fetched. OnFetch is not. It may be nil.
	OnLoad func(value V, at time.Time, of Snapshot)
	// OnStaleIfError is called with every error after which an older entry stays
	// valid. It may be nil.
	OnStaleIfError func(error)
	// OnRejected is called if a value is evicted as soon as it is stored, because it does not
	// fit, with its size and the maximum size of all such entries together, in bytes. It
	// may be nil.
	OnRejected func(size, capacity int64)
	// Refresh is called instead of Fetch if the key has an entry, even a stale or
	// unacceptable one. It receives that entry without its error. nil: Fetch is called.
	Refresh func(ctx context.Context, old Entry[V]) (V, error)
	// Valid reports whether a cached value may still be served. nil: it may.
	Valid func(V) bool
	// Accept reports whether an entry that was stored at this time, and has this expiry, may
	// be served. Otherwise the value is fetched first, and the entry is not served even if
	// that fails. nil: it may.
	Accept func(storedAt time.Time, expiry Expiry) bool
	// NoRevalidation serves a stale entry without a background refresh.
	NoRevalidation bool
	// ServeSince serves an entry that was stored after this time without a call, in
	// whatever state, until it expires. Zero: no entry.
	ServeSince time.Time
	// Derived marks an entry derived from other entries. The first caller computes it
	// without a goroutine. If that caller leaves, it is still computed for the others.
	// Half of MaxBytes is for such entries.
	Derived bool
	// OnLeave lets a caller with a goroutine of its own make the call in it. If the
	// caller's context ends while others wait for the call, OnLeave is called with
	// [context.DeadlineExceeded] or [context.Canceled], and Get returns [ErrLeft] once the
	// call has ended. nil: another goroutine makes the call, and Get returns in time.
	OnLeave func(error)
}

// Get returns the cached entry of a request (hit, stale-while-revalidate,
// stale-if-error), the value of an identical call in flight (request coalescing), or
// what it fetches itself. In a scope with a [SecondLevel] an entry of another process
// counts as cached. Its error is that of Fetch, [context.DeadlineExceeded] or
// [context.Canceled].
func Get[V any](ctx context.Context, s *Scope, r Request[V]) (Entry[V], error) {
	r = r.newerThan(ctx)
	c, k := s.cache, key{s.Snapshot(), r.Key, r.Derived}
	now, hit := time.Now(), Hit
	old := c.lookup(k, now)
	if s.second != nil && r.Codec != nil && !r.servesAtOnce(old, now) {
		loaded, err := r.load(ctx, c, k)
		if err != nil {
			return Entry[V]{Result: Miss}, err
		}
		if now = time.Now(); loaded != nil && (old == nil || loaded.storedAt.After(old.storedAt)) {
			old, hit = loaded, SharedHit
		}
	}
	seen := old
	if old != nil && !(r.valid(old) && r.accepts(old)) {
		old = nil
	}
	if old != nil {
		if now.Before(old.expiry.Fresh) {
			return typedEntry[V](old, hit)
		}
		revalidate := now.Before(old.expiry.Stale) // stale-while-revalidate
		if old.usable(now) || revalidate && r.NoRevalidation || r.isRecent(old) {
			return typedEntry[V](old, Stale)
		}
		refresh, result := c.refresh(k, r.fetchAndCommit(ctx, c, old), r.Queue, revalidate)
		if revalidate {
			return typedEntry[V](old, Stale)
		}
		switch e := r.waitForRefresh(ctx, refresh, old); e {
		case nil:
		case old: // stale-if-error
			return typedEntry[V](old, Stale)
		default:
			return typedEntry[V](e, cmp.Or(refresh.result, result))
		}
	}
	f, result, left := c.coalesce(ctx, k, r.fetchAndCommit(ctx, c, seen), r.Derived || r.OnLeave != nil, r.OnLeave)
	e := f.wait(ctx)
	switch {
	case left == handedOver:
		f.removeWaiter(nil)
		return Entry[V]{Result: result}, ErrLeft
	case left == leftAlone && !r.Derived && e != nil && e.err != nil: // it ended early, because this caller left
		e = nil
	}
	if e == nil {
		f.removeWaiter(contextError(ctx))
		return Entry[V]{Result: result}, contextError(ctx)
	}
	f.removeWaiter(nil)
	if f.result != "" {
		result = f.result
	} else if e.storedAt.Before(f.startedAt) { // the call found it cached already
		result = Hit
	}
	return typedEntry[V](e, result)
}

// ErrLeft is returned to a caller that [Request.OnLeave] has released: what became of the
// call concerns others.
var ErrLeft = errors.New("cache: the caller left")

func (r Request[V]) valid(e *entry) bool {
	value, ok := e.value.(V)
	return r.Valid == nil || ok && r.Valid(value)
}

// isRecent reports whether the entry may be served in whatever state.
func (r Request[V]) isRecent(e *entry) bool {
	return !r.ServeSince.IsZero() && e.storedAt.After(r.ServeSince)
}

func (r Request[V]) accepts(e *entry) bool {
	return r.Accept == nil || r.Accept(e.storedAt, e.expiry)
}

// waitForRefresh waits for a new entry until maxRefreshWait has passed. It returns the
// old entry if there is no new one by then, or the upstream failed (stale-if-error).
// It returns nil if there is neither: the old entry has expired since, or was
// invalidated.
func (r Request[V]) waitForRefresh(ctx context.Context, f *flight, old *entry) *entry {
	ctx, cancel := context.WithDeadline(ctx, f.startedAt.Add(maxRefreshWait))
	defer cancel()
	e := f.wait(ctx)
	if (e == nil || r.transient(e.err)) && time.Now().Before(old.expiry.Expires) && f.key.current() {
		return old
	}
	return e
}

func (r Request[V]) transient(err error) bool {
	_, panicked := errors.AsType[*PanicError](err)
	return panicked || err != nil && r.Transient != nil && r.Transient(err)
}
