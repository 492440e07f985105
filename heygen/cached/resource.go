package cached

import (
	"context"
	"errors"
	"time"

	"heygen-graphql/heygen"
	"heygen-graphql/internal/cache"
)

// resource is what is known of the things of one kind.
type resource[K comparable, T any] struct {
	list, one string // the endpoints
	id        func(*T) K
	training  func(*T) bool      // whether its status will change soon
	urls      func(*T) []*string // of which some are signed, and expire
	alike     bool               // it is the same in a list as fetched alone
}

// kept is a single thing, and whether a list of public ones brought it.
type kept[T any] struct {
	value  T
	public bool
}

// page gives a page of a list, and keeps what stands in it as if it had been fetched alone.
func page[P, K comparable, T any](ctx context.Context, c *Client, r resource[K, T], params P, token string, public bool, list func(context.Context, P) (heygen.Page[T], error)) (heygen.Page[T], error) {
	return ask(ctx, c, r.list, cache.Request[heygen.Page[T]]{
		Key:       params,
		Bulk:      true,
		Fetch:     func(ctx context.Context) (heygen.Page[T], error) { return list(ctx, params) },
		Transient: func(err error) bool { return failedList(err, token) },
		Expiry: func(p heygen.Page[T], err error, at time.Time) cache.Expiry {
			if err != nil || leadsNowhere(p, token) {
				return cache.Expiry{}
			}
			return r.life(c, at, p.Data)
		},
		OnFetch: func(p heygen.Page[T], _ error, at time.Time, of cache.Snapshot) {
			if !r.alike || c.options.MaxBytes == 0 {
				return
			}
			for i := range p.Data {
				one := p.Data[i : i+1]
				cache.Put(of, r.id(&one[0]), kept[T]{one[0], public}, at, r.life(c, at, one))
			}
		},
	}, func(heygen.Page[T]) bool { return public })
}

// leadsNowhere tells a page that says that there is more, and not how to get
// there: behind it are no items, no token, or itself. HeyGen may mend it, and
// where it is right it costs a call more.
func leadsNowhere[T any](p heygen.Page[T], token string) bool {
	return p.HasMore && (len(p.Data) == 0 || p.NextToken == "" || p.NextToken == token)
}

// one gives a single thing.
func one[K comparable, T any](ctx context.Context, c *Client, r resource[K, T], id K, fetch func(context.Context, K) (T, error)) (T, error) {
	k, err := ask(ctx, c, r.one, cache.Request[kept[T]]{
		Key: id,
		Fetch: func(ctx context.Context) (kept[T], error) {
			value, err := fetch(ctx, id)
			return kept[T]{value: value}, err
		},
		Transient: failed,
		Expiry: func(k kept[T], err error, at time.Time) cache.Expiry {
			switch {
			case errors.Is(err, heygen.ErrNotFound) && c.options.MaxBytes > 0:
				gone := at.Add(c.options.NegativeTTL)
				return cache.Expiry{Fresh: gone, Stale: gone, Expires: gone}
			case err != nil:
				return cache.Expiry{}
			}
			return r.life(c, at, []T{k.value})
		},
	}, func(k kept[T]) bool { return k.public })
	return k.value, err
}
