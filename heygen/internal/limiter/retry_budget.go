package limiter

import "sync"

// The retry budget, in tenths of a retry. One call in ten may be retried, and ten
// more at once. When every call fails, retries add a tenth to the load; two
// retries of each would triple it.
const (
	budgetCapacity = 100
	depositPerCall = 1
	costPerRetry   = 10
)

// retryBudget is the retry budget of a credential. The zero value is full.
type retryBudget struct {
	mu    sync.Mutex
	spent int // of budgetCapacity
}

func (b *retryBudget) deposit() { b.add(depositPerCall) }

func (b *retryBudget) refund() { b.add(costPerRetry) }

func (b *retryBudget) add(tenths int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.spent = max(0, b.spent-tenths)
}

// tryWithdraw takes one retry, and reports whether the budget had one.
func (b *retryBudget) tryWithdraw() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if budgetCapacity-b.spent < costPerRetry {
		return false
	}
	b.spent += costPerRetry
	return true
}
