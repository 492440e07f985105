package graph

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strconv"
	"time"

	"heygen-graphql/graph/httptransport"
	"heygen-graphql/heygen"
)

// Caller is who sent a request.
type Caller struct {
	// ID identifies the caller for its rate limit: a hash, or an address. Never a credential.
	ID string
}

// CallerID returns the ID of the caller with a credential of some kind, such as token: a
// hash that is the same on all replicas with the same secret. Without a secret it is of a
// fixed key.
func CallerID(secret, kind, credential string) string {
	h := hmac.New(sha256.New, callerKey(secret))
	_, _ = h.Write([]byte(kind + "\x00" + credential))
	return callerID(kind, h.Sum(nil))
}

// keyCallerID returns the ID of the caller with a HeyGen key of its own.
func keyCallerID(secret string, key heygen.Key) string {
	hash := key.Hash(callerKey(secret))
	return callerID("key", hash[:])
}

// callerKey separates these hashes from other uses of the secret.
func callerKey(secret string) []byte { return []byte("heygen-graphql caller\x00" + secret) }

func callerID(kind string, hash []byte) string { return kind + ":" + hex.EncodeToString(hash[:16]) }

// Rejection is the response to a request whose caller is not admitted.
type Rejection struct {
	httptransport.RequestError
	Challenge  string        // the header WWW-Authenticate; "": none
	RetryAfter time.Duration // 0: there is no use in retrying
}

// SetHeaders sets the headers of the response.
func (r *Rejection) SetHeaders(h http.Header) {
	if r.Challenge != "" {
		h.Set("WWW-Authenticate", r.Challenge)
	}
	if r.RetryAfter > 0 {
		h.Set("Retry-After", strconv.Itoa(ceilSeconds(r.RetryAfter)))
	}
}

// ceilSeconds returns a duration in whole seconds, rounded up: a client that waits for as
// long has waited long enough.
func ceilSeconds(d time.Duration) int { return int((d + time.Second - 1) / time.Second) }

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
