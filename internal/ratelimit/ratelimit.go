// Package ratelimit limits the cost of each caller's operations by the generic cell rate
// algorithm (GCRA): a caller may spend its burst at once, and regains it evenly.
//
// It wraps github.com/throttled/throttled. Replicas can share the limits by a store; if
// that fails, each replica continues by itself from the state that it saw last.
//
//	limiter := ratelimit.New(ratelimit.Options{PerMinute: 600, Burst: 100})
//	limit := limiter.Allow(ctx, callerID, cost)
package ratelimit

import (
	"context"
	"fmt"
	"time"

	"github.com/throttled/throttled/v2"
	"github.com/throttled/throttled/v2/store/memstore"

	"heygen-graphql/graph/caller"
)

// maxCallers is the maximum number of callers whose limits are held in process, some 13 MB.
// Beyond, the least recently seen caller is forgotten.
const maxCallers = 65_536

// maxContention is how often a concurrent operation of the same caller may be faster. The
// library's 10 are too few for a caller with hundreds of operations in flight.
const maxContention = 10_000

// Options configure a [Limiter]. PerMinute and Burst are at least 1.
type Options struct {
	PerMinute int // cost that a caller regains each minute
	Burst     int // cost that a caller may spend at once
	// Shared stores the limits of all replicas with the same PerMinute and Burst. It must be
	// fast and return an error rather than wait. nil: each process limits by itself.
	Shared throttled.GCRAStoreCtx
}

// Limiter implements [caller.RateLimiter].
type Limiter struct {
	store  throttled.GCRAStoreCtx // of local
	local  *throttled.GCRARateLimiterCtx
	shared *sharedLimiter // may be nil
	window time.Duration
}

// New returns a Limiter. It panics if PerMinute or Burst are not positive.
func New(o Options) *Limiter {
	store, err := memstore.NewCtx(maxCallers)
	if err != nil {
		panic("ratelimit: " + err.Error()) // unreachable: maxCallers is positive
	}
	quota := throttled.RateQuota{MaxRate: throttled.PerMin(o.PerMinute), MaxBurst: o.Burst - 1}
	l := &Limiter{store: store, local: newGCRA(store, quota), window: time.Minute / time.Duration(o.PerMinute) * time.Duration(o.Burst)}
	l.local.SetMaxCASAttemptsLimit(maxContention)
	if o.Shared != nil {
		// What is stored is the time at which the burst is restored, which means nothing to
		// other limits: they have other keys.
		prefix := fmt.Sprintf("%d/%d ", o.PerMinute, o.Burst)
		l.shared = &sharedLimiter{gcra: newGCRA(o.Shared, quota), keyPrefix: prefix, burst: o.Burst, window: l.window, waiting: map[string][]*waiter{}}
	}
	return l
}

func newGCRA(store throttled.GCRAStoreCtx, quota throttled.RateQuota) *throttled.GCRARateLimiterCtx {
	limiter, err := throttled.NewGCRARateLimiterCtx(store, quota)
	if err != nil {
		panic("ratelimit: the burst is less than 1")
	}
	return limiter
}

// Allow reports whether a caller may execute an operation of this cost now, and counts the
// cost if so.
//
// With a shared store both limits must allow it: the one in process includes what was
// allowed while the store failed, which callers can cause by many concurrent operations,
// and rejects most of what exceeds the limit without a call to the store. An error of the
// store is not the caller's: the limit in process decides.
func (l *Limiter) Allow(ctx context.Context, callerID string, cost int) caller.RateLimit {
	limited, local, err := l.local.RateLimitCtx(ctx, callerID, cost)
	switch {
	case err != nil: // 10,000 concurrent operations of one caller were faster
		return caller.RateLimit{Limit: local.Limit, Window: l.window, RetryAfter: time.Second}
	case limited || l.shared == nil:
		return l.state(limited, local)
	}
	limited, shared, err := l.shared.allow(ctx, callerID, cost)
	if err != nil || shared.ResetAfter > l.window { // which no such limit has: the store is damaged
		return l.state(false, local)
	}
	if limited {
		_, _, _ = l.local.RateLimitCtx(ctx, callerID, -cost) // it is not executed
	}
	l.catchUp(ctx, callerID, shared.ResetAfter)
	if !limited && local.ResetAfter > shared.ResetAfter {
		return l.state(false, local)
	}
	return l.state(limited, shared)
}

// catchUp makes the limit in process no more than that of the shared store, which is
// restored after resetAfter.
func (l *Limiter) catchUp(ctx context.Context, callerID string, resetAfter time.Duration) {
	for updated := false; !updated; {
		current, now, _ := l.store.GetWithTime(ctx, callerID) // in memory: it never fails
		restored := now.Add(resetAfter).UnixNano()
		switch {
		case resetAfter <= 0 || current >= restored:
			return
		case current == -1:
			updated, _ = l.store.SetIfNotExistsWithTTL(ctx, callerID, restored, resetAfter)
		default:
			updated, _ = l.store.CompareAndSwapWithTTL(ctx, callerID, current, restored, resetAfter)
		}
	}
}

func (l *Limiter) state(limited bool, r throttled.RateLimitResult) caller.RateLimit {
	return caller.RateLimit{
		Allowed: !limited, Limit: r.Limit, Remaining: max(0, r.Remaining), Window: l.window,
		ResetAfter: max(0, r.ResetAfter), RetryAfter: max(0, r.RetryAfter), // -1: it does not apply
	}
}
