package cache

import (
	"context"
	"errors"
	"runtime/debug"
	"time"
)

// flight is a call under way and those who wait for it.
type flight struct {
	cache   *Cache
	key     key
	started time.Time
	done    chan struct{}
	result  *entry // when done
	cancel  context.CancelCauseFunc

	urgent chan struct{} // closed: somebody waits for it, and not only an answer to be replaced

	// Of the cache's mu:
	waiting  int
	hurried  bool        // urgent is closed
	deadline time.Time   // the latest of those who wait
	endless  bool        // one of them has none
	held     *time.Timer // lets go of a refresh; nil: it is none
	lane     *lane       // of a refresh
	over     bool        // done, or given up
}

// flightContext is a call's. Its deadline moves on as others join; it is kept by
// their leaving.
type flightContext struct {
	context.Context
	flight *flight
}

// Deadline is for whoever has to decide whether a wait is worth it.
func (c flightContext) Deadline() (time.Time, bool) {
	c.flight.cache.mu.Lock()
	defer c.flight.cache.mu.Unlock()
	return c.flight.deadline, !c.flight.endless
}

// call makes the call of a key and keeps what it brings.
type call func(context.Context, key) *entry

// join waits with others for the call of a key, or starts it: here, and then it
// has ended when join returns, or in a goroutine. Whoever joins must leave. It tells
// whose the call is: Shared or Fetched.
func (c *Cache) join(ctx context.Context, k key, call call, here bool) (*flight, Result) {
	f, from, run := c.board(ctx, k, call)
	switch {
	case run == nil:
	case here:
		stays := context.AfterFunc(ctx, func() { f.leave(reason(ctx)) })
		run()
		if !stays() { // it has left, and will be told to leave again
			c.mu.Lock()
			f.waiting++
			c.mu.Unlock()
		}
	default:
		go run()
	}
	return f, from
}

func (c *Cache) board(ctx context.Context, k key, call call) (f *flight, from Result, run func()) {
	deadline, limited := ctx.Deadline()
	c.mu.Lock()
	defer c.mu.Unlock()
	f, from, run = c.flight(k, call)
	f.hurry()
	f.awaited(deadline, limited)
	return f, from, run
}

// refresh lets the call of a key go on within a time of its own, whoever waits for
// it. Where nobody does it takes its turn in its lane. nil: that is too long. It
// tells whose the call is.
func (c *Cache) refresh(k key, call call, l int, alone bool) (*flight, Result) {
	c.mu.Lock()
	defer c.mu.Unlock()
	lane := &k.scope.lanes[l]
	if c.flights[k] == nil && alone && lane.held >= mostBehind {
		return nil, Stale
	}
	f, from, run := c.flight(k, lane.inTurn(call))
	if run != nil {
		go run()
	}
	if !alone {
		f.hurry()
	}
	if f.held == nil && !f.over {
		f.awaited(time.Now().Add(c.options.RefreshTimeout), true)
		f.held, f.lane = time.AfterFunc(c.options.RefreshTimeout, func() { f.leave(context.DeadlineExceeded) }), lane
		lane.held++
	}
	return f, from
}

// lane is where calls that nobody waits for wait for their turn.
type lane struct {
	turns chan struct{} // one for each that is under way
	held  int           // flights that are refreshes of this lane; of the cache's mu
}

func (r Request[V]) lane() int {
	if r.Bulk {
		return 0
	}
	return 1
}

// inTurn makes a call as soon as not too many others are made behind answers, or
// when somebody waits for it.
func (l *lane) inTurn(next call) call {
	return func(ctx context.Context, k key) *entry {
		select {
		case l.turns <- struct{}{}:
			defer func() { <-l.turns }()
		case <-ctx.(flightContext).flight.urgent:
		case <-ctx.Done():
		}
		if ctx.Err() != nil { // its time was over before its turn: nothing was asked, and nothing has failed
			return &entry{err: reason(ctx)}
		}
		return next(ctx, k)
	}
}

// flight gives the flight of a key, Shared, or a new one, which must be run, if
// there is none. c.mu is held.
func (c *Cache) flight(k key, call call) (f *flight, from Result, run func()) {
	if f := c.flights[k]; f != nil {
		return f, Coalesced, nil
	}
	k = k.own()
	f = &flight{cache: c, key: k, started: time.Now(), done: make(chan struct{}), urgent: make(chan struct{})}
	if c.closed {
		f.over, f.result = true, &entry{err: context.Canceled}
		close(f.done)
		return f, Miss, nil
	}
	c.flights[k] = f
	var ctx context.Context
	ctx, f.cancel = context.WithCancelCause(c.ctx)
	c.running.Add(1)
	return f, Miss, func() {
		defer c.running.Done()
		f.run(flightContext{ctx, f}, call)
	}
}

// hurry lets the call go before its turn. c.mu is held.
func (f *flight) hurry() {
	if !f.hurried {
		f.hurried = true
		close(f.urgent)
	}
}

// awaited counts one more who waits, and until when, if not for ever. c.mu is held.
func (f *flight) awaited(deadline time.Time, limited bool) {
	f.waiting++
	f.endless = f.endless || !limited
	if deadline.After(f.deadline) {
		f.deadline = deadline
	}
}

// leave ends the wait of one. With the last one who leaves before it is done
// the call ends, too: nobody else may join it then.
func (f *flight) leave(why error) {
	f.cache.mu.Lock()
	defer f.cache.mu.Unlock()
	if f.waiting--; f.waiting == 0 && !f.over {
		f.end()
		f.cancel(why)
	}
}

// end makes way for the next flight of the key. c.mu is held.
func (f *flight) end() {
	f.over = true
	if f.held != nil {
		f.held.Stop()
		f.lane.held--
	}
	delete(f.cache.flights, f.key)
}

func (f *flight) run(ctx context.Context, call call) {
	defer f.cancel(nil)
	result := guarded(ctx, f.key, call)
	f.cache.mu.Lock()
	defer f.cache.mu.Unlock()
	if !f.over { // or given up, and another flight may be on its way
		f.end()
	}
	f.result = result
	close(f.done)
}

// guarded turns a panic beside the fetch into an error for all who wait: nothing
// else would recover from it here.
func guarded(ctx context.Context, k key, call call) (result *entry) {
	defer func() {
		if r := recover(); r != nil {
			result = &entry{err: &PanicError{r, debug.Stack()}}
		}
	}()
	return call(ctx, k)
}

// wait gives the flight's result. It is nil when the context ends first.
func (f *flight) wait(ctx context.Context) *entry {
	select {
	case <-f.done:
		return f.result
	case <-ctx.Done():
	}
	select {
	case <-f.done: // of two cases that are ready, select picks at random
		return f.result
	default:
		return nil
	}
}

// reason is why a waiter leaves: a deadline says something of the call, a
// caller who went elsewhere does not.
func reason(ctx context.Context) error {
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return context.DeadlineExceeded
	}
	return context.Canceled
}
