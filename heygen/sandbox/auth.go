package sandbox

import (
	"net/http"
	"slices"
	"strings"
)

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
	if strings.TrimSpace(key) == "" || len(s.options.Keys) > 0 && !slices.Contains(s.options.Keys, key) {
		return unauthorized()
	}
	return nil
}
