package loader

import (
	"context"
	"slices"
	"sync"
	"time"
)

// Scheduler limits the upstream calls of one operation and runs them in response
// order. Of fifty groups whose looks are selected, the first group's looks are
// fetched first, and then what depends on them, so that at the deadline the top of
// the response is complete.
//
// It is a priority semaphore: a caller enqueues a [Ticket], acquires a slot with it
// and releases the slot.
type Scheduler struct {
	mu      sync.Mutex
	free    int       // slots
	queue   []*Ticket // the next one first
	delayed []*Ticket // join the queue together, after enqueueDelay
}

// Ticket is one call in the queue. Its owner must call Acquire, and
// Release if that returned true.
type Ticket struct {
	scheduler *Scheduler
	position  Position
	ready     chan struct{}   // closed when the ticket has a slot
	obsolete  <-chan struct{} // closed when the call is no longer needed; may be nil
}

// enqueueDelay is how long a single call from inside a list waits for the calls
// of its neighbors, which other goroutines are about to make: the first to arrive
// is not the first of the list. Calls to HeyGen take some hundred times as long.
const enqueueDelay = time.Millisecond

// NewScheduler returns a scheduler with so many slots.
func NewScheduler(slots int) *Scheduler { return &Scheduler{free: slots} }

// Enqueue adds a call to the queue by its position in the response. A single call
// (one that is not part of a batch) may wait for its neighbors first. obsolete, if
// not nil, is closed when the call is no longer needed.
func (s *Scheduler) Enqueue(position Position, single bool, obsolete <-chan struct{}) *Ticket {
	t := &Ticket{scheduler: s, position: position, ready: make(chan struct{}), obsolete: obsolete}
	s.mu.Lock()
	defer s.mu.Unlock()
	if single && len(position) > 0 {
		if s.delayed = append(s.delayed, t); len(s.delayed) == 1 {
			time.AfterFunc(enqueueDelay, s.flush)
		}
		return t
	}
	s.insert(t)
	s.dispatch()
	return t
}

// flush moves the delayed tickets into the queue.
func (s *Scheduler) flush() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, t := range s.delayed {
		s.insert(t)
	}
	s.delayed = nil
	s.dispatch()
}

// insert adds a ticket to the queue, after those of the same position.
func (s *Scheduler) insert(t *Ticket) {
	i, _ := slices.BinarySearchFunc(s.queue, t, func(queued, t *Ticket) int {
		if t.position.before(queued.position) {
			return 1
		}
		return -1
	})
	s.queue = slices.Insert(s.queue, i, t)
}

// dispatch assigns the free slots to the first tickets of the queue.
func (s *Scheduler) dispatch() {
	for ; s.free > 0 && len(s.queue) > 0; s.free-- {
		close(s.queue[0].ready)
		s.queue = slices.Delete(s.queue, 0, 1)
	}
}

// reprioritize moves a queued ticket to an earlier position. A nil ticket, or one
// that has a slot already, stays as it is.
func (t *Ticket) reprioritize(position Position) {
	if t == nil {
		return
	}
	s := t.scheduler
	s.mu.Lock()
	defer s.mu.Unlock()
	if i := slices.Index(s.queue, t); i >= 0 {
		s.queue = slices.Delete(s.queue, i, i+1)
		t.position = position
		s.insert(t)
	}
}

// Acquire waits for a slot. It returns false, and there is nothing to release, if
// the context ended first or the call has become obsolete.
func (t *Ticket) Acquire(ctx context.Context) bool {
	select {
	case <-t.ready:
	case <-t.obsolete:
	case <-ctx.Done():
	}
	if ctx.Err() == nil && !closed(t.obsolete) {
		return true
	}
	t.cancel()
	return false
}

// cancel releases the slot, or removes the ticket from the queue if it has none.
func (t *Ticket) cancel() {
	s := t.scheduler
	s.mu.Lock()
	defer s.mu.Unlock()
	if closed(t.ready) {
		s.free++
		s.dispatch()
		return
	}
	isThis := func(queued *Ticket) bool { return queued == t }
	s.queue = slices.DeleteFunc(s.queue, isThis)
	s.delayed = slices.DeleteFunc(s.delayed, isThis)
}

// Position returns the position of a call that has a slot.
func (t *Ticket) Position() Position { return t.position }

// Release frees the slot for the next call.
func (t *Ticket) Release() { t.cancel() }

func closed(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}
