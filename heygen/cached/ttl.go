package cached

import (
	"time"

	"heygen-graphql/heygen"
	"heygen-graphql/internal/cache"
)

// expiry returns for how long an entry with these items may be served: as the options
// say, but less if an item is in progress or a signed URL in it expires.
func (r *resource[K, T, P]) expiry(s *shared, at time.Time, items []T) cache.Expiry {
	if s.options.MaxBytes == 0 {
		return cache.Expiry{}
	}
	fresh := at.Add(s.options.Fresh)
	stale := fresh.Add(s.options.StaleWhileRevalidate)
	e := cache.Expiry{Fresh: fresh, Stale: stale, Expires: stale.Add(s.options.StaleIfError)}
	for i := range items {
		if r.inProgress(&items[i]) {
			e.Fresh = minTime(e.Fresh, at.Add(s.options.PendingTTL))
			e.Stale = e.Fresh
		}
		for _, u := range r.previewURLs(&items[i]) {
			if *u == nil {
				continue
			}
			if expires, signed := heygen.SignedURLExpiry(**u); signed && expires.Before(e.Expires) {
				e.Expires = expires
			}
		}
	}
	e.Fresh, e.Stale = minTime(e.Fresh, e.Expires), minTime(e.Stale, e.Expires)
	return e
}

// withoutExpiredURLs returns an item without the preview URLs that have expired at a time. It
// returns a copy if there is one.
func (r *resource[K, T, P]) withoutExpiredURLs(item *T, at time.Time) *T {
	var valid *T
	for i, u := range r.previewURLs(item) {
		if *u == nil {
			continue
		}
		if expires, signed := heygen.SignedURLExpiry(**u); signed && !expires.After(at) {
			if valid == nil {
				valid = new(*item)
			}
			*r.previewURLs(valid)[i] = nil
		}
	}
	if valid == nil {
		return item
	}
	return valid
}

func minTime(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}
