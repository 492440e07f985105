package graph

import (
	"context"
	"net/url"

	"heygen-graphql/graph/loader"
	"heygen-graphql/graph/model"
	"heygen-graphql/graph/relay"
	"heygen-graphql/heygen"
)

var avatarGroupNode = newNodeType(model.TypeAvatarGroup, "avatarGroup",
	func(s *operationScope) *loader.Loader[heygen.GroupID, *heygen.AvatarGroup] { return s.groups })

// listAvatarGroups resolves Query.avatarGroups.
func (r *Resolver) listAvatarGroups(ctx context.Context, args relay.Args, ownership *heygen.Ownership) (*relay.Connection[*heygen.AvatarGroup], error) {
	s := operationScopeFrom(ctx)
	// The largest page for every first: positions in pages, which cursors name,
	// depend on the page size, and so may HeyGen's tokens.
	params := heygen.AvatarGroupsParams{Limit: heygen.MaxPageSize, Ownership: deref(ownership)}
	if params.Ownership != "" {
		defer s.groupOwnership.listEnded()
	}
	return resolveConnection(ctx, r, listSource[heygen.AvatarGroup]{
		endpoint: heygen.EndpointListAvatarGroups,
		scope:    cursorScope("avatarGroups", params.Limit, url.Values{"ownership": {string(params.Ownership)}}),
		id:       func(g *heygen.AvatarGroup) string { return string(g.ID) },
		page: func(ctx context.Context, token string) (relay.UpstreamPage[*heygen.AvatarGroup], error) {
			params := params
			params.Token = token
			return s.groupPages.load(ctx, s, params)
		},
	}, args)
}

// onGroupListed primes the loader with a group from a list, and records its ownership.
func (s *operationScope) onGroupListed(p heygen.AvatarGroupsParams, g *heygen.AvatarGroup) {
	s.groups.Prime(g.ID, g)
	s.groupOwnership.add(g.ID, p.Ownership)
}
