package cache

import "time"

// Peek returns the fresh entry of a key. It neither fetches nor waits: it reports false if
// there is none.
func Peek[V any](s *Scope, id any) (value V, ok bool) {
	now := time.Now()
	if e := s.cache.lookup(key{s.Snapshot(), id, false}, now); e != nil && e.err == nil && now.Before(e.expiry.Fresh) {
		value, ok = e.value.(V)
	}
	return value, ok
}

// Inspect returns the value of an entry, stale or fresh. Unlike [Peek] it does not count as
// a use of the entry, which would keep it from being evicted.
func Inspect[V any](s *Scope, id any) (value V, ok bool) {
	k := key{s.Snapshot(), id, false}
	entries := s.cache.storeFor(k)
	if entries == nil {
		return value, false
	}
	if e, found := entries.GetEntryQuietly(k); found && e.Value.err == nil && time.Now().Before(e.Value.expiry.Expires) {
		value, ok = e.Value.value.(V)
	}
	return value, ok
}
