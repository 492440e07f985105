package sandbox

import (
	"net/http"
	"slices"
	"strings"
)

// SetKeys replaces Options.Keys, as when a key is revoked or another given out: it counts from the next call on. Without
// any, every key is accepted that is not empty.
func (s *Sandbox) SetKeys(keys ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.keys = slices.Clone(keys)
}

// accepts reports whether a key, or a bearer token, opens the sandbox.
func (s *Sandbox) accepts(key string) bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return strings.TrimSpace(key) != "" && (len(s.keys) == 0 || slices.Contains(s.keys, key))
}

// admit refuses a caller without a right key, and one that shows a key in both of HeyGen's ways at once: which of the two
// counts would be a guess.
func (s *Sandbox) admit(r *http.Request) *refusal {
	_, direct := r.Header["X-Api-Key"]
	_, bearer := r.Header["Authorization"]
	if direct && bearer {
		return invalid("", "Send X-Api-Key or Authorization, not both.")
	}
	key := r.Header.Get("X-Api-Key")
	if scheme, token, ok := strings.Cut(r.Header.Get("Authorization"), " "); ok && strings.EqualFold(scheme, "Bearer") {
		key = token
	}
	if !s.accepts(key) {
		return unauthorized()
	}
	return nil
}
