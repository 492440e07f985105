// Package cache is an in-memory cache for the responses of a slow upstream. It
// serves many tenants, each from a [Scope] of its own.
//
//   - A fresh entry is a hit. It costs no call.
//   - Stale-while-revalidate (RFC 5861): for some time after that the entry is served
//     at once, while a background refresh replaces it.
//   - Stale-if-error (RFC 5861): then it is served only if a new value cannot be fetched.
//   - Negative caching: an error, such as "not found", can be an entry, too.
//   - Request coalescing (singleflight): identical requests of one scope that are in
//     flight at the same time share one call.
//   - Second level: a [SecondLevel] that several processes share has the entries of all of
//     them. What one has fetched costs the others no call, and the calls of all are
//     coalesced, by a [Lease].
//   - Eviction: the size of all entries is measured, and bounded in bytes.
//   - Invalidation: [Scope.Invalidate] empties a scope. A call in flight at that moment
//     adds no entry to it.
//
// The package knows nothing of the values, and it is not a store: an entry that is
// not requested again is evicted.
//
//	c := cache.New(cache.Options{MaxBytes: 16 << 20})
//	defer c.Close()
//	scope := c.NewScope()
//	entry, err := cache.Get(ctx, scope, cache.Request[Page]{Key: params, Fetch: fetch, Expiry: expiry})
package cache

import (
	"cmp"
	"context"
	"sync"
	"sync/atomic"
	"time"

	"github.com/maypok86/otter/v2"
)

// Options are the settings of a [Cache].
type Options struct {
	// MaxBytes bounds the measured size of all entries. 0 disables caching; requests
	// are still coalesced.
	MaxBytes int64
	// RefreshTimeout bounds a background refresh, its time in the queue included.
	// 0: 30 s.
	RefreshTimeout time.Duration
	// MaxBackgroundRefreshes is how many background refreshes of one scope may be in
	// flight at once: they must not displace the calls that a caller waits for. Half of
	// them are for [SingleQueue], half for [BulkQueue]. 0: 4; at least one for each.
	// [LongQueue] has one more.
	MaxBackgroundRefreshes int
}

// Cache is a cache for many tenants. Use [New] to make one. It is safe for concurrent use.
type Cache struct {
	options Options
	fetched entryStore // nil: caching is disabled
	derived entryStore // entries computed from fetched ones; nil: caching is disabled

	running sync.WaitGroup // calls in flight

	commitMu   sync.Mutex // held from the comparison with the cached entry to its replacement
	lastSerial atomic.Uint64

	mu      sync.Mutex
	closed  bool
	flights map[key]*flight
}

type entryStore = *otter.Cache[key, *entry]

// derivedShare is the divisor of MaxBytes for derived entries: they get one half. Any
// number of them can be derived from one fetched entry, and they must not evict
// entries that cost upstream calls.
const derivedShare = 2

// newEntryStore returns a store that evicts entries once their size exceeds maxBytes.
func newEntryStore(maxBytes int64) entryStore {
	return otter.Must(&otter.Options[key, *entry]{
		MaximumWeight: uint64(maxBytes),
		Weigher:       func(_ key, e *entry) uint32 { return e.weight },
		// Maintenance takes some microseconds and happens on writes, which follow a
		// call: it needs no goroutine of its own, which would outlive the cache.
		Executor: func(maintain func()) { maintain() },
	})
}

// storeFor returns the store of a key. It is nil if caching is disabled.
func (c *Cache) storeFor(k key) entryStore {
	if k.derived {
		return c.derived
	}
	return c.fetched
}

// New returns an empty cache. The caller must call [Cache.Close] when done with it.
func New(o Options) *Cache {
	o.RefreshTimeout = cmp.Or(o.RefreshTimeout, 30*time.Second)
	c := &Cache{options: o, flights: map[key]*flight{}}
	if o.MaxBytes > 0 {
		c.fetched, c.derived = newEntryStore(o.MaxBytes-o.MaxBytes/derivedShare), newEntryStore(o.MaxBytes/derivedShare)
	}
	return c
}

// Close cancels all calls in flight, waits for them to end and removes all entries.
// A later [Get] returns [context.Canceled].
func (c *Cache) Close() {
	c.mu.Lock()
	c.closed = true
	for _, f := range c.flights {
		f.cancel(context.Canceled)
	}
	c.mu.Unlock()
	c.running.Wait()
	if c.fetched != nil {
		c.fetched.InvalidateAll()
		c.derived.InvalidateAll()
	}
}

// Size returns the measured size of all entries, in bytes.
func (c *Cache) Size() int64 {
	if c.fetched == nil {
		return 0
	}
	return int64(c.fetched.WeightedSize() + c.derived.WeightedSize())
}

// lookup returns the entry of a key, or nil if there is none or it has expired.
func (c *Cache) lookup(k key, now time.Time) *entry {
	entries := c.storeFor(k)
	if entries == nil {
		return nil
	}
	e, ok := entries.GetIfPresent(k)
	switch {
	case !ok:
		return nil
	case !now.Before(e.expiry.Expires):
		entries.Invalidate(k)
		return nil
	default:
		return e
	}
}

// store caches an entry, unless its scope has been invalidated in the meantime.
func (c *Cache) store(k key, e *entry) {
	entries := c.storeFor(k)
	if entries == nil || !k.current() {
		return
	}
	e.weigh(k.id)
	entries.Set(k, e)
	if !k.current() { // invalidated just now, and perhaps before the entry was there to be found
		entries.Invalidate(k)
	}
}

// rejected reports whether an entry was stored and evicted at once. Its scope has not been
// invalidated since.
func (c *Cache) rejected(k key, e *entry) bool {
	if e.weight == 0 { // it was not stored
		return false
	}
	entries := c.storeFor(k)
	entries.CleanUp() // eviction may be pending
	_, cached := entries.GetEntryQuietly(k)
	return !cached && k.current()
}

// remove removes the entry of a key, if there is one.
func (c *Cache) remove(k key) {
	if entries := c.storeFor(k); entries != nil {
		entries.Invalidate(k)
	}
}
