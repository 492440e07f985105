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
	"context"
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
	// that it is gone. nil: no other process is interested.
	Announce func(key K)
	// Observe is called after each poll with its outcome, one of [Outcomes]. May be nil.
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
	Value *V // nil: the resource does not exist (any more), and no update follows
}

// Pollers are the pollers of one kind of resource. Create them with [New].
type Pollers[K comparable, V any] struct{}

// Stats is the present load.
type Stats struct{ Pollers, Watches int }

// New returns pollers without watches. The caller must call Close.
func New[K comparable, V any](o Options[K, V]) *Pollers[K, V] { panic("not built") }

// Watch starts to watch a resource. The first watch of a key starts its poller, and the last
// that is closed ends it. The caller must close the watch.
func (p *Pollers[K, V]) Watch(key K, fetch Fetch[V]) *Watch[V] { panic("not built") }

// Wake polls the keys that match at once, but no key twice within a second.
func (p *Pollers[K, V]) Wake(match func(K) bool) { panic("not built") }

// Announced looks for the value of a key that another process has fetched.
func (p *Pollers[K, V]) Announced(key K) { panic("not built") }

// Stats returns the present load.
func (p *Pollers[K, V]) Stats() Stats { panic("not built") }

// Close ends all watches with [context.Canceled] and waits for polls in flight.
func (p *Pollers[K, V]) Close() { panic("not built") }

// Watch follows one resource. It is used by one goroutine.
type Watch[V any] struct{}

// Next returns the present state of the resource the first time, as soon as it is known, and
// then waits for the next change. A caller that is slow sees the latest state only. Its error
// is one that stays, [context.Canceled] after Close of the pollers, or that of ctx.
func (w *Watch[V]) Next(ctx context.Context) (Update[V], error) { panic("not built") }

// LastError returns why the last poll failed, or nil: the error that a watch whose time is over
// should report.
func (w *Watch[V]) LastError() error { panic("not built") }

// Close ends the watch.
func (w *Watch[V]) Close() { panic("not built") }

// Outcomes returns all outcomes of polls, for metrics.
func Outcomes() []string { return []string{"unchanged", "changed", "gone", "error"} }
