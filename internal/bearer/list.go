package bearer

import (
	"strings"
	"unicode"
)

// SplitList gives what a setting's value lists, split by commas and white space. Nil: it lists
// nothing, which in a value that is not empty is likely a mistake.
func SplitList(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r == ',' || unicode.IsSpace(r) })
}
