package cache

import (
	"cmp"
	"sync/atomic"
)

// Scope is all that may be known to one party: what was asked in one scope is
// neither given nor shared in another.
type Scope struct {
	cache *Cache
	// generation counts the times that the scope was dropped. It is part of every
	// key, so that an answer that was still on its way then cannot come back.
	generation atomic.Uint64
	lanes      [2]lane // no scope waits for the calls of another
}

// Snapshot is a scope as it was at some time. It ends when the scope is dropped:
// what is put into it from then on is lost.
type Snapshot struct {
	scope      *Scope
	generation uint64
}

// key names an answer.
type key struct {
	Snapshot
	name any  // what was asked
	made bool // by whoever asked, of other answers
}

// own is the key in memory of its own. A text in it may be part of a much longer
// one, such as the document in which it stood, which would be kept along with it.
func (k key) own() key { return key{k.Snapshot, own(k.name), k.made} }

// NewScope opens a scope.
func (c *Cache) NewScope() *Scope {
	s := &Scope{cache: c}
	for i := range s.lanes {
		s.lanes[i].turns = make(chan struct{}, max(1, cmp.Or(c.options.MaxBackgroundRefreshes, 4)/2))
	}
	return s
}

// Snapshot gives the scope as it is now.
func (s *Scope) Snapshot() Snapshot { return Snapshot{s, s.generation.Load()} }

func (v Snapshot) current() bool { return v.generation == v.scope.generation.Load() }

// Invalidate forgets everything of the scope. Calls under way go on for those who
// wait for them; nobody else is given what they bring.
func (s *Scope) Invalidate() {
	s.generation.Add(1)
	if s.cache.kept == nil {
		return
	}
	for _, store := range []store{s.cache.kept, s.cache.made} {
		for k := range store.Keys() {
			if k.scope == s && !k.current() {
				store.Invalidate(k)
			}
		}
	}
}
