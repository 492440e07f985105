package heygen

import (
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// GroupID names an avatar group. HeyGen's ids are opaque; most are 32
// hexadecimal digits, but not all.
type GroupID string

// Valid reports whether the id can be asked for: whether it stays one element
// of a path, and is not the name of another path of HeyGen's.
func (id GroupID) Valid() bool {
	_, ok := id.element()
	return ok
}

func (id GroupID) element() (string, bool) { return pathElement(string(id), "looks") }

// maxID bounds an id in bytes.
const maxID = 512

// pathElement escapes an id for a path, so that it stays one element of it. It
// refuses what could still lead elsewhere, and what can only be a mistake:
// surrounding white space and control characters.
func pathElement(id string, reserved ...string) (string, bool) {
	if len(id) > maxID || !utf8.ValidString(id) || strings.TrimSpace(id) != id || strings.ContainsFunc(id, unicode.IsControl) {
		return "", false
	}
	// Some servers decode a path before they route it, and a proxy before them
	// may have done so already.
	if leadsAstray(id, reserved) || leadsAstray(unescaped(id), reserved) {
		return "", false
	}
	return url.PathEscape(id), true
}

// leadsAstray tells whether a text, in the place of an id, asks for something
// else: for one of HeyGen's own paths beside the id, or one further up or down.
func leadsAstray(id string, reserved []string) bool {
	return id == "" || id == "." || id == ".." || strings.ContainsAny(id, `/\`) ||
		slices.ContainsFunc(reserved, func(word string) bool { return strings.EqualFold(id, word) })
}
