package cachetest

import (
	"context"
	"time"

	"heygen-graphql/internal/cache"
)

// Tenant is the part of a [Store] that belongs to one credential, in one process. It is a
// [cache.SecondLevel].
type Tenant struct {
	store       *Store
	state       *state
	invalidated func(endpoint string)
	announced   func(announcement string)
}

// Tenant returns the records of a credential. invalidated is called when another process
// invalidates them, and announced with what another process announces; both may be nil.
func (s *Store) Tenant(credential [32]byte, invalidated, announced func(string)) *Tenant {
	s.mu.Lock()
	defer s.mu.Unlock()
	t := &Tenant{s, s.state(credential), invalidated, announced}
	t.state.tenants[t] = true
	return t
}

// Close ends the calls of invalidated.
func (t *Tenant) Close() {
	t.store.mu.Lock()
	defer t.store.mu.Unlock()
	delete(t.state.tenants, t)
}

// Invalidate removes all records of the credential, and lets the other processes do
// likewise.
func (t *Tenant) Invalidate(_ context.Context, endpoint string) {
	t.store.mu.Lock()
	if before := t.store.before; before != nil {
		t.store.mu.Unlock()
		before()
		t.store.mu.Lock()
	}
	t.store.counts.Invalidations++
	t.state.generation++
	t.state.clear()
	var others []*Tenant
	for other := range t.state.tenants {
		if other != t && other.invalidated != nil {
			others = append(others, other)
		}
	}
	t.store.mu.Unlock()
	for _, other := range others {
		other.invalidated(endpoint)
	}
}

// Announce calls announced in the other processes.
func (t *Tenant) Announce(announcement string) {
	t.store.mu.Lock()
	var others []*Tenant
	for other := range t.state.tenants {
		if other != t && other.announced != nil {
			others = append(others, other)
		}
	}
	t.store.mu.Unlock()
	for _, other := range others {
		other.announced(announcement)
	}
}

// Load implements [cache.SecondLevel].
func (t *Tenant) Load(ctx context.Context, key string) (cache.Record, bool) {
	ok := t.store.begin(ctx, "load")
	t.store.mu.Lock()
	defer t.store.mu.Unlock()
	t.store.counts.Loads++
	if !ok {
		return cache.Record{}, false
	}
	r, ok := t.store.find(t.state.records, key)
	if ok {
		t.store.counts.Hits++
	}
	return r, ok
}

// find returns a record that has not expired. s.mu must be held.
func (s *Store) find(records map[string]cache.Record, key string) (cache.Record, bool) {
	if s.fault == Garbage {
		return cache.Record{Key: key, Data: []byte("\x00\x28\xb5\x2f garbage"), StoredAt: time.Now(), Lifetime: time.Hour}, true
	}
	r, ok := records[key]
	if ok && time.Since(r.StoredAt) >= r.Lifetime {
		delete(records, key)
		ok = false
	}
	return r, ok
}

// Acquire implements [cache.SecondLevel].
func (t *Tenant) Acquire(ctx context.Context, key string, accept func(cache.Record) bool) (cache.Record, cache.Lease) {
	ok := t.store.begin(ctx, "acquire")
	t.store.mu.Lock()
	t.store.counts.Acquires++
	t.store.mu.Unlock()
	for ok {
		l, ended, found := t.tryAcquire(key)
		for _, r := range found {
			if accept(r) {
				l.end()
				t.store.mu.Lock()
				defer t.store.mu.Unlock()
				t.store.counts.Accepted++
				return r, nil
			}
		}
		if l != nil {
			t.store.mu.Lock()
			defer t.store.mu.Unlock()
			t.store.counts.Leases++
			return cache.Record{}, l
		}
		select {
		case <-ended:
		case <-ctx.Done():
			ok = false
		}
	}
	return cache.Record{}, nil
}

// tryAcquire returns a lease, or a channel that is closed when that of another caller ends,
// and the records of the key.
func (t *Tenant) tryAcquire(key string) (l *lease, ended <-chan struct{}, found []cache.Record) {
	t.store.mu.Lock()
	defer t.store.mu.Unlock()
	if held, ok := t.state.leases[key]; ok {
		ended = held
	} else {
		l = &lease{tenant: t, key: key, generation: t.state.generation, ended: make(chan struct{})}
		t.state.leases[key] = l.ended
	}
	for _, records := range []map[string]cache.Record{t.state.records, t.state.transient} {
		if r, ok := t.store.find(records, key); ok {
			found = append(found, r)
		}
	}
	return l, ended, found
}

type lease struct {
	tenant     *Tenant
	key        string
	generation int
	ended      chan struct{}
}

// Release implements [cache.Lease]. The records of an earlier generation are lost.
func (l *lease) Release(ctx context.Context, records ...cache.Record) {
	s, state := l.tenant.store, l.tenant.state
	ok := s.begin(ctx, "release")
	s.mu.Lock()
	if ok && s.fault != Forgets && l.generation == state.generation {
		for _, r := range records {
			s.counts.Stored++
			if r.Transient {
				r.Lifetime = transientLifetime
				state.transient[r.Key] = r
			} else {
				state.records[r.Key] = r
			}
		}
	}
	s.mu.Unlock()
	l.end()
}

// end ends the lease. It does nothing for nil.
func (l *lease) end() {
	if l == nil {
		return
	}
	l.tenant.store.mu.Lock()
	defer l.tenant.store.mu.Unlock()
	delete(l.tenant.state.leases, l.key)
	close(l.ended)
}
