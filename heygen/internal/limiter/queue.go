package limiter

import (
	"context"
	"slices"
	"time"
)

// waiter is a queued call.
type waiter struct {
	ctx    context.Context // its deadline may move while the call is queued
	notify chan struct{}   // of capacity 1: compute the delay again
}

// enqueue appends a call to the queue. The call must leave it with dequeue or
// start. enqueue returns nil if the queue has reached maxLength.
func (r *rateLimiter) enqueue(ctx context.Context, maxLength int) *waiter {
	w := &waiter{ctx: ctx, notify: make(chan struct{}, 1)}
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.queue) >= maxLength {
		return nil
	}
	r.queue = append(r.queue, w)
	return w
}

// wait waits until a call may acquire a slot: it is the first in the queue, or
// the rate is not limited. wait returns early, with the remaining delay and
// false, if the delay ends after the call's deadline.
func (r *rateLimiter) wait(w *waiter) (delay time.Duration, ok bool) {
	for {
		r.mu.Lock()
		now, position := time.Now(), slices.Index(r.queue, w)
		delay = r.delayAt(now, position)
		r.mu.Unlock()
		if delay == 0 || w.ctx.Err() != nil { // acquireSlot returns the error of ctx
			return 0, true
		}
		if deadline, ok := w.ctx.Deadline(); ok && !now.Add(delay).Before(deadline) {
			return delay, false
		}
		timer := time.NewTimer(delay) // a call that becomes the first is notified earlier
		select {
		case <-timer.C:
		case <-w.notify:
		case <-w.ctx.Done():
		}
		timer.Stop()
	}
}

// start dequeues a call that holds a slot and counts its start, unless a 429 has
// arrived since wait returned. epoch is for onSuccess and onRateLimited.
func (r *rateLimiter) start(w *waiter) (epoch int, ok bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	now := time.Now()
	if r.delayAt(now, slices.Index(r.queue, w)) > 0 {
		return 0, false
	}
	r.pruneStarts(now)
	r.recentStarts = append(r.recentStarts, now)
	r.nextStart = now.Add(r.intervalAt(now))
	r.remove(w)
	return r.epoch, true
}

// dequeue removes a call that has not started. After start it does nothing.
func (r *rateLimiter) dequeue(w *waiter) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.remove(w)
}

// remove removes w from the queue, and notifies the call that becomes the first.
func (r *rateLimiter) remove(w *waiter) {
	i := slices.Index(r.queue, w)
	if i < 0 {
		return
	}
	r.queue = slices.Delete(r.queue, i, i+1)
	if i == 0 {
		notify(r.queue[:min(1, len(r.queue))])
	}
}

// notify makes queued calls compute their delay again.
func notify(waiters []*waiter) {
	for _, w := range waiters {
		select {
		case w.notify <- struct{}{}:
		default:
		}
	}
}
