package manifest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
)

// whitespace is JSON's.
const whitespace = " \t\r\n"

// kind is the first byte of a JSON value.
type kind byte

const (
	kindObject kind = '{'
	kindArray  kind = '['
	kindString kind = '"'
)

func kindOf(raw []byte) kind { return kind(bytes.TrimLeft(raw, whitespace)[0]) }

// String returns the kind with an article, for error messages.
func (k kind) String() string {
	switch k {
	case kindObject:
		return "an object"
	case kindArray:
		return "an array"
	case kindString:
		return "a string"
	case 't', 'f':
		return "a boolean"
	case 'n':
		return "null"
	default:
		return "a number"
	}
}

// parseString returns false if the value is not a string.
func parseString(raw json.RawMessage) (string, bool) {
	if kindOf(raw) != kindString {
		return "", false
	}
	var s string
	return s, json.Unmarshal(raw, &s) == nil
}

// member is a member of an object, or an element of an array, which has no name.
type member struct {
	name  string
	value json.RawMessage
}

// parseObject returns the members of an object in order. It returns an error if a
// name is duplicated: encoding/json would silently use the last one.
func parseObject(raw []byte) ([]member, error) {
	if kindOf(raw) != kindObject {
		return nil, fmt.Errorf("expected an object, got %v", kindOf(raw))
	}
	members, err := children(raw)
	seen := make(map[string]struct{}, len(members))
	for _, m := range members {
		if _, ok := seen[m.name]; ok {
			return nil, fmt.Errorf("duplicate key %s", quote(m.name))
		}
		seen[m.name] = struct{}{}
	}
	return members, err
}

func parseArray(raw []byte) ([]member, error) {
	if kindOf(raw) != kindArray {
		return nil, fmt.Errorf("expected an array, got %v", kindOf(raw))
	}
	return children(raw)
}

// children returns the members or elements of an object or array of valid JSON. It
// stops at more than there may be documents: 32 MiB can contain millions.
func children(raw []byte) (members []member, err error) {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	_, err = decoder.Token()
	for err == nil && decoder.More() {
		if len(members) == maxDocuments {
			return nil, fmt.Errorf("more than %d entries", maxDocuments)
		}
		var m member
		if kindOf(raw) == kindObject {
			var name json.Token
			name, err = decoder.Token()
			m.name, _ = name.(string)
		}
		if err == nil {
			err = decoder.Decode(&m.value)
		}
		members = append(members, m)
	}
	return members, err
}

func find(members []member, name string) (json.RawMessage, bool) {
	for _, m := range members {
		if m.name == name {
			return m.value, true
		}
	}
	return nil, false
}

// maxQuoted is the maximum number of bytes of a manifest in an error, which must
// fit on a line.
const maxQuoted = 100

func quote(s string) string {
	if len(s) > maxQuoted {
		return fmt.Sprintf("%q…", strings.ToValidUTF8(s[:maxQuoted], ""))
	}
	return fmt.Sprintf("%q", s)
}

// describe returns a value for an error message: its kind if it has children, or
// else the value itself, truncated.
func describe(raw json.RawMessage) string {
	switch k := kindOf(raw); k {
	case kindObject, kindArray:
		return k.String()
	case kindString:
		s, _ := parseString(raw)
		return quote(s)
	default:
		return string(raw[:min(len(raw), maxQuoted)])
	}
}
