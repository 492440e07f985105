package redisstore

import (
	"sync"
	"sync/atomic"
	"time"
)

// Events are what other replicas report about a tenant. The functions are called from one
// goroutine of the store; they must not block. Each may be nil.
type Events struct {
	// Invalidated is called after another replica has invalidated the tenant's records. The
	// endpoint is empty if the message of that replica was lost.
	Invalidated func(endpoint string)
	// BackedOff is called after HeyGen has rate limited another replica.
	BackedOff func(time.Duration)
	// Announced is called with what another replica announces.
	Announced func(announcement string)
}

// Tenant is what replicas share of one HeyGen credential. It implements
// [heygen-graphql/internal/cache.SecondLevel], and SharedLimits of package heygen.
type Tenant struct {
	*tenant
	events Events
}

// tenant is the state of the Tenants with the same credential.
type tenant struct {
	store *Store
	keys  *tenantKeys
	queue queue // for slots

	handles map[*Tenant]struct{} // guarded by store.mu
	usedAt  atomic.Int64         // Unix seconds

	mu           sync.Mutex
	generations  recentGenerations
	backOffUntil time.Time // of this process
	lasting      string    // the generation whose time to live this process has extended
	renewedAt    time.Time // when it did so
	epoch        uint64    // number of own invalidations
	pending      *invalidation
}

// Tenant returns what replicas share of a credential, which must be secret: a hash under a
// secret key. Tenants with the same credential have the same state. The caller must call
// Close when it no longer uses the tenant.
func (s *Store) Tenant(credential [32]byte, e Events) *Tenant {
	keys := newTenantKeys(credential, s.options.Version)
	s.mu.Lock()
	defer s.mu.Unlock()
	state := s.tenants[keys.id]
	if state == nil {
		state = &tenant{store: s, keys: keys, handles: map[*Tenant]struct{}{}}
		s.tenants[keys.id] = state
	}
	t := &Tenant{state, e}
	state.handles[t] = struct{}{}
	return t
}

// Close ends the events of the tenant. Its leases and slots remain until they are released.
func (t *Tenant) Close() {
	t.store.mu.Lock()
	defer t.store.mu.Unlock()
	delete(t.handles, t)
	t.dropUnused()
}

// dropUnused forgets the state of a tenant that has no handle and no invalidation that is
// still to be stored. The caller holds store.mu.
func (t *tenant) dropUnused() {
	_, unstored := t.store.unstored[t]
	if len(t.handles) == 0 && !unstored && t.store.tenants[t.keys.id] == t {
		delete(t.store.tenants, t.keys.id)
	}
}

// use notes that the tenant is in use, so that its generation is compared.
func (t *tenant) use() { t.usedAt.Store(time.Now().Unix()) }

// listeners returns the events of all who use the tenant.
func (t *tenant) listeners() []Events {
	t.store.mu.Lock()
	defer t.store.mu.Unlock()
	var all []Events
	for handle := range t.handles {
		all = append(all, handle.events)
	}
	return all
}
