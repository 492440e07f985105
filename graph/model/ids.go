package model

import (
	"encoding/base64"
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/99designs/gqlgen/graphql"
)

// Node is an object with a global id: a pointer to a struct of package heygen.
type Node any

// GlobalID is an id of Relay's Global Object Identification: a type name and HeyGen's
// own id, which is unique only within the type.
type GlobalID struct {
	Type string
	ID   string
}

var globalIDEncoding = base64.RawURLEncoding.Strict()

// String returns the id in the form that clients see: base64url of "Type:id".
func (g GlobalID) String() string {
	return globalIDEncoding.EncodeToString([]byte(g.Type + ":" + g.ID))
}

var errNotGlobalID = errors.New("not a global id")

// isTypeName reports whether s has the syntax of a type name in a global id: five
// letters or more, the first a capital. It is strict on purpose: no id of HeyGen's is by
// chance the base64url of such a name, a colon and printable UTF-8.
func isTypeName(s string) bool {
	return len(s) >= 5 && s[0] <= 'Z' && !strings.ContainsFunc(s, func(r rune) bool { return !isLetter(r) })
}

func isLetter(r rune) bool { return r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' }

// maxIDLength is the maximum length of an id that is parsed, in bytes, because one string
// may be used for hundreds of ids. A global id has up to 200.
const maxIDLength = 1024

// ParseGlobalID parses a global id of any type.
func ParseGlobalID(s string) (GlobalID, error) {
	if len(s) > maxIDLength || strings.ContainsAny(s, "\r\n") { // base64 would skip line breaks
		return GlobalID{}, errNotGlobalID
	}
	buf, err := globalIDEncoding.DecodeString(s)
	if err != nil {
		return GlobalID{}, errNotGlobalID
	}
	name, id, found := strings.Cut(string(buf), ":")
	// Package heygen defines which ids are valid. Every id that it accepts must be accepted here.
	if !found || !isTypeName(name) || !utf8.ValidString(id) || strings.ContainsFunc(id, unicode.IsControl) {
		return GlobalID{}, errNotGlobalID
	}
	return GlobalID{name, id}, nil
}

// isHeyGenID reports whether s, which is not a global id, has the syntax of one of HeyGen's
// ids: 1 to 128 letters, digits and "_.~-", the first a letter or digit.
func isHeyGenID(s string) bool {
	isAlphanumeric := func(r rune) bool { return isLetter(r) || r >= '0' && r <= '9' }
	return len(s) >= 1 && len(s) <= 128 && isAlphanumeric(rune(s[0])) &&
		!strings.ContainsFunc(s, func(r rune) bool { return !isAlphanumeric(r) && !strings.ContainsRune("_.~-", r) })
}

var errIDFormat = errors.New("neither a global id nor an id of HeyGen")

// ParseID parses a global id, or one of HeyGen's, which has no Type.
func ParseID(s string) (GlobalID, error) {
	if global, err := ParseGlobalID(s); err == nil {
		return global, nil
	}
	if !isHeyGenID(s) {
		return GlobalID{}, errIDFormat
	}
	return GlobalID{ID: s}, nil
}

func marshalGlobalID[K ~string](typeName string, id K) graphql.Marshaler {
	return graphql.MarshalString(GlobalID{typeName, string(id)}.String())
}

// errOutputOnly: gqlgen requires an unmarshal function for the ids in responses, and never
// calls it. Id arguments are strings, parsed by ParseID.
var errOutputOnly = errors.New("this id type is for output only")
