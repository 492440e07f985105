package ratelimit

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/throttled/throttled/v2"
)

// maxWait bounds the time that an operation waits while another one calls the store, which
// the store's own deadline does not include. Then the limit in process decides.
const maxWait = 10 * time.Millisecond

var errTimeout = errors.New("the shared store took too long")

// sharedLimiter counts against the shared store. Concurrent operations of a caller are
// counted together: if each of them updated the store, they would make each other's updates
// fail, and the number of calls to the store would grow with their square.
type sharedLimiter struct {
	gcra      *throttled.GCRARateLimiterCtx
	keyPrefix string
	burst     int
	window    time.Duration

	mu      sync.Mutex
	waiting map[string][]*waiter // by caller; an entry exists while the store is called for it
}

// waiter is an operation that is counted with the next call.
type waiter struct {
	ctx     context.Context
	cost    int
	done    chan struct{} // closed once what follows is set
	limited bool
	result  throttled.RateLimitResult
	err     error
}

// allow is RateLimitCtx of the library.
func (s *sharedLimiter) allow(ctx context.Context, callerID string, cost int) (limited bool, result throttled.RateLimitResult, err error) {
	w := &waiter{ctx: context.WithoutCancel(ctx), cost: cost, done: make(chan struct{})}
	s.mu.Lock()
	waiting, busy := s.waiting[callerID]
	s.waiting[callerID] = append(waiting, w)
	s.mu.Unlock()
	if !busy {
		s.countNext(callerID)
		if s.hasWaiters(callerID) {
			go func() {
				for s.countNext(callerID); s.hasWaiters(callerID); {
					s.countNext(callerID)
				}
			}()
		}
	}
	timer := time.NewTimer(maxWait)
	defer timer.Stop()
	select {
	case <-w.done:
		return w.limited, w.result, w.err
	case <-timer.C:
		return false, result, errTimeout
	}
}

// hasWaiters reports whether operations of a caller wait. If not, it frees the entry.
func (s *sharedLimiter) hasWaiters(callerID string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.waiting[callerID]) > 0 {
		return true
	}
	delete(s.waiting, callerID)
	return false
}

// countNext counts the operations that wait, as many as the burst allows at most.
func (s *sharedLimiter) countNext(callerID string) {
	s.mu.Lock()
	batch, cost := prefix(s.waiting[callerID], s.burst)
	s.waiting[callerID] = s.waiting[callerID][len(batch):]
	s.mu.Unlock()
	ctx, key := batch[0].ctx, s.keyPrefix+callerID
	limited, result, err := s.gcra.RateLimitCtx(ctx, key, cost)
	allowed := batch
	if limited {
		allowed, cost = prefix(batch, result.Remaining)
		if len(batch) == 1 || len(allowed) == 0 {
			allowed = nil
		} else if limited, result, err = s.gcra.RateLimitCtx(ctx, key, cost); limited { // another replica was faster
			allowed = nil
		}
	}
	for i, w := range batch {
		w.limited, w.result, w.err = err == nil && i >= len(allowed), result, err
		if w.limited {
			w.result.RetryAfter = result.ResetAfter + s.window/time.Duration(s.burst)*time.Duration(w.cost) - s.window
		}
		close(w.done)
	}
}

// prefix returns the first waiters whose cost is no more than maxCost in all, and the cost.
func prefix(waiters []*waiter, maxCost int) (first []*waiter, cost int) {
	for i, w := range waiters {
		if cost+w.cost > maxCost {
			return waiters[:i], cost
		}
		cost += w.cost
	}
	return waiters, cost
}
