package model

import (
	"encoding/base64"
	"errors"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/99designs/gqlgen/graphql"

	"heygen-graphql/heygen"
)

// Node is an object with a global id: *heygen.AvatarGroup.
type Node any

// The types that have global ids.
const AvatarGroupType = "AvatarGroup"

// GlobalID is what an id field holds before it is written: a type and HeyGen's
// own id, which is unique only within the type.
type GlobalID struct {
	Type string
	ID   string
}

var globalIDs = base64.RawURLEncoding.Strict()

// String writes the id as clients see it: base64url of "Type:id".
func (g GlobalID) String() string { return globalIDs.EncodeToString([]byte(g.Type + ":" + g.ID)) }

// ErrNotGlobal: a text is not a global id.
var ErrNotGlobal = errors.New("not a global id")

// typeName is the shape of a type's name in a global id. It is long and narrow
// on purpose: an id of HeyGen's that is base64url of such a name, a colon and
// nothing but printable text does not happen by chance.
var typeName = regexp.MustCompile(`^[A-Z][A-Za-z]{4,}$`)

// ParseGlobalID reads a global id of whatever type.
func ParseGlobalID(text string) (GlobalID, error) {
	buf, err := globalIDs.DecodeString(text)
	if err != nil || len(text) > 1024 || strings.ContainsAny(text, "\r\n") { // which base64 would skip
		return GlobalID{}, ErrNotGlobal
	}
	name, id, found := strings.Cut(string(buf), ":")
	unprintable := func(r rune) bool { return !unicode.IsPrint(r) }
	if !found || !typeName.MatchString(name) || !utf8.ValidString(id) || strings.ContainsFunc(id, unprintable) {
		return GlobalID{}, ErrNotGlobal
	}
	return GlobalID{name, id}, nil
}

// heygenID is what is taken for one of HeyGen's ids where it is no global one.
var heygenID = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_.~-]{0,127}$`)

// Why an id is refused; the texts are for callers.
var (
	ErrIDForm = errors.New("it is neither a global id nor one of HeyGen's")
	ErrIDType = errors.New("it is the id of another type")
)

// ParseID reads an id that must be of one type, in either form, and gives
// HeyGen's own.
func ParseID(typeName, text string) (string, error) {
	switch global, err := ParseGlobalID(text); {
	case err == nil && global.Type != typeName:
		return "", ErrIDType
	case err == nil:
		return global.ID, nil
	case !heygenID.MatchString(text):
		return "", ErrIDForm
	default:
		return text, nil
	}
}

// MarshalGroupID writes a group's global id.
func MarshalGroupID(id heygen.GroupID) graphql.Marshaler {
	return graphql.MarshalString(GlobalID{AvatarGroupType, string(id)}.String())
}

// UnmarshalGroupID exists because gqlgen asks for it; arguments are read by ParseID.
func UnmarshalGroupID(any) (heygen.GroupID, error) {
	return "", errors.New("an id argument is read as text")
}

// MarshalRawGroupID writes HeyGen's own id of a group.
func MarshalRawGroupID(id heygen.GroupID) graphql.Marshaler { return graphql.MarshalString(string(id)) }

// UnmarshalRawGroupID exists because gqlgen asks for it.
func UnmarshalRawGroupID(v any) (heygen.GroupID, error) { return UnmarshalGroupID(v) }
