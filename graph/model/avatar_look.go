package model

import (
	"github.com/99designs/gqlgen/graphql"

	"heygen-graphql/graph/relay"
	"heygen-graphql/heygen"
	"heygen-graphql/heygen/catalogue"
)

// TypeAvatarLook is the type name in the global id of a look.
const TypeAvatarLook = "AvatarLook"

// The connection of looks.
type (
	AvatarLookConnection = relay.Connection[*heygen.AvatarLook]
	AvatarLookEdge       = relay.Edge[*heygen.AvatarLook]
)

// MarshalLookID marshals the global id of a look. MarshalRawLookID marshals HeyGen's own id.
func MarshalLookID(id heygen.LookID) graphql.Marshaler    { return marshalGlobalID(TypeAvatarLook, id) }
func MarshalRawLookID(id heygen.LookID) graphql.Marshaler { return graphql.MarshalString(string(id)) }

// UnmarshalLookID and UnmarshalRawLookID are never called: gqlgen requires their types.
func UnmarshalLookID(any) (heygen.LookID, error)    { return "", errOutputOnly }
func UnmarshalRawLookID(any) (heygen.LookID, error) { return "", errOutputOnly }

var (
	avatarTypes      = newEnum("AvatarType", heygen.StudioAvatar, heygen.DigitalTwin, heygen.PhotoAvatar)
	orientations     = newEnum("Orientation", heygen.Portrait, heygen.Landscape, heygen.Square, catalogue.UnknownOrientation)
	readinessStates  = newEnum("ReadinessState", heygen.Ready, heygen.NotReady, heygen.ReadinessUnknown)
	readinessReasons = newEnum("ReadinessReason", heygen.NotTrained, heygen.NoConsent, heygen.NotTrainable, heygen.NoPreview, heygen.NoDimensions, heygen.OtherReason)
)

// MarshalAvatarType and UnmarshalAvatarType marshal and unmarshal an AvatarType.
func MarshalAvatarType(t heygen.AvatarType) graphql.Marshaler { return avatarTypes.marshal(t) }
func UnmarshalAvatarType(v any) (heygen.AvatarType, error)    { return avatarTypes.unmarshal(v) }

// MarshalOrientation and UnmarshalOrientation marshal and unmarshal an Orientation.
func MarshalOrientation(o heygen.Orientation) graphql.Marshaler { return orientations.marshal(o) }
func UnmarshalOrientation(v any) (heygen.Orientation, error)    { return orientations.unmarshal(v) }

// MarshalReadinessState and UnmarshalReadinessState marshal and unmarshal a ReadinessState.
func MarshalReadinessState(s heygen.ReadinessState) graphql.Marshaler {
	return readinessStates.marshal(s)
}
func UnmarshalReadinessState(v any) (heygen.ReadinessState, error) {
	return readinessStates.unmarshal(v)
}

// MarshalReadinessReason marshals a ReadinessReason, or null if there is none.
func MarshalReadinessReason(r heygen.ReadinessReason) graphql.Marshaler {
	if r == "" {
		return graphql.Null
	}
	return readinessReasons.marshal(r)
}

// UnmarshalReadinessReason unmarshals a ReadinessReason.
func UnmarshalReadinessReason(v any) (heygen.ReadinessReason, error) {
	return readinessReasons.unmarshal(v)
}
