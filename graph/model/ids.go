package model

import (
	"encoding/base64"
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/99designs/gqlgen/graphql"
)

// Node is an object with a global id, as a pointer to a struct of package heygen.
type Node any

// GlobalID is what an id field holds before it is written: a type and HeyGen's
// own id, which is unique only within the type.
type GlobalID struct {
	Type string
	ID   string
}

var globalIDs = base64.RawURLEncoding.Strict()

// String writes the id as clients see it: base64url of "Type:id".
func (g GlobalID) String() string { return globalIDs.EncodeToString([]byte(g.Type + ":" + g.ID)) }

var errNotGlobal = errors.New("not a global id")

// isTypeName tells the shape of a type's name in a global id: five letters or more,
// the first a capital. It is long and narrow on purpose: an id of HeyGen's that is
// base64url of such a name, a colon and nothing but text does not happen by chance.
func isTypeName(text string) bool {
	return len(text) >= 5 && text[0] <= 'Z' && !strings.ContainsFunc(text, func(r rune) bool { return !isLetter(r) })
}

func isLetter(r rune) bool { return r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' }

// maxID is the longest id that is looked at, in bytes: one text may stand for
// hundreds of ids. A global one has up to 200.
const maxID = 1024

// ParseGlobalID reads a global id of whatever type.
func ParseGlobalID(text string) (GlobalID, error) {
	if len(text) > maxID || strings.ContainsAny(text, "\r\n") { // which base64 would skip
		return GlobalID{}, errNotGlobal
	}
	buf, err := globalIDs.DecodeString(text)
	if err != nil {
		return GlobalID{}, errNotGlobal
	}
	name, id, found := strings.Cut(string(buf), ":")
	// Of HeyGen's ids the client knows more; what it takes must be taken here.
	if !found || !isTypeName(name) || !utf8.ValidString(id) || strings.ContainsFunc(id, unicode.IsControl) {
		return GlobalID{}, errNotGlobal
	}
	return GlobalID{name, id}, nil
}

// isHeygenID tells what is taken for one of HeyGen's ids where it is no global one:
// 1 to 128 letters, digits and signs, the first a letter or digit.
func isHeygenID(text string) bool {
	plain := func(r rune) bool { return isLetter(r) || r >= '0' && r <= '9' }
	return len(text) >= 1 && len(text) <= 128 && plain(rune(text[0])) &&
		!strings.ContainsFunc(text, func(r rune) bool { return !plain(r) && !strings.ContainsRune("_.~-", r) })
}

var errIDForm = errors.New("neither a global id nor one of HeyGen's")

// ParseID reads an id in either form. One of HeyGen's has no Type.
func ParseID(text string) (GlobalID, error) {
	if global, err := ParseGlobalID(text); err == nil {
		return global, nil
	}
	if !isHeygenID(text) {
		return GlobalID{}, errIDForm
	}
	return GlobalID{ID: text}, nil
}

func globalID[K ~string](typeName string, id K) graphql.Marshaler {
	return graphql.MarshalString(GlobalID{typeName, string(id)}.String())
}

// errOutputOnly: gqlgen asks for a function that reads the ids in answers, which
// it never calls. Arguments are texts, and read by ParseID.
var errOutputOnly = errors.New("an id argument is read as text")
