package cached

import (
	"context"
	"fmt"
	"hash/fnv"
	"slices"
	"sync"
	"time"

	"heygen-graphql/heygen"
	"heygen-graphql/heygen/catalogue"
	"heygen-graphql/internal/cache"
)

// builtCatalogue is a catalogue as it is cached, or what is known of a list that exceeds
// the limits.
type builtCatalogue[I any] struct {
	index  I
	items  int
	pages  int // that were read
	size   int
	oldest time.Time    // when HeyGen returned the oldest page
	expiry cache.Expiry // of the page that expires first
	result cache.Result // of the page that took most work

	newestStale time.Time // when HeyGen returned the newest page that was stale when it was read; zero: none was
	walkedAt    time.Time // when the walk ended that fetched the pages, if other replicas may have; zero: when the catalogue was stored

	pageIDs []uint64 // of each page, a hash of the ids of its items

	mu           sync.Mutex
	refreshSince time.Time // when the first attempt of the refresh in flight started
}

// Size implements [cache.Sized].
func (b *builtCatalogue[I]) Size() int { return 256 + b.size }

// acceptFunc is as [cache.Request.Accept].
type acceptFunc func(storedAt time.Time, expiry cache.Expiry) bool

func acceptFresh(_ time.Time, expiry cache.Expiry) bool { return time.Now().Before(expiry.Fresh) }

// pagePolicy says which cached pages a walk uses.
type pagePolicy struct {
	// since: every page that an earlier attempt of the walk has fetched after this time,
	// even if it is stale by now. Otherwise a list that takes longer than its callers wait,
	// or than a refresh may, would never be read to its end.
	since time.Time
	// accept is as in [cache.Request], for other pages; nil: those that the cache would serve.
	accept acceptFunc
	// acceptIfChanged replaces accept once a page has other items than oldPageIDs says. nil:
	// nothing does.
	acceptIfChanged acceptFunc
	oldPageIDs      []uint64
}

// attemptsKey is the cache key of the time at which the first attempt of a first walk started.
type attemptsKey[P comparable] struct{ Params P }

// firstWalk reads a list of which there is no catalogue. It uses each page that the cache
// serves. A stale page is used, too, without a refresh of its own: the catalogue is then
// stale from the start, and refreshed as a unit.
func (l *wholeList[K, T, P, I]) firstWalk(ctx context.Context, c *Client, params P) (*builtCatalogue[I], error) {
	since := time.Now()
	if earlier, ok := cache.Peek[time.Time](c.scope, attemptsKey[P]{params}); ok && since.Sub(earlier) < c.maxAttemptAge() {
		since = earlier
	}
	b, err := l.walk(ctx, c, params, pagePolicy{since: since})
	if c.replicas != nil { // the stale pages are of the last walk of all replicas
		b.walkedAt = b.newestStale
	}
	if err != nil && b.pages > 0 {
		now := time.Now()
		until := now.Add(2 * c.options.RefreshTimeout)
		cache.Put(c.scope.Snapshot(), attemptsKey[P]{params}, since, now, cache.Expiry{Fresh: until, Stale: until, Expires: until})
	}
	return b, err
}

// maxAttemptAge is how old the pages of an earlier attempt may be: as old as a page that is
// served stale, and as those of one attempt.
func (c *Client) maxAttemptAge() time.Duration {
	return c.options.Fresh + c.options.StaleWhileRevalidate + c.options.RefreshTimeout
}

// refreshPolicy returns the policy of a refresh of the catalogue.
//
// A fresh page must also be newer than the catalogue: if a refresh mixed pages of before and
// after a change, it could lose or misplace items. The exception is a catalogue that became
// stale early, because an item is in training or a signed URL expires: the refresh then
// fetches the pages with such items, and uses the others as long as those have the same items
// as before.
func (b *builtCatalogue[I]) refreshPolicy(c *Client, storedAt time.Time, expiry cache.Expiry) pagePolicy {
	now := time.Now()
	if !b.walkedAt.IsZero() {
		storedAt = b.walkedAt
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.refreshSince.IsZero() || now.Sub(b.refreshSince) > c.maxAttemptAge() {
		b.refreshSince = now
	}
	newer := func(pageStoredAt time.Time, e cache.Expiry) bool {
		return acceptFresh(pageStoredAt, e) && pageStoredAt.After(storedAt)
	}
	policy := pagePolicy{since: b.refreshSince, accept: newer}
	if early := expiry.Fresh.Before(b.oldest.Add(c.options.Fresh)); early {
		policy.accept, policy.oldPageIDs, policy.acceptIfChanged = acceptFresh, b.pageIDs, newer
	}
	return policy
}

// applyPolicy sets which cached page a request may use.
func applyPolicy[V any](p *pagePolicy, r *cache.Request[V]) {
	r.NoRevalidation, r.ServeSince = true, p.since
	if p.accept != nil {
		r.Accept = func(storedAt time.Time, e cache.Expiry) bool { return storedAt.After(p.since) || p.accept(storedAt, e) }
	}
}

// onPage updates the policy for the pages after the one with this number, given the hash of
// its ids.
func (p *pagePolicy) onPage(number int, ids uint64) {
	if p.acceptIfChanged != nil && (number >= len(p.oldPageIDs) || p.oldPageIDs[number] != ids) {
		p.accept = p.acceptIfChanged
	}
}

// walk reads a list through the cache.
func (l *wholeList[K, T, P, I]) walk(ctx context.Context, c *Client, params P, policy pagePolicy) (*builtCatalogue[I], error) {
	startedAt := time.Now()
	b, items, err := l.readPages(ctx, c, params, policy)
	if err == nil && l.removeExpiredURLs(items) {
		// A URL has expired since its page was read, and so the cache has dropped that page.
		b, items, err = l.readPages(ctx, c, params, policy)
	}
	if err == nil {
		l.removeExpiredURLs(items)
		b.index, b.items = l.newIndex(items), len(items)
		b.size = l.size(b.index)
	}
	c.reportWalk(ctx, CatalogueWalk{List: l.name(params), Outcome: walkOutcome(ctx, err), Items: b.items, Pages: b.pages, Duration: time.Since(startedAt)}, err)
	return b, err
}

// removeExpiredURLs replaces the items with a URL that has expired. It reports whether there
// was one.
func (r *resource[K, T, P]) removeExpiredURLs(items []*T) (expired bool) {
	now := time.Now()
	for i := range items {
		valid := r.withoutExpiredURLs(items[i], now)
		expired = expired || valid != items[i]
		items[i] = valid
	}
	return expired
}

// readPages reads the pages of a list.
func (l *wholeList[K, T, P, I]) readPages(ctx context.Context, c *Client, params P, policy pagePolicy) (*builtCatalogue[I], []*T, error) {
	b := &builtCatalogue[I]{result: cache.Hit}
	limits := catalogue.Limits{MaxItems: c.options.CatalogueMaxItems}
	if l.maxPages != nil {
		limits.MaxPages = l.maxPages(params)
	}
	items, err := catalogue.Walk(ctx, limits, func(item *T) string { return string(l.id(item)) }, func(ctx context.Context, token string, again bool) (heygen.Page[T], error) {
		pageParams := l.withToken(params, token)
		request := l.pageRequest(ctx, c, pageParams)
		applyPolicy(&policy, &request)
		if again {
			calledAt := time.Now()
			request.Accept = func(storedAt time.Time, _ cache.Expiry) bool { return storedAt.After(calledAt) }
		}
		entry, err := l.getPage(ctx, c, request, pageParams)
		if err != nil {
			return entry.Value, err
		}
		page := entry.Value
		page.Data = l.withoutURLsExpiredAt(entry.StoredAt, page.Data)
		ids := l.hashIDs(page.Data)
		policy.onPage(len(b.pageIDs), ids)
		b.addPage(ids, entry.StoredAt, l.expiry(c.shared, entry.StoredAt, page.Data), entry.Result)
		return page, nil
	})
	return b, items, err
}

// withoutURLsExpiredAt returns the items of a page without the URLs that had expired when
// HeyGen sent them. They are not served, and so do not keep the catalogue from being cached.
func (r *resource[K, T, P]) withoutURLsExpiredAt(at time.Time, items []T) []T {
	valid := items
	for i := range items {
		if item := r.withoutExpiredURLs(&items[i], at); item != &items[i] {
			if &valid[0] == &items[0] {
				valid = slices.Clone(items) // which the page in the cache has, too
			}
			valid[i] = *item
		}
	}
	return valid
}

// hashIDs returns a hash of the ids of items.
func (r *resource[K, T, P]) hashIDs(items []T) uint64 {
	h := fnv.New64a()
	for i := range items {
		_, _ = fmt.Fprintf(h, "%v\n", r.id(&items[i]))
	}
	return h.Sum64()
}

// addPage adds what is known of a page that was read.
func (b *builtCatalogue[I]) addPage(ids uint64, storedAt time.Time, expiry cache.Expiry, result cache.Result) {
	b.pageIDs = append(b.pageIDs, ids)
	if b.pages++; b.pages == 1 {
		b.oldest, b.expiry = storedAt, expiry
	}
	b.oldest = minTime(b.oldest, storedAt)
	if !time.Now().Before(expiry.Fresh) && storedAt.After(b.newestStale) {
		b.newestStale = storedAt
	}
	b.expiry.Fresh = minTime(b.expiry.Fresh, expiry.Fresh)
	b.expiry.Stale = minTime(b.expiry.Stale, expiry.Stale)
	b.expiry.Expires = minTime(b.expiry.Expires, expiry.Expires)
	if work := []cache.Result{cache.Hit, cache.Stale, cache.SharedHit, cache.Coalesced, cache.Miss}; slices.Index(work, result) > slices.Index(work, b.result) {
		b.result = result
	}
}
