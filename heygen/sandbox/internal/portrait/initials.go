package portrait

import (
	"encoding/xml"
	"strings"
	"unicode"
	"unicode/utf8"
)

// escape returns any string as XML text, even one with invalid UTF-8 or control characters.
func escape(s string) string {
	var out strings.Builder
	_ = xml.EscapeText(&out, []byte(s)) // a Builder never fails
	return out.String()
}

// initials returns the first letters of the first two words that begin with a letter. The first letter retains its combining
// marks: without them it would be another letter in many an Indian name.
func initials(name string) string {
	var out strings.Builder
	for word := range strings.FieldsSeq(name) {
		letter, size := utf8.DecodeRuneInString(word)
		if !unicode.IsLetter(letter) {
			continue
		}
		if out.Len() > 0 {
			// In a script with joined letters the two would be joined, as if they were a word.
			if unicode.In(letter, unicode.Latin, unicode.Greek, unicode.Cyrillic) {
				out.WriteRune(unicode.ToUpper(letter))
			}
			break
		}
		out.WriteRune(unicode.ToUpper(letter))
		for _, mark := range word[size:] {
			if !unicode.IsMark(mark) {
				break
			}
			out.WriteRune(mark)
		}
	}
	return out.String()
}
