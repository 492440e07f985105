// Package caller is about who sends requests: the identity by which a caller's rate is
// limited, the response to a caller that is not admitted, and the name that a client says
// it has.
package caller

import (
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

// ID returns the ID of the caller with a credential of some kind, such as token: a
// hash that is the same on all replicas with the same secret. Without a secret it is of a
// fixed key.
func ID(secret, kind, credential string) string {
	h := hmac.New(sha256.New, hmacKey(secret))
	_, _ = h.Write([]byte(kind + "\x00" + credential))
	return formatID(kind, h.Sum(nil))
}

// KeyID returns the ID of the caller with a HeyGen key of its own.
func KeyID(secret string, key heygen.Key) string {
	hash := key.Hash(hmacKey(secret))
	return formatID("key", hash[:])
}

// hmacKey separates these hashes from other uses of the secret.
func hmacKey(secret string) []byte { return []byte("heygen-graphql caller\x00" + secret) }

func formatID(kind string, hash []byte) string { return kind + ":" + hex.EncodeToString(hash[:16]) }

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
		h.Set("Retry-After", strconv.Itoa(CeilSeconds(r.RetryAfter)))
	}
}

// CeilSeconds returns a duration in whole seconds, rounded up: a client that waits for as
// long has waited long enough.
func CeilSeconds(d time.Duration) int { return int((d + time.Second - 1) / time.Second) }
