package bearer

import (
	"strings"
	"unicode"
)

// SplitList splits a setting's value at commas and white space. It returns an
// empty list if there is nothing else, which is likely a mistake in a value that
// is not empty.
func SplitList(value string) []string {
	return strings.FieldsFunc(value, func(r rune) bool { return r == ',' || unicode.IsSpace(r) })
}
