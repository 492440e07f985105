package cache

import (
	"math"
	"time"
)

// Expiry is for how long an answer is of use. The three times are in this order;
// the zero Life is none at all.
type Expiry struct {
	Fresh   time.Time // until then it is given as it is
	Stale   time.Time // until then it is given at once, and a new one is fetched behind it
	Expires time.Time // until then it is given where a new one cannot be had
}

// Entry is what somebody asked for.
type Entry[V any] struct {
	Value    V         // shared with others: not to be changed
	StoredAt time.Time // when it came
	Expiry   Expiry
	Result   Result // also beside an error
	Ref      Ref
}

// Ref stands for an answer in whatever is made of it.
type Ref struct {
	key    key
	serial uint64
}

// Valid tells whether the answer is still kept: nothing has taken its place, or
// pushed it out, nor was its scope dropped.
func (p Ref) Valid() bool {
	e := p.key.scope.cache.look(p.key, time.Now())
	return e != nil && e.serial == p.serial && p.key.current()
}

// entry is an answer as it is kept. It never changes from then on.
type entry struct {
	key    key
	serial uint64 // no other answer has it; 0: it will not be kept
	value  any    // a V
	err    error  // an answer, too, where it was worth keeping
	at     time.Time
	life   Expiry
	retry  time.Time // no new one is fetched before
	weight uint32    // once it is kept, in bytes
}

// overhead is what an entry takes beside its value and its name, in bytes:
// the entry with its key, otter's node, its place in a hash table and in the queues.
const overhead = 360

// enough tells whether no call is needed.
func (e *entry) enough(now time.Time) bool {
	return now.Before(e.life.Fresh) || now.Before(e.retry)
}

// weigh measures the entry, with the name that it is kept under.
func (e *entry) weigh(name any) {
	e.weight = uint32(min(overhead+SizeOf(name)+SizeOf(e.value)+SizeOf(e.err), math.MaxUint32))
}

// later is the entry with the next attempt to replace it put off.
func (e *entry) later(retry time.Time) *entry {
	put := *e
	put.retry = retry
	return &put
}

// entryOf reads an entry that an Ask with the same key has made. A key belongs
// to one type of value, as it has one fetch.
func entryOf[V any](e *entry, from Result) (Entry[V], error) {
	value, _ := e.value.(V)
	return Entry[V]{Value: value, StoredAt: e.at, Expiry: e.life, Result: from, Ref: Ref{e.key, e.serial}}, e.err
}
