package heygen

import (
	"slices"
	"strings"
	"unicode"
)

// maxTrimmed is the maximum number of bytes that are trimmed from a string without
// copying it. A name has none or a few.
const maxTrimmed = 64

// textTrimmer trims strings that people have typed: names, genders, languages, tags and
// messages. It never trims ids, URLs and enum values.
type textTrimmer struct {
	copied bool // a string was copied, as its memory was mostly white space
}

// trim trims a string. nil has none. Most strings begin and end with a visible ASCII
// character, and cost two comparisons.
func (t *textTrimmer) trim(s *string) {
	if s != nil && !isTrimmed(*s) {
		t.trimBlanks(s)
	}
}

// isTrimmed reports whether s certainly needs no trimming.
func isTrimmed(s string) bool {
	return s == "" || s[0]-'!' <= '~'-'!' && s[len(s)-1]-'!' <= '~'-'!'
}

func (t *textTrimmer) trimBlanks(s *string) {
	trimmed := trimBlanks(*s)
	if len(*s)-len(trimmed) > maxTrimmed {
		t.copied = true
		trimmed = strings.Clone(trimmed)
	}
	*s = trimmed
}

// trimBlanks returns s without leading and trailing characters that are [isBlank]. White
// space within s is significant.
func trimBlanks(s string) string { return strings.TrimFunc(s, isBlank) }

// trimAll trims the strings of a list, in place, and drops those that are empty then.
// The list that it returns is never nil.
func (t *textTrimmer) trimAll(list []string) []string {
	for i := range list {
		t.trim(&list[i])
	}
	return withoutEmpty(list)
}

// withoutEmpty returns a list without its empty strings. It is never nil.
func withoutEmpty(list []string) []string {
	if list == nil {
		return []string{}
	}
	return slices.DeleteFunc(list, func(s string) bool { return s == "" })
}

// isBlank reports whether r is white space as Unicode defines it, or one of the
// characters without width that are pasted along with a name: U+180E Mongolian vowel
// separator, U+200B zero-width space, U+200C zero-width non-joiner, U+200D zero-width
// joiner, U+2060 word joiner and U+FEFF byte order mark. Others without width have a
// meaning at the end of a string, such as the variation selector of an emoji or the end
// of a change of direction.
func isBlank(r rune) bool {
	switch r {
	case '\u180e', '\u200b', '\u200c', '\u200d', '\u2060', '\ufeff':
		return true
	}
	return unicode.IsSpace(r)
}
