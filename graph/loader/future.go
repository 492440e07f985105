package graph

import (
	"context"
	"errors"
	"sync"
)

// future is a value that is there or will be.
type future[V any] struct {
	once  sync.Once
	done  chan struct{}
	value V
	err   error
}

func newFuture[V any]() *future[V] { return &future[V]{done: make(chan struct{})} }

// settle gives the value; only the first one counts.
func (f *future[V]) settle(value V, err error) {
	f.once.Do(func() {
		f.value, f.err = value, err
		close(f.done)
	})
}

// wait gives the value, or gives up when the context ends.
func (f *future[V]) wait(ctx context.Context) (V, error) {
	select {
	case <-f.done:
		return f.value, f.err
	case <-ctx.Done():
		var zero V
		return zero, timedOut(ctx)
	}
}

// memo remembers what an operation asked for: the first who asks fetches, the
// others wait for it. It is for what is asked for by one at a time and so has
// nothing to gain from batches.
type memo[K comparable, V any] struct {
	mu      sync.Mutex
	futures map[K]*future[V]
}

// get gives the value of a key, by fetch if nobody has asked for it before.
func (m *memo[K, V]) get(ctx context.Context, key K, fetch func() (V, error)) (V, error) {
	m.mu.Lock()
	f, known := m.futures[key]
	if !known {
		if m.futures == nil {
			m.futures = map[K]*future[V]{}
		}
		f = newFuture[V]()
		m.futures[key] = f
	}
	m.mu.Unlock()
	if !known {
		defer func() { // nobody waits for a fetch that panicked
			var zero V
			f.settle(zero, errors.New("panic in a fetch"))
		}()
		f.settle(fetch())
	}
	return f.wait(ctx)
}
