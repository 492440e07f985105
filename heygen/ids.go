package heygen

import (
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The ids of HeyGen's resources. They are opaque; most are 32 hexadecimal
// digits, but not all. A group and a look may have the same id: what an id
// names, its type tells.
type (
	GroupID string // an avatar group
	LookID  string // a look: what a video is made with
	VoiceID string // a voice
)

// resourceID is an id of any type.
type resourceID interface {
	~string
	pathSegment() (string, bool)
}

func (id GroupID) pathSegment() (string, bool) { return escapePathSegment(string(id), "looks") }
func (id LookID) pathSegment() (string, bool)  { return escapePathSegment(string(id)) }
func (id VoiceID) pathSegment() (string, bool) { return escapePathSegment(string(id)) }

// Valid reports whether the id can be asked for: whether it stays one element
// of a path, and is not the name of another path of HeyGen's.
func (id GroupID) Valid() bool { return isValid(id) }

// Valid reports whether the id can be asked for.
func (id LookID) Valid() bool { return isValid(id) }

// Valid reports whether the id can be asked for.
func (id VoiceID) Valid() bool { return isValid(id) }

func isValid[K resourceID](id K) bool {
	_, ok := id.pathSegment()
	return ok
}

// named is an id that may be missing: an empty one names nothing.
func nonEmpty[K resourceID](id *K) *K {
	if id == nil || *id == "" {
		return nil
	}
	return id
}

// maxID bounds an id in bytes.
const maxID = 512

// escapePathSegment escapes an id for a path, so that it stays one element of it. It
// refuses what could still lead elsewhere, and what can only be a mistake:
// surrounding white space and control characters.
func escapePathSegment(id string, reserved ...string) (string, bool) {
	if len(id) > maxID || !utf8.ValidString(id) || strings.TrimSpace(id) != id || strings.ContainsFunc(id, unicode.IsControl) {
		return "", false
	}
	// Some servers decode a path before they route it, and a proxy before them
	// may have done so already.
	if leavesSegment(id, reserved) || leavesSegment(percentDecoded(id), reserved) {
		return "", false
	}
	return url.PathEscape(id), true
}

// leavesSegment tells whether a text, in the place of an id, asks for something
// else: for one of HeyGen's own paths beside the id, or one further up or down,
// also with what would be a query or a path parameter behind it.
func leavesSegment(id string, reserved []string) bool {
	if strings.ContainsAny(id, `/\`) {
		return true
	}
	if i := strings.IndexAny(id, "?#;"); i >= 0 {
		id = id[:i]
	}
	return id == "" || id == "." || id == ".." ||
		slices.ContainsFunc(reserved, func(name string) bool { return strings.EqualFold(id, name) })
}
