// Package loader batches and orders the loads of one GraphQL operation.
//
// A [Loader] loads values by key, each at most once, on top of a dataloader. A
// [Memo] does the same without batches. A [Scheduler] limits how many of their
// calls are in flight, and runs them in response order.
//
// It knows neither HeyGen nor the schema: how a value is fetched is a function of
// the caller's.
package loader

import (
	"context"
	"fmt"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"github.com/graph-gophers/dataloader/v7"
)

// Loader loads values by key, each at most once in its operation.
//
// A dataloader batches the keys that are loaded together, so that their calls can
// be made in response order. In addition, each key has a [Future]: a caller stops
// waiting when its own context ends, a value is available as soon as its own call
// has returned rather than the slowest of the batch, and [Loader.Prime] completes
// a load that has not started.
type Loader[K comparable, V any] struct {
	ctx       context.Context // the operation's: outlives every caller of the loader
	scheduler *Scheduler
	fetch     FetchFunc[K, V]
	batches   *dataloader.Loader[K, struct{}]

	mu          sync.Mutex
	loads       map[K]*pendingLoad[K, V]
	primed      map[K]V             // values from lists
	primedQueue []primedEntry[K, V] // those not yet in primed: a load by key may never come
}

// pendingLoad is one load.
type pendingLoad[K comparable, V any] struct {
	*Future[V]
	key      K
	position Position // the first position in the response that it was loaded from
	ticket   *Ticket  // nil: it is not in the queue
}

type primedEntry[K comparable, V any] struct {
	key   K
	value V
}

// batchWait is how long a batch of keys from inside a list waits for further keys.
const batchWait = time.Millisecond

// FetchFunc fetches the value of a key, once it has acquired the ticket. It runs in a
// goroutine of its own. If the operation ends before it can return, it calls leave with
// the error for those who wait.
type FetchFunc[K comparable, V any] func(ticket *Ticket, key K, leave func(error)) (V, error)

// New returns a loader for one operation.
func New[K comparable, V any](ctx context.Context, scheduler *Scheduler, fetch FetchFunc[K, V]) *Loader[K, V] {
	return &Loader[K, V]{ctx: ctx, scheduler: scheduler, fetch: fetch}
}

// init prepares the loader for its first load. l.mu is held.
func (l *Loader[K, V]) init() {
	l.loads = map[K]*pendingLoad[K, V]{}
	l.batches = dataloader.NewBatchedLoader(l.batch,
		dataloader.WithCache(&dataloader.NoCache[K, struct{}]{}), // the futures are the cache
		dataloader.WithInputCapacity[K, struct{}](64),            // the default of 1,000 costs 8 KB a batch
		dataloader.WithWait[K, struct{}](batchWait),
	)
}

// Load returns the value of a key, which is fetched if it has not been loaded or
// primed before. It returns the context's error if the context ends first.
func (l *Loader[K, V]) Load(ctx context.Context, key K) (V, error) {
	return l.Start(ctx, key).Wait(ctx)
}

// Start starts to load a value and returns its future without waiting. The
// load's position in the response is that of the field in ctx.
func (l *Loader[K, V]) Start(ctx context.Context, key K) *Future[V] {
	position := PositionOf(ctx)
	f, needed := l.future(position, key)
	if needed {
		l.batches.Load(l.ctx, key)
		if len(position) == 0 { // only in a list more keys may follow
			l.batches.Flush()
		}
	}
	return f
}

// StartAll starts to load the keys that the root fields of the operation name, in
// response order, as one batch. A single key needs none.
func (l *Loader[K, V]) StartAll(keys []K) {
	if len(keys) == 1 {
		if _, needed := l.future(nil, keys[0]); needed {
			go l.runLoad(l.enqueue(keys)[0])
		}
		return
	}
	for _, key := range keys {
		if _, needed := l.future(nil, key); needed {
			l.batches.Load(l.ctx, key)
		}
	}
	l.batches.Flush()
}

// Prime provides the value of a key that was fetched in another way.
func (l *Loader[K, V]) Prime(key K, value V) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if load := l.loads[key]; load != nil {
		load.complete(value, nil)
		return
	}
	l.primedQueue = append(l.primedQueue, primedEntry[K, V]{key, value})
}

// future returns the future of a key, and reports whether its value has to be
// fetched now.
func (l *Loader[K, V]) future(position Position, key K) (f *Future[V], needed bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if load := l.loads[key]; load != nil {
		if position.before(load.position) { // the first in the response need not be loaded first
			load.position = position
			load.ticket.reprioritize(position)
		}
		return load.Future, false
	}
	if l.loads == nil {
		l.init()
	}
	f = newFuture[V]()
	l.loads[key] = &pendingLoad[K, V]{Future: f, key: key, position: position}
	if value, primed := l.takePrimed(key); primed {
		f.complete(value, nil)
		return f, false
	}
	return f, true
}

// takePrimed returns a primed value. l.mu is held.
func (l *Loader[K, V]) takePrimed(key K) (value V, primed bool) {
	if len(l.primedQueue) > 0 && l.primed == nil {
		l.primed = map[K]V{}
	}
	for _, entry := range l.primedQueue {
		l.primed[entry.key] = entry.value
	}
	l.primedQueue = l.primedQueue[:0]
	value, primed = l.primed[key]
	return value, primed
}

// batch fetches keys concurrently, as their tickets get slots.
func (l *Loader[K, V]) batch(_ context.Context, keys []K) []*dataloader.Result[struct{}] {
	results := make([]*dataloader.Result[struct{}], len(keys)) // unused: the futures have the values
	for i := range results {
		results[i] = &dataloader.Result[struct{}]{}
	}
	var all sync.WaitGroup
	for _, load := range l.enqueue(keys) {
		all.Go(func() { l.runLoad(load) })
	}
	all.Wait()
	return results
}

// runLoad fetches the value of a load. A panic is its error: nothing else would recover
// in the goroutine of a batch.
func (l *Loader[K, V]) runLoad(load *pendingLoad[K, V]) {
	defer func() {
		if r := recover(); r != nil {
			var zero V
			load.complete(zero, fmt.Errorf("panic in a load: %v\n%s", r, debug.Stack())) // for the log only
		}
	}()
	load.complete(l.fetch(load.ticket, load.key, func(err error) {
		var zero V
		load.complete(zero, err)
	}))
}

// enqueue enqueues the loads of a batch in response order. From their own
// goroutines they would be enqueued in any order.
func (l *Loader[K, V]) enqueue(keys []K) []*pendingLoad[K, V] {
	l.mu.Lock()
	defer l.mu.Unlock()
	loads := make([]*pendingLoad[K, V], len(keys))
	for i, key := range keys {
		loads[i] = l.loads[key]
	}
	slices.SortStableFunc(loads, func(a, b *pendingLoad[K, V]) int { return slices.Compare(a.position, b.position) })
	for _, load := range loads {
		load.ticket = l.scheduler.Enqueue(load.position, false, load.done)
	}
	return loads
}
