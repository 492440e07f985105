package model

import (
	"github.com/99designs/gqlgen/graphql"

	"heygen-graphql/graph/relay"
	"heygen-graphql/heygen"
)

// TypeAvatarLook is the type in the global id of a look.
const TypeAvatarLook = "AvatarLook"

// A page of looks.
type (
	AvatarLookConnection = relay.Connection[*heygen.AvatarLook]
	AvatarLookEdge       = relay.Edge[*heygen.AvatarLook]
)

// MarshalLookID writes a look's global id, MarshalRawLookID HeyGen's own.
func MarshalLookID(id heygen.LookID) graphql.Marshaler    { return globalID(TypeAvatarLook, id) }
func MarshalRawLookID(id heygen.LookID) graphql.Marshaler { return graphql.MarshalString(string(id)) }

// UnmarshalLookID and UnmarshalRawLookID are never asked for more than their type.
func UnmarshalLookID(any) (heygen.LookID, error)    { return "", errOutputOnly }
func UnmarshalRawLookID(any) (heygen.LookID, error) { return "", errOutputOnly }

var (
	avatarTypes      = newEnum("AvatarType", heygen.StudioAvatar, heygen.DigitalTwin, heygen.PhotoAvatar)
	orientations     = newEnum("Orientation", heygen.Portrait, heygen.Landscape, heygen.Square)
	readinessStates  = newEnum("ReadinessState", heygen.Ready, heygen.NotReady)
	readinessReasons = newEnum("ReadinessReason", heygen.NotTrained, heygen.NoConsent, heygen.NotTrainable, heygen.NoPreview, heygen.NoDimensions, heygen.OtherReason)
)

// MarshalAvatarType and UnmarshalAvatarType write and read an AvatarType.
func MarshalAvatarType(t heygen.AvatarType) graphql.Marshaler { return avatarTypes.marshal(t) }
func UnmarshalAvatarType(v any) (heygen.AvatarType, error)    { return avatarTypes.unmarshal(v) }

// MarshalOrientation and UnmarshalOrientation write and read an Orientation.
func MarshalOrientation(o heygen.Orientation) graphql.Marshaler { return orientations.marshal(o) }
func UnmarshalOrientation(v any) (heygen.Orientation, error)    { return orientations.unmarshal(v) }

// MarshalReadinessState and UnmarshalReadinessState write and read a ReadinessState.
func MarshalReadinessState(s heygen.ReadinessState) graphql.Marshaler {
	return readinessStates.marshal(s)
}
func UnmarshalReadinessState(v any) (heygen.ReadinessState, error) {
	return readinessStates.unmarshal(v)
}

// MarshalReadinessReason writes a reason; null for none.
func MarshalReadinessReason(r heygen.ReadinessReason) graphql.Marshaler {
	if r == "" {
		return graphql.Null
	}
	return readinessReasons.marshal(r)
}

// UnmarshalReadinessReason reads a ReadinessReason.
func UnmarshalReadinessReason(v any) (heygen.ReadinessReason, error) {
	return readinessReasons.unmarshal(v)
}
