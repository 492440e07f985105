package cached

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"heygen-graphql/heygen"
)

// sameNews is how long after a 403 another one of the same endpoint is no news,
// whatever was allowed in between: one id that HeyGen forbids, asked for in turn
// with others, must not empty the cache again and again.
const sameNews = time.Minute

// refusals remembers the endpoints that HeyGen forbids, and since when.
type refusals struct {
	mu sync.Mutex
	by map[string]refused
}

type refused struct {
	now  bool
	last time.Time // when it was news
}

// heed drops everything when HeyGen no longer takes the key, or no longer lets
// it see something: what is kept was seen with it.
//
// A key may lack a scope from the start, such as the one for voices. Only the
// first 403 of an endpoint, and the first one after it was allowed, is news: else
// nothing would ever be kept for such a key. One that is about the thing that
// was asked for says nothing of the others; that thing is forgotten alone.
func (c *Client) heed(endpoint string, err error) {
	told, _ := errors.AsType[*heygen.Error](err)
	switch {
	case err == nil:
		c.accepted()
		c.refused.Store(0)
		c.health.heard()
		c.refusals.allowed(endpoint)
		if c.refusals.allowed(theKey) {
			c.tell(slog.LevelInfo, "HeyGen accepts the key again")
		}
	case errors.Is(err, heygen.ErrUnauthenticated):
		c.drop()
		c.refused.Store(time.Now().UnixNano())
		if c.refusals.forbidden(theKey, time.Now()) {
			c.tell(slog.LevelError, "HeyGen rejects the key, cache invalidated", "endpoint", endpoint)
		}
	case errors.Is(err, heygen.ErrForbidden) && told.Code != "resource_access_denied":
		if c.refusals.forbidden(endpoint, time.Now()) {
			c.drop()
			c.tell(slog.LevelError, "HeyGen forbids this endpoint, cache invalidated", "endpoint", endpoint, "code", told.Code)
		}
	}
}

func (p *party) drop() {
	p.mine.Invalidate()
	p.health.dropped()
}

// tell logs what the operator can mend. What HeyGen makes of a caller's own key
// is that caller's matter, and anybody can send any number of wrong ones.
func (c *Client) tell(level slog.Level, message string, more ...any) {
	if c.strangers != nil {
		level = slog.LevelDebug
	}
	c.log.log.Log(context.Background(), level, message, more...)
}

// theKey stands beside the endpoints: with a 401 all of them are forbidden.
const theKey = "the key"

// allowed tells whether this is news.
func (r *refusals) allowed(endpoint string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	was := r.by[endpoint]
	if was.now {
		r.by[endpoint] = refused{last: was.last}
	}
	return was.now
}

// forbids tells whether that is how it stands.
func (r *refusals) forbids(endpoint string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.by[endpoint].now
}

// forbidden tells whether this is news.
func (r *refusals) forbidden(endpoint string, now time.Time) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	was := r.by[endpoint]
	news := !was.now && (was.last.IsZero() || now.Sub(was.last) >= sameNews)
	if news {
		was.last = now
	}
	if r.by == nil {
		r.by = map[string]refused{}
	}
	r.by[endpoint] = refused{true, was.last}
	return news
}
