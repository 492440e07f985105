package catalogue

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// The limits of a search.
const (
	maxSearchCharacters = 100
	maxSearchWords      = 8
)

// Search is a parsed search. It matches an item if each of its words is a prefix of some
// word of the item's name (of a look: of its tags, too), ignoring case and diacritics. The
// zero Search matches everything.
type Search struct {
	words  []string // distinct
	joined string   // all words in their order, joined by a space
}

// SearchError is a search that exceeds a limit.
type SearchError struct {
	Reason string // a sentence for the client
}

func (e *SearchError) Error() string { return "catalogue: " + e.Reason }

var errSearchTooLong = &SearchError{
	Reason: fmt.Sprintf("`search` must have at most %d characters and %d words.", maxSearchCharacters, maxSearchWords),
}

// ParseSearch parses a search. It returns the zero Search for a string without words, such
// as a blank one, and a [*SearchError] if the string has more than 100 characters or 8
// words. Ideographs without a space between them count as one word here, as people count.
func ParseSearch(s string) (Search, error) {
	s = strings.TrimSpace(s)
	if utf8.RuneCountInString(s) > maxSearchCharacters {
		return Search{}, errSearchTooLong
	}
	folded := fold(s)
	if len(strings.FieldsFunc(folded, isSeparator)) > maxSearchWords {
		return Search{}, errSearchTooLong
	}
	distinct := slices.Collect(words(folded))
	joined := strings.Join(distinct, " ")
	slices.Sort(distinct)
	return Search{words: slices.Compact(distinct), joined: joined}, nil
}

// IsZero reports whether the search matches everything.
func (s Search) IsZero() bool { return len(s.words) == 0 }

// String returns the canonical form. It is equal for searches that match and rank the same.
func (s Search) String() string { return s.joined }

// The ranks of a match, the best first.
const (
	rankWholeName = iota
	rankNamePrefix
	rankWordPrefix
	ranks
)
