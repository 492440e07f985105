package catalogue

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"heygen-graphql/heygen"
)

// Voices is an index of a list of voices. It is safe for concurrent use.
type Voices struct {
	index[heygen.Voice]
	languages          []string // distinct, in the order of their collation
	attributes         []voiceAttributes
	byName, byLanguage order[heygen.Voice]
}

// voiceAttributes are what facets need of a voice.
type voiceAttributes struct {
	language int32 // in Voices.languages; their number if it has none
	gender   uint8
}

// NewVoices returns an index of voices in HeyGen's order.
func NewVoices(items []*heygen.Voice) *Voices {
	v := &Voices{
		index: newIndex(items, accessors[heygen.Voice]{id: voiceID, name: voiceName, size: voiceSize}),
		byName: order[heygen.Voice]{kind: nameOrder, values: func(v *heygen.Voice) sortValues {
			return sortValues{strings: [2]string{truncate(voiceName(v))}, id: voiceID(v)}
		}},
		byLanguage: order[heygen.Voice]{kind: languageOrder, values: func(v *heygen.Voice) sortValues {
			return sortValues{strings: [2]string{truncate(valueOf(v.Language)), truncate(voiceName(v))}, id: voiceID(v)}
		}},
	}
	v.languages = sortedLanguages(v.items)
	numbers := make(map[string]int32, len(v.languages))
	for number, language := range v.languages {
		numbers[language] = int32(number)
	}
	v.attributes = make([]voiceAttributes, v.Len())
	for i, voice := range v.items {
		language := int32(len(v.languages))
		if voice.Language != nil {
			language = numbers[*voice.Language]
		}
		v.attributes[i] = voiceAttributes{language, genders.number(voice.GenderCategory())}
	}
	v.bytes += sizeOf[Voices]() + sliceSize(v.languages) + sliceSize(v.attributes) + 2*allocSize(4*v.Len())
	return v
}

// sortedLanguages returns the distinct languages in the order of their collation.
func sortedLanguages(voices []*heygen.Voice) []string {
	c := newCollator()
	keys := map[string][]byte{}
	var languages []string
	for _, voice := range voices {
		if voice.Language == nil {
			continue
		}
		if _, seen := keys[*voice.Language]; !seen {
			keys[*voice.Language] = c.key(*voice.Language)
			languages = append(languages, *voice.Language)
		}
	}
	slices.SortFunc(languages, func(a, b string) int {
		return cmp.Or(bytes.Compare(keys[a], keys[b]), strings.Compare(a, b))
	})
	return slices.Clip(languages)
}

func voiceID(v *heygen.Voice) string   { return shortID(v.ID) }
func voiceName(v *heygen.Voice) string { return valueOf(v.Name) }

// valueOf returns the value of an optional string, and the empty string for nil.
func valueOf(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func voiceSize(v *heygen.Voice) int {
	size := sizeOf[heygen.Voice]() + stringSize(v.ID) +
		optionalSize(v.Name) + optionalSize(v.Language) + optionalSize(v.Gender) + optionalSize(v.PreviewAudioURL)
	d := v.Details
	if d == nil {
		return size
	}
	size += sizeOf[heygen.VoiceDetails]() + optionalSize(d.Status) + optionalSize(d.FailureMessage)
	if d.CreatedAt != nil {
		size += sizeOf[heygen.UnixTime]()
	}
	if d.SupportInteractiveAvatar != nil {
		size += sizeOf[bool]()
	}
	return size
}

// Select returns the voices that match a query, in its order.
func (v *Voices) Select(q VoiceQuery) *Selection[heygen.Voice] {
	matches := v.matches(q.Search, nil)
	switch {
	case q.Order == nil:
		return v.rankItems(q.Search, matches)
	case q.Order.Field == VoiceLanguage:
		return v.orderItems(&v.byLanguage, q.Order.Direction, matches)
	default:
		return v.orderItems(&v.byName, q.Order.Direction, matches)
	}
}

// Languages returns the numbers of voices that match a search, by language. The most
// frequent language comes first, equally frequent ones in the order of their names.
func (v *Voices) Languages(s Search) []StringCount {
	counts := make([]int, len(v.languages)+1)
	for i := range v.candidates(v.matches(s, nil)) {
		counts[v.attributes[i].language]++
	}
	return countStrings(v.languages, counts)
}

// Genders returns the numbers of voices that match a search, by gender, the most frequent
// one first.
func (v *Voices) Genders(s Search) []GenderCount {
	counts := make([]int, len(genders))
	for i := range v.candidates(v.matches(s, nil)) {
		counts[v.attributes[i].gender]++
	}
	return countGenders(counts)
}
