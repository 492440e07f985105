package graph

import (
	"context"

	"heygen-graphql/graph/relay"
	"heygen-graphql/heygen"
)

// Upstream is the subset of HeyGen's API that the resolvers call. *heygen.Client
// implements it, and documents each method: Voice, for example, returns a voice with
// its Details.
type Upstream interface {
	ListAvatarGroups(context.Context, heygen.AvatarGroupsParams) (heygen.Page[heygen.AvatarGroup], error)
	AvatarGroup(context.Context, heygen.GroupID) (heygen.AvatarGroup, error)

	ListAvatarLooks(context.Context, heygen.AvatarLooksParams) (heygen.Page[heygen.AvatarLook], error)
	AvatarLook(context.Context, heygen.LookID) (heygen.AvatarLook, error)

	ListVoices(context.Context, heygen.VoicesParams) (heygen.Page[heygen.Voice], error)
	Voice(context.Context, heygen.VoiceID) (heygen.Voice, error)
}

// Resolver holds the dependencies of the resolvers. The upstream belongs to the
// operation, as it has the caller's credential.
type Resolver struct {
	Cursors *relay.Codec
}
