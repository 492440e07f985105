package cache

import (
	"context"
	"time"
)

// maxQueuedRefreshes bounds the refreshes of one queue. A stale entry beyond that is
// refreshed the next time that it is requested.
const maxQueuedRefreshes = 1000

// refreshQueue limits the background refreshes of one scope: they queue for a slot.
type refreshQueue struct {
	slots     chan struct{} // a semaphore: one element for each refresh in flight
	refreshes int           // queued or in flight; guarded by Cache.mu
}

// Queue selects a queue of background refreshes. Each scope has one of each kind, so that
// long refreshes do not delay short ones.
type Queue int

const (
	// SingleQueue is for values that hold no other values.
	SingleQueue Queue = iota
	// BulkQueue is for values that hold other values, such as a page of a list.
	BulkQueue
	// LongQueue is for values that take many calls, such as a whole list. It has one slot.
	LongQueue

	queueCount
)

// refresh replaces a stale entry: it joins the flight of its key or starts one, which
// continues for RefreshTimeout even without a caller that waits. In the background
// (stale-while-revalidate) it queues for a slot, and the flight is nil if the queue is
// full; otherwise it starts at once. The result is Coalesced or Miss, or Stale without
// a flight.
func (c *Cache) refresh(k key, fetch fetchFunc, kind Queue, background bool) (*flight, Result) {
	c.mu.Lock()
	defer c.mu.Unlock()
	queue := &k.scope.queues[kind]
	if c.flights[k] == nil && background && queue.refreshes >= maxQueuedRefreshes {
		return nil, Stale
	}
	f, result, run := c.flightFor(k, queue.limited(fetch))
	if run != nil {
		f.promoted = make(chan struct{})
	}
	if !background {
		f.promote() // before it runs, so that its fetch is awaited from the start
	}
	if run != nil {
		go run()
	}
	if f.refreshTimer == nil && !f.finished {
		f.addWaiter(time.Now().Add(c.options.RefreshTimeout), true)
		f.refreshTimer = time.AfterFunc(c.options.RefreshTimeout, func() { f.removeWaiter(context.DeadlineExceeded) })
		f.queue = queue
		queue.refreshes++
	}
	return f, result
}

// limited returns a fetchFunc that waits for a slot, or until a caller waits for the
// flight, whichever is first.
func (q *refreshQueue) limited(fetch fetchFunc) fetchFunc {
	return func(ctx context.Context, k key) *entry {
		select {
		case q.slots <- struct{}{}:
			defer func() { <-q.slots }()
		case <-ctx.(flightContext).flight.promoted:
		case <-ctx.Done():
		}
		if ctx.Err() != nil { // timed out in the queue: no call was made, so none has failed
			return &entry{err: contextError(ctx)}
		}
		return fetch(ctx, k)
	}
}
