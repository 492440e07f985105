package limiter

import (
	"context"
	"slices"
	"time"
)

// Ticket is the position of a call in the queue, which the call has over all its
// attempts: a retry starts before every queued call that came after its first attempt. It
// serves one attempt at a time.
type Ticket struct {
	priority Priority

	// Guarded by queue.mu while the call is queued:
	sequence  uint64 // 0: a new call
	state     ticketState
	ctx       context.Context // of the attempt; its deadline may move while the call is queued
	breaker   *breaker
	ready     chan struct{} // closed when the call is started or rejected; nil: it was at once
	err       error         // why it was rejected
	startedAt time.Time
	epoch     int // of the rate limit at the start
	permit    permit
}

type ticketState int

const (
	queued   ticketState = iota
	started              // holds a slot
	rejected             // is not queued, because of err
)

// Priority orders the calls of one operation, which start in the order of their
// positions in its response. Calls of several operations, and of none, start in the
// order in which they came.
type Priority struct {
	Operation any // identifies the operation, by ==; nil: none
	Position  []int
}

// NewTicket returns the ticket of a new call.
func NewTicket(p Priority) *Ticket { return &Ticket{priority: p} }

// sameOperation reports whether both calls are of one operation.
func (t *Ticket) sameOperation(other *Ticket) bool {
	return t.priority.Operation != nil && t.priority.Operation == other.priority.Operation
}

// before reports whether t starts before another call of its operation.
func (t *Ticket) before(other *Ticket) bool {
	order := slices.Compare(t.priority.Position, other.priority.Position)
	return order < 0 || order == 0 && t.sequence < other.sequence
}
