package graph

import (
	"context"
	"time"
)

// Caller is who sent a request.
type Caller struct {
	// ID identifies the caller for its rate limit: a hash, or an address. Never a credential.
	ID string
}

// RateLimiter limits the cost of each caller's operations.
type RateLimiter interface {
	// Allow reports whether a caller may execute an operation of this cost now, and counts
	// the cost if so.
	Allow(ctx context.Context, callerID string, cost int) RateLimit
}

// RateLimit is the state of a caller's rate limit after an operation.
type RateLimit struct {
	Allowed    bool
	Limit      int           // cost of the operations that a caller may execute at once
	Remaining  int           // what is left of it
	Window     time.Duration // in which Limit is restored
	ResetAfter time.Duration // until Remaining is Limit again
	RetryAfter time.Duration // until the operation would be allowed; if Allowed: 0
}
