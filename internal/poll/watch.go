package poll

import (
	"context"
	"sync"
	"time"
)

// state is what the watches of one key see.
type state[V any] struct {
	mu        sync.Mutex
	value     *V        // the newest; nil: the resource does not exist, or its value is not known yet
	storedAt  time.Time // of value
	version   int       // number of changes, the first value included
	err       error     // that ends all watches
	lastError error     // of the last poll
	news      chan struct{}
}

// update changes the state and wakes the watches.
func (s *state[V]) update(change func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change()
	close(s.news)
	s.news = make(chan struct{})
}

// end ends all watches with an error.
func (s *state[V]) end(err error) { s.update(func() { s.err, s.lastError = err, err }) }

// fail records the error of a poll.
func (s *state[V]) fail(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lastError = err
}

// Watch follows one resource. It is used by one goroutine.
type Watch[V any] struct {
	state *state[V]
	seen  int // version of the last update
	close func()
	once  sync.Once
}

// Next returns the present state of the resource the first time, as soon as it is known, and
// then waits for the next change. A caller that is slow sees the latest state only. Its error
// is one that stays, [context.Canceled] after Close of the pollers, or that of ctx.
func (w *Watch[V]) Next(ctx context.Context) (Update[V], error) {
	for {
		w.state.mu.Lock()
		update := Update[V]{w.state.value, w.state.storedAt}
		version, err, news := w.state.version, w.state.err, w.state.news
		w.state.mu.Unlock()
		switch {
		case version > w.seen:
			w.seen = version
			return update, nil
		case err != nil:
			return Update[V]{}, err
		}
		select {
		case <-news:
		case <-ctx.Done():
			return Update[V]{}, ctx.Err()
		}
	}
}

// LastError returns why the last poll failed, or nil: the error that a watch whose time is over
// should report.
func (w *Watch[V]) LastError() error {
	w.state.mu.Lock()
	defer w.state.mu.Unlock()
	return w.state.lastError
}

// Close ends the watch.
func (w *Watch[V]) Close() { w.once.Do(w.close) }
