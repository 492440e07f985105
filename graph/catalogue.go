package graph

import (
	"context"
	"errors"
	"fmt"

	"heygen-graphql/graph/errcode"
	"heygen-graphql/graph/loader"
	"heygen-graphql/graph/relay"
	"heygen-graphql/heygen"
	"heygen-graphql/heygen/catalogue"
)

// HeyGen can neither search, filter, sort nor count. Fields that need that read the whole
// list into a catalogue: one that the upstream caches for all operations, or else one of
// the operation's own.

// catalogueCache is an upstream that caches catalogues.
type catalogueCache interface {
	// CachesCatalogues reports whether it does: not if its cache is disabled.
	CachesCatalogues() bool
	AvatarGroupCatalogue(context.Context, heygen.Ownership) (*catalogue.Groups, error)
	AvatarLookCatalogue(context.Context, heygen.AvatarLooksParams) (*catalogue.Looks, error)
	VoiceCatalogue(context.Context, heygen.VoicesParams) (*catalogue.Voices, error)
}

// catalogueLoader loads the catalogues of one resource for an operation, each once. P are
// the parameters of the list, without a token.
type catalogueLoader[P comparable, T, C any] struct {
	endpoint string
	cached   func(context.Context, P) (C, error) // nil: the operation reads the list itself
	pages    *pageLoader[P, T]
	limits   func(P) catalogue.Limits
	withPage func(P, string) P // the parameters of the page that a token names
	id       func(*T) string
	index    func([]*T) C
	memo     loader.Memo[P, C]
}

// load returns a catalogue. Its position in the response is that of the field in ctx.
func (l *catalogueLoader[P, T, C]) load(ctx context.Context, s *operationScope, params P) (C, error) {
	return l.memo.Do(ctx, params, func() (result C, err error) {
		if l.cached != nil {
			ticket := s.scheduler.Enqueue(loader.PositionOf(ctx), true, nil)
			causedByCaller := func(e *heygen.Error) bool { return l.pages.causedByCaller(ctx, params, e) }
			result, err = callUpstream(s.ctx, s, ticket, causedByCaller, func(ctx context.Context) (C, error) { return l.cached(ctx, params) })
		} else {
			result, err = l.read(ctx, s, params)
		}
		if errors.Is(err, catalogue.ErrIncomplete) {
			s.logBrokenList(l.endpoint, "the list cannot be read to its end")
		}
		return result, classifyCatalogueError(classifyListError(ctx, err), l.limits(params))
	})
}

// read reads a list through the operation's pages, of which others of its fields need some,
// too.
func (l *catalogueLoader[P, T, C]) read(ctx context.Context, s *operationScope, params P) (result C, err error) {
	items, err := catalogue.Walk(ctx, l.limits(params), l.id, func(ctx context.Context, token string, again bool) (page heygen.Page[T], err error) {
		load := l.pages.load
		if again {
			load = l.pages.loadAgain
		}
		loaded, err := load(ctx, s, l.withPage(params, token))
		for _, item := range loaded.Items {
			page.Data = append(page.Data, *item)
		}
		page.HasMore, page.NextToken = loaded.HasMore, loaded.NextToken
		return page, err
	})
	if err != nil {
		return result, err
	}
	return l.index(items), nil
}

// newCatalogueLoaders sets the catalogue loaders of an operation.
func (s *operationScope) newCatalogueLoaders(upstream Upstream, maxItems int) {
	limits := catalogue.Limits{MaxItems: maxItems}
	s.groupCatalogues = &catalogueLoader[heygen.AvatarGroupsParams, heygen.AvatarGroup, *catalogue.Groups]{
		endpoint: heygen.EndpointListAvatarGroups, pages: s.groupPages, index: catalogue.NewGroups,
		limits:   func(heygen.AvatarGroupsParams) catalogue.Limits { return limits },
		withPage: func(p heygen.AvatarGroupsParams, token string) heygen.AvatarGroupsParams { p.Token = token; return p },
		id:       func(g *heygen.AvatarGroup) string { return string(g.ID) },
	}
	s.lookCatalogues = &catalogueLoader[heygen.AvatarLooksParams, heygen.AvatarLook, *catalogue.Looks]{
		endpoint: heygen.EndpointListAvatarLooks, pages: s.lookPages, index: catalogue.NewLooks,
		limits: func(p heygen.AvatarLooksParams) catalogue.Limits {
			if isOfGroup(p) {
				return catalogue.Limits{MaxItems: maxItems, MaxPages: catalogue.MaxLookPages}
			}
			return limits
		},
		withPage: func(p heygen.AvatarLooksParams, token string) heygen.AvatarLooksParams { p.Token = token; return p },
		id:       func(l *heygen.AvatarLook) string { return string(l.ID) },
	}
	s.voiceCatalogues = &catalogueLoader[heygen.VoicesParams, heygen.Voice, *catalogue.Voices]{
		endpoint: heygen.EndpointListVoices, pages: s.voicePages, index: catalogue.NewVoices,
		limits:   func(heygen.VoicesParams) catalogue.Limits { return limits },
		withPage: func(p heygen.VoicesParams, token string) heygen.VoicesParams { p.Token = token; return p },
		id:       func(v *heygen.Voice) string { return string(v.ID) },
	}
	if c, ok := upstream.(catalogueCache); ok && c.CachesCatalogues() {
		s.groupCatalogues.cached = func(ctx context.Context, p heygen.AvatarGroupsParams) (*catalogue.Groups, error) {
			return c.AvatarGroupCatalogue(ctx, p.Ownership)
		}
		s.lookCatalogues.cached, s.voiceCatalogues.cached = c.AvatarLookCatalogue, c.VoiceCatalogue
	}
}

// classifyCatalogueError maps the errors of package catalogue.
func classifyCatalogueError(err error, limits catalogue.Limits) error {
	switch {
	case errors.Is(err, catalogue.ErrTooLarge):
		return &Error{Code: errcode.CatalogueTooLarge, Message: fmt.Sprintf("The list has more than %d items, the maximum of this server (CATALOGUE_MAX_ITEMS) for search, filters, order and counts. Page through it without them.", limits.MaxItems)}
	case errors.Is(err, catalogue.ErrTooDeep):
		return &Error{Code: errcode.PaginationTooDeep, Message: fmt.Sprintf("The group has more than %d HeyGen pages of looks, the maximum for search, filters and counts. Page through them without these.", limits.MaxPages)}
	case errors.Is(err, catalogue.ErrIncomplete):
		return &Error{Code: errcode.UpstreamInvalidResponse, Message: "HeyGen's list cannot be read to its end. Page through it without search, filter, order and counts, or retry later."}
	}
	return err
}

// parseSearch parses the argument search.
func parseSearch(search *string) (catalogue.Search, error) {
	parsed, err := catalogue.ParseSearch(deref(search))
	if invalid, ok := errors.AsType[*catalogue.SearchError](err); ok {
		return parsed, &Error{Code: errcode.BadUserInput, Message: invalid.Reason}
	}
	return parsed, err
}

// resolveSelection returns the page of a connection of a catalogue, and the number of items
// of the whole selection. selectItems is called once the arguments are known to be valid.
func resolveSelection[T any](ctx context.Context, r *Resolver, scope string, args relay.Args, selectItems func() (*catalogue.Selection[T], error)) (c *relay.Connection[*T], total int, err error) {
	if err := relay.CheckSortedArgs(r.Cursors, scope, args); err != nil {
		return nil, 0, err
	}
	c, err = countedConnection(ctx, operationScopeFrom(ctx), func() (*relay.Connection[*T], error) {
		selection, err := selectItems()
		if err != nil {
			return nil, err
		}
		total = selection.Len()
		return relay.ConnectSorted(r.Cursors, scope, selection, args)
	})
	return c, total, err
}

// listCounts is what the resolvers of totalCount and facets need of the list of a
// connection. F is the type of its facets.
type listCounts[F any] struct {
	total  *int                               // nil: unknown
	count  func(context.Context) (int, error) // used if total is unknown
	facets func(context.Context) (*F, error)  // nil: the connection has none
}

// setCounts sets the counts of a connection whose page may hold the whole list.
func setCounts[F, T any](c *relay.Connection[T], args relay.Args, counts listCounts[F]) {
	if args.After == nil && args.Before == nil && !c.PageInfo.HasNextPage && !c.PageInfo.HasPreviousPage {
		counts.total = new(len(c.Edges))
	}
	c.Counts = &counts
}

// resolveTotalCount resolves totalCount of a connection with facets of type F.
func resolveTotalCount[F, T any](ctx context.Context, c *relay.Connection[T]) (*int, error) {
	counts := c.Counts.(*listCounts[F])
	if counts.total != nil {
		return counts.total, nil
	}
	n, err := counts.count(ctx)
	if err != nil {
		return nil, err
	}
	return &n, nil
}

// resolveFacets resolves facets of a connection.
func resolveFacets[F, T any](ctx context.Context, c *relay.Connection[T]) (*F, error) {
	return c.Counts.(*listCounts[F]).facets(ctx)
}

// countItems returns a function that counts the items of the catalogue that load returns.
func countItems[C interface{ Len() int }](load func(context.Context) (C, error)) func(context.Context) (int, error) {
	return func(ctx context.Context) (int, error) {
		c, err := load(ctx)
		if err != nil {
			return 0, err
		}
		return c.Len(), nil
	}
}
