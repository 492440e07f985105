package model

import (
	"github.com/99designs/gqlgen/graphql"

	"heygen-graphql/heygen/catalogue"
)

var (
	groupOrderFields = newEnum("AvatarGroupOrderField", catalogue.GroupName, catalogue.GroupCreatedAt, catalogue.GroupLooksCount)
	voiceOrderFields = newEnum("VoiceOrderField", catalogue.VoiceName, catalogue.VoiceLanguage)
	orderDirections  = newEnum("OrderDirection", catalogue.Ascending, catalogue.Descending)
)

// MarshalAvatarGroupOrderField and UnmarshalAvatarGroupOrderField marshal and unmarshal an
// AvatarGroupOrderField.
func MarshalAvatarGroupOrderField(f catalogue.GroupOrderField) graphql.Marshaler {
	return groupOrderFields.marshal(f)
}
func UnmarshalAvatarGroupOrderField(v any) (catalogue.GroupOrderField, error) {
	return groupOrderFields.unmarshal(v)
}

// MarshalVoiceOrderField and UnmarshalVoiceOrderField marshal and unmarshal a VoiceOrderField.
func MarshalVoiceOrderField(f catalogue.VoiceOrderField) graphql.Marshaler {
	return voiceOrderFields.marshal(f)
}
func UnmarshalVoiceOrderField(v any) (catalogue.VoiceOrderField, error) {
	return voiceOrderFields.unmarshal(v)
}

// MarshalOrderDirection and UnmarshalOrderDirection marshal and unmarshal an OrderDirection.
func MarshalOrderDirection(d catalogue.Direction) graphql.Marshaler {
	return orderDirections.marshal(d)
}
func UnmarshalOrderDirection(v any) (catalogue.Direction, error) { return orderDirections.unmarshal(v) }
