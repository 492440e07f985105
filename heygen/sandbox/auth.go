package sandbox

import (
	"net/http"
	"slices"
	"strings"
)

// SetKeys replaces Options.Keys, as when a key is revoked or issued. It takes effect with the next call. Without keys, the
// sandbox accepts every non-empty key.
func (s *Sandbox) SetKeys(keys ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.keys = slices.Clone(keys)
}

// acceptsKey reports whether key is an accepted API key or bearer token.
func (s *Sandbox) acceptsKey(key string) bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return strings.TrimSpace(key) != "" && (len(s.keys) == 0 || slices.Contains(s.keys, key))
}

// authenticate returns an error for a caller without an accepted key, and for one that sends both of HeyGen's headers:
// which of the two counts would be a guess.
func (s *Sandbox) authenticate(r *http.Request) *apiError {
	_, hasKey := r.Header["X-Api-Key"]
	_, hasAuthorization := r.Header["Authorization"]
	if hasKey && hasAuthorization {
		return invalidParameter("", "Send X-Api-Key or Authorization, not both.")
	}
	key := r.Header.Get("X-Api-Key")
	if scheme, token, ok := strings.Cut(r.Header.Get("Authorization"), " "); ok && strings.EqualFold(scheme, "Bearer") {
		key = token
	}
	if !s.acceptsKey(key) {
		return unauthorized()
	}
	return nil
}
