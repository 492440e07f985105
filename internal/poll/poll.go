// Package poll polls resources of an upstream for those who watch them: one [Pollers] has one
// poller for each key, whatever the number of watches, and none without watches. It knows
// nothing of the resources, nor of how they are fetched.
//
//	pollers := poll.New(poll.Options[string, Job]{Interval: 10 * time.Second, Equal: equal})
//	defer pollers.Close()
//	watch := pollers.Watch("job-1", fetch)
//	defer watch.Close()
//	for {
//		update, err := watch.Next(ctx) // the present state, then each change
//	}
package poll

import (
	"cmp"
	"context"
	"sync"
	"time"
)

// Options configure [Pollers]. Equal and Classify are required.
type Options[K comparable, V any] struct {
	// Interval is the time from the moment a value was fetched to the next poll. 0: 10 s.
	Interval time.Duration
	// MaxInterval bounds the interval of a value that has not changed for long. 0: 60 s.
	MaxInterval time.Duration
	// Equal reports whether new is no news for those who have seen old.
	Equal func(old, new *V) bool
	// Classify returns what an error of [Fetch] means.
	Classify func(error) ErrorClass
	// RetryAfter returns the time before which there is no use in another poll after an
	// error. nil: none.
	RetryAfter func(error) time.Duration
	// Announce is called after a poll of this process has fetched a changed value, or found
	// that it is gone: not after the first poll of a key, unless the resource is gone then, nor
	// for a value of another process. nil: no other process is interested.
	Announce func(key K)
	// Observe is called after each poll with its outcome, one of [Outcomes], for metrics. The
	// watches, and with them the subscribers, have the result afterwards. May be nil.
	Observe func(outcome string)
}

// ErrorClass is what an error of a [Fetch] means for the watches of its key.
type ErrorClass int

// The classes of errors.
const (
	Passes ErrorClass = iota // the next poll may succeed
	Stays                    // it ends all watches
	Gone                     // the resource does not exist
)

// Fetch returns a value that was fetched after since; a cached one will do.
type Fetch[V any] func(ctx context.Context, since time.Time) (Result[V], error)

// Result is what [Fetch] returns.
type Result[V any] struct {
	Value    V
	StoredAt time.Time // when the upstream responded
	Foreign  bool      // another process has fetched it
}

// Update is the state of a resource. It is shared: it must not be changed.
type Update[V any] struct {
	Value    *V        // nil: the resource does not exist (any more), and no update follows
	StoredAt time.Time // when the upstream responded with Value
}

// The outcomes of polls.
const (
	unchanged = "unchanged"
	changed   = "changed"
	gone      = "gone"
	failed    = "error"
)

// Outcomes returns all outcomes of polls, for metrics.
func Outcomes() []string { return []string{unchanged, changed, gone, failed} }

const (
	defaultInterval    = 10 * time.Second
	defaultMaxInterval = time.Minute
)

// Pollers are the pollers of one kind of resource. Create them with [New].
type Pollers[K comparable, V any] struct {
	options Options[K, V]
	ctx     context.Context // done when the pollers are closed
	cancel  context.CancelFunc
	running sync.WaitGroup

	mu      sync.Mutex
	closed  bool
	pollers map[K]*poller[K, V]
	watches int
}

// Stats is the present load.
type Stats struct{ Pollers, Watches int }

// New returns pollers without watches. The caller must call Close.
func New[K comparable, V any](o Options[K, V]) *Pollers[K, V] {
	o.Interval, o.MaxInterval = cmp.Or(o.Interval, defaultInterval), cmp.Or(o.MaxInterval, defaultMaxInterval)
	o.MaxInterval = max(o.Interval, o.MaxInterval)
	p := &Pollers[K, V]{options: o, pollers: map[K]*poller[K, V]{}}
	p.ctx, p.cancel = context.WithCancel(context.Background())
	return p
}

// Watch starts to watch a resource. The first watch of a key starts its poller, and the last
// that is closed ends it. The caller must close the watch.
func (p *Pollers[K, V]) Watch(key K, fetch Fetch[V]) *Watch[V] {
	p.mu.Lock()
	defer p.mu.Unlock()
	one := p.pollers[key]
	if one == nil {
		one = p.newPoller(key, fetch)
		if p.closed {
			one.end(context.Canceled)
		} else {
			p.pollers[key] = one
			p.running.Go(one.run)
		}
	}
	one.watches++
	p.watches++
	one.welcome()
	return &Watch[V]{state: one.state, close: func() { p.leave(one) }}
}

// leave ends a watch.
func (p *Pollers[K, V]) leave(one *poller[K, V]) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.watches--
	if one.watches--; one.watches == 0 {
		one.cancel()
		p.forget(one)
	}
}

// forget removes a poller: a later watch of its key starts another one. p.mu is held.
func (p *Pollers[K, V]) forget(one *poller[K, V]) {
	if p.pollers[one.key] == one {
		delete(p.pollers, one.key)
	}
}

// Wake polls the keys that match at once, but no key twice within a second. A value that was
// fetched after since will do. It returns how many match.
func (p *Pollers[K, V]) Wake(since time.Time, match func(K) bool) (n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for key, one := range p.pollers {
		if match(key) {
			n++
			one.wake(since)
		}
	}
	return n
}

// Announced looks for the value of a key that another process has fetched.
func (p *Pollers[K, V]) Announced(key K) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if one := p.pollers[key]; one != nil {
		one.announced()
	}
}

// Stats returns the present load.
func (p *Pollers[K, V]) Stats() Stats {
	p.mu.Lock()
	defer p.mu.Unlock()
	return Stats{len(p.pollers), p.watches}
}

// Close ends all watches with [context.Canceled] and waits for polls in flight.
func (p *Pollers[K, V]) Close() {
	p.mu.Lock()
	p.closed = true
	p.cancel()
	p.mu.Unlock()
	p.running.Wait()
}
