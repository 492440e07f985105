package cached

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"heygen-graphql/heygen"
	"heygen-graphql/internal/cache"
)

// invalidateCooldown is how long after a 403 another one of the same endpoint does not
// invalidate again, whatever succeeded in between: one forbidden id, requested
// alternately with others, must not empty the cache again and again.
const invalidateCooldown = time.Minute

// The minimum times between two invalidations of all processes because of a rejected key:
// after HeyGen has accepted the key in between, and else. The server's own key is sent by all
// processes even if it is rejected.
const (
	announceCooldown = time.Second
	announceInterval = 10 * time.Second
)

// handleAuthOutcome invalidates all entries of the tenant when HeyGen rejects its key
// (401) or no longer allows it an endpoint (403): the entries were fetched with that
// key.
//
// A key may lack a permission from the start, such as the one for voices. Only the
// first 403 of an endpoint, and the first one after a success, invalidates: otherwise
// nothing would ever be cached for such a key. A 403 for a single item says nothing of
// the others: only the entry of that item is removed.
func (c *Client) handleAuthOutcome(endpoint string, err error) {
	upstreamErr, _ := errors.AsType[*heygen.Error](err)
	switch {
	case err == nil:
		c.markVerified()
		c.rejectedAt.Store(0)
		c.health.markHealthy()
		c.forbidden.allow(endpoint)
		if c.forbidden.allow(allEndpoints) {
			c.logAuth(slog.LevelInfo, "HeyGen accepts the key again")
		}
	case errors.Is(err, heygen.ErrUnauthenticated):
		first, announce := c.forbidden.forbid(allEndpoints, time.Now())
		if announce {
			c.invalidate(allEndpoints)
		} else {
			c.removeEntries()
		}
		c.rejectedAt.Store(time.Now().UnixNano())
		if first {
			c.logAuth(slog.LevelError, "HeyGen rejects the key, cache invalidated", "endpoint", endpoint)
		}
	case errors.Is(err, heygen.ErrForbidden) && upstreamErr.Code != "resource_access_denied":
		if first, _ := c.forbidden.forbid(endpoint, time.Now()); first {
			c.invalidate(endpoint)
			c.logAuth(slog.LevelError, "HeyGen forbids this endpoint, cache invalidated", "endpoint", endpoint, "code", upstreamErr.Code)
		}
	}
}

// onFetch returns a function for [cache.Request.OnFetch]: it handles the outcome of a call
// to the endpoint, then calls onValue with a value. onValue may be nil.
func onFetch[V any](c *Client, endpoint string, onValue func(V, time.Time, cache.Snapshot)) func(V, error, time.Time, cache.Snapshot) {
	return func(value V, err error, at time.Time, of cache.Snapshot) {
		c.handleAuthOutcome(endpoint, err)
		if err == nil && onValue != nil {
			onValue(value, at, of)
		}
	}
}

// invalidate removes all cache entries of the tenant, in all processes, because HeyGen
// forbids the endpoint.
func (t *tenant) invalidate(endpoint string) {
	t.removeEntries()
	if t.replicas != nil {
		t.replicas.Invalidate(context.Background(), endpoint)
		t.removeEntries() // those that were loaded in the meantime
	}
}

// removeEntries removes all cache entries of the tenant in this process.
func (t *tenant) removeEntries() {
	t.scope.Invalidate()
	t.health.resetCachedUntil()
}

// logAuth logs an event of the server's own key at the level given, for the operator to
// act on. Events of a caller's key are logged at debug level: they concern that caller
// alone, and anyone can send any number of wrong keys.
func (c *Client) logAuth(level slog.Level, message string, attrs ...any) {
	if !c.hasServerKey() {
		level = slog.LevelDebug
	}
	c.options.Logger.Log(context.Background(), level, message, attrs...)
}

// allEndpoints is the entry of forbiddenEndpoints for a rejected key: with a 401 all
// endpoints are forbidden.
const allEndpoints = "*"

// forbiddenEndpoints holds the endpoints that HeyGen forbids a key. Its zero value is
// empty.
type forbiddenEndpoints struct {
	mu         sync.Mutex
	byEndpoint map[string]endpointState
}

type endpointState struct {
	forbidden   bool
	changedAt   time.Time // when forbid last reported first
	announcedAt time.Time // when it last reported announce
}

// contains reports whether the endpoint is forbidden.
func (f *forbiddenEndpoints) contains(endpoint string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.byEndpoint[endpoint].forbidden
}

// allow marks the endpoint as allowed. It reports whether it was forbidden.
func (f *forbiddenEndpoints) allow(endpoint string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	state := f.byEndpoint[endpoint]
	if state.forbidden {
		f.byEndpoint[endpoint] = endpointState{false, state.changedAt, state.announcedAt}
	}
	return state.forbidden
}

// forbid marks the endpoint as forbidden. first reports whether it was allowed, and
// invalidateCooldown has passed since forbid last reported so; announce, whether the other
// processes do not know, or may have lost it.
func (f *forbiddenEndpoints) forbid(endpoint string, now time.Time) (first, announce bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	state := f.byEndpoint[endpoint]
	interval := announceCooldown
	if state.forbidden {
		interval = announceInterval
	}
	first = !state.forbidden && (state.changedAt.IsZero() || now.Sub(state.changedAt) >= invalidateCooldown)
	announce = now.Sub(state.announcedAt) >= interval
	if first {
		state.changedAt = now
	}
	if announce {
		state.announcedAt = now
	}
	if f.byEndpoint == nil {
		f.byEndpoint = map[string]endpointState{}
	}
	f.byEndpoint[endpoint] = endpointState{true, state.changedAt, state.announcedAt}
	return first, announce
}
