package graph

import (
	"context"
	"net/url"

	"heygen-graphql/graph/loader"
	"heygen-graphql/graph/model"
	"heygen-graphql/graph/relay"
	"heygen-graphql/heygen"
	"heygen-graphql/heygen/catalogue"
)

var avatarGroupNode = newNodeType(model.TypeAvatarGroup, "avatarGroup",
	func(s *operationScope) *loader.Loader[heygen.GroupID, *heygen.AvatarGroup] { return s.groups })

// listAvatarGroups resolves Query.avatarGroups.
func (r *Resolver) listAvatarGroups(ctx context.Context, args relay.Args, ownership *heygen.Ownership, search *string, filter *catalogue.GroupFilter, order *catalogue.GroupOrder) (*relay.Connection[*heygen.AvatarGroup], error) {
	s := operationScopeFrom(ctx)
	// The largest page for every first: positions in pages, which cursors name,
	// depend on the page size, and so may HeyGen's tokens.
	params := heygen.AvatarGroupsParams{Limit: heygen.MaxPageSize, Ownership: deref(ownership)}
	if params.Ownership != "" {
		defer s.groupOwnership.listEnded()
	}
	query := catalogue.GroupQuery{Order: order}
	var err error
	if query.Search, err = parseSearch(search); err != nil {
		return nil, err
	}
	if filter != nil {
		query.Filter = *filter
	}
	groups := func(ctx context.Context) (*catalogue.Groups, error) { return s.groupCatalogues.load(ctx, s, params) }
	counts := listCounts[catalogue.GroupFacets]{count: countItems(groups), facets: func(ctx context.Context) (*catalogue.GroupFacets, error) {
		groups, err := groups(ctx)
		if err != nil {
			return nil, err
		}
		return new(groups.Facets(query)), nil
	}}
	if query.IsZero() {
		c, err := r.listPlainAvatarGroups(ctx, params, args)
		if err != nil {
			return nil, err
		}
		setCounts(c, args, counts)
		return c, nil
	}
	scope := cursorScope("avatarGroups", params.Limit, url.Values{
		"ownership": {string(params.Ownership)}, "search": {query.Search.String()}, "filter": {query.Filter.String()}, "orderBy": {query.Order.String()},
	})
	c, total, err := resolveSelection(ctx, r, scope, args, func() (*catalogue.Selection[heygen.AvatarGroup], error) {
		groups, err := groups(ctx)
		if err != nil {
			return nil, err
		}
		return groups.Select(query), nil
	})
	if err != nil {
		return nil, err
	}
	for _, edge := range c.Edges {
		s.groups.Prime(edge.Node.ID, edge.Node)
		s.groupOwnership.add(edge.Node.ID, params.Ownership)
	}
	counts.total = &total
	c.Counts = &counts
	return c, nil
}

// listPlainAvatarGroups resolves Query.avatarGroups in HeyGen's order, page by page.
func (r *Resolver) listPlainAvatarGroups(ctx context.Context, params heygen.AvatarGroupsParams, args relay.Args) (*relay.Connection[*heygen.AvatarGroup], error) {
	s := operationScopeFrom(ctx)
	return resolveConnection(ctx, r, listSource[heygen.AvatarGroup]{
		endpoint: heygen.EndpointListAvatarGroups,
		scope:    cursorScope("avatarGroups", params.Limit, url.Values{"ownership": {string(params.Ownership)}}),
		id:       func(g *heygen.AvatarGroup) string { return string(g.ID) },
		page: func(ctx context.Context, token string) (relay.UpstreamPage[*heygen.AvatarGroup], error) {
			params := params
			params.Token = token
			page, err := s.groupPages.load(ctx, s, params)
			for _, g := range page.Items {
				s.groupOwnership.add(g.ID, params.Ownership)
			}
			return page, err
		},
	}, args)
}
