package model

import (
	"heygen-graphql/graph/relay"
	"heygen-graphql/heygen"
)

// PageInfo is a page's place in its list.
type PageInfo = relay.PageInfo

// The connections, one pair of aliases a resource.
type (
	AvatarGroupConnection = relay.Connection[*heygen.AvatarGroup]
	AvatarGroupEdge       = relay.Edge[*heygen.AvatarGroup]
)
