// Package cached is a caching client of HeyGen's API. It has the methods of
// [heygen.Client] that the GraphQL API uses, and returns what that client returned, now
// or some time ago.
//
// It serves entries stale-while-revalidate and stale-if-error (RFC 5861), caches what
// HeyGen does not have (negative caching), coalesces identical requests, and
// invalidates the entries of a tenant when HeyGen rejects its key. Groups and looks in
// a page of a list are cached as items, too, and need no call of their own. A catalogue is
// a whole list, read page by page and cached as a unit. Several processes with one
// [SharedState] make the calls of one. The values that it returns are
// shared with other callers: they must not be changed.
//
//	client, err := heygen.New(heygen.Options{Key: key})
//	c := cached.New(cached.Options{HeyGen: client, MaxBytes: 64 << 20, Fresh: time.Minute, StaleWhileRevalidate: time.Hour})
//	defer c.Close()
//	group, err := c.AvatarGroup(ctx, "group_monica")
package cached

import (
	"cmp"
	"log/slog"
	"time"

	"heygen-graphql/heygen"
	"heygen-graphql/heygen/catalogue"
	"heygen-graphql/internal/cache"
	"heygen-graphql/internal/logsample"
)

// Options are the settings of a [Client]. Only HeyGen is required.
type Options struct {
	// HeyGen is called on a cache miss and for refreshes.
	HeyGen *heygen.Client
	// MaxBytes bounds the size of the cache. 0 disables caching; identical requests in
	// flight at the same time are still coalesced.
	MaxBytes int64
	// Fresh is how long an entry is served without a call.
	Fresh time.Duration
	// StaleWhileRevalidate is how long after that it is served at once, with a
	// background refresh.
	StaleWhileRevalidate time.Duration
	// StaleIfError is how long after that it is served if HeyGen fails.
	StaleIfError time.Duration
	// PendingTTL is how long the status of an item in training is fresh, if that is less
	// than Fresh. Such an entry is never served stale-while-revalidate: it is fetched
	// again first.
	PendingTTL time.Duration
	// NegativeTTL is how long a "not found" is cached (negative caching).
	NegativeTTL time.Duration
	// RefreshTimeout bounds a background refresh, its time in the queue and its retries
	// included. 0: 30 s.
	RefreshTimeout time.Duration
	// MaxBackgroundRefreshes is how many background refreshes of one key may be in
	// flight at once, and one catalogue besides. 0: 4.
	MaxBackgroundRefreshes int
	// CatalogueMaxItems is the maximum number of items of a list that is read as a whole;
	// beyond, its catalogue is [catalogue.ErrTooLarge]. 0: 5,000.
	CatalogueMaxItems int
	// ObserveWalk is called after each walk over the list of a cached catalogue. It may be nil.
	ObserveWalk func(CatalogueWalk)
	// Shared is what several processes share: entries that one of them has fetched cost the
	// others no call. nil: nothing.
	Shared SharedState
	// SharedSecret is the HMAC key of the HeyGen keys' hashes that Shared receives. It is the
	// same in all processes.
	SharedSecret string
	// PollInterval is the time between two polls of an item that is watched. 0: 10 s.
	PollInterval time.Duration
	// ObservePoll is called after each poll with its outcome, one of poll.Outcomes. It may be
	// nil.
	ObservePoll func(outcome string)
	// Logger logs failed calls for which a stale entry was served, rejected keys, and walks
	// over whole lists. nil: nothing is logged.
	Logger *slog.Logger
}

// Client calls HeyGen with one key, and caches what it returns. Make one with [New] and
// share it; [Client.ForKey] returns one for another key.
type Client struct {
	*shared
	*tenant
	upstream *heygen.Client // with the tenant's key
}

// shared is what the clients of all keys have in common.
type shared struct {
	options      Options
	own          *tenant // of the server's own key
	cache        *cache.Cache
	tenants      *tenants
	staleLog     logsample.Sampler
	walkLog      logsample.Sampler // of failed walks
	rejectionLog logsample.Sampler // of catalogues that the cache cannot hold

	groupPollers *itemPollers[heygen.GroupID, heygen.AvatarGroup]
	lookPollers  *itemPollers[heygen.LookID, heygen.AvatarLook]

	groupRecords records[heygen.AvatarGroup]
	lookRecords  records[heygen.AvatarLook]
	voiceRecords records[heygen.Voice]
}

// New returns a client with an empty cache.
func New(o Options) *Client {
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	o.CatalogueMaxItems = cmp.Or(o.CatalogueMaxItems, catalogue.DefaultMaxItems)
	o.RefreshTimeout = cmp.Or(o.RefreshTimeout, 30*time.Second)
	s := &shared{options: o}
	s.cache = cache.New(cache.Options{MaxBytes: o.MaxBytes, RefreshTimeout: o.RefreshTimeout, MaxBackgroundRefreshes: o.MaxBackgroundRefreshes})
	if o.Shared != nil {
		compression := newCompression()
		s.groupRecords, s.lookRecords, s.voiceRecords = newRecords(&groupResource, s, compression), newRecords(&lookResource, s, compression), newRecords(&voiceResource, s, compression)
	}
	s.groupPollers, s.lookPollers = newPollers(s, &groupResource, announceGroup), newPollers(s, &lookResource, announceLook)
	s.tenants = newTenants(func(key heygen.Key) *tenant {
		return s.newTenant(o.HeyGen.WithOwnLimits().WithKey(heygen.Key{}), key.Hash(s.sharedSecret()), slog.LevelDebug)
	})
	s.own = s.newTenant(o.HeyGen, o.HeyGen.KeyHash(s.sharedSecret()), slog.LevelWarn)
	return &Client{s, s.own, s.own.base}
}

// ForKey returns the client of a caller with its own key. Neither an entry nor a call
// in flight is shared between keys, and each key has its own rate limit. The registry
// of tenants holds a hash of the key: the key itself lives as long as the returned
// client and its calls.
func (c *Client) ForKey(key heygen.Key) *Client {
	t := c.tenants.get(key)
	return &Client{c.shared, t, t.base.WithKey(key)}
}

// Tenant returns what the clients with the same key have in common, as a comparable value.
func (c *Client) Tenant() any { return c.tenant }

// Close ends all watches, cancels the calls in flight, background refreshes included, and
// waits for them to end.
func (c *Client) Close() {
	c.groupPollers.Close()
	c.lookPollers.Close()
	c.cache.Close()
	c.own.closeReplicas()
	for _, t := range c.tenants.all() {
		t.closeReplicas()
	}
}

// Size returns the size of the cache, for all keys, in bytes.
func (c *Client) Size() int64 { return c.cache.Size() }
