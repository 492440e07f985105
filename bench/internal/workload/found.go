package workload

import (
	"slices"
	"strings"
	"unicode"

	"heygen-graphql/bench/internal/upstream"
)

// foundGroups returns the positions of the groups that a search finds, in the order of the
// results: names equal to the search, then those that start with it, then the others.
func foundGroups(c *upstream.Catalogue, search string) []int {
	wanted := nameWords(search)
	var byRank [3][]int
	for i := range c.Len() {
		words := nameWords(c.Group(i).Name)
		if !matches(words, wanted) {
			continue
		}
		rank := 2
		switch name, start := strings.Join(words, " "), strings.Join(wanted, " "); {
		case len(wanted) == 0: // a plain list has no ranks
		case name == start:
			rank = 0
		case strings.HasPrefix(name, start):
			rank = 1
		}
		byRank[rank] = append(byRank[rank], i)
	}
	return slices.Concat(byRank[:]...)
}

// matches reports whether each of the wanted words is a prefix of a word.
func matches(words, wanted []string) bool {
	for _, prefix := range wanted {
		if !slices.ContainsFunc(words, func(word string) bool { return strings.HasPrefix(word, prefix) }) {
			return false
		}
	}
	return true
}

// accents maps the letters with diacritics of the upstream's names.
var accents = strings.NewReplacer("ë", "e", "é", "e")

func nameWords(name string) []string {
	return strings.FieldsFunc(accents.Replace(strings.ToLower(name)), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
}
