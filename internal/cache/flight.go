package cache

import (
	"context"
	"errors"
	"runtime/debug"
	"sync"
	"time"
)

// flight is a call in flight, with the callers that wait for it. As in singleflight,
// there is at most one for each key.
type flight struct {
	cache     *Cache
	key       key
	startedAt time.Time
	done      chan struct{}
	entry     *entry // set before done is closed
	result    Result // likewise; empty, unless the call was saved by another process
	cancel    context.CancelCauseFunc

	promoted chan struct{} // of a refresh, closed when a caller waits for the new value: it need not queue any longer

	// Guarded by Cache.mu:
	waiters      int
	isPromoted   bool          // promoted is closed
	deadline     time.Time     // the latest of all waiters
	noDeadline   bool          // a waiter has none
	refreshTimer *time.Timer   // removes a refresh as a waiter; nil: the flight is no refresh
	queue        *refreshQueue // of a refresh
	finished     bool          // done or abandoned
}

// flightContext is the context of a call. Its deadline moves as callers join and
// leave; leaving enforces it.
type flightContext struct {
	context.Context
	flight *flight
}

// Deadline returns the latest deadline of all waiters. The upstream client uses it to
// decide whether another attempt is worth waiting for.
func (c flightContext) Deadline() (time.Time, bool) {
	c.flight.cache.mu.Lock()
	defer c.flight.cache.mu.Unlock()
	return c.flight.deadline, !c.flight.noDeadline
}

// Awaited reports whether a caller has waited for the value that a [Request.Fetch]
// fetches with its context. It is false for a background refresh that no caller joined.
func Awaited(ctx context.Context) bool {
	promoted := ctx.(flightContext).flight.promoted
	if promoted == nil { // not a refresh
		return true
	}
	select {
	case <-promoted:
		return true
	default:
		return false
	}
}

// coalesce is request coalescing (singleflight): it joins the flight of a key, or
// starts one if there is none. Identical upstream requests become one. The result is
// Coalesced or Miss. An inline call has ended when coalesce returns; others run in a
// goroutine. The caller must call [flight.removeWaiter].
func (c *Cache) coalesce(ctx context.Context, k key, fetch fetchFunc, inline bool, onLeave func(error)) (f *flight, result Result, left departure) {
	f, result, run := c.joinOrStart(ctx, k, fetch)
	switch {
	case run == nil:
	case inline:
		left = f.runInline(ctx, run, onLeave)
	default:
		go run()
	}
	return f, result, left
}

// departure says whether a caller has left the call that it makes itself.
type departure int

const (
	stayed     departure = iota
	leftAlone            // its context ended, which canceled the call
	handedOver           // its context ended while others waited, and onLeave was called
)

// runInline runs a call in its caller's goroutine. When the caller's context ends, it
// removes the caller as a waiter.
func (f *flight) runInline(ctx context.Context, run func(), onLeave func(error)) (left departure) {
	var leaving sync.WaitGroup
	leaving.Add(1)
	stop := context.AfterFunc(ctx, func() {
		defer leaving.Done()
		left = leftAlone
		if othersWait := f.removeWaiter(contextError(ctx)); othersWait && onLeave != nil {
			left = handedOver
			onLeave(contextError(ctx))
		}
	})
	run()
	if stop() {
		return stayed
	}
	leaving.Wait()
	f.cache.mu.Lock()
	defer f.cache.mu.Unlock()
	f.waiters++ // it has been removed, and its caller will do so again
	return left
}

// joinOrStart adds the caller as a waiter to the flight of a key. run is nil if
// another caller has started it already.
func (c *Cache) joinOrStart(ctx context.Context, k key, fetch fetchFunc) (f *flight, result Result, run func()) {
	deadline, hasDeadline := ctx.Deadline()
	c.mu.Lock()
	defer c.mu.Unlock()
	f, result, run = c.flightFor(k, fetch)
	f.promote()
	f.addWaiter(deadline, hasDeadline)
	return f, result, run
}

// flightFor returns the flight of a key and Coalesced. If there is none, it returns a
// new one, Miss and the function that runs it. c.mu must be held.
func (c *Cache) flightFor(k key, fetch fetchFunc) (f *flight, result Result, run func()) {
	if f := c.flights[k]; f != nil {
		return f, Coalesced, nil
	}
	k = k.detached()
	f = &flight{cache: c, key: k, startedAt: time.Now(), done: make(chan struct{})}
	if c.closed {
		f.finished, f.entry = true, &entry{err: context.Canceled}
		close(f.done)
		return f, Miss, nil
	}
	c.flights[k] = f
	var ctx context.Context
	ctx, f.cancel = context.WithCancelCause(context.Background()) // Close cancels all flights: a common parent would be a lock for all calls
	c.running.Add(1)
	return f, Miss, func() {
		defer c.running.Done()
		f.run(flightContext{ctx, f}, fetch)
	}
}

// promote lets a queued refresh start at once. c.mu must be held.
func (f *flight) promote() {
	if f.promoted != nil && !f.isPromoted {
		f.isPromoted = true
		close(f.promoted)
	}
}

// addWaiter adds a waiter with its deadline, if it has one. c.mu must be held.
func (f *flight) addWaiter(deadline time.Time, hasDeadline bool) {
	f.waiters++
	f.noDeadline = f.noDeadline || !hasDeadline
	if deadline.After(f.deadline) {
		f.deadline = deadline
	}
}

// removeWaiter removes a waiter. When the last one leaves an unfinished flight, the
// call is canceled with this cause, and no other caller can join it. othersWait reports
// whether others still wait for the call.
func (f *flight) removeWaiter(cause error) (othersWait bool) {
	f.cache.mu.Lock()
	defer f.cache.mu.Unlock()
	if f.waiters--; f.waiters == 0 && !f.finished {
		f.finish()
		f.cancel(cause)
	}
	return f.waiters > 0 && !f.finished
}

// finish makes way for the next flight of the key. c.mu must be held.
func (f *flight) finish() {
	f.finished = true
	if f.refreshTimer != nil {
		f.refreshTimer.Stop()
		f.queue.refreshes--
	}
	delete(f.cache.flights, f.key)
}

// run makes the call and passes its entry to all waiters.
func (f *flight) run(ctx context.Context, fetch fetchFunc) {
	defer f.cancel(nil)
	e := runRecovered(ctx, f.key, fetch)
	f.cache.mu.Lock()
	defer f.cache.mu.Unlock()
	if !f.finished { // else it was abandoned, and another flight of the key may have started
		f.finish()
	}
	f.entry = e
	close(f.done)
}

// runRecovered calls fetch. A panic outside [Request.Fetch] becomes an error of all
// waiters: nothing else would recover from it in this goroutine.
func runRecovered(ctx context.Context, k key, fetch fetchFunc) (e *entry) {
	defer func() {
		if r := recover(); r != nil {
			e = &entry{err: &PanicError{r, debug.Stack()}}
		}
	}()
	return fetch(ctx, k)
}

// wait returns the flight's entry, or nil if ctx ends first.
func (f *flight) wait(ctx context.Context) *entry {
	select {
	case <-f.done:
		return f.entry
	case <-ctx.Done():
	}
	select {
	case <-f.done: // if both cases are ready, select picks one at random
		return f.entry
	default:
		return nil
	}
}

// contextError returns why a waiter leaves. A deadline says something of the call; a
// caller that canceled its request does not.
func contextError(ctx context.Context) error {
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return context.DeadlineExceeded
	}
	return context.Canceled
}
