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
}

// batchWait is how long a batch waits for ids that were not foreseen.
const batchWait = time.Millisecond

// newLoader makes a loader for one operation. expected is how many distinct ids
// its root fields name: their batch leaves when they are all there, so that a
// lone fetch waits for nobody. fetch makes a call in its turn.
func newLoader[K comparable, V any](ctx context.Context, turns *turns, expected int, fetch func(*turn, K) (V, error)) *loader[K, V] {
	l := &loader[K, V]{
		ctx: ctx, turns: turns, fetch: fetch, expected: expected,
		futures: map[K]*future[V]{}, primed: map[K]V{}, places: map[K]place{},
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
	f, fetch, complete := l.future(ctx, key)
	if fetch {
		l.batches.Load(l.ctx, key)
		if complete {
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

// future gives the future of a key, whether its value has to be fetched now,
// and whether the batch is complete then: in a list others may follow, else only
// those that are expected.
func (l *loader[K, V]) future(ctx context.Context, key K) (f *future[V], fetch, complete bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if f = l.futures[key]; f != nil {
		if at := placeOf(ctx); at.before(l.places[key]) {
			l.places[key] = at // whoever comes first in the answer need not ask first
		}
		return f, false, false
	}
	f = newFuture[V]()
	l.futures[key] = f
	if value, primed := l.primed[key]; primed {
		f.settle(value, nil)
		return f, false, false
	}
	at := placeOf(ctx)
	l.places[key] = at
	if len(at) > 0 {
		return f, true, false
	}
	l.expected--
	return f, true, l.expected <= 0
}

// batch fetches ids side by side, as they get their turns.
func (l *loader[K, V]) batch(_ context.Context, keys []K) []*dataloader.Result[struct{}] {
	results := make([]*dataloader.Result[struct{}], len(keys)) // which nobody looks at
	for i := range results {
		results[i] = &dataloader.Result[struct{}]{}
	}
	fetches := l.inOrder(keys)
	var all sync.WaitGroup
	for _, fetch := range fetches {
		// Here, and not in the goroutine: they would queue in any order.
		turn := l.turns.queue(fetch.at, false, fetch.done)
		all.Go(func() {
			defer func() { // nothing else would recover in this goroutine
				if r := recover(); r != nil {
					var zero V
					fetch.settle(zero, fmt.Errorf("panic in a fetch: %v\n%s", r, debug.Stack())) // for the log alone
				}
			}()
			fetch.settle(l.fetch(turn, fetch.key))
		})
	}
	all.Wait()
	return results
}

type fetch[K comparable, V any] struct {
	*future[V]
	key K
	at  place
}

// inOrder sorts the fetches of a batch by the places of what they bring.
func (l *loader[K, V]) inOrder(keys []K) []fetch[K, V] {
	l.mu.Lock()
	defer l.mu.Unlock()
	fetches := make([]fetch[K, V], len(keys))
	for i, key := range keys {
		fetches[i] = fetch[K, V]{l.futures[key], key, l.places[key]}
	}
	slices.SortStableFunc(fetches, func(a, b fetch[K, V]) int { return slices.Compare(a.at, b.at) })
	return fetches
}
