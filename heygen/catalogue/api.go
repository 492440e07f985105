package catalogue

import "heygen-graphql/heygen"

// Search is a parsed search. The zero Search matches everything.
type Search struct{ words []string }

// ParseSearch parses a search. A blank one is the zero Search.
func ParseSearch(s string) (Search, error) { panic("unimplemented") }

// IsZero reports whether the search matches everything.
func (s Search) IsZero() bool { return len(s.words) == 0 }

// String returns the canonical form: equal for searches that match the same.
func (s Search) String() string { panic("unimplemented") }

// IsZero reports whether the filter restricts nothing.
func (f GroupFilter) IsZero() bool { panic("unimplemented") }

// String returns the canonical form: equal for filters that match the same.
func (f GroupFilter) String() string { panic("unimplemented") }

// IsZero reports whether the filter restricts nothing.
func (f LookFilter) IsZero() bool { panic("unimplemented") }

// String returns the canonical form: equal for filters that match the same.
func (f LookFilter) String() string { panic("unimplemented") }

// Selection is the ordered result of a query. It is immutable.
type Selection[T any] struct{ items []*T }

// Len returns the number of items.
func (s *Selection[T]) Len() int { return len(s.items) }

// Item returns the item at position i. It must not be changed.
func (s *Selection[T]) Item(i int) *T { return s.items[i] }

// AppendKey appends the sort key of the item at position i, its id included, to buf.
func (s *Selection[T]) AppendKey(buf []byte, i int) []byte { panic("unimplemented") }

// Locate returns the position of a key: the number of items before it, and of those
// before it or at it, which is one more if the key's item is in the selection. It reports
// false if the key is malformed or its position can no longer be found.
func (s *Selection[T]) Locate(key []byte) (before, through int, ok bool) { panic("unimplemented") }

// Groups is an index of a list of groups.
type Groups struct{ items []*heygen.AvatarGroup }

// NewGroups returns an index of groups in HeyGen's order.
func NewGroups(items []*heygen.AvatarGroup) *Groups { return &Groups{items} }

func (g *Groups) Len() int  { return len(g.items) }
func (g *Groups) Size() int { return 1000 * len(g.items) }
func (g *Groups) Select(q GroupQuery) *Selection[heygen.AvatarGroup] {
	return &Selection[heygen.AvatarGroup]{g.items}
}
func (g *Groups) Facets(q GroupQuery) GroupFacets { panic("unimplemented") }

// Looks is an index of a list of looks.
type Looks struct{ items []*heygen.AvatarLook }

// NewLooks returns an index of looks in HeyGen's order.
func NewLooks(items []*heygen.AvatarLook) *Looks { return &Looks{items} }

func (l *Looks) Len() int  { return len(l.items) }
func (l *Looks) Size() int { return 1000 * len(l.items) }
func (l *Looks) Select(q LookQuery) *Selection[heygen.AvatarLook] {
	return &Selection[heygen.AvatarLook]{l.items}
}

// Voices is an index of a list of voices.
type Voices struct{ items []*heygen.Voice }

// NewVoices returns an index of voices in HeyGen's order.
func NewVoices(items []*heygen.Voice) *Voices { return &Voices{items} }

func (v *Voices) Len() int  { return len(v.items) }
func (v *Voices) Size() int { return 1000 * len(v.items) }
func (v *Voices) Select(q VoiceQuery) *Selection[heygen.Voice] {
	return &Selection[heygen.Voice]{v.items}
}
func (v *Voices) Languages(s Search) []StringCount { panic("unimplemented") }
func (v *Voices) Genders(s Search) []GenderCount   { panic("unimplemented") }

// GroupFacets are the numbers of groups by value of a field. Each counts the groups that
// match the search and the filter, except the filter by that field. Values without a
// group are left out; the most frequent value comes first.
type GroupFacets struct {
	Gender []GenderCount
	Status []TrainingStatusCount
}

// GenderCount is the number of items of a gender.
type GenderCount struct {
	Value heygen.Gender
	Count int
}

// TrainingStatusCount is the number of items of a status.
type TrainingStatusCount struct {
	Value *heygen.TrainingStatus // nil: no status
	Count int
}

// StringCount is the number of items of a string.
type StringCount struct {
	Value *string // nil: none
	Count int
}
