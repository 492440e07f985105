package model

import (
	"github.com/99designs/gqlgen/graphql"

	"heygen-graphql/graph/relay"
	"heygen-graphql/heygen"
)

// TypeAvatarGroup is the type in the global id of a group.
const TypeAvatarGroup = "AvatarGroup"

// A page of groups.
type (
	AvatarGroupConnection = relay.Connection[*heygen.AvatarGroup]
	AvatarGroupEdge       = relay.Edge[*heygen.AvatarGroup]
)

// MarshalGroupID writes a group's global id, MarshalRawGroupID HeyGen's own.
func MarshalGroupID(id heygen.GroupID) graphql.Marshaler    { return globalID(TypeAvatarGroup, id) }
func MarshalRawGroupID(id heygen.GroupID) graphql.Marshaler { return graphql.MarshalString(string(id)) }

// UnmarshalGroupID and UnmarshalRawGroupID are never asked for more than their type.
func UnmarshalGroupID(any) (heygen.GroupID, error)    { return "", errOutputOnly }
func UnmarshalRawGroupID(any) (heygen.GroupID, error) { return "", errOutputOnly }
