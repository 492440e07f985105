package model

import (
	"strings"

	"github.com/99designs/gqlgen/graphql"

	"heygen-graphql/heygen"
	"heygen-graphql/heygen/catalogue"
)

// Unknown represents every value that HeyGen has added and this server does not know.
const Unknown = "UNKNOWN"

// enum maps HeyGen's values to GraphQL's names, which are the same in capitals.
type enum[T ~string] struct {
	typeName string
	names    map[T]string
	values   map[string]T
}

func newEnum[T ~string](typeName string, values ...T) enum[T] {
	e := enum[T]{typeName, map[T]string{}, map[string]T{}}
	for _, value := range values {
		name := strings.ToUpper(string(value))
		e.names[value], e.values[name] = name, value
	}
	return e
}

// name returns the value's name in GraphQL, or UNKNOWN if this server does not know it.
func (e enum[T]) name(value T) string {
	if name, ok := e.names[value]; ok {
		return name
	}
	return Unknown
}

func (e enum[T]) marshal(value T) graphql.Marshaler { return graphql.MarshalString(e.name(value)) }

// unmarshal returns the value of a name. It rejects UNKNOWN, which is no value of HeyGen,
// unless the enum was made with a value of that name: one for the filters of this server.
func (e enum[T]) unmarshal(v any) (T, error) {
	name, _ := v.(string)
	if value, ok := e.values[name]; ok {
		return value, nil
	}
	return "", &InputError{"`" + Unknown + "` is not a valid " + e.typeName + " argument: it represents values that this server does not know."}
}

var (
	ownerships       = newEnum("Ownership", heygen.Public, heygen.Private)
	genders          = newEnum("Gender", heygen.Female, heygen.Male, heygen.OtherGender, heygen.UnknownGender)
	trainingStatuses = newEnum("TrainingStatus", heygen.Processing, heygen.PendingConsent, heygen.Completed, heygen.Failed, catalogue.UnknownTrainingStatus)
)

// MarshalOwnership and UnmarshalOwnership marshal and unmarshal an Ownership.
func MarshalOwnership(o heygen.Ownership) graphql.Marshaler { return ownerships.marshal(o) }
func UnmarshalOwnership(v any) (heygen.Ownership, error)    { return ownerships.unmarshal(v) }

// MarshalGender and UnmarshalGender marshal and unmarshal a Gender, of which UNKNOWN is a
// value like the others.
func MarshalGender(g heygen.Gender) graphql.Marshaler { return genders.marshal(g) }
func UnmarshalGender(v any) (heygen.Gender, error)    { return genders.unmarshal(v) }

// MarshalTrainingStatus and UnmarshalTrainingStatus marshal and unmarshal a TrainingStatus.
func MarshalTrainingStatus(s heygen.TrainingStatus) graphql.Marshaler {
	return trainingStatuses.marshal(s)
}
func UnmarshalTrainingStatus(v any) (heygen.TrainingStatus, error) {
	return trainingStatuses.unmarshal(v)
}

// OutputEnum is the set of enums that a response can contain.
type OutputEnum interface {
	heygen.Ownership | heygen.Gender | heygen.TrainingStatus | heygen.AvatarType | heygen.Orientation | heygen.ReadinessState | heygen.ReadinessReason | heygen.VoiceStatus
}

// EnumName returns the name of a value in GraphQL.
func EnumName[T OutputEnum](value T) string {
	switch v := any(value).(type) {
	case heygen.Ownership:
		return ownerships.name(v)
	case heygen.Gender:
		return genders.name(v)
	case heygen.TrainingStatus:
		return trainingStatuses.name(v)
	case heygen.AvatarType:
		return avatarTypes.name(v)
	case heygen.Orientation:
		return orientations.name(v)
	case heygen.ReadinessState:
		return readinessStates.name(v)
	case heygen.ReadinessReason:
		return readinessReasons.name(v)
	case heygen.VoiceStatus:
		return voiceStatuses.name(v)
	}
	return Unknown
}
