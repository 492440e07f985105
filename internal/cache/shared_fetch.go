package cache

import (
	"context"
	"time"
)

// tombstoneLifetime is the lifetime of a record that replaces one that is no longer true. The
// processes that wait for the lease use it, and no other.
const tombstoneLifetime = 2 * time.Second

// fetchWithLease fetches the value of a key while no other process does, or returns what
// another process has fetched in the meantime.
func (r Request[V]) fetchWithLease(ctx, callerCtx context.Context, k key, seen *entry, startedAt time.Time) *entry {
	f, sharedCtx := ctx.(flightContext).flight, ctx
	if Awaited(ctx) { // a refresh does not use up the time of the caller that started it
		sharedCtx = joinedContext{ctx, callerCtx}
	}
	e, lease := r.acquire(sharedCtx, k, seen, startedAt)
	switch {
	case e != nil:
		if f.result = SharedHit; e.storedAt.After(startedAt) {
			f.result = Coalesced
		}
		r.commitRecord(k, e, startedAt)
		return e
	case lease == nil && ctx.Err() != nil: // no call is made, so none has failed
		return &entry{err: contextError(ctx), storedAt: time.Now()}
	case lease == nil:
		e, _ := r.fetchNow(ctx, k, seen, startedAt)
		return e
	}
	var records []Record
	defer func() { lease.Release(context.WithoutCancel(sharedCtx), records...) }()
	startedAt = time.Now() // an entry may have been stored while Acquire waited
	if e := r.replacement(k.scope.cache, k, seen, startedAt); e != nil {
		f.result = Coalesced
		return e
	}
	e, outcome := r.fetchNow(ctx, k, seen, startedAt)
	if ctx.Err() == nil || e.err == nil { // else the error is that no caller waits any more
		records = r.records(e, outcome)
	}
	return e
}

// acquire waits for a lease on a key, or for an entry of another process that saves the call.
func (r Request[V]) acquire(ctx context.Context, k key, seen *entry, startedAt time.Time) (accepted *entry, lease Lease) {
	_, lease = k.scope.second.Acquire(ctx, r.Codec.Key(r.Key), func(record Record) bool {
		if e := r.decode(k, record); e != nil && r.savesCall(e, record.Transient, seen, startedAt) {
			accepted = e
		}
		return accepted != nil
	})
	if lease != nil {
		return nil, lease
	}
	return accepted, nil
}

// savesCall reports whether an entry of another process makes a call unnecessary.
func (r Request[V]) savesCall(e *entry, transient bool, seen *entry, startedAt time.Time) bool {
	now := time.Now()
	switch {
	case e.storedAt.After(startedAt): // fetched while this process waited, as if it had joined the call
		return true
	case seen != nil && !e.storedAt.After(seen.storedAt):
		return false
	case transient && (seen == nil || !r.transient(e.err)): // it was for those that waited
		return false
	case transient: // the refresh has failed in another process a moment ago
		return now.Before(e.storedAt.Add(refreshBackoff)) && now.Before(seen.expiry.Expires) && r.valid(seen) && r.accepts(seen)
	default:
		return now.Before(e.expiry.Fresh) && r.valid(e) && r.accepts(e)
	}
}

// records returns the records of a fetched entry, and of the values that it contains.
func (r Request[V]) records(e *entry, outcome commitOutcome) (records []Record) {
	value, _ := e.value.(V)
	if data, ok := r.Codec.Encode(value, e.err); ok {
		record := Record{Key: r.Codec.Key(r.Key), Data: data, StoredAt: e.storedAt, Lifetime: tombstoneLifetime}
		switch {
		case !e.key.current(): // invalidated since
			record.Transient = true
		case outcome == replaced:
			record.Lifetime = e.expiry.Expires.Sub(e.storedAt)
		case outcome == removed: // a tombstone: the record that is there is no longer true, either
		default:
			record.Transient = true
		}
		records = append(records, record)
	}
	if e.err == nil && r.Codec.Items != nil && e.key.current() {
		records = append(records, r.Codec.Items(r.Key, value, e.storedAt)...)
	}
	return records
}
