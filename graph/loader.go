package graph

import (
	"context"
	"fmt"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"github.com/graph-gophers/dataloader/v7"
)

// loader fetches things by id, each at most once in its operation.
//
// A dataloader gathers the ids that are asked for together, so that their calls
// can be made in the order of the answer. In front of it stands a future for
// every id: a caller stops waiting when its own context ends, an answer is there
// for its callers as soon as its own call is done rather than the slowest one's,
// and what a list brings in the meantime settles a fetch that has not begun.
type loader[K comparable, V any] struct {
	ctx     context.Context // the operation's: outlives every caller of the loader
	turns   *turns
	fetch   func(*turn, K) (V, error)
	batches *dataloader.Loader[K, struct{}]

	mu       sync.Mutex
	expected int // ids of root fields still to come
	futures  map[K]*future[V]
	primed   map[K]V // what lists brought and nobody has asked for
	places   map[K]place
	queued   map[K]*turn
}

// batchWait is how long a batch waits for ids that were not foreseen.
const batchWait = time.Millisecond

// newLoader makes a loader for one operation. expected is how many distinct ids
// its root fields name: their batch leaves when they are all there, so that a
// lone fetch waits for nobody. Links outside of lists count it down, too, and may
// make two batches of them. fetch makes a call in its turn.
func newLoader[K comparable, V any](ctx context.Context, turns *turns, expected int, fetch func(*turn, K) (V, error)) *loader[K, V] {
	l := &loader[K, V]{
		ctx: ctx, turns: turns, fetch: fetch, expected: expected,
		futures: map[K]*future[V]{}, primed: map[K]V{}, places: map[K]place{}, queued: map[K]*turn{},
	}
	l.batches = dataloader.NewBatchedLoader(l.batch,
		dataloader.WithCache(&dataloader.NoCache[K, struct{}]{}), // the futures are the cache
		dataloader.WithInputCapacity[K, struct{}](64),            // the default of 1,000 costs 8 KB a batch
		dataloader.WithWait[K, struct{}](batchWait),
	)
	return l
}

// load gives one value, and fetches it if nobody did.
func (l *loader[K, V]) load(ctx context.Context, key K) (V, error) {
	return l.promise(ctx, key).wait(ctx)
}

// promise gives the future of a value without waiting for it. ctx tells where in
// the answer it will stand.
func (l *loader[K, V]) promise(ctx context.Context, key K) *future[V] {
	at := placeOf(ctx)
	f, fetch := l.future(at, key)
	if fetch {
		l.batches.Load(l.ctx, key)
		if l.complete(at) {
			l.batches.Flush()
		}
	}
	return f
}

// prime tells a value that came by another way.
func (l *loader[K, V]) prime(key K, value V) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if f := l.futures[key]; f != nil {
		f.settle(value, nil)
		return
	}
	l.primed[key] = value
}

// future gives the future of a key, and whether its value has to be fetched now.
func (l *loader[K, V]) future(at place, key K) (f *future[V], fetch bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if f = l.futures[key]; f != nil {
		if at.before(l.places[key]) { // whoever comes first in the answer need not ask first
			l.places[key] = at
			l.queued[key].move(at)
		}
		return f, false
	}
	f = newFuture[V]()
	l.futures[key] = f
	if value, primed := l.primed[key]; primed {
		f.settle(value, nil)
		return f, false
	}
	l.places[key] = at
	return f, true
}

// complete tells, once a key is in its batch, whether that can leave: in a list
// others may follow, else only those that are expected.
func (l *loader[K, V]) complete(at place) bool {
	if len(at) > 0 {
		return false
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.expected--
	return l.expected <= 0
}

// batch fetches ids side by side, as they get their turns.
func (l *loader[K, V]) batch(_ context.Context, keys []K) []*dataloader.Result[struct{}] {
	results := make([]*dataloader.Result[struct{}], len(keys)) // which nobody looks at
	for i := range results {
		results[i] = &dataloader.Result[struct{}]{}
	}
	var all sync.WaitGroup
	for _, fetch := range l.queue(keys) {
		all.Go(func() {
			defer func() { // nothing else would recover in this goroutine
				if r := recover(); r != nil {
					var zero V
					fetch.settle(zero, fmt.Errorf("panic in a fetch: %v\n%s", r, debug.Stack())) // for the log alone
				}
			}()
			fetch.settle(l.fetch(fetch.turn, fetch.key))
		})
	}
	all.Wait()
	return results
}

type fetch[K comparable, V any] struct {
	*future[V]
	key  K
	turn *turn
}

// queue lets the fetches of a batch join the queue, in the order of what they
// bring. In their own goroutines they would do so in any order.
func (l *loader[K, V]) queue(keys []K) []fetch[K, V] {
	l.mu.Lock()
	defer l.mu.Unlock()
	slices.SortStableFunc(keys, func(a, b K) int { return slices.Compare(l.places[a], l.places[b]) })
	fetches := make([]fetch[K, V], len(keys))
	for i, key := range keys {
		f := l.futures[key]
		l.queued[key] = l.turns.queue(l.places[key], false, f.done)
		fetches[i] = fetch[K, V]{f, key, l.queued[key]}
	}
	return fetches
}
