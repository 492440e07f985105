package redisstore

import (
	"container/list"
	"context"
	"sync"
)

// queue admits one caller at a time, in the order in which they enter: the callers of a
// process that wait for a slot poll one after another, so that Redis gets the polls of one
// caller a process, and the first to come is the first to get a slot.
type queue struct {
	mu      sync.Mutex
	busy    bool
	waiters list.List // of chan struct{}
}

// idle reports whether no caller has entered.
func (q *queue) idle() bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	return !q.busy
}

// enter waits until the caller is admitted. It returns the error of ctx if that is done before.
func (q *queue) enter(ctx context.Context) error {
	q.mu.Lock()
	if !q.busy {
		q.busy = true
		q.mu.Unlock()
		return nil
	}
	admitted := make(chan struct{})
	position := q.waiters.PushBack(admitted)
	q.mu.Unlock()
	select {
	case <-admitted:
		return nil
	case <-ctx.Done():
	}
	q.mu.Lock()
	select {
	case <-admitted:
		q.mu.Unlock()
		q.leave()
	default:
		q.waiters.Remove(position)
		q.mu.Unlock()
	}
	return ctx.Err()
}

// leave admits the next caller.
func (q *queue) leave() {
	q.mu.Lock()
	defer q.mu.Unlock()
	first := q.waiters.Front()
	if first == nil {
		q.busy = false
		return
	}
	close(q.waiters.Remove(first).(chan struct{}))
}
