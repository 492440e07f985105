package catalogue

import (
	"iter"

	"heygen-graphql/heygen"
)

// Looks is an index of a list of looks. It is safe for concurrent use.
type Looks struct {
	index[heygen.AvatarLook]
	attributes []lookAttributes
	tags       postings // of whole tags, without differences of case
}

// lookAttributes are what filters need of a look.
type lookAttributes struct{ readiness, orientation uint8 }

// NewLooks returns an index of looks in HeyGen's order.
func NewLooks(items []*heygen.AvatarLook) *Looks {
	l := &Looks{index: newIndex(items, accessors[heygen.AvatarLook]{
		id:   func(l *heygen.AvatarLook) string { return shortID(l.ID) },
		name: func(l *heygen.AvatarLook) string { return l.Name },
		tags: func(l *heygen.AvatarLook) []string { return l.Tags },
		size: lookSize,
	})}
	l.attributes = make([]lookAttributes, l.Len())
	for i, look := range l.items {
		l.attributes[i] = lookAttributes{
			readiness:   readiness.number(look.Readiness().State),
			orientation: orientations.numberOrNone(look.PreferredOrientation),
		}
	}
	l.tags = newPostings(l.Len(), func(i int) iter.Seq[string] {
		return func(yield func(string) bool) {
			for _, tag := range l.items[i].Tags {
				if !yield(foldCase(tag)) {
					return
				}
			}
		}
	})
	l.bytes += sizeOf[Looks]() + sliceSize(l.attributes) + l.tags.size()
	for _, tag := range l.tags.words {
		l.bytes += stringSize(tag)
	}
	return l
}

func lookSize(l *heygen.AvatarLook) int {
	size := sizeOf[heygen.AvatarLook]() + stringSize(l.ID) + stringSize(l.Name) + stringSize(l.AvatarType) +
		optionalSize(l.GroupID) + optionalSize(l.Gender) + stringsSize(l.Tags) + stringsSize(l.SupportedAPIEngines) +
		optionalSize(l.PreviewImageURL) + optionalSize(l.PreviewVideoURL) + optionalSize(l.PreferredOrientation) +
		optionalSize(l.DefaultVoiceID) + optionalSize(l.Status)
	for _, pixels := range [...]*int{l.ImageWidth, l.ImageHeight} {
		if pixels != nil {
			size += sizeOf[int]()
		}
	}
	return size + trainingErrorSize(l.Error)
}

// Select returns the looks that match a query.
func (l *Looks) Select(q LookQuery) *Selection[heygen.AvatarLook] {
	return l.rankItems(q.Search, l.matches(q.Search, l.filter(q.Filter)))
}

// filter returns a function that reports whether the look at a position matches a filter. It
// returns nil for a filter that restricts nothing.
func (l *Looks) filter(f LookFilter) func(i int32) bool {
	if f.IsZero() {
		return nil
	}
	ready, orientation := readiness.mask(f.Readiness), orientations.mask(f.Orientation)
	var tagged bitset
	if tags := f.foldedTags(); len(tags) > 0 {
		tagged = newBitset(l.Len())
		for _, tag := range tags {
			tagged.addAll(l.tags.of(tag))
		}
	}
	return func(i int32) bool {
		a := &l.attributes[i]
		return ready.matches(a.readiness) && orientation.matches(a.orientation) && (tagged == nil || tagged.has(i))
	}
}
