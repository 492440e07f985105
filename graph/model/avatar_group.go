package model

import (
	"github.com/99designs/gqlgen/graphql"

	"heygen-graphql/graph/relay"
	"heygen-graphql/heygen"
)

// TypeAvatarGroup is the type name in the global id of a group.
const TypeAvatarGroup = "AvatarGroup"

// The connection of groups.
type (
	AvatarGroupConnection = relay.Connection[*heygen.AvatarGroup]
	AvatarGroupEdge       = relay.Edge[*heygen.AvatarGroup]
)

// MarshalGroupID marshals the global id of a group. MarshalRawGroupID marshals HeyGen's own id.
func MarshalGroupID(id heygen.GroupID) graphql.Marshaler    { return marshalGlobalID(TypeAvatarGroup, id) }
func MarshalRawGroupID(id heygen.GroupID) graphql.Marshaler { return graphql.MarshalString(string(id)) }

// UnmarshalGroupID and UnmarshalRawGroupID are never called: gqlgen requires their types.
func UnmarshalGroupID(any) (heygen.GroupID, error)    { return "", errOutputOnly }
func UnmarshalRawGroupID(any) (heygen.GroupID, error) { return "", errOutputOnly }
