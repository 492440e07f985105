package httptransport

import (
	"net/http"
	"sync/atomic"
)

// Semaphore bounds the operations in flight. Those beyond are rejected at once (load
// shedding), so that the admitted ones can complete.
type Semaphore chan struct{}

// NewSemaphore returns a semaphore with n slots.
func NewSemaphore(n int) Semaphore { return make(Semaphore, n) }

// TryAcquire takes a slot and reports whether one was free. The caller must release it.
func (s Semaphore) TryAcquire() bool {
	select {
	case s <- struct{}{}:
		return true
	default:
		return false
	}
}

// Release frees a slot.
func (s Semaphore) Release() { <-s }

// InUse returns the number of slots that are taken.
func (s Semaphore) InUse() int { return len(s) }

// ByteBudget bounds the bytes of the large messages in flight. Short messages are
// exempt: they are the rule, and need no more memory than the slots for operations
// and the buffers of connections account for.
type ByteBudget struct {
	Exempt int64 // a message of up to this many bytes is not counted
	Max    int64

	used atomic.Int64
}

// TryAcquire reserves n bytes and reports whether there was room. The caller must
// release them.
func (b *ByteBudget) TryAcquire(n int64) bool {
	if n > b.Exempt && b.used.Add(n) > b.Max {
		b.used.Add(-n)
		return false
	}
	return true
}

// Release returns n bytes to the budget.
func (b *ByteBudget) Release(n int64) {
	if n > b.Exempt {
		b.used.Add(-n)
	}
}

// MaxBodyRead returns how many bytes of a request's body are read at most: its
// length as far as it is known, and limit otherwise.
func MaxBodyRead(r *http.Request, limit int64) int64 {
	if r.Method != http.MethodPost {
		return 0
	}
	if r.ContentLength < 0 { // unknown
		return limit
	}
	return min(r.ContentLength, limit)
}
