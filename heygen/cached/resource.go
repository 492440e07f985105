package cached

import (
	"context"
	"errors"
	"time"

	"heygen-graphql/heygen"
	"heygen-graphql/internal/cache"
)

// resource describes one kind of item: how to fetch it, and for how long it may be
// cached. K is the type of its ids, T its own, and P that of the parameters of its list.
type resource[K comparable, T any, P comparable] struct {
	listEndpoint, itemEndpoint string

	fetchPage func(*heygen.Client, context.Context, P) (heygen.Page[T], error)
	fetchItem func(*heygen.Client, context.Context, K) (T, error)

	pageToken  func(P) string
	publicList func(P) bool // whether the list holds public items only

	id          func(*T) K
	inProgress  func(*T) bool       // whether its status will change soon
	previewURLs func(*T) []**string // its fields with URLs; some of them are signed, and expire

	onPage func(*Client, P, []T, time.Time, cache.Snapshot) // caches what else a fetched page says; nil: nothing

	records func(*shared) *records[T] // how its values are stored in a second-level cache

	listItemsComplete bool // an item of a list equals the one fetched by its id
}

// cachedItem is a single item, and whether it comes from a list of public items. Its record
// has the same fields.
type cachedItem[T any] struct {
	Value  T    `json:"item"`
	Public bool `json:"public,omitempty"`
}

// page returns a page of the list. It also caches each item of a fetched page as if the
// item had been fetched by its id.
func (r *resource[K, T, P]) page(ctx context.Context, c *Client, params P) (heygen.Page[T], error) {
	entry, err := r.getPage(ctx, c, r.pageRequest(ctx, c, params), params)
	return entry.Value, err
}

// getPage returns the entry of a page.
func (r *resource[K, T, P]) getPage(ctx context.Context, c *Client, request cache.Request[heygen.Page[T]], params P) (cache.Entry[heygen.Page[T]], error) {
	return get(ctx, c, r.listEndpoint, request, func(i *cache.Info, _ heygen.Page[T]) { i.Public = r.publicList(params) })
}

// pageRequest returns the request of a page. Its fetches have the priority of ctx.
func (r *resource[K, T, P]) pageRequest(ctx context.Context, c *Client, params P) cache.Request[heygen.Page[T]] {
	token, public := r.pageToken(params), r.publicList(params)
	onPage := func(p heygen.Page[T], at time.Time, of cache.Snapshot) {
		if !r.listItemsComplete || c.options.MaxBytes == 0 {
			return
		}
		if r.onPage != nil {
			r.onPage(c, params, p.Data, at, of)
		}
		for i := range p.Data {
			single := p.Data[i : i+1]
			cache.Put(of, r.id(&single[0]), cachedItem[T]{single[0], public}, at, r.expiry(c.shared, at, single))
		}
	}
	return cache.Request[heygen.Page[T]]{
		Key:   params,
		Queue: cache.BulkQueue,
		Fetch: func(fetchCtx context.Context) (heygen.Page[T], error) {
			return r.fetchPage(c.upstream, withCaller(fetchCtx, ctx), params)
		},
		Transient: isTransientListError,
		Expiry: func(p heygen.Page[T], err error, at time.Time) cache.Expiry {
			if err != nil || !isCacheablePage(p, token) {
				return cache.Expiry{}
			}
			return r.expiry(c.shared, at, p.Data)
		},
		OnFetch: onFetch(c, r.listEndpoint, onPage),
		OnLoad:  onPage,
		Codec:   r.records(c.shared).page,
	}
}

// isCacheablePage reports whether a page is the last one, or has items and a token that
// leads to the next. HeyGen may correct any other page, and if it is right, that costs one
// more call. It is stricter than IsDeadEnd of graph/relay: a page without items may lead
// to more, but is not cached.
func isCacheablePage[T any](p heygen.Page[T], token string) bool {
	return !p.HasMore || len(p.Data) > 0 && p.NextToken != "" && p.NextToken != token
}

// item returns a single item. That HeyGen does not have it is cached, too (negative
// caching).
func (r *resource[K, T, P]) item(ctx context.Context, c *Client, id K) (T, error) {
	entry, err := r.getItem(ctx, c, r.itemRequest(ctx, c, id))
	return entry.Value.Value, err
}

// getItem returns the entry of a single item.
func (r *resource[K, T, P]) getItem(ctx context.Context, c *Client, request cache.Request[cachedItem[T]]) (cache.Entry[cachedItem[T]], error) {
	return get(ctx, c, r.itemEndpoint, request, func(i *cache.Info, item cachedItem[T]) { i.Public = item.Public })
}

// itemRequest returns the request of a single item. Its fetches have the priority of ctx.
func (r *resource[K, T, P]) itemRequest(ctx context.Context, c *Client, id K) cache.Request[cachedItem[T]] {
	return cache.Request[cachedItem[T]]{
		Key: id,
		Fetch: func(fetchCtx context.Context) (cachedItem[T], error) {
			value, err := r.fetchItem(c.upstream, withCaller(fetchCtx, ctx), id)
			return cachedItem[T]{Value: value}, err
		},
		Transient: isTransient,
		Expiry: func(i cachedItem[T], err error, at time.Time) cache.Expiry {
			switch {
			case errors.Is(err, heygen.ErrNotFound) && c.options.MaxBytes > 0:
				expires := at.Add(c.options.NegativeTTL)
				return cache.Expiry{Fresh: expires, Stale: expires, Expires: expires}
			case err != nil:
				return cache.Expiry{}
			}
			return r.expiry(c.shared, at, []T{i.Value})
		},
		OnFetch: onFetch[cachedItem[T]](c, r.itemEndpoint, nil),
		Codec:   r.records(c.shared).item,
	}
}

// withCaller returns the context of a fetch with the priority, the request id and the trace
// of the caller that started it. A background refresh has none of them, as its caller does
// not wait for it. The fetch holds its caller's context only while it is in flight.
func withCaller(fetchCtx, callerCtx context.Context) context.Context {
	if !cache.Awaited(fetchCtx) {
		return fetchCtx
	}
	return heygen.WithCaller(fetchCtx, callerCtx)
}
