package cached

import (
	"errors"
	"sync"

	"heygen-graphql/heygen"
)

// refusals remembers the endpoints that HeyGen forbids.
type refusals struct {
	mu        sync.Mutex
	forbidden map[string]bool
}

// heed drops everything when HeyGen no longer takes the key, or no longer lets
// it see something: what is kept was seen with it.
//
// A key may lack a scope from the start, such as the one for voices. Only the
// first refusal of an endpoint, and the first one after it was allowed, is news:
// else nothing would ever be kept for such a key. A refusal that is about the
// one thing that was asked for says nothing of the others; it is forgotten alone.
func (c *Client) heed(endpoint string, err error) {
	told, _ := errors.AsType[*heygen.Error](err)
	switch {
	case err == nil:
		c.refusals.becomes(endpoint, false)
	case errors.Is(err, heygen.ErrUnauthenticated):
		c.mine.Drop()
	case errors.Is(err, heygen.ErrForbidden) && told.Code != "resource_access_denied":
		if c.refusals.becomes(endpoint, true) {
			c.mine.Drop()
		}
	}
}

// becomes tells whether this is news.
func (r *refusals) becomes(endpoint string, forbidden bool) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	news := r.forbidden[endpoint] != forbidden
	if r.forbidden == nil {
		r.forbidden = map[string]bool{}
	}
	r.forbidden[endpoint] = forbidden
	return news
}
