package catalogue

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// undecomposed are letters with a stroke and the like, in lower case, and what people type
// for them. Unicode does not decompose them into a letter and a mark.
var undecomposed = strings.NewReplacer(
	"ø", "o", "ł", "l", "đ", "d", "ð", "d", "ħ", "h", "ŧ", "t", "ı", "i",
	"æ", "ae", "œ", "oe", "þ", "th",
)

// tatweel lengthens an Arabic word when it is written.
const tatweel = '\u0640'

// fold returns s without the differences that a search ignores: case, nonspacing marks
// (diacritics, but also the voicing marks of kana and some vowel signs) and compatibility
// variants such as full-width letters. Folding it again changes nothing.
func fold(s string) string {
	if isASCII(s) {
		return strings.ToLower(s)
	}
	s = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) || r == tatweel {
			return -1
		}
		return r
	}, norm.NFKD.String(s))
	return undecomposed.Replace(caseFolded(s))
}

// foldCase returns s without differences of case.
func foldCase(s string) string {
	if isASCII(s) {
		return strings.ToLower(s)
	}
	return norm.NFC.String(caseFolded(norm.NFC.String(s)))
}

// caseFolded returns the full case folding of s. cases.Fold alone swaps the cases of Cherokee
// instead of removing them.
func caseFolded(s string) string { return cases.Fold().String(strings.ToLower(s)) }

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
