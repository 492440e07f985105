package graph

import (
	"context"

	"heygen-graphql/graph/relay"
	"heygen-graphql/heygen"
)

// Upstream is what the API asks of HeyGen. *heygen.Client is one.
type Upstream interface {
	ListAvatarGroups(context.Context, heygen.AvatarGroupsParams) (heygen.Page[heygen.AvatarGroup], error)
	AvatarGroup(context.Context, heygen.GroupID) (heygen.AvatarGroup, error)
}

// Resolver holds what the resolvers depend on, and nothing else.
type Resolver struct {
	HeyGen  Upstream
	Cursors *relay.Codec
}
