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
	if query.IsZero() {
		return r.listPlainAvatarGroups(ctx, params, args)
	}
	list := &groupList{params: params, query: query}
	scope := cursorScope("avatarGroups", params.Limit, url.Values{
		"ownership": {string(params.Ownership)}, "search": {query.Search.String()}, "filter": {query.Filter.String()}, "orderBy": {query.Order.String()},
	})
	c, err := resolveSelection(ctx, r, scope, args, func() (*catalogue.Selection[heygen.AvatarGroup], error) {
		groups, err := s.groupCatalogues.load(ctx, s, params)
		if err != nil {
			return nil, err
		}
		selection := groups.Select(query)
		list.count = new(selection.Len())
		return selection, nil
	})
	if err != nil {
		return nil, err
	}
	for _, edge := range c.Edges {
		s.groups.Prime(edge.Node.ID, edge.Node)
		s.groupOwnership.add(edge.Node.ID, params.Ownership)
	}
	c.Counts = list
	return c, nil
}

// listPlainAvatarGroups resolves Query.avatarGroups in HeyGen's order, page by page.
func (r *Resolver) listPlainAvatarGroups(ctx context.Context, params heygen.AvatarGroupsParams, args relay.Args) (*relay.Connection[*heygen.AvatarGroup], error) {
	s := operationScopeFrom(ctx)
	c, err := resolveConnection(ctx, r, listSource[heygen.AvatarGroup]{
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
	if err != nil {
		return nil, err
	}
	list := &groupList{params: params}
	if n, ok := wholeListIn(c, args); ok {
		list.count = &n
	}
	c.Counts = list
	return c, nil
}

// groupList is the whole list of a connection.
type groupList struct {
	params heygen.AvatarGroupsParams
	query  catalogue.GroupQuery
	count  *int // nil: unknown
}

// countAvatarGroups resolves AvatarGroupConnection.totalCount.
func countAvatarGroups(ctx context.Context, c *relay.Connection[*heygen.AvatarGroup]) (*int, error) {
	list, s := c.Counts.(*groupList), operationScopeFrom(ctx)
	if list.count != nil {
		return list.count, nil
	}
	groups, err := s.groupCatalogues.load(ctx, s, list.params)
	if err != nil {
		return nil, err
	}
	return new(groups.Len()), nil // without a query: otherwise it is known
}

// countAvatarGroupFacets resolves AvatarGroupConnection.facets.
func countAvatarGroupFacets(ctx context.Context, c *relay.Connection[*heygen.AvatarGroup]) (*catalogue.GroupFacets, error) {
	list, s := c.Counts.(*groupList), operationScopeFrom(ctx)
	groups, err := s.groupCatalogues.load(ctx, s, list.params)
	if err != nil {
		return nil, err
	}
	return new(groups.Facets(list.query)), nil
}
