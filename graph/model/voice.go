package model

import (
	"github.com/99designs/gqlgen/graphql"

	"heygen-graphql/graph/relay"
	"heygen-graphql/heygen"
	"heygen-graphql/heygen/catalogue"
)

// TypeVoice is the type name in the global id of a voice.
const TypeVoice = "Voice"

// The connection of voices.
type (
	VoiceConnection = relay.Connection[*heygen.Voice]
	VoiceEdge       = relay.Edge[*heygen.Voice]
)

// VoiceFacets are the numbers of voices by value of a field. Those that are not selected
// are nil.
type VoiceFacets struct {
	Language []catalogue.StringCount
	Gender   []catalogue.GenderCount
}

// MarshalVoiceID marshals the global id of a voice. MarshalRawVoiceID marshals HeyGen's own id.
func MarshalVoiceID(id heygen.VoiceID) graphql.Marshaler    { return marshalGlobalID(TypeVoice, id) }
func MarshalRawVoiceID(id heygen.VoiceID) graphql.Marshaler { return graphql.MarshalString(string(id)) }

// UnmarshalVoiceID and UnmarshalRawVoiceID are never called: gqlgen requires their types.
func UnmarshalVoiceID(any) (heygen.VoiceID, error)    { return "", errOutputOnly }
func UnmarshalRawVoiceID(any) (heygen.VoiceID, error) { return "", errOutputOnly }

var (
	voiceTypes    = newEnum("VoiceType", heygen.PublicVoice, heygen.PrivateVoice)
	voiceStatuses = newEnum("VoiceStatus", heygen.VoiceProcessing, heygen.VoiceComplete, heygen.VoiceFailed)
)

// MarshalVoiceType and UnmarshalVoiceType marshal and unmarshal a VoiceType.
func MarshalVoiceType(t heygen.VoiceType) graphql.Marshaler { return voiceTypes.marshal(t) }
func UnmarshalVoiceType(v any) (heygen.VoiceType, error)    { return voiceTypes.unmarshal(v) }

// MarshalVoiceStatus and UnmarshalVoiceStatus marshal and unmarshal a VoiceStatus.
func MarshalVoiceStatus(s heygen.VoiceStatus) graphql.Marshaler { return voiceStatuses.marshal(s) }
func UnmarshalVoiceStatus(v any) (heygen.VoiceStatus, error)    { return voiceStatuses.unmarshal(v) }
