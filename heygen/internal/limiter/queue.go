package limiter

import (
	"cmp"
	"context"
	"log/slog"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// queue holds the calls of a credential that wait for a slot or for the rate limit.
// They are in the order in which they came: a retry has the sequence number of its call.
// One operation's calls exchange their numbers, so that they start in response order
// and no other operation's call waits longer for it.
type queue struct {
	log    *slog.Logger
	slots  int
	shared SharedLimits // nil: this process alone uses the credential

	lastSequence atomic.Uint64

	mu        sync.Mutex
	rate      rate
	inFlight  int         // calls that hold a slot
	acquiring bool        // one of them waits for a shared slot, and no other starts before
	tickets   []*Ticket   // the next one to start first
	timer     *time.Timer // updates the queue when the rate limit allows the first to start; nil: never needed
}

// maxQueuePerSlot is how many calls may be queued for each slot. At HeyGen's
// 300 ms a call the last of them waits 12 s. When HeyGen hangs, more would wait
// in vain, and occupy all of a server's capacity for operations.
const maxQueuePerSlot = 40

// register assigns its sequence number to a new call.
func (q *queue) register(t *Ticket) {
	if t.sequence == 0 {
		t.sequence = q.lastSequence.Add(1)
	}
}

// acquire waits for the rate limit, a slot, a shared slot if there are any, and the permit
// of the breaker. A call that waits holds no slot, unless it waits for a shared one. acquire
// returns errProbeInFlight if another call probes.
func (q *queue) acquire(ctx context.Context, t *Ticket, b *breaker) (release func(), err error) {
	q.enqueue(ctx, t, b)
	err = q.wait(ctx, t)
	if err == nil && q.shared != nil {
		return q.acquireShared(ctx, t)
	}
	return nil, err
}

// wait waits until a call holds a slot of this process or is rejected.
func (q *queue) wait(ctx context.Context, t *Ticket) error {
	if t.ready != nil {
		select {
		case <-t.ready:
		case <-ctx.Done():
		}
	}
	if ctx.Err() != nil { // even with a slot: select picks at random between two ready cases
		q.cancel(t)
		return ctx.Err()
	}
	return t.err
}

// enqueue adds a call to the queue at the position of its ticket.
func (q *queue) enqueue(ctx context.Context, t *Ticket, b *breaker) {
	q.mu.Lock()
	defer q.mu.Unlock()
	t.ctx, t.breaker = ctx, b
	q.insert(t)
}

// insert adds a call to the queue at the position of its ticket, and starts it if it may
// start. q.mu is held.
func (q *queue) insert(t *Ticket) {
	t.state, t.ready = queued, nil
	i, _ := slices.BinarySearchFunc(q.tickets, t, func(a, b *Ticket) int { return cmp.Compare(a.sequence, b.sequence) })
	q.tickets = slices.Insert(q.tickets, i, t)
	q.sortOperation(i)
	q.update()
	if t.state == queued {
		t.ready = make(chan struct{})
	}
}

// sortOperation moves the new ticket at an index to its position among those of its
// operation, which are sorted.
func (q *queue) sortOperation(i int) {
	t := q.tickets[i]
	for j := i - 1; j >= 0; j-- {
		if other := q.tickets[j]; other.sameOperation(t) && t.before(other) {
			i = q.exchange(i, j)
		}
	}
	for j := i + 1; j < len(q.tickets); j++ {
		if other := q.tickets[j]; other.sameOperation(t) && other.before(t) {
			i = q.exchange(i, j)
		}
	}
}

// yield moves the ticket at an index, which is about to leave without a start, after
// all others of its operation, so that they keep the numbers that they had without it.
// It returns the new index.
func (q *queue) yield(i int) int {
	for j := i + 1; j < len(q.tickets); j++ {
		if q.tickets[i].sameOperation(q.tickets[j]) {
			i = q.exchange(i, j)
		}
	}
	return i
}

// exchange exchanges two tickets with their sequence numbers, and returns the index of
// the first one.
func (q *queue) exchange(i, j int) int {
	a, b := q.tickets[i], q.tickets[j]
	a.sequence, b.sequence = b.sequence, a.sequence
	q.tickets[i], q.tickets[j] = b, a
	return j
}

// update starts the calls that may start, and rejects those that do not fit into the
// queue, the last first, and those that the rate limit would hold up beyond their
// deadlines. q.mu is held.
func (q *queue) update() {
	now := time.Now()
	for len(q.tickets) > 0 && q.settleFirst(now) {
	}
	for len(q.tickets) > maxQueuePerSlot*q.slots {
		q.settle(len(q.tickets)-1, ErrQueueFull)
	}
	if len(q.tickets) > 0 && q.rate.limited(now) {
		q.rejectLate(now)
	}
	wait := time.Duration(0)
	if len(q.tickets) > 0 {
		wait = q.rate.nextStart(now).Sub(now)
	}
	switch {
	case wait == 0 && q.timer != nil: // none waits, or for a slot
		q.timer.Stop()
	case wait > 0 && q.timer == nil:
		q.timer = time.AfterFunc(wait, q.onTimer)
	case wait > 0:
		q.timer.Reset(wait)
	}
}

func (q *queue) onTimer() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.update()
}

// settleFirst starts the first call, or rejects it. It reports false if the call has to
// wait. A rejected one does not count as a start.
func (q *queue) settleFirst(now time.Time) bool {
	t := q.tickets[0]
	if err := t.ctx.Err(); err != nil {
		return q.settle(0, err)
	}
	if q.rate.nextStart(now).After(now) {
		return false
	}
	if t.breaker.isOpen() { // since the call was queued
		return q.settle(0, ErrCircuitOpen)
	}
	if q.inFlight == q.slots || q.acquiring {
		return false
	}
	err := error(nil)
	if q.shared == nil {
		err = q.start(t, now)
	} else if err = t.breaker.check(); err == nil {
		q.acquiring = true
	}
	if err == nil {
		q.inFlight++
	}
	return q.settle(0, err)
}

// start acquires the permit of the breaker for a call, and counts its start. q.mu is held.
func (q *queue) start(t *Ticket, now time.Time) error {
	p, err := t.breaker.allow()
	if err != nil {
		return err
	}
	t.epoch, t.permit, t.startedAt = q.rate.epoch, p, now
	q.rate.onStart(now)
	return nil
}

// rejectLate rejects the calls that could not start before their deadlines even if
// there was always a slot and each call before them started as soon as the rate
// allows it. A call with less time does not delay those after it.
func (q *queue) rejectLate(now time.Time) {
	at := q.rate.nextStart(now)
	for i := 0; i < len(q.tickets); {
		if deadline, ok := q.tickets[i].ctx.Deadline(); ok && !at.Before(deadline) {
			q.settle(i, BackoffError{q.rate.retryAfter(now)})
			continue
		}
		at = q.rate.startAfter(at)
		i++
	}
}

// settle removes a call from the queue, with its error or, if that is nil, with a slot.
func (q *queue) settle(i int, err error) bool {
	if err != nil {
		i = q.yield(i)
	}
	t := q.tickets[i]
	q.tickets = slices.Delete(q.tickets, i, i+1)
	t.err, t.state = err, rejected
	if err == nil {
		t.state = started
	}
	if t.ready != nil {
		close(t.ready)
	}
	return true
}

// cancel removes a call whose context has ended. If it had just been started, it
// releases its slot and does not count as a start.
func (q *queue) cancel(t *Ticket) {
	q.mu.Lock()
	defer q.mu.Unlock()
	switch t.state {
	case queued:
		q.settle(slices.Index(q.tickets, t), t.ctx.Err())
	case started:
		q.inFlight--
		if q.shared != nil {
			q.acquiring = false // it has not started
			break
		}
		t.breaker.done(t.permit, Ignored)
		q.rate.undoStart(t.startedAt)
	}
	q.update()
}

// release frees the slot of a call that has ended.
func (q *queue) release(epoch int, result Result) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if result == Success {
		q.rate.onSuccess(epoch)
	}
	q.inFlight--
	q.update()
}

// onRateLimited backs off after a 429 to a call that started in epoch, and lets the other
// processes back off if they do not by now.
func (q *queue) onRateLimited(epoch int, retryAfter time.Duration) {
	q.mu.Lock()
	before := q.rate.backoffUntil
	pause, reduced := q.rate.backOff(epoch, retryAfter)
	remaining := time.Until(q.rate.backoffUntil)
	extended := q.rate.backoffUntil.Sub(before) >= sameBackoff
	q.update() // the back-off may now end after the deadlines of some
	q.mu.Unlock()
	if reduced {
		q.log.Warn(backingOff, "backoff", pause)
	}
	if q.shared != nil && (reduced || extended) {
		q.shared.BackOff(remaining)
	}
}

const backingOff = "rate limited by HeyGen, backing off"

// retryAfter returns the remaining back-off, at least a second.
func (q *queue) retryAfter() time.Duration {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.rate.retryAfter(time.Now())
}
