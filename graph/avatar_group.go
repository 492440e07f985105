package graph

import (
	"context"
	"net/url"

	"heygen-graphql/graph/model"
	"heygen-graphql/graph/relay"
	"heygen-graphql/heygen"
)

var avatarGroupNode = newNodeType(model.TypeAvatarGroup, "avatarGroup",
	func(op *operation) *loader[heygen.GroupID, *heygen.AvatarGroup] { return op.groups })

// avatarGroups is the list behind the field of this name.
func (r *Resolver) avatarGroups(ctx context.Context, args relay.Args, ownership *heygen.Ownership) (*relay.Connection[*heygen.AvatarGroup], error) {
	op := operationOf(ctx)
	// The largest page for every first: places in pages, which cursors name,
	// depend on the size, and so do HeyGen's tokens for all we know.
	params := heygen.AvatarGroupsParams{Limit: heygen.MaxPageSize, Ownership: orNone(ownership)}
	return connect(ctx, r, listing[heygen.AvatarGroup]{
		scope: scopeOf("avatarGroups", params.Limit, url.Values{"ownership": {string(params.Ownership)}}),
		id:    func(g *heygen.AvatarGroup) string { return string(g.ID) },
		page: func(ctx context.Context, token string) (listPage[heygen.AvatarGroup], error) {
			params := params
			params.Token = token
			return op.groupLists.page(ctx, op, params)
		},
	}, args)
}

// groupListed is told every group that a list brings.
func (op *operation) groupListed(p heygen.AvatarGroupsParams, g *heygen.AvatarGroup) {
	op.groups.prime(g.ID, g)
	op.listed.add(g.ID, p.Ownership)
}
