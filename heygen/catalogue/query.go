package catalogue

import (
	"cmp"

	"heygen-graphql/heygen"
)

// GroupQuery selects and orders groups. The zero value selects all, in HeyGen's order.
type GroupQuery struct {
	Search Search
	Filter GroupFilter
	Order  *GroupOrder // nil: by rank of the search, then in HeyGen's order
}

// GroupFilter restricts groups. Its fields are ANDed, the values of one field ORed. A
// field that is nil or empty restricts nothing.
type GroupFilter struct {
	Gender          []heygen.Gender
	Status          []heygen.TrainingStatus // UnknownTrainingStatus: every status that this server does not know
	HasDefaultVoice *bool
	HasPreviewImage *bool
	MinLooksCount   *int
	CreatedFrom     *heygen.UnixTime // inclusive
	CreatedBefore   *heygen.UnixTime // exclusive
}

// GroupOrder is an order of groups. Groups that are equal in it are in the order of their ids.
type GroupOrder struct {
	Field     GroupOrderField
	Direction Direction
}

// GroupOrderField is what groups are ordered by.
type GroupOrderField string

// The fields to order groups by.
const (
	GroupName       GroupOrderField = "name"
	GroupCreatedAt  GroupOrderField = "created_at"
	GroupLooksCount GroupOrderField = "looks_count"
)

// Direction is the direction of an order. The zero value is ascending.
type Direction string

// The directions.
const (
	Ascending  Direction = "asc"
	Descending Direction = "desc"
)

// LookQuery selects looks, by rank of the search, then in HeyGen's order.
type LookQuery struct {
	Search Search
	Filter LookFilter
}

// LookFilter restricts looks, as [GroupFilter] does groups.
type LookFilter struct {
	Readiness   []heygen.ReadinessState
	Orientation []heygen.Orientation // UnknownOrientation: every orientation that this server does not know
	Tags        []string             // ignoring case
}

// VoiceQuery selects and orders voices.
type VoiceQuery struct {
	Search Search
	Order  *VoiceOrder // nil: by rank of the search, then in HeyGen's order
}

// VoiceOrder is an order of voices. Voices that are equal in it are in the order of their ids.
type VoiceOrder struct {
	Field     VoiceOrderField
	Direction Direction
}

// VoiceOrderField is what voices are ordered by.
type VoiceOrderField string

// The fields to order voices by.
const (
	VoiceName     VoiceOrderField = "name"
	VoiceLanguage VoiceOrderField = "language"
)

// UnknownTrainingStatus and UnknownOrientation represent, in a filter or a count, every value
// that this server does not know.
const (
	UnknownTrainingStatus heygen.TrainingStatus = "unknown"
	UnknownOrientation    heygen.Orientation    = "unknown"
)

// IsZero reports whether the query selects the whole list in HeyGen's order.
func (q GroupQuery) IsZero() bool { return q.Search.IsZero() && q.Filter.IsZero() && q.Order == nil }

// IsZero reports whether the query selects the whole list.
func (q LookQuery) IsZero() bool { return q.Search.IsZero() && q.Filter.IsZero() }

// IsZero reports whether the query selects the whole list in HeyGen's order.
func (q VoiceQuery) IsZero() bool { return q.Search.IsZero() && q.Order == nil }

// String returns the field and the direction, or "" for nil.
func (o *GroupOrder) String() string {
	if o == nil {
		return ""
	}
	return string(o.Field) + " " + string(cmp.Or(o.Direction, Ascending))
}

// String returns the field and the direction, or "" for nil.
func (o *VoiceOrder) String() string {
	if o == nil {
		return ""
	}
	return string(o.Field) + " " + string(cmp.Or(o.Direction, Ascending))
}
