package heygen

import (
	"crypto/hmac"
	"crypto/sha256"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
)

// Key is an API key. It cannot be printed: not by a formatting verb, as JSON
// or text, or by a logger, nor as part of a struct that holds it. All of them
// tell only whether there is one. The zero Key is no key.
type Key struct {
	// The key stands in a closure because fmt reads unexported string fields
	// by reflection, past every method of the type, but never looks into a func.
	reveal func() string
	bearer bool // it is an OAuth token, and sent as one
}

// NewKey wraps a key as HeyGen gives it out. An empty string gives the zero Key.
func NewKey(key string) Key {
	if key == "" {
		return Key{}
	}
	return Key{reveal: func() string { return key }}
}

// NewBearer wraps an OAuth access token. It is sent as Authorization: Bearer,
// where a key is sent as X-Api-Key; in all else it is a Key as others are.
func NewBearer(token string) Key {
	k := NewKey(token)
	k.bearer = token != ""
	return k
}

// Hash tells keys apart without telling them: it is the same for the same key,
// and without the secret says nothing of it. The same text as a key and as a
// bearer token are two keys.
func (k Key) Hash(secret []byte) (hash [sha256.Size]byte) {
	h := hmac.New(sha256.New, secret)
	if k.bearer {
		_, _ = h.Write([]byte("Bearer "))
	}
	_, _ = h.Write([]byte(k.value()))
	h.Sum(hash[:0])
	return hash
}

// IsZero reports whether there is no key.
func (k Key) IsZero() bool { return k.reveal == nil }

// String writes [key], and [no key] for the zero Key.
func (k Key) String() string {
	if k.reveal == nil {
		return "[no key]"
	}
	return "[key]"
}

// Format writes the same for every verb.
func (k Key) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(k.String())) }

// MarshalText writes the same; JSON uses it too.
func (k Key) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// LogValue logs the same.
func (k Key) LogValue() slog.Value { return slog.StringValue(k.String()) }

// setHeader puts the key where HeyGen looks for it. The zero Key sends none.
func (k Key) setHeader(h http.Header) {
	switch {
	case k.reveal == nil:
	case k.bearer:
		h.Set("Authorization", "Bearer "+k.value())
	default:
		h.Set("X-Api-Key", k.value())
	}
}

// value is the key as it stands in a header.
func (k Key) value() string {
	if k.reveal == nil {
		return ""
	}
	return k.reveal()
}

// Len is how long the key is, in bytes.
func (k Key) Len() int { return len(k.value()) }

// Valid reports whether the key holds visible ASCII characters alone, so that
// it can stand in a header. The zero Key is valid.
func (k Key) Valid() bool {
	return !strings.ContainsFunc(k.value(), func(r rune) bool { return r <= ' ' || r > '~' })
}

// appearsIn reports whether a text that came from outside holds the key, in whatever
// letter case, as it is or escaped as in a URL.
func (k Key) appearsIn(s string) bool {
	if k.reveal == nil {
		return false
	}
	key, s := strings.ToLower(k.reveal()), strings.ToLower(s)
	return strings.Contains(s, key) || strings.Contains(strings.ToLower(percentDecoded(s)), key)
}
