package cache

import (
	"math"
	"time"
)

// Expiry holds the times at which an entry changes its state. They are in ascending
// order. The zero Expiry means that the value must not be cached.
type Expiry struct {
	Fresh   time.Time // until then the entry is fresh: it is served without a call
	Stale   time.Time // until then stale-while-revalidate: it is served at once, with a background refresh
	Expires time.Time // until then stale-if-error: it is served if a new value cannot be fetched
}

// Entry is the value of a request, with its provenance.
type Entry[V any] struct {
	Value    V         // shared with other callers: it must not be changed
	StoredAt time.Time // when it was fetched
	Expiry   Expiry
	Result   Result // also set with an error
	Ref      Ref
}

// Ref identifies one cached entry, for an entry derived from it.
type Ref struct {
	key    key
	serial uint64
}

// Valid reports whether the entry is still cached: it has not been replaced or
// evicted, nor has its scope been invalidated.
func (r Ref) Valid() bool {
	e := r.key.scope.cache.lookup(r.key, time.Now())
	return e != nil && e.serial == r.serial && r.key.current()
}

// entry is a cached value or error. It is immutable once it is stored.
type entry struct {
	key         key
	serial      uint64 // unique; 0: the entry is never stored
	value       any    // a V
	err         error  // negative caching: an error that Request.Expiry allows to be cached
	storedAt    time.Time
	expiry      Expiry
	nextRefresh time.Time // back-off after a failed refresh; zero: none
	weight      uint32    // in bytes; set when the entry is stored
}

// overhead is the size of an entry without its value and its key's id, in bytes:
// the entry with its key, otter's node, its slot in a hash table and in the queues.
const overhead = 360

// usable reports whether the entry can be served without a call: it is fresh, or its
// last refresh failed a moment ago.
func (e *entry) usable(now time.Time) bool {
	return now.Before(e.expiry.Fresh) || now.Before(e.nextRefresh)
}

// weigh measures the entry together with the id of its key.
func (e *entry) weigh(id any) {
	e.weight = uint32(min(overhead+SizeOf(id)+SizeOf(e.value)+SizeOf(e.err), math.MaxUint32))
}

// withNextRefresh returns a copy of the entry that is not refreshed before t.
func (e *entry) withNextRefresh(t time.Time) *entry {
	postponed := *e
	postponed.nextRefresh = t
	return &postponed
}

// typedEntry converts an entry that a [Get] with the same key has stored. A key belongs
// to one type of value, as it has one fetch.
func typedEntry[V any](e *entry, result Result) (Entry[V], error) {
	value, _ := e.value.(V)
	return Entry[V]{Value: value, StoredAt: e.storedAt, Expiry: e.expiry, Result: result, Ref: Ref{e.key, e.serial}}, e.err
}
