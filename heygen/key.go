package heygen

import (
	"crypto/hmac"
	"crypto/sha256"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
)

// Key is an API key. It cannot be printed: not by a formatting verb, as JSON or text,
// or by a logger, nor as part of a struct. All of them print only whether there is
// one. The zero Key is no key.
type Key struct {
	// The key is in a closure because fmt reads unexported string fields by
	// reflection and calls no method of the type, but never reads a func.
	reveal func() string
	bearer bool // an OAuth token, sent in Authorization
}

// NewKey returns a Key of an API key of HeyGen. It returns the zero Key for "".
func NewKey(key string) Key {
	if key == "" {
		return Key{}
	}
	return Key{reveal: func() string { return key }}
}

// NewBearer returns a Key of an OAuth access token. It is sent as Authorization:
// Bearer instead of X-Api-Key, and otherwise is a Key like any other.
func NewBearer(token string) Key {
	k := NewKey(token)
	k.bearer = token != ""
	return k
}

// Hash returns an HMAC of the key, which identifies the key without revealing it. The
// same string as an API key and as a bearer token are two keys.
func (k Key) Hash(secret []byte) (hash [sha256.Size]byte) {
	h := hmac.New(sha256.New, secret)
	if k.bearer {
		_, _ = h.Write([]byte("Bearer "))
	}
	_, _ = h.Write([]byte(k.value()))
	h.Sum(hash[:0])
	return hash
}

// KeyHash returns [Key.Hash] of the client's key.
func (c *Client) KeyHash(secret []byte) [sha256.Size]byte { return c.key.Hash(secret) }

// IsZero reports whether there is no key.
func (k Key) IsZero() bool { return k.reveal == nil }

// String returns "[key]", or "[no key]" for the zero Key.
func (k Key) String() string {
	if k.reveal == nil {
		return "[no key]"
	}
	return "[key]"
}

// Format writes [Key.String] for every verb.
func (k Key) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(k.String())) }

// MarshalText returns [Key.String]; JSON uses it, too.
func (k Key) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// LogValue returns [Key.String].
func (k Key) LogValue() slog.Value { return slog.StringValue(k.String()) }

// setHeader sets the header that authenticates to HeyGen. The zero Key sets none.
func (k Key) setHeader(h http.Header) {
	switch {
	case k.reveal == nil:
	case k.bearer:
		h.Set("Authorization", "Bearer "+k.value())
	default:
		h.Set("X-Api-Key", k.value())
	}
}

// value returns the key itself, and "" for the zero Key.
func (k Key) value() string {
	if k.reveal == nil {
		return ""
	}
	return k.reveal()
}

// Len returns the length of the key in bytes.
func (k Key) Len() int { return len(k.value()) }

// Valid reports whether the key contains only visible ASCII characters, as a header
// requires. The zero Key is valid.
func (k Key) Valid() bool {
	return !strings.ContainsFunc(k.value(), func(r rune) bool { return r <= ' ' || r > '~' })
}

// appearsIn reports whether s contains the key, ignoring letter case, plain or
// percent-encoded.
func (k Key) appearsIn(s string) bool {
	if k.reveal == nil {
		return false
	}
	key, s := strings.ToLower(k.reveal()), strings.ToLower(s)
	return strings.Contains(s, key) || strings.Contains(strings.ToLower(percentDecoded(s)), key)
}
