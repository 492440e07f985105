package graph

import (
	"context"

	"heygen-graphql/graph/relay"
	"heygen-graphql/heygen"
)

// Upstream is what the API asks of HeyGen. *heygen.Client is one, and says what
// each method gives: Voice, for example, a voice with its Details.
type Upstream interface {
	ListAvatarGroups(context.Context, heygen.AvatarGroupsParams) (heygen.Page[heygen.AvatarGroup], error)
	AvatarGroup(context.Context, heygen.GroupID) (heygen.AvatarGroup, error)

	ListAvatarLooks(context.Context, heygen.AvatarLooksParams) (heygen.Page[heygen.AvatarLook], error)
	AvatarLook(context.Context, heygen.LookID) (heygen.AvatarLook, error)

	ListVoices(context.Context, heygen.VoicesParams) (heygen.Page[heygen.Voice], error)
	Voice(context.Context, heygen.VoiceID) (heygen.Voice, error)
}

// Resolver holds what the resolvers depend on, and nothing else. What HeyGen is
// asked through belongs to the operation.
type Resolver struct {
	Cursors *relay.Codec
}
