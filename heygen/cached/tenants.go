package cached

import (
	"crypto/rand"
	"crypto/sha256"
	"sync"
	"sync/atomic"
	"time"

	"github.com/hashicorp/golang-lru/v2/simplelru"

	"heygen-graphql/heygen"
	"heygen-graphql/internal/cache"
	"heygen-graphql/internal/logsample"
)

const (
	// maxVerified is how many tenants are cached whose keys HeyGen has accepted. Each
	// takes some 2 KB, its cache entries aside.
	maxVerified = 10_000
	// maxUnverified is how many others are. They have an LRU list of their own: a client
	// that sends one made-up key after the other evicts only unverified tenants.
	maxUnverified = 1_000
)

// tenant is the state of one key: its cache scope, its upstream limits and what HeyGen
// said of the key. It does not hold the key itself.
type tenant struct {
	base      *heygen.Client // holds the limits; without a key, unless it is the server's own
	scope     *cache.Scope
	replicas  SharedTenant // what this process shares with others; nil: nothing
	forbidden forbiddenEndpoints
	health    *health

	ownershipChanges atomic.Uint64 // counts the pages from which an ownership became known, or changed

	invalidationLog logsample.Sampler // of invalidations by other processes

	rejectedAt atomic.Int64 // when HeyGen last rejected the key, in nanoseconds since 1970; 0: it has accepted it since

	registry *tenants // nil: the tenant of the server's own key
	hash     [sha256.Size]byte
}

// tenants is the registry of callers' keys, by their hash.
type tenants struct {
	newTenant func(heygen.Key) *tenant
	secret    []byte // of this process alone: the hashes are worthless elsewhere

	mu         sync.Mutex
	verified   *simplelru.LRU[[sha256.Size]byte, *tenant]
	unverified *simplelru.LRU[[sha256.Size]byte, *tenant]
}

func newTenants(newTenant func(heygen.Key) *tenant) *tenants {
	r := &tenants{newTenant: newTenant, secret: make([]byte, 32)}
	_, _ = rand.Read(r.secret) // it never fails
	r.verified, _ = simplelru.NewLRU(maxVerified, func(_ [sha256.Size]byte, t *tenant) {
		t.scope.Invalidate()
		t.closeReplicas()
	})
	r.unverified, _ = simplelru.NewLRU(maxUnverified, func(hash [sha256.Size]byte, t *tenant) { // next to nothing is cached for them, and it expires
		if !r.verified.Contains(hash) {
			t.closeReplicas()
		}
	})
	return r
}

// get returns the tenant of a key. An unknown key gets a new, unverified one.
func (r *tenants) get(key heygen.Key) *tenant {
	hash := key.Hash(r.secret)
	r.mu.Lock()
	defer r.mu.Unlock()
	if t, ok := r.verified.Get(hash); ok {
		return t
	}
	if t, ok := r.unverified.Get(hash); ok {
		return t
	}
	t := r.newTenant(key)
	t.registry, t.hash = r, hash
	r.unverified.Add(hash, t)
	return t
}

// all returns all tenants in the registry.
func (r *tenants) all() []*tenant {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append(r.verified.Values(), r.unverified.Values()...)
}

// hasServerKey reports whether this is the tenant of the server's own key.
func (t *tenant) hasServerKey() bool { return t.registry == nil }

// markVerified records that HeyGen accepts the tenant's key.
func (t *tenant) markVerified() {
	if t.hasServerKey() {
		return
	}
	r := t.registry
	r.mu.Lock()
	defer r.mu.Unlock()
	if other, ok := r.unverified.Peek(t.hash); ok && other == t {
		r.verified.Add(t.hash, t)
		r.unverified.Remove(t.hash)
	}
}

// rejectionBackoff is how long a caller's key that HeyGen has rejected is not sent to it
// again: one operation can hold hundreds of calls.
const rejectionBackoff = 5 * time.Second

// recentRejection returns the error for a caller's key that HeyGen rejected within
// rejectionBackoff, or nil. The server's own key is always sent.
func (t *tenant) recentRejection(endpoint string) error {
	at := t.rejectedAt.Load()
	if t.hasServerKey() || at == 0 || time.Since(time.Unix(0, at)) >= rejectionBackoff {
		return nil
	}
	return &heygen.Error{Kind: heygen.ErrUnauthenticated, Endpoint: endpoint, Cause: "not sent: HeyGen has just rejected the key", Status: 401, NotSent: true}
}

// Stats returns the upstream load of each tenant, the client's own first.
func (c *Client) Stats() []heygen.Stats {
	stats := []heygen.Stats{c.base.Stats()}
	for _, t := range c.tenants.all() {
		stats = append(stats, t.base.Stats())
	}
	return stats
}
