package model

import (
	"github.com/99designs/gqlgen/graphql"

	"heygen-graphql/graph/relay"
	"heygen-graphql/heygen"
)

// TypeVoice is the type in the global id of a voice.
const TypeVoice = "Voice"

// A page of voices.
type (
	VoiceConnection = relay.Connection[*heygen.Voice]
	VoiceEdge       = relay.Edge[*heygen.Voice]
)

// MarshalVoiceID writes a voice's global id, MarshalRawVoiceID HeyGen's own.
func MarshalVoiceID(id heygen.VoiceID) graphql.Marshaler    { return globalID(TypeVoice, id) }
func MarshalRawVoiceID(id heygen.VoiceID) graphql.Marshaler { return graphql.MarshalString(string(id)) }

// UnmarshalVoiceID and UnmarshalRawVoiceID are never asked for more than their type.
func UnmarshalVoiceID(any) (heygen.VoiceID, error)    { return "", errOutputOnly }
func UnmarshalRawVoiceID(any) (heygen.VoiceID, error) { return "", errOutputOnly }

var (
	voiceTypes    = newEnum("VoiceType", heygen.PublicVoice, heygen.PrivateVoice)
	voiceStatuses = newEnum("VoiceStatus", heygen.VoiceProcessing, heygen.VoiceComplete, heygen.VoiceFailed)
)

// MarshalVoiceType and UnmarshalVoiceType write and read a VoiceType.
func MarshalVoiceType(t heygen.VoiceType) graphql.Marshaler { return voiceTypes.marshal(t) }
func UnmarshalVoiceType(v any) (heygen.VoiceType, error)    { return voiceTypes.unmarshal(v) }

// MarshalVoiceStatus and UnmarshalVoiceStatus write and read a VoiceStatus.
func MarshalVoiceStatus(s heygen.VoiceStatus) graphql.Marshaler { return voiceStatuses.marshal(s) }
func UnmarshalVoiceStatus(v any) (heygen.VoiceStatus, error)    { return voiceStatuses.unmarshal(v) }
