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
	func(op *operationScope) *loader.Loader[heygen.GroupID, *heygen.AvatarGroup] { return op.groups })

// avatarGroups is the list behind the field of this name.
func (r *Resolver) avatarGroups(ctx context.Context, args relay.Args, ownership *heygen.Ownership) (*relay.Connection[*heygen.AvatarGroup], error) {
	op := operationFrom(ctx)
	// The largest page for every first: places in pages, which cursors name,
	// depend on the size, and so do HeyGen's tokens for all we know.
	params := heygen.AvatarGroupsParams{Limit: heygen.MaxPageSize, Ownership: deref(ownership)}
	return resolveConnection(ctx, r, listSource[heygen.AvatarGroup]{
		scope: cursorScope("avatarGroups", params.Limit, url.Values{"ownership": {string(params.Ownership)}}),
		id:    func(g *heygen.AvatarGroup) string { return string(g.ID) },
		page: func(ctx context.Context, token string) (upstreamPage[heygen.AvatarGroup], error) {
			params := params
			params.Token = token
			return op.groupPages.load(ctx, op, params)
		},
	}, args)
}

// onGroupListed is told every group that a list brings.
func (op *operationScope) onGroupListed(p heygen.AvatarGroupsParams, g *heygen.AvatarGroup) {
	op.groups.Prime(g.ID, g)
	op.groupOwnership.add(g.ID, p.Ownership)
}
