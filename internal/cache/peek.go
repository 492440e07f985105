package cache

import "time"

// Peek returns the fresh entry of a key. It neither fetches nor waits: it reports false if
// there is none.
func Peek[V any](s *Scope, id any) (value V, ok bool) {
	now := time.Now()
	e := s.cache.lookup(key{s.Snapshot(), id, false}, now)
	if e == nil || e.err != nil || !now.Before(e.expiry.Fresh) {
		return value, false
	}
	value, ok = e.value.(V)
	return value, ok
}
