// Package cache keeps answers of a slow service for those who ask for the same
// again, and lets those who ask at the same moment share one call.
//
// An answer is given as it is while it is fresh. Then it is given at once, while
// a new one is fetched behind it, and at last only where a new one cannot be
// had. All that is kept is bounded in bytes. The package knows nothing of what
// it keeps, and it is not a store that anything may be written to: what is not
// asked for again is forgotten.
//
//	c := cache.New(cache.Options{Bytes: 16 << 20})
//	defer c.Close()
//	mine := c.NewScope()
//	answer, err := cache.Ask(ctx, mine, cache.Request[Page]{Key: params, Fetch: fetch, Life: life})
package cache

import (
	"cmp"
	"context"
	"sync"
	"sync/atomic"
	"time"

	"github.com/maypok86/otter/v2"
)

const (
	// patience is how long a new answer is waited for, from the start of its call,
	// where there is an old one that will do.
	patience = 2 * time.Second
	// pause is how long an old answer is given without another call after one
	// has failed.
	pause = 2 * time.Second
	// mostBehind is how many calls of a lane may wait for their turn. What is
	// stale beyond that is asked for anew the next time.
	mostBehind = 1000
)

// Options are the settings of a [Cache].
type Options struct {
	// MaxBytes bounds what is kept, measured. 0: nothing is, but calls are shared all the same.
	MaxBytes int64
	// RefreshTimeout bounds a call that nobody waits for, its turn included. 0: 30 s.
	RefreshTimeout time.Duration
	// MaxBackgroundRefreshes is how many calls of one scope that nobody waits for may be under way at
	// once: they must not keep away those that somebody waits for. Half of them are for requests
	// in bulk, half for others. 0: 4; at least one for each.
	MaxBackgroundRefreshes int
}

// Cache keeps answers. Make one with [New].
type Cache struct {
	options Options
	kept    store // nil: nothing is kept
	made    store // what whoever asked has made of it; nil: nothing

	ctx     context.Context // of all calls: ends with Close
	cancel  context.CancelFunc
	running sync.WaitGroup

	settling sync.Mutex // held while it is decided what is kept
	serials  atomic.Uint64

	mu      sync.Mutex
	closed  bool
	flights map[key]*flight
}

type store = *otter.Cache[key, *entry]

// madeShare is the part of all bytes that is for what is made of answers: there is
// no end to what can be made of one, and it must not push out what costs calls.
const madeShare = 2

func newStore(bytes int64) store {
	return otter.Must(&otter.Options[key, *entry]{
		MaximumWeight: uint64(bytes),
		Weigher:       func(_ key, e *entry) uint32 { return e.weight },
		// Upkeep is some microseconds and happens on writes, which follow a call:
		// it needs no goroutine of its own, that would outlive the cache.
		Executor: func(upkeep func()) { upkeep() },
	})
}

// store is where a key belongs; nil: nothing is kept.
func (c *Cache) store(k key) store {
	if k.made {
		return c.made
	}
	return c.kept
}

// New makes an empty cache. [Cache.Close] must be called when it is done with.
func New(o Options) *Cache {
	o.RefreshTimeout = cmp.Or(o.RefreshTimeout, 30*time.Second)
	c := &Cache{options: o, flights: map[key]*flight{}}
	c.ctx, c.cancel = context.WithCancel(context.Background())
	if o.MaxBytes > 0 {
		c.kept, c.made = newStore(o.MaxBytes-o.MaxBytes/madeShare), newStore(o.MaxBytes/madeShare)
	}
	return c
}

// Close cancels the calls under way, returns when they have ended, and forgets
// everything. Whoever asks afterwards is told that the context was cancelled.
func (c *Cache) Close() {
	c.mu.Lock()
	c.closed = true
	c.mu.Unlock()
	c.cancel()
	c.running.Wait()
	if c.kept != nil {
		c.kept.InvalidateAll()
		c.made.InvalidateAll()
	}
}

// Size is what is kept now, by the cache's own measure.
func (c *Cache) Size() int64 {
	if c.kept == nil {
		return 0
	}
	return int64(c.kept.WeightedSize() + c.made.WeightedSize())
}

// look gives what is kept under a key and still of use; nil: nothing.
func (c *Cache) look(k key, now time.Time) *entry {
	store := c.store(k)
	if store == nil {
		return nil
	}
	e, ok := store.GetIfPresent(k)
	switch {
	case !ok:
		return nil
	case !now.Before(e.life.Expires):
		store.Invalidate(k)
		return nil
	default:
		return e
	}
}

// keep stores an entry, unless its scope has been dropped in the meantime.
func (c *Cache) keep(k key, e *entry) {
	store := c.store(k)
	if store == nil || !k.current() {
		return
	}
	e.weigh(k.name)
	store.Set(k, e)
	if !k.current() { // dropped just now, and perhaps before this was there to be dropped
		store.Invalidate(k)
	}
}

func (c *Cache) forget(k key) {
	if store := c.store(k); store != nil {
		store.Invalidate(k)
	}
}
