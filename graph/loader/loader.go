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
	fetches  map[K]*fetch[K, V]
	primed   map[K]V         // what lists brought
	brought  []brought[K, V] // what of it is not in primed yet: nobody may ever ask by id
}

// fetch is how one value comes.
type fetch[K comparable, V any] struct {
	*future[V]
	key  K
	at   place // the first in the answer that it was asked from
	turn *turn // nil: it is not in the queue
}

type brought[K comparable, V any] struct {
	key   K
	value V
}

// batchWait is how long a batch waits for ids that were not foreseen.
const batchWait = time.Millisecond

// newLoader makes a loader for one operation. expected is how many distinct ids
// its root fields name: their batch leaves when they are all there, so that a
// lone fetch waits for nobody. Links outside of lists count it down, too, and may
// make two batches of them. fetch makes a call in its turn.
func newLoader[K comparable, V any](ctx context.Context, turns *turns, expected int, fetch func(*turn, K) (V, error)) *loader[K, V] {
	return &loader[K, V]{ctx: ctx, turns: turns, fetch: fetch, expected: expected}
}

// open gets the loader ready for its first fetch. l.mu is held.
func (l *loader[K, V]) open() {
	l.fetches = map[K]*fetch[K, V]{}
	l.batches = dataloader.NewBatchedLoader(l.batch,
		dataloader.WithCache(&dataloader.NoCache[K, struct{}]{}), // the futures are the cache
		dataloader.WithInputCapacity[K, struct{}](64),            // the default of 1,000 costs 8 KB a batch
		dataloader.WithWait[K, struct{}](batchWait),
	)
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
	if f := l.fetches[key]; f != nil {
		f.settle(value, nil)
		return
	}
	l.brought = append(l.brought, brought[K, V]{key, value})
}

// future gives the future of a key, and whether its value has to be fetched now.
func (l *loader[K, V]) future(at place, key K) (f *future[V], needed bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if known := l.fetches[key]; known != nil {
		if at.before(known.at) { // whoever comes first in the answer need not ask first
			known.at = at
			known.turn.move(at)
		}
		return known.future, false
	}
	if l.fetches == nil {
		l.open()
	}
	f = newFuture[V]()
	l.fetches[key] = &fetch[K, V]{future: f, key: key, at: at}
	if value, primed := l.lookUp(key); primed {
		f.settle(value, nil)
		return f, false
	}
	return f, true
}

// lookUp gives what a list brought. l.mu is held.
func (l *loader[K, V]) lookUp(key K) (value V, primed bool) {
	if len(l.brought) > 0 && l.primed == nil {
		l.primed = map[K]V{}
	}
	for _, b := range l.brought {
		l.primed[b.key] = b.value
	}
	l.brought = l.brought[:0]
	value, primed = l.primed[key]
	return value, primed
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

// queue lets the fetches of a batch join the queue, in the order of what they
// bring. In their own goroutines they would do so in any order.
func (l *loader[K, V]) queue(keys []K) []*fetch[K, V] {
	l.mu.Lock()
	defer l.mu.Unlock()
	fetches := make([]*fetch[K, V], len(keys))
	for i, key := range keys {
		fetches[i] = l.fetches[key]
	}
	slices.SortStableFunc(fetches, func(a, b *fetch[K, V]) int { return slices.Compare(a.at, b.at) })
	for _, f := range fetches {
		f.turn = l.turns.queue(f.at, false, f.done)
	}
	return fetches
}
