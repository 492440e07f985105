package cached

import (
	"net/url"
	"strconv"
	"strings"
	"time"

	"heygen-graphql/internal/cache"
)

// life is for how long an answer that holds these things is of use.
func (r resource[K, T]) life(c *Client, at time.Time, things []T) cache.Life {
	if c.options.Bytes == 0 {
		return cache.Life{}
	}
	fresh := at.Add(c.options.Fresh)
	end := fresh.Add(c.options.Stale)
	life := cache.Life{Fresh: fresh, Stale: end, End: end}
	for i := range things {
		if soon := at.Add(c.options.Training); r.training(&things[i]) && soon.Before(life.Fresh) {
			life.Fresh, life.Stale = soon, soon
		}
		for _, text := range r.urls(&things[i]) {
			if expires, signed := expiry(text); signed && expires.Before(life.End) {
				life.End = expires
			}
		}
	}
	life.Fresh, life.Stale = earlier(life.Fresh, life.End), earlier(life.Stale, life.End)
	return life
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// expiry tells when a signed URL stops working. Signatures that are as HeyGen's
// name the moment in seconds since 1970; of one that does not it is not known,
// and so it is taken to be over.
func expiry(text *string) (at time.Time, signed bool) {
	if text == nil || !strings.Contains(strings.ToLower(*text), "expires=") {
		return time.Time{}, false
	}
	_, query, _ := strings.Cut(*text, "?")
	query, _, _ = strings.Cut(query, "#")
	for pair := range strings.SplitSeq(query, "&") {
		name, value, _ := strings.Cut(pair, "=")
		if name, _ = url.QueryUnescape(name); !strings.EqualFold(name, "Expires") {
			continue
		}
		seconds, err := strconv.ParseInt(value, 10, 64)
		if err != nil {
			return time.Time{}, true
		}
		return time.Unix(seconds, 0), true
	}
	return time.Time{}, false
}
