package caller

import (
	"context"
	"net/http"
	"strconv"
	"time"
)

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

// SetHeaders sets RateLimit-Policy and RateLimit (draft-ietf-httpapi-ratelimit-headers).
func (l RateLimit) SetHeaders(h http.Header) {
	h["Ratelimit-Policy"] = []string{`"cost";q=` + strconv.Itoa(l.Limit) + ";w=" + strconv.Itoa(max(1, CeilSeconds(l.Window)))}
	h["Ratelimit"] = []string{`"cost";r=` + strconv.Itoa(l.Remaining) + ";t=" + strconv.Itoa(CeilSeconds(l.ResetAfter))}
}
