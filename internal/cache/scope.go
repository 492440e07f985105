package cache

import (
	"cmp"
	"sync/atomic"
)

// Scope holds the entries of one tenant. Neither an entry nor a call in flight is
// shared between scopes.
type Scope struct {
	cache *Cache
	// generation counts the invalidations. It is part of every key, so that a value in
	// flight at an invalidation cannot be cached afterwards.
	generation atomic.Uint64
	queues     [queueCount]refreshQueue // no scope waits for the refreshes of another
	second     SecondLevel              // nil: none
}

// Snapshot is a scope between two invalidations. A value put into it after the second
// one is discarded.
type Snapshot struct {
	scope      *Scope
	generation uint64
}

// key identifies an entry.
type key struct {
	Snapshot
	id      any  // Request.Key
	derived bool // Request.Derived
}

// detached returns a copy of the key in memory of its own. A string in it may be part
// of a much longer one, such as the document that it is a literal of, which would
// stay in memory with it.
func (k key) detached() key { return key{k.Snapshot, detach(k.id), k.derived} }

// NewScope returns an empty scope.
func (c *Cache) NewScope() *Scope {
	s := &Scope{cache: c}
	for queue := range s.queues {
		slots := max(1, cmp.Or(c.options.MaxBackgroundRefreshes, 4)/2)
		if Queue(queue) == LongQueue {
			slots = 1
		}
		s.queues[queue].slots = make(chan struct{}, slots)
	}
	return s
}

// SetSecondLevel sets the cache below the scope. It must be called before the first [Get].
func (s *Scope) SetSecondLevel(second SecondLevel) { s.second = second }

// Snapshot returns the scope as of now.
func (s *Scope) Snapshot() Snapshot { return Snapshot{s, s.generation.Load()} }

// current reports whether the scope has not been invalidated since.
func (s Snapshot) current() bool { return s.generation == s.scope.generation.Load() }

// Invalidate removes all entries of the scope. Calls in flight continue for the
// callers that wait for them. Their values are not cached, and no other caller can
// join them.
func (s *Scope) Invalidate() {
	s.generation.Add(1)
	if s.cache.fetched == nil {
		return
	}
	for _, entries := range []entryStore{s.cache.fetched, s.cache.derived} {
		for k := range entries.Keys() {
			if k.scope == s && !k.current() {
				entries.Invalidate(k)
			}
		}
	}
}
