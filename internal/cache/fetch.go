package cache

import (
	"context"
	"fmt"
	"runtime/debug"
	"time"
)

// refreshBackoff is how long an old entry is served without another call after a
// refresh has failed.
const refreshBackoff = 2 * time.Second

// fetchFunc fetches the value of a key and caches it, if it may be cached.
type fetchFunc func(context.Context, key) *entry

// fetchAndCommit returns the fetchFunc of a request. seen is the entry that was cached
// when the caller decided that a call is needed: if there is another one by now, from
// another call or from a list, the call is not made. A second-level cache is called with the
// values of callerCtx.
func (r Request[V]) fetchAndCommit(callerCtx context.Context, c *Cache, seen *entry) fetchFunc {
	return func(ctx context.Context, k key) *entry {
		startedAt := time.Now()
		if e := r.replacement(c, k, seen, startedAt); e != nil {
			return e
		}
		if k.scope.second != nil && r.Codec != nil {
			return r.fetchWithLease(ctx, callerCtx, k, seen, startedAt)
		}
		e, _ := r.fetchNow(ctx, k, seen, startedAt)
		return e
	}
}

// replacement returns the entry that has taken the place of seen, if it saves the call.
func (r Request[V]) replacement(c *Cache, k key, seen *entry, now time.Time) *entry {
	if e := c.lookup(k, now); e != nil && e != seen && e.usable(now) && r.accepts(e) {
		return e
	}
	return nil
}

// fetchNow calls the upstream and commits what it returns.
func (r Request[V]) fetchNow(ctx context.Context, k key, seen *entry, startedAt time.Time) (*entry, commitOutcome) {
	c, fetch := k.scope.cache, r.Fetch
	if seen != nil && r.Refresh != nil {
		old, _ := typedEntry[V](seen, Stale)
		fetch = func(ctx context.Context) (V, error) { return r.Refresh(ctx, old) }
	}
	value, err := fetchRecovered(ctx, fetch)
	now := time.Now()
	if r.OnFetch != nil {
		r.OnFetch(value, err, now, k.Snapshot)
	}
	e := &entry{key: k, serial: c.lastSerial.Add(1), value: value, err: err, storedAt: now, expiry: r.Expiry(value, err, now)}
	outcome := r.commit(c, k, e, startedAt)
	if r.OnRejected != nil && err == nil && c.rejected(k, e) {
		r.OnRejected(int64(e.weight), int64(c.storeFor(k).GetMaximum()))
	}
	return e, outcome
}

// commitOutcome says what became of the cached entry of a key.
type commitOutcome int

const (
	notCached    commitOutcome = iota // there was none, and the new one must not be cached
	replaced                          // by the new entry
	superseded                        // the new entry was, by one that is newer
	removed                           // it was no longer true, if there was one
	staleIfError                      // it stays valid after an error
)

// commit decides which entry is cached from now on: e, or the one that is there.
func (r Request[V]) commit(c *Cache, k key, e *entry, startedAt time.Time) commitOutcome {
	outcome := r.replace(c, k, e, startedAt)
	if outcome == staleIfError && r.OnStaleIfError != nil {
		r.OnStaleIfError(e.err)
	}
	return outcome
}

func (r Request[V]) replace(c *Cache, k key, e *entry, startedAt time.Time) commitOutcome {
	c.commitMu.Lock()
	defer c.commitMu.Unlock()
	old := c.lookup(k, e.storedAt)
	switch {
	case old != nil && old.storedAt.After(startedAt) && (e.err == nil || e.storedAt.Before(e.expiry.Expires)):
		return superseded // a Put has stored a newer value since this call started
	case e.storedAt.Before(e.expiry.Expires):
		c.store(k, e)
		return replaced
	case !r.transient(e.err):
		c.remove(k) // the cached value is no longer true
		return removed
	case old != nil:
		c.store(k, old.withNextRefresh(e.storedAt.Add(refreshBackoff)))
		return staleIfError
	}
	return notCached
}

// PanicError is the error of a call that panicked. Its message is for a log only.
type PanicError struct {
	Value any
	Stack []byte
}

func (e *PanicError) Error() string { return fmt.Sprintf("panic in a fetch: %v\n%s", e.Value, e.Stack) }

// fetchRecovered calls fetch. It returns a [PanicError] if fetch panics.
func fetchRecovered[V any](ctx context.Context, fetch func(context.Context) (V, error)) (value V, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = &PanicError{r, debug.Stack()}
		}
	}()
	return fetch(ctx)
}

// Put caches a value that was not fetched by a [Get] with this key, such as an item of
// a list, unless a newer one is cached.
func Put[V any](s Snapshot, id any, value V, at time.Time, expiry Expiry) {
	c, k := s.scope.cache, key{s, id, false}
	if c.fetched == nil || !at.Before(expiry.Expires) {
		return
	}
	c.commitMu.Lock()
	defer c.commitMu.Unlock()
	if old := c.lookup(k, at); old != nil && old.storedAt.After(at) {
		return
	}
	k = k.detached()
	c.store(k, &entry{key: k, serial: c.lastSerial.Add(1), value: value, storedAt: at, expiry: expiry})
}
