package cache

import (
	"context"
	"time"
)

// loadKey is the Request.Key of a load flight: those that load a key from the second-level
// cache are coalesced, apart from those that fetch it.
type loadKey struct{ id any }

// servesAtOnce reports whether an entry can be served without waiting for the second-level
// cache or the upstream.
func (r Request[V]) servesAtOnce(e *entry, now time.Time) bool {
	return e != nil && r.valid(e) && r.accepts(e) && (now.Before(e.expiry.Stale) || e.usable(now) || r.isRecent(e))
}

// load returns the entry of the second-level cache, or nil if it has none. The entry is
// cached in this process from then on, unless a newer one is. The error says that the caller
// has left.
func (r Request[V]) load(ctx context.Context, c *Cache, k key) (*entry, error) {
	if c.isInFlight(k) { // it looks for a record itself, and this caller joins it
		return nil, nil
	}
	load := func(flightCtx context.Context, _ key) *entry {
		return r.loadRecord(joinedContext{flightCtx, ctx}, k.detached())
	}
	f, _, left := c.coalesce(ctx, key{k.Snapshot, loadKey{k.id}, false}, load, r.OnLeave != nil, r.OnLeave)
	e := f.wait(ctx)
	switch {
	case left == handedOver:
		f.removeWaiter(nil)
		return nil, ErrLeft
	case e == nil || left == leftAlone:
		f.removeWaiter(contextError(ctx))
		return nil, contextError(ctx)
	}
	f.removeWaiter(nil)
	if e.serial == 0 || !k.current() { // invalidated since: the record is of before that
		return nil, nil
	}
	return e, nil
}

// loadRecord loads the record of a key and commits it. It returns an entry without a serial
// if there is none.
func (r Request[V]) loadRecord(ctx context.Context, k key) *entry {
	none := &entry{}
	record, found := k.scope.second.Load(ctx, r.Codec.Key(r.Key))
	if !found {
		return none
	}
	e := r.decode(k, record)
	if e == nil || !time.Now().Before(e.expiry.Expires) {
		return none
	}
	r.commitRecord(k, e, e.storedAt)
	return e
}

// decode returns a record as an entry, or nil if it cannot be read. It recomputes the expiry:
// the settings of another process may differ.
func (r Request[V]) decode(k key, record Record) (e *entry) {
	defer func() {
		if recover() != nil { // whatever the record holds, the value can be fetched
			e = nil
		}
	}()
	value, err, ok := r.Codec.Decode(record.Data)
	if !ok {
		return nil
	}
	at := record.StoredAt
	if now := time.Now(); at.After(now) {
		at = now
	}
	return &entry{key: k, serial: k.scope.cache.lastSerial.Add(1), value: value, err: err, storedAt: at, expiry: r.Expiry(value, err, at)}
}

// commitRecord commits what another process has fetched. An entry that was stored after
// that, and after startedAt, stays.
func (r Request[V]) commitRecord(k key, e *entry, startedAt time.Time) {
	if r.OnLoad != nil && e.err == nil {
		value, _ := e.value.(V)
		r.OnLoad(value, e.storedAt, k.Snapshot)
	}
	if e.storedAt.Before(startedAt) {
		startedAt = e.storedAt
	}
	r.commit(k.scope.cache, k, e, startedAt)
}

// isInFlight reports whether a key is being fetched.
func (c *Cache) isInFlight(k key) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.flights[k] != nil
}
