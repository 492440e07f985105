package cached

import (
	"cmp"
	"context"
	"errors"
	"sync"
	"time"

	"heygen-graphql/heygen"
)

const (
	// probeInterval is the minimum time between two health probes.
	probeInterval = 5 * time.Second
	// healthyFor is how long a response proves that HeyGen responds, while the cache is empty.
	healthyFor = time.Minute
	// probeTimeout is less than the timeout of a health check.
	probeTimeout = 3 * time.Second
)

var errKeyRejected = errors.New("HeyGen rejects the key")

// unavailableReasons maps the errors of a probe to the reasons that [Client.Health]
// returns.
var unavailableReasons = []struct{ kind, reason error }{
	{heygen.ErrForbidden, errors.New("HeyGen does not let the key list avatar groups, and the cache is empty")},
	{heygen.ErrPaymentRequired, errors.New("the HeyGen account lacks the credit or the plan, and the cache is empty")},
	{heygen.ErrRateLimited, errors.New("HeyGen rate limits the key, and the cache is empty")},
	{heygen.ErrInvalidResponse, errors.New("HeyGen's responses are invalid, and the cache is empty")},
	{heygen.ErrBadRequest, errRejected},
	{heygen.ErrNotFound, errRejected},
	{heygen.ErrRejected, errRejected},
}

var errRejected = errors.New("HeyGen rejects requests, and the cache is empty")

var errUnavailable = errors.New("HeyGen is unavailable, and the cache is empty")

func unavailableReason(err error) error {
	for _, r := range unavailableReasons {
		if errors.Is(err, r.kind) {
			return r.reason
		}
	}
	return errUnavailable
}

// health records when HeyGen last responded to the tenant's key, until when there are
// cache entries, and the outcome of the last probe.
type health struct {
	mu          sync.Mutex
	respondedAt time.Time
	cachedUntil time.Time // when the last cache entry expires
	lastReason  error     // why the last probe failed

	probeSlot chan struct{} // a semaphore: held by the caller that probes
	probedAt  time.Time     // guarded by probeSlot
}

func newHealth() *health { return &health{probeSlot: make(chan struct{}, 1)} }

// markHealthy records a response.
func (h *health) markHealthy() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.respondedAt = time.Now()
}

// extendCachedUntil records when an entry that was just served expires.
func (h *health) extendCachedUntil(expires time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if expires.After(h.cachedUntil) {
		h.cachedUntil = expires
	}
}

// resetCachedUntil records that the cache is empty.
func (h *health) resetCachedUntil() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.cachedUntil = time.Time{}
}

// Health returns nil if the client can serve requests with its own key: HeyGen accepts
// the key, and it responds or there are cache entries. If that is unknown, Health
// probes HeyGen, at most every 5 s. The error is the reason, and nothing else.
func (c *Client) Health(ctx context.Context) error {
	if err := c.knownHealth(); err == nil {
		return nil
	}
	c.health.probeSlot <- struct{}{}
	defer func() { <-c.health.probeSlot }()
	if time.Since(c.health.probedAt) >= probeInterval {
		c.health.probedAt = time.Now()
		// The probe outlives this caller, so that the next one finds its outcome.
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), probeTimeout)
		defer cancel()
		_, err := c.ListAvatarGroups(ctx, heygen.AvatarGroupsParams{Limit: heygen.MaxPageSize}) // the page that most clients request first
		c.recordProbe(unavailableReason(err))
	}
	return c.knownHealth()
}

// knownHealth returns what is known of HeyGen without a call.
func (c *Client) knownHealth() error {
	if c.forbidden.contains(allEndpoints) {
		return errKeyRejected
	}
	c.health.mu.Lock()
	defer c.health.mu.Unlock()
	if now := time.Now(); !now.Before(c.health.cachedUntil) && (c.health.respondedAt.IsZero() || now.Sub(c.health.respondedAt) > healthyFor) {
		return cmp.Or(c.health.lastReason, errUnavailable)
	}
	return nil
}

// recordProbe records why a probe failed, and logs it if the reason is new and the
// client is unhealthy.
func (c *Client) recordProbe(reason error) {
	c.health.mu.Lock()
	previous := c.health.lastReason
	c.health.lastReason = reason
	c.health.mu.Unlock()
	if now := c.knownHealth(); now == reason && previous != reason {
		c.options.Logger.Warn("not ready", "reason", reason.Error())
	}
}
