package loader

import (
	"context"
	"errors"
	"sync"
)

// Future is a value that may still be loading.
type Future[V any] struct {
	once  sync.Once
	done  chan struct{}
	value V
	err   error
}

func newFuture[V any]() *Future[V] { return &Future[V]{done: make(chan struct{})} }

// complete sets the value. Only the first call has an effect.
func (f *Future[V]) complete(value V, err error) {
	f.once.Do(func() {
		f.value, f.err = value, err
		close(f.done)
	})
}

// Wait returns the value, or the context's error if the context ends first.
func (f *Future[V]) Wait(ctx context.Context) (V, error) {
	select {
	case <-f.done:
		return f.value, f.err
	case <-ctx.Done():
		var zero V
		return zero, ctx.Err()
	}
}

// Memo computes each key's value once in an operation: the first caller computes
// it, the others wait. Unlike a [Loader] it does not batch. The zero value works.
type Memo[K comparable, V any] struct {
	mu      sync.Mutex
	futures map[K]*Future[V]
}

// Do returns the value of a key, which compute returns if no call for the key came
// before. It returns the context's error if the context ends while it waits.
func (m *Memo[K, V]) Do(ctx context.Context, key K, compute func() (V, error)) (V, error) {
	m.mu.Lock()
	f, known := m.futures[key]
	if !known {
		if m.futures == nil {
			m.futures = map[K]*Future[V]{}
		}
		f = newFuture[V]()
		m.futures[key] = f
	}
	m.mu.Unlock()
	if !known {
		defer func() { // no caller may wait for a computation that panicked
			var zero V
			f.complete(zero, errors.New("panic in a load"))
		}()
		f.complete(compute())
	}
	return f.Wait(ctx)
}
