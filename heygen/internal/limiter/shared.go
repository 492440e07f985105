package limiter

import (
	"context"
	"time"
)

// SharedLimits coordinates the limits of one credential with the other processes that use it.
type SharedLimits interface {
	// AcquireSlot waits for one of the slots that all processes have together. Release,
	// which must be called once, frees it. If backoff is positive, there is no slot, and
	// release is nil: HeyGen has rate limited another process, and no call may start
	// before. If the store is unavailable, AcquireSlot returns at once: the limits of
	// this process apply. The error is that of ctx. A Limiter has one call of it at a time.
	AcquireSlot(ctx context.Context) (release func(), backoff time.Duration, err error)
	// BackOff lets the other processes back off, after a 429 to this one.
	BackOff(time.Duration)
}

// maxReceivedBackoff bounds a back-off that another process has announced. It is the
// maximum that a client waits after a 429 of its own.
const maxReceivedBackoff = 24 * time.Hour

// acquireShared waits for a shared slot, for a call that holds a slot of this process, and
// then acquires the permit of the breaker. One call at a time waits: the shared slots go to
// the calls of this process in the order of its queue. release may be nil.
//
// If a back-off begins in the meantime, the call returns to its position in the queue.
func (q *queue) acquireShared(ctx context.Context, t *Ticket) (release func(), err error) {
	for {
		release, backoff, err := q.awaitSlot(ctx, t)
		if err != nil {
			return nil, err
		}
		q.onBackoffReceived(backoff)
		started, err := q.startShared(t, backoff > 0)
		if started {
			return release, nil
		}
		if release != nil {
			release()
		}
		if err != nil {
			return nil, err
		}
		if err := q.wait(ctx, t); err != nil {
			return nil, err
		}
	}
}

// awaitSlot calls AcquireSlot. If that fails or panics, or ctx has ended, the call holds no
// slot any more.
func (q *queue) awaitSlot(ctx context.Context, t *Ticket) (release func(), backoff time.Duration, err error) {
	acquired := false
	defer func() {
		if !acquired {
			q.cancel(t)
		}
	}()
	release, backoff, err = q.shared.AcquireSlot(ctx)
	if err == nil && ctx.Err() != nil {
		if err = ctx.Err(); release != nil {
			release()
		}
	}
	acquired = err == nil
	return release, backoff, err
}

// startShared starts a call that has waited for a shared slot. It acquires the permit of
// the breaker only now: a probe that waited for other processes would hold up the calls to
// its endpoint. It reports false with the error of the breaker, or without one if a back-off
// is in effect and the call is queued again.
func (q *queue) startShared(t *Ticket, backoff bool) (started bool, err error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	now := time.Now()
	q.acquiring = false
	if backoff || q.rate.backoffUntil.After(now) {
		q.inFlight--
		q.insert(t)
		return false, nil
	}
	if err = q.start(t, now); err != nil {
		q.inFlight--
	}
	q.update()
	return err == nil, err
}

// onBackoffReceived backs off because another process was rate limited; 0: none was.
func (q *queue) onBackoffReceived(pause time.Duration) {
	if pause <= 0 {
		return
	}
	pause = min(pause, maxReceivedBackoff)
	q.mu.Lock()
	reduced := q.rate.onBackoffReceived(pause)
	q.update()
	q.mu.Unlock()
	if reduced {
		q.log.Warn(backingOff, "backoff", pause, "source", "another replica")
	}
}
