package graph_test

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"

	"heygen-graphql/heygen/sandbox"
)

// The search, the orders and the counts of the API, computed from the sandbox's structs
// item by item, without an index.

// naiveWords returns the words of a name without case and diacritics.
func naiveWords(name string) []string {
	words, ok := knownWords.Load(name)
	if !ok {
		words, _ = knownWords.LoadOrStore(name, splitNaively(name))
	}
	return words.([]string)
}

var knownWords sync.Map // by name: tests split each many times

func splitNaively(s string) []string {
	folded := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFKD.String(strings.ToLower(s)))
	folded = strings.NewReplacer("ł", "l", "ø", "o", "đ", "d", "ı", "i", "ß", "ss", "æ", "ae", "œ", "oe", "ς", "σ").Replace(folded)
	var words []string
	last := ""
	for _, r := range folded {
		kind := "letters"
		switch {
		case unicode.In(r, unicode.Han, unicode.Hiragana), unicode.Is(unicode.So, r):
			kind = "word of its own"
		case unicode.Is(unicode.Katakana, r), r == 'ー':
			kind = "katakana"
		case !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r):
			kind = ""
		}
		switch {
		case kind == last && (kind == "letters" || kind == "katakana"), unicode.IsMark(r) && last != "":
			words[len(words)-1] += string(r)
			continue
		case kind != "":
			words = append(words, string(r))
		}
		last = kind
	}
	return words
}

// naiveRank returns the rank of a name in a search, and reports whether it matches.
func naiveRank(search, name string, tags ...string) (rank int, ok bool) {
	wanted, words := naiveWords(search), naiveWords(name)
	all := slices.Concat(words, naiveWords(strings.Join(tags, " ")))
	for _, prefix := range wanted {
		if !slices.ContainsFunc(all, func(word string) bool { return strings.HasPrefix(word, prefix) }) {
			return 0, false
		}
	}
	switch start := strings.Join(wanted, " "); {
	case strings.Join(words, " ") == start:
		return 0, true
	case strings.HasPrefix(strings.Join(words, " "), start):
		return 1, true
	default:
		return 2, true
	}
}

// searchNaively returns the items that match a search, the best ranks first.
func searchNaively[T any](items []T, search string, text func(T) (name string, tags []string)) (found []T) {
	for rank := range 3 {
		for _, item := range items {
			name, tags := text(item)
			if r, ok := naiveRank(search, name, tags...); ok && r == rank {
				found = append(found, item)
			}
		}
	}
	return found
}

func searchGroups(groups []sandbox.Group, search string) []sandbox.Group {
	return searchNaively(groups, search, func(g sandbox.Group) (string, []string) { return g.Name, nil })
}

func searchVoices(voices []sandbox.Voice, search string) []sandbox.Voice {
	return searchNaively(voices, search, func(v sandbox.Voice) (string, []string) { return v.Name, nil })
}

// filterItems returns the items for which condition holds.
func filterItems[T any](items []T, condition func(T) bool) []T {
	return slices.DeleteFunc(slices.Clone(items), func(item T) bool { return !condition(item) })
}

func publicVoices(voices []sandbox.Voice) []sandbox.Voice {
	return filterItems(voices, func(v sandbox.Voice) bool { return v.Type != sandbox.Private })
}

func privateGroups(groups []sandbox.Group) []sandbox.Group {
	return filterItems(groups, func(g sandbox.Group) bool { return g.Ownership == sandbox.Private })
}

// compareNaively compares two strings as the root collation does, with numbers by value.
func compareNaively(a, b string) int {
	c := collators.Get().(*collate.Collator)
	defer collators.Put(c)
	return c.CompareString(strings.TrimSpace(a), strings.TrimSpace(b))
}

// collators are collators, each for one goroutine at a time.
var collators = sync.Pool{New: func() any { return collate.New(language.Und, collate.Numeric) }}

// idsInOrder returns the ids of items, sorted.
func idsInOrder[T any](items []T, id func(T) string, compare func(a, b T) int) []string {
	sorted := slices.Clone(items)
	slices.SortFunc(sorted, func(a, b T) int { return cmp.Or(compare(a, b), strings.Compare(id(a), id(b))) })
	return idsOf(sorted, id)
}

// descendingIDs returns the ids of items in the exact reverse order.
func descendingIDs[T any](items []T, id func(T) string, compare func(a, b T) int) []string {
	ids := idsInOrder(items, id, compare)
	slices.Reverse(ids)
	return ids
}

func idsOf[T any](items []T, id func(T) string) (ids []string) {
	for _, item := range items {
		ids = append(ids, id(item))
	}
	return ids
}

func groupID(g sandbox.Group) string { return g.ID }
func lookID(l sandbox.Look) string   { return l.ID }
func voiceID(v sandbox.Voice) string { return v.ID }

func compareGroupNames(a, b sandbox.Group) int { return compareNaively(a.Name, b.Name) }

// naiveCounts returns a facet: the numbers of items by value, the most frequent first, and
// equally frequent ones in the order that compare defines. A value is nil or a string.
func naiveCounts[T any](items []T, value func(T) any, compare func(a, b string) int) (counts []any) {
	numbers := map[any]int{}
	for _, item := range items {
		numbers[value(item)]++
	}
	for v, n := range numbers {
		counts = append(counts, vars{"value": v, "count": float64(n)})
	}
	slices.SortFunc(counts, func(a, b any) int {
		first, second := a.(vars), b.(vars)
		x, isString := first["value"].(string)
		y, otherIsString := second["value"].(string)
		switch c := cmp.Compare(second["count"].(float64), first["count"].(float64)); {
		case c != 0:
			return c
		case isString && otherIsString:
			return cmp.Or(compare(x, y), strings.Compare(x, y))
		case isString:
			return -1
		default:
			return 1
		}
	})
	return counts
}

// inOrderOf returns a function that compares two of some values by their positions.
func inOrderOf(values ...string) func(a, b string) int {
	return func(a, b string) int { return slices.Index(values, a) - slices.Index(values, b) }
}

var (
	compareGenders  = inOrderOf("FEMALE", "MALE", "OTHER", "UNKNOWN")
	compareStatuses = inOrderOf("PROCESSING", "PENDING_CONSENT", "COMPLETED", "FAILED", "UNKNOWN")
)

func groupGender(g sandbox.Group) any { return expectedGender(g.Gender) }

func groupStatus(g sandbox.Group) any {
	return expectedEnum(g.Status, "processing", "pending_consent", "completed", "failed")
}

func voiceGender(v sandbox.Voice) any { return expectedGender(&v.Gender) }

func voiceLanguage(v sandbox.Voice) any {
	if v.Language == "" {
		return nil
	}
	return v.Language
}
