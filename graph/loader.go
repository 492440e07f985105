package graph

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync"
	"time"

	"github.com/graph-gophers/dataloader/v7"
)

// loader fetches things by id, each at most once in its operation.
//
// A dataloader gathers the ids that are asked for together. In front of it
// stands a future for every id: a caller stops waiting when its own context
// ends, an answer is there for its callers as soon as its own call is done
// rather than the slowest one's, and what a list brings in the meantime settles
// a fetch that has not begun.
type loader[K comparable, V any] struct {
	ctx     context.Context // the operation's: outlives every caller of the loader
	fetch   func(context.Context, K) (V, error)
	batches *dataloader.Loader[K, struct{}]

	mu      sync.Mutex
	futures map[K]*future[V]
	primed  map[K]V // what lists brought and nobody has asked for
}

// batchWait is how long a batch waits for ids that were not foreseen.
const batchWait = time.Millisecond

// newLoader makes a loader for one operation. expected is how many distinct
// ids its document asks for: a batch of that many leaves at once, so that a lone
// fetch waits for nobody.
func newLoader[K comparable, V any](ctx context.Context, expected int, fetch func(context.Context, K) (V, error)) *loader[K, V] {
	l := &loader[K, V]{ctx: ctx, fetch: fetch, futures: map[K]*future[V]{}, primed: map[K]V{}}
	l.batches = dataloader.NewBatchedLoader(l.batch,
		dataloader.WithCache(&dataloader.NoCache[K, struct{}]{}), // the futures are the cache
		dataloader.WithBatchCapacity[K, struct{}](expected),
		dataloader.WithInputCapacity[K, struct{}](64), // the default of 1,000 costs 8 KB a batch
		dataloader.WithWait[K, struct{}](batchWait),
	)
	return l
}

// load gives one value, and fetches it if nobody did.
func (l *loader[K, V]) load(ctx context.Context, key K) (V, error) {
	return l.promise(key).wait(ctx)
}

// promise gives the future of a value without waiting for it.
func (l *loader[K, V]) promise(key K) *future[V] {
	f, fetch := l.future(key)
	if fetch {
		l.batches.Load(l.ctx, key)
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
func (l *loader[K, V]) future(key K) (f *future[V], fetch bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if f = l.futures[key]; f != nil {
		return f, false
	}
	f = newFuture[V]()
	l.futures[key] = f
	value, primed := l.primed[key]
	if primed {
		f.settle(value, nil)
	}
	return f, !primed
}

// batch fetches ids side by side; how many at once is the operation's to say.
func (l *loader[K, V]) batch(_ context.Context, keys []K) []*dataloader.Result[struct{}] {
	var all sync.WaitGroup
	results := make([]*dataloader.Result[struct{}], len(keys))
	for i, key := range keys {
		results[i] = &dataloader.Result[struct{}]{}
		f, _ := l.future(key)
		all.Go(func() {
			defer func() { // nothing else would recover in this goroutine
				if r := recover(); r != nil {
					var zero V
					f.settle(zero, fmt.Errorf("panic in a fetch: %v\n%s", r, debug.Stack())) // for the log alone
				}
			}()
			if !f.settled() {
				f.settle(l.fetch(l.ctx, key))
			}
		})
	}
	all.Wait()
	return results
}
