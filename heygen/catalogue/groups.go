package catalogue

import (
	"time"

	"heygen-graphql/heygen"
)

// Groups is an index of a list of groups. It is safe for concurrent use.
type Groups struct {
	index[heygen.AvatarGroup]
	attributes                        []groupAttributes
	byName, byCreatedAt, byLooksCount order[heygen.AvatarGroup]
}

// groupAttributes are what filters and facets need of a group. They are contiguous in memory,
// unlike the groups, and some would cost much to compute for each query.
type groupAttributes struct {
	gender, status  uint8
	hasDefaultVoice bool
	hasPreviewImage bool
	looksCount      int
}

// NewGroups returns an index of groups in HeyGen's order.
func NewGroups(items []*heygen.AvatarGroup) *Groups {
	g := &Groups{
		index: newIndex(items, accessors[heygen.AvatarGroup]{
			id:        groupID,
			name:      func(g *heygen.AvatarGroup) string { return g.Name },
			createdAt: createdAt,
			size:      groupSize,
		}),
		byName: order[heygen.AvatarGroup]{kind: nameOrder, values: func(g *heygen.AvatarGroup) sortValues {
			return sortValues{strings: [2]string{truncate(g.Name)}, id: groupID(g)}
		}},
		byCreatedAt: order[heygen.AvatarGroup]{kind: createdAtOrder, values: func(g *heygen.AvatarGroup) sortValues {
			return sortValues{number: createdAt(g).UnixMicro(), id: groupID(g)}
		}},
		byLooksCount: order[heygen.AvatarGroup]{kind: looksCountOrder, values: func(g *heygen.AvatarGroup) sortValues {
			return sortValues{number: int64(g.LooksCount), id: groupID(g)}
		}},
	}
	g.attributes = make([]groupAttributes, g.Len())
	for i, group := range g.items {
		g.attributes[i] = groupAttributes{
			gender:          genders.number(group.GenderCategory()),
			status:          statuses.numberOrNone(group.Status),
			hasDefaultVoice: group.DefaultVoiceID != nil && *group.DefaultVoiceID != "",
			hasPreviewImage: group.PreviewImageURL != nil && heygen.IsHTTPURL(*group.PreviewImageURL),
			looksCount:      group.LooksCount,
		}
	}
	g.bytes += sizeOf[Groups]() + sliceSize(g.attributes) + 3*allocSize(4*g.Len())
	return g
}

func groupID(g *heygen.AvatarGroup) string { return shortID(g.ID) }

// createdAt returns when a group was created. An unknown time is the start of 1970, as in
// the API.
func createdAt(g *heygen.AvatarGroup) heygen.UnixTime {
	if g.CreatedAt.IsZero() {
		return heygen.UnixTime{Time: time.Unix(0, 0)}
	}
	return g.CreatedAt
}

func groupSize(g *heygen.AvatarGroup) int {
	size := sizeOf[heygen.AvatarGroup]() + stringSize(g.ID) + stringSize(g.Name) +
		optionalSize(g.Gender) + optionalSize(g.PreviewImageURL) + optionalSize(g.PreviewVideoURL) +
		optionalSize(g.DefaultVoiceID) + optionalSize(g.ConsentStatus) + optionalSize(g.Status)
	return size + trainingErrorSize(g.Error)
}

func trainingErrorSize(e *heygen.TrainingError) int {
	if e == nil {
		return 0
	}
	return sizeOf[heygen.TrainingError]() + stringSize(e.Code) + stringSize(e.Message)
}

// Select returns the groups that match a query, in its order.
func (g *Groups) Select(q GroupQuery) *Selection[heygen.AvatarGroup] {
	matches := g.matches(q.Search, g.filter(q.Filter))
	if q.Order == nil {
		return g.rankItems(q.Search, matches)
	}
	return g.orderItems(g.order(q.Order.Field), q.Order.Direction, matches)
}

func (g *Groups) order(field GroupOrderField) *order[heygen.AvatarGroup] {
	switch field {
	case GroupCreatedAt:
		return &g.byCreatedAt
	case GroupLooksCount:
		return &g.byLooksCount
	default:
		return &g.byName
	}
}

// filter returns a function that reports whether the group at a position matches a filter. It
// returns nil for a filter that restricts nothing.
func (g *Groups) filter(f GroupFilter) func(i int32) bool {
	if f.IsZero() {
		return nil
	}
	gender, status := genders.mask(f.Gender), statuses.mask(f.Status)
	other := g.filterOther(f)
	return func(i int32) bool {
		a := &g.attributes[i]
		return gender.matches(a.gender) && status.matches(a.status) && other(i)
	}
}

// filterOther returns the filter without gender and status.
func (g *Groups) filterOther(f GroupFilter) func(i int32) bool {
	minLooks := f.minLooksCount()
	return func(i int32) bool {
		a := &g.attributes[i]
		return (f.HasDefaultVoice == nil || *f.HasDefaultVoice == a.hasDefaultVoice) &&
			(f.HasPreviewImage == nil || *f.HasPreviewImage == a.hasPreviewImage) &&
			a.looksCount >= minLooks &&
			(f.CreatedFrom == nil || !g.items[i].CreatedAt.Before(f.CreatedFrom.Time)) &&
			(f.CreatedBefore == nil || g.items[i].CreatedAt.Before(f.CreatedBefore.Time))
	}
}

// Facets returns the numbers of groups that match a query, by value of a field.
func (g *Groups) Facets(q GroupQuery) GroupFacets {
	gender, status := genders.mask(q.Filter.Gender), statuses.mask(q.Filter.Status)
	other := g.filterOther(q.Filter)
	byGender, byStatus := make([]int, len(genders)), make([]int, len(statuses)+1)
	for i := range g.candidates(g.words.search(q.Search, g.Len())) {
		a := &g.attributes[i]
		ofGender, ofStatus := gender.matches(a.gender), status.matches(a.status)
		if !ofGender && !ofStatus || !other(i) {
			continue
		}
		if ofStatus {
			byGender[a.gender]++
		}
		if ofGender {
			byStatus[a.status]++
		}
	}
	return GroupFacets{Gender: countGenders(byGender), Status: countStatuses(byStatus)}
}
