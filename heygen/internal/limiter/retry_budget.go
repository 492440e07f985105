package limiter

import "sync"

// How many retries a credential has, in tenths of one. One call in ten may be
// tried again, and ten more at once: where everything fails, retries add a tenth
// to the load and not twice as much again.
const (
	fullBudget = 100
	callEarns  = 1
	retryCosts = 10
)

// budget is how many retries a credential has left. The zero value is full.
type budget struct {
	mu    sync.Mutex
	spent int // of fullBudget
}

// earn is what each call does, however it ends.
func (b *budget) earn() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.spent = max(0, b.spent-callEarns)
}

// spend takes one retry, if there is one.
func (b *budget) spend() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if fullBudget-b.spent < retryCosts {
		return false
	}
	b.spent += retryCosts
	return true
}

// DepositRetry earns the credential a tenth of a retry. Each call does so once,
// however it ends.
func (l *Limiter) DepositRetry() { l.budget.earn() }

// WithdrawRetry takes one retry from the budget, and reports whether there was one.
func (l *Limiter) WithdrawRetry() bool { return l.budget.spend() }
