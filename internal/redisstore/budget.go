package redisstore

import (
	"context"
	"sync"
	"time"
)

// budget limits the time that a request waits for Redis. Parallel waits count once: it is the
// union of the waits that delays the request.
type budget struct {
	mu      sync.Mutex
	waits   int // now
	since   time.Time
	spent   time.Duration
	maximum time.Duration
}

// freeWait is the longest wait that costs no budget: the round trip to a healthy Redis. A list
// of some pages has four for each page, which HeyGen needs half a second for; without a lease
// on the last pages, two replicas would call for them.
const freeWait = 2 * time.Millisecond

type budgetKey struct{}

// WithBudget returns a context under which all commands together wait at most
// [DefaultTimeout] for Redis, not counting waits of up to 2 ms. It returns ctx if that has a budget.
func WithBudget(ctx context.Context) context.Context {
	if budgetOf(ctx) != nil {
		return ctx
	}
	return context.WithValue(ctx, budgetKey{}, &budget{maximum: DefaultTimeout})
}

// budgetOf returns the budget of a context, or nil. The methods accept nil, which has no limit.
func budgetOf(ctx context.Context) *budget {
	b, _ := ctx.Value(budgetKey{}).(*budget)
	return b
}

// enter begins a wait, which leave ends. It returns the time that the wait may take, at most
// limit.
func (b *budget) enter(limit time.Duration) time.Duration {
	if b == nil {
		return limit
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.waits == 0 {
		b.since = time.Now()
	}
	b.waits++
	return min(limit, b.left())
}

func (b *budget) leave() {
	if b == nil {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.waits--; b.waits == 0 {
		b.spend(time.Since(b.since))
	}
}

// remaining returns the time that a wait may take, at most limit, without beginning one.
func (b *budget) remaining(limit time.Duration) time.Duration {
	if b == nil {
		return limit
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	return min(limit, b.left())
}

// charge adds a wait that did not enter.
func (b *budget) charge(d time.Duration) {
	if b == nil {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.spend(d)
}

func (b *budget) spend(d time.Duration) {
	if d > freeWait {
		b.spent += d
	}
}

// refund takes back the charge of a wait that has found a value: it has saved a call to
// HeyGen, which would have taken longer. A list has a hundred pages.
func (b *budget) refund(d time.Duration) {
	if b == nil || d <= freeWait {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.spent = max(0, b.spent-d)
}

func (b *budget) left() time.Duration {
	left := b.maximum - b.spent
	if b.waits > 0 {
		left -= time.Since(b.since)
	}
	return left
}
