package cached

import (
	"net/url"
	"strconv"
	"strings"
	"time"

	"heygen-graphql/internal/cache"
)

// expiry returns for how long an entry with these items may be served: as the options
// say, but less if an item is in progress or a signed URL in it expires.
func (r *resource[K, T, P]) expiry(c *Client, at time.Time, items []T) cache.Expiry {
	if c.options.MaxBytes == 0 {
		return cache.Expiry{}
	}
	fresh := at.Add(c.options.Fresh)
	stale := fresh.Add(c.options.StaleWhileRevalidate)
	e := cache.Expiry{Fresh: fresh, Stale: stale, Expires: stale.Add(c.options.StaleIfError)}
	for i := range items {
		if r.inProgress(&items[i]) {
			e.Fresh = minTime(e.Fresh, at.Add(c.options.PendingTTL))
			e.Stale = e.Fresh
		}
		for _, u := range r.previewURLs(&items[i]) {
			if expires, signed := signedURLExpiry(u); signed && expires.Before(e.Expires) {
				e.Expires = expires
			}
		}
	}
	e.Fresh, e.Stale = minTime(e.Fresh, e.Expires), minTime(e.Stale, e.Expires)
	return e
}

func minTime(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// signedURLExpiry returns when a signed URL expires, and whether the URL is signed.
// HeyGen's carry the time, in seconds since 1970, as the query parameter Expires. If a
// parameter whose name ends in this word cannot be parsed, or means something else, as
// X-Amz-Expires does, the time is unknown: then the URL counts as expired.
func signedURLExpiry(rawURL *string) (at time.Time, signed bool) {
	if rawURL == nil {
		return time.Time{}, false
	}
	_, query, _ := strings.Cut(*rawURL, "?")
	query, _, _ = strings.Cut(query, "#")
	for pair := range strings.SplitSeq(query, "&") {
		name, value, _ := strings.Cut(pair, "=")
		if unescaped, err := url.QueryUnescape(name); err == nil {
			name = unescaped
		}
		if !strings.HasSuffix(strings.ToLower(name), "expires") {
			continue
		}
		seconds, err := strconv.ParseInt(value, 10, 64)
		if err != nil || seconds > maxUnixSeconds {
			seconds = 0
		}
		if t := time.Unix(seconds, 0); !signed || t.Before(at) {
			at, signed = t, true
		}
	}
	return at, signed
}

// maxUnixSeconds is in the year 5138: a greater number is not in seconds.
const maxUnixSeconds = 1e11
