package catalogue

import (
	"iter"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// class is how a character takes part in words.
type class uint8

const (
	separator class = iota
	letter          // part of a run of letters, numbers and marks
	katakana        // part of a run of Katakana
	single          // a word of its own
)

// classify returns the class of a folded character. It follows Unicode's word boundaries
// (UAX #29): scripts written without spaces have no words to split at, so each ideograph
// and each Hiragana character is a word, and a search finds the inside of a name. A symbol
// such as an emoji is a word, but those of ASCII are not: in names they separate words.
func classify(r rune) class {
	switch {
	case r < utf8.RuneSelf:
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return letter
		}
		return separator
	case unicode.In(r, unicode.Han, unicode.Hiragana):
		return single
	case r == 'ー' || unicode.Is(unicode.Katakana, r): // the prolonged sound mark is of no script
		return katakana
	case unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r):
		return letter
	case unicode.Is(unicode.So, r): // not Sk, the skin tones of an emoji
		return single
	default:
		return separator
	}
}

func isSeparator(r rune) bool { return classify(r) == separator }

// words yields the words of a folded string, in their order.
func words(folded string) iter.Seq[string] {
	return func(yield func(string) bool) {
		start, current := 0, separator
		for i, r := range folded {
			next := classify(r)
			switch {
			case next == current && (next == letter || next == katakana):
				continue
			case current != separator && unicode.IsMark(r):
				continue
			case current != separator && !yield(folded[start:i]):
				return
			}
			start, current = i, next
		}
		if current != separator {
			yield(folded[start:])
		}
	}
}

// joinWords returns the words of a folded string, joined by a space.
func joinWords(folded string) string {
	joined := strings.Join(slices.Collect(words(folded)), " ")
	if joined == folded {
		return folded // for most names, whose memory is then not needed twice
	}
	return joined
}
