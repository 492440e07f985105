package cache

// Reweigh measures the cached entry of a derived value again, after the value has
// grown, and evicts entries if the cache exceeds its bound. It does nothing if the
// entry has been replaced, evicted or invalidated. The value is a pointer.
func Reweigh(s *Scope, id, value any) {
	c, k := s.cache, key{s.Snapshot(), id, true}
	c.commitMu.Lock()
	defer c.commitMu.Unlock()
	entries := c.storeFor(k)
	if entries == nil {
		return
	}
	e, ok := entries.GetEntryQuietly(k)
	if !ok || e.Value.value != value {
		return
	}
	grown := *e.Value // readers have the entry: it is immutable
	c.store(grown.key, &grown)
}
