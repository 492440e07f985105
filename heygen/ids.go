package heygen

import (
	"net/url"
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
// refuses what could still lead elsewhere: the names of HeyGen's own paths
// beside the id, dots, and slashes, which some servers decode before routing.
func pathElement(id string, reserved ...string) (string, bool) {
	if id == "" || id == "." || id == ".." || len(id) > maxID || !utf8.ValidString(id) {
		return "", false
	}
	if strings.ContainsAny(id, `/\`) || strings.ContainsFunc(id, unicode.IsControl) {
		return "", false
	}
	for _, word := range reserved {
		if strings.EqualFold(id, word) {
			return "", false
		}
	}
	return url.PathEscape(id), true
}
