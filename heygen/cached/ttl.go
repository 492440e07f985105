package cached

import (
	"net/url"
	"strconv"
	"strings"
	"time"

	"heygen-graphql/internal/cache"
)

// life is for how long an answer that holds these things is of use.
func (r resource[K, T]) life(c *Client, at time.Time, things []T) cache.Expiry {
	if c.options.MaxBytes == 0 {
		return cache.Expiry{}
	}
	fresh := at.Add(c.options.Fresh)
	stale := fresh.Add(c.options.StaleWhileRevalidate)
	life := cache.Expiry{Fresh: fresh, Stale: stale, Expires: stale.Add(c.options.StaleIfError)}
	for i := range things {
		if r.training(&things[i]) {
			life.Fresh = earlier(life.Fresh, at.Add(c.options.PendingTTL))
			life.Stale = life.Fresh
		}
		for _, text := range r.urls(&things[i]) {
			if expires, signed := expiry(text); signed && expires.Before(life.Expires) {
				life.Expires = expires
			}
		}
	}
	life.Fresh, life.Stale = earlier(life.Fresh, life.Expires), earlier(life.Stale, life.Expires)
	return life
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// expiry tells when a signed URL stops working. HeyGen's name the moment, in
// seconds since 1970, as Expires. Where something of this name cannot be read, or
// means something else, as X-Amz-Expires does, the moment is not known: then the
// URL is taken to have stopped.
func expiry(text *string) (at time.Time, signed bool) {
	if text == nil {
		return time.Time{}, false
	}
	_, query, _ := strings.Cut(*text, "?")
	query, _, _ = strings.Cut(query, "#")
	for pair := range strings.SplitSeq(query, "&") {
		name, value, _ := strings.Cut(pair, "=")
		if plain, err := url.QueryUnescape(name); err == nil {
			name = plain
		}
		if !strings.HasSuffix(strings.ToLower(name), "expires") {
			continue
		}
		seconds, err := strconv.ParseInt(value, 10, 64)
		if err != nil || seconds > maxSeconds {
			seconds = 0
		}
		if moment := time.Unix(seconds, 0); !signed || moment.Before(at) {
			at, signed = moment, true
		}
	}
	return at, signed
}

// maxSeconds is in the year 5138: what is beyond is no number of seconds.
const maxSeconds = 1e11
