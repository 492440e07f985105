package graph

import (
	"context"
	"slices"
	"sync"
	"time"
)

// turns lets the calls of an operation go ahead, a few at a time, in the order
// in which what they bring stands in the answer. Of fifty groups whose looks are
// asked for, the first one's come first, and with them what hangs from them: at
// the deadline the upper part of the answer is whole.
type turns struct {
	mu       sync.Mutex
	free     int
	waiting  []*turn // the next one first
	gathered []*turn // join waiting together, when the time to gather is over
}

// turn is one call's. Whoever queued for it must call begin, and end if that
// was successful.
type turn struct {
	of       *turns
	at       place
	come     chan struct{}   // closed: it is its turn
	unneeded <-chan struct{} // closed: what the call would bring is there; may be nil
}

// gatherTime is how long what stands in a list waits for its neighbours, which
// other goroutines are about to ask for: the first to come is not the first of
// the list. Calls to HeyGen take some hundred times as long.
const gatherTime = time.Millisecond

func newTurns(atOnce int) *turns { return &turns{free: atOnce} }

// queue joins the queue at its place. What comes alone may have to gather.
func (t *turns) queue(at place, alone bool, unneeded <-chan struct{}) *turn {
	k := &turn{of: t, at: at, come: make(chan struct{}), unneeded: unneeded}
	t.mu.Lock()
	defer t.mu.Unlock()
	if alone && len(at) > 0 {
		if t.gathered = append(t.gathered, k); len(t.gathered) == 1 {
			time.AfterFunc(gatherTime, t.join)
		}
		return k
	}
	t.insert(k)
	t.callUp()
	return k
}

// join ends a time of gathering.
func (t *turns) join() {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, k := range t.gathered {
		t.insert(k)
	}
	t.gathered = nil
	t.callUp()
}

// insert puts a turn behind those of the same place.
func (t *turns) insert(k *turn) {
	i, _ := slices.BinarySearchFunc(t.waiting, k, func(waiting, k *turn) int {
		if k.at.before(waiting.at) {
			return 1
		}
		return -1
	})
	t.waiting = slices.Insert(t.waiting, i, k)
}

func (t *turns) callUp() {
	for ; t.free > 0 && len(t.waiting) > 0; t.free-- {
		close(t.waiting[0].come)
		t.waiting = slices.Delete(t.waiting, 0, 1)
	}
}

// move lets a turn that still waits come at an earlier place. nil: there is none.
func (k *turn) move(at place) {
	if k == nil {
		return
	}
	k.of.mu.Lock()
	defer k.of.mu.Unlock()
	if i := slices.Index(k.of.waiting, k); i >= 0 {
		k.of.waiting = slices.Delete(k.of.waiting, i, i+1)
		k.at = at
		k.of.insert(k)
	}
}

// begin waits for the turn. It is false, and there is nothing to end, when the
// context ended first or the call has become unneeded.
func (k *turn) begin(ctx context.Context) bool {
	select {
	case <-k.come:
	case <-k.unneeded:
	case <-ctx.Done():
	}
	if ctx.Err() == nil && !closed(k.unneeded) {
		return true
	}
	k.leave()
	return false
}

// leave gives up a turn that has come or not.
func (k *turn) leave() {
	k.of.mu.Lock()
	defer k.of.mu.Unlock()
	if closed(k.come) {
		k.of.free++
		k.of.callUp()
		return
	}
	other := func(waiting *turn) bool { return waiting == k }
	k.of.waiting = slices.DeleteFunc(k.of.waiting, other)
	k.of.gathered = slices.DeleteFunc(k.of.gathered, other)
}

// end makes room for the next.
func (k *turn) end() { k.leave() }

func closed(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}
