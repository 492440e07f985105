package cached

import (
	"context"
	"errors"
	"time"

	"heygen-graphql/heygen"
	"heygen-graphql/heygen/catalogue"
	"heygen-graphql/internal/cache"
)

// wholeList describes a list that is read as a whole, and indexed. I is the type of its
// index.
type wholeList[K ~string, T any, P comparable, I any] struct {
	*resource[K, T, P]
	name      func(P) string // for logs and metrics, see [CatalogueLists]
	withToken func(P, string) P
	maxPages  func(P) int // 0: any number; nil: 0
	newIndex  func([]*T) I
	size      func(I) int
}

var groupList = wholeList[heygen.GroupID, heygen.AvatarGroup, heygen.AvatarGroupsParams, *catalogue.Groups]{
	resource:  &groupResource,
	name:      func(p heygen.AvatarGroupsParams) string { return groupListNames[p.Ownership] },
	withToken: func(p heygen.AvatarGroupsParams, token string) heygen.AvatarGroupsParams { p.Token = token; return p },
	newIndex:  catalogue.NewGroups,
	size:      (*catalogue.Groups).Size,
}

// AvatarGroupCatalogue returns all groups of an ownership, or all that HeyGen lists if it is
// empty. Its errors are those of [Client.ListAvatarGroups] and of [catalogue.Walk].
func (c *Client) AvatarGroupCatalogue(ctx context.Context, o heygen.Ownership) (*catalogue.Groups, error) {
	return groupList.index(ctx, c, heygen.AvatarGroupsParams{Ownership: o, Limit: heygen.MaxPageSize})
}

var lookList = wholeList[heygen.LookID, heygen.AvatarLook, heygen.AvatarLooksParams, *catalogue.Looks]{
	resource:  &lookResource,
	name:      func(heygen.AvatarLooksParams) string { return looksList },
	withToken: func(p heygen.AvatarLooksParams, token string) heygen.AvatarLooksParams { p.Token = token; return p },
	maxPages:  maxLookPages,
	newIndex:  catalogue.NewLooks,
	size:      (*catalogue.Looks).Size,
}

// maxLookPages returns the maximum number of pages of a list of looks. Only the looks of a
// group have one.
func maxLookPages(p heygen.AvatarLooksParams) int {
	if p.GroupID == "" {
		return 0
	}
	return catalogue.MaxLookPages
}

// AvatarLookCatalogue returns all looks of a list, whatever its Limit and Token. Those of a
// group have at most [catalogue.MaxLookPages]. Its errors are those of [Client.ListAvatarLooks] and of [catalogue.Walk].
func (c *Client) AvatarLookCatalogue(ctx context.Context, p heygen.AvatarLooksParams) (*catalogue.Looks, error) {
	p.Limit, p.Token = heygen.MaxPageSize, ""
	return lookList.index(ctx, c, p)
}

var voiceList = wholeList[heygen.VoiceID, heygen.Voice, heygen.VoicesParams, *catalogue.Voices]{
	resource:  &voiceResource,
	name:      voiceListName,
	withToken: func(p heygen.VoicesParams, token string) heygen.VoicesParams { p.Token = token; return p },
	newIndex:  catalogue.NewVoices,
	size:      (*catalogue.Voices).Size,
}

// VoiceCatalogue returns all voices of a list, whatever its Limit and Token. Its errors are
// those of [Client.ListVoices] and of [catalogue.Walk].
func (c *Client) VoiceCatalogue(ctx context.Context, p heygen.VoicesParams) (*catalogue.Voices, error) {
	p.Limit, p.Token = heygen.MaxVoicesPageSize, ""
	return voiceList.index(ctx, c, p)
}

// CachesCatalogues reports whether catalogues are cached. If not, every call reads the whole
// list.
func (c *Client) CachesCatalogues() bool { return c.options.MaxBytes > 0 }

// catalogueKey identifies the catalogue of a list: its parameters, without a token.
type catalogueKey[P comparable] struct{ Params P }

func (l *wholeList[K, T, P, I]) index(ctx context.Context, c *Client, params P) (I, error) {
	entry, err := l.get(ctx, c, params, nil)
	if err != nil {
		var none I
		return none, err
	}
	l.refreshFirstWalk(ctx, c, params, entry)
	return entry.Value.index, nil
}

// refreshFirstWalk starts a background refresh of a catalogue that has just been built from
// stale pages, if those may be of another process: had this one made all the walks, the
// catalogue would not be new to it, and the lookup would have refreshed it.
func (l *wholeList[K, T, P, I]) refreshFirstWalk(ctx context.Context, c *Client, params P, entry cache.Entry[*builtCatalogue[I]]) {
	if now := time.Now(); c.replicas != nil && entry.Result == cache.Miss && !now.Before(entry.Expiry.Fresh) && now.Before(entry.Expiry.Stale) {
		_, _ = cache.Get(ctx, c.scope, l.request(ctx, c, params, nil))
	}
}

// get returns the cached catalogue of a list, or reads the list. accept is as in
// [cache.Request].
//
// A catalogue is an entry like a page, so that it is coalesced, refreshed and invalidated
// as one. A walk that fails leaves its pages in the cache: the next one resumes there.
func (l *wholeList[K, T, P, I]) get(ctx context.Context, c *Client, params P, accept acceptFunc) (cache.Entry[*builtCatalogue[I]], error) {
	return get(ctx, c, l.listEndpoint, l.request(ctx, c, params, accept), func(i *cache.Info, b *builtCatalogue[I]) {
		i.StoredAt, i.Public = b.oldest, l.publicList(params)
		if i.Result == cache.Miss { // unless all its pages were cached
			i.Result = b.result
		}
	})
}

// request returns the request of a catalogue.
func (l *wholeList[K, T, P, I]) request(ctx context.Context, c *Client, params P, accept acceptFunc) cache.Request[*builtCatalogue[I]] {
	return cache.Request[*builtCatalogue[I]]{
		Key:        catalogueKey[P]{params},
		Queue:      cache.LongQueue,
		OnRejected: func(size, capacity int64) { c.reportRejected(l.name(params), size, capacity) },
		Accept:     accept,
		Fetch: func(fetchCtx context.Context) (*builtCatalogue[I], error) {
			return l.firstWalk(withCaller(fetchCtx, ctx), c, params)
		},
		Refresh: func(fetchCtx context.Context, old cache.Entry[*builtCatalogue[I]]) (*builtCatalogue[I], error) {
			return l.walk(withCaller(fetchCtx, ctx), c, params, old.Value.refreshPolicy(c, old.StoredAt, old.Expiry))
		},
		Transient: func(err error) bool { return isTransientListError(err) || errors.Is(err, catalogue.ErrIncomplete) },
		Expiry: func(b *builtCatalogue[I], err error, _ time.Time) cache.Expiry {
			if err != nil && !exceedsLimits(err) {
				return cache.Expiry{}
			}
			return b.expiry
		},
	}
}

// exceedsLimits reports whether an error says that the list is too long. That is cached as
// the list itself would be (negative caching).
func exceedsLimits(err error) bool {
	return errors.Is(err, catalogue.ErrTooLarge) || errors.Is(err, catalogue.ErrTooDeep)
}
