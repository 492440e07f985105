package heygen

import (
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The ids of HeyGen's resources. They are opaque; most are 32 hexadecimal digits,
// but not all. A group and a look may have the same id; the types differ.
type (
	GroupID string // an avatar group
	LookID  string // a look: HeyGen's avatar_id, from which it makes a video
	VoiceID string // a voice
)

// resourceID is the constraint of the id types.
type resourceID interface {
	~string
	pathSegment() (string, bool)
}

func (id GroupID) pathSegment() (string, bool) { return escapePathSegment(string(id), "looks") }
func (id LookID) pathSegment() (string, bool)  { return escapePathSegment(string(id)) }
func (id VoiceID) pathSegment() (string, bool) { return escapePathSegment(string(id)) }

// Valid reports whether the id can be sent: it must stay one segment of the path, and
// must not be the name of another of HeyGen's paths.
func (id GroupID) Valid() bool { return isValid(id) }

// Valid reports whether the id can be sent: it must stay one segment of the path.
func (id LookID) Valid() bool { return isValid(id) }

// Valid reports whether the id can be sent: it must stay one segment of the path.
func (id VoiceID) Valid() bool { return isValid(id) }

func isValid[K resourceID](id K) bool {
	_, ok := id.pathSegment()
	return ok
}

// nonEmpty returns an optional id, and nil for an empty one.
func nonEmpty[K resourceID](id *K) *K {
	if id == nil || *id == "" {
		return nil
	}
	return id
}

// maxID is the maximum length of an id in bytes.
const maxID = 512

// escapePathSegment prevents path traversal: it escapes an id so that it stays one
// segment of the path. It
// rejects ids that could still reach another path, and ids that can only be a mistake:
// with surrounding white space or control characters.
func escapePathSegment(id string, reserved ...string) (string, bool) {
	if len(id) > maxID || !utf8.ValidString(id) || strings.TrimSpace(id) != id || strings.ContainsFunc(id, unicode.IsControl) {
		return "", false
	}
	// Some servers decode a path before they route it, and a proxy may have decoded
	// it before.
	if leavesSegment(id, reserved) || leavesSegment(percentDecoded(id), reserved) {
		return "", false
	}
	return url.PathEscape(id), true
}

// leavesSegment reports whether an id, as a path segment, would reach another path:
// a reserved one beside it, a parent or a child, also when followed by a query,
// fragment or path parameter.
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
