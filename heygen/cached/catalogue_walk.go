package cached

import (
	"context"
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

	mu            sync.Mutex
	refreshSince  time.Time // when the first attempt of the refresh in flight started
	lastAttemptAt time.Time
}

// Size implements [cache.Sized].
func (b *builtCatalogue[I]) Size() int { return 256 + b.size }

// acceptFunc is as [cache.Request.Accept].
type acceptFunc func(storedAt time.Time, expiry cache.Expiry) bool

func acceptFresh(_ time.Time, expiry cache.Expiry) bool { return time.Now().Before(expiry.Fresh) }

// acceptForRefresh returns which pages a refresh of the catalogue accepts.
//
// A fresh page must also be newer than the catalogue: if a refresh mixed pages of before and
// after a change, it could lose or misplace items. The exception is a catalogue that became
// stale early, because an item is in training or a signed URL expires: the refresh then
// fetches the pages with such items.
//
// A refresh may take several attempts, each of at most RefreshTimeout. It accepts the pages
// of all of them, even those that are stale by now; otherwise a list that takes longer than
// Fresh would never be read to its end.
func (b *builtCatalogue[I]) acceptForRefresh(c *Client, storedAt time.Time, expiry cache.Expiry) acceptFunc {
	now := time.Now()
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.refreshSince.IsZero() || now.Sub(b.lastAttemptAt) > c.options.Fresh+c.options.RefreshTimeout {
		b.refreshSince = now
	}
	b.lastAttemptAt = now
	since, early := b.refreshSince, expiry.Fresh.Before(b.oldest.Add(c.options.Fresh))
	return func(pageStoredAt time.Time, e cache.Expiry) bool {
		return pageStoredAt.After(since) || acceptFresh(pageStoredAt, e) && (early || pageStoredAt.After(storedAt))
	}
}

// walk reads a list through the cache. accept reports whether a cached page may be used; nil
// accepts every page that the cache would serve. A stale page is not refreshed in the
// background: the catalogue is stale from the start, and refreshed as a unit.
func (l *wholeList[K, T, P, I]) walk(ctx context.Context, c *Client, params P, accept acceptFunc) (*builtCatalogue[I], error) {
	startedAt := time.Now()
	b := &builtCatalogue[I]{result: cache.Hit}
	limits := catalogue.Limits{MaxItems: c.options.CatalogueMaxItems}
	if l.maxPages != nil {
		limits.MaxPages = l.maxPages(params)
	}
	items, err := catalogue.Walk(ctx, limits, func(item *T) string { return string(l.id(item)) }, func(ctx context.Context, token string, again bool) (heygen.Page[T], error) {
		pageParams := l.withToken(params, token)
		request := l.pageRequest(ctx, c, pageParams)
		request.NoRevalidation, request.Accept = true, accept
		if again {
			calledAt := time.Now()
			request.Accept = func(storedAt time.Time, _ cache.Expiry) bool { return storedAt.After(calledAt) }
		}
		entry, err := l.getPage(ctx, c, request, pageParams)
		if err == nil {
			b.addPage(entry.StoredAt, l.expiry(c, entry.StoredAt, entry.Value.Data), entry.Result)
		}
		return entry.Value, err
	})
	if err == nil {
		b.index, b.items = l.newIndex(items), len(items)
		b.size = l.size(b.index)
	}
	c.reportWalk(ctx, CatalogueWalk{List: l.name(params), Outcome: walkOutcome(ctx, err), Items: b.items, Pages: b.pages, Duration: time.Since(startedAt)}, err)
	return b, err
}

// addPage adds what is known of a page that was read.
func (b *builtCatalogue[I]) addPage(storedAt time.Time, expiry cache.Expiry, result cache.Result) {
	if b.pages++; b.pages == 1 {
		b.oldest, b.expiry = storedAt, expiry
	}
	b.oldest = minTime(b.oldest, storedAt)
	b.expiry.Fresh = minTime(b.expiry.Fresh, expiry.Fresh)
	b.expiry.Stale = minTime(b.expiry.Stale, expiry.Stale)
	b.expiry.Expires = minTime(b.expiry.Expires, expiry.Expires)
	if work := []cache.Result{cache.Hit, cache.Stale, cache.Coalesced, cache.Miss}; slices.Index(work, result) > slices.Index(work, b.result) {
		b.result = result
	}
}
