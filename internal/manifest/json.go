package manifest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
)

// space is JSON's.
const space = " \t\r\n"

// kind is the first byte of a value.
type kind byte

const (
	object kind = '{'
	array  kind = '['
	str    kind = '"'
)

func kindOf(raw []byte) kind { return kind(bytes.TrimLeft(raw, space)[0]) }

// String goes behind "it is".
func (k kind) String() string {
	switch k {
	case object:
		return "an object"
	case array:
		return "a list"
	case str:
		return "a text"
	case 't', 'f':
		return "true or false"
	case 'n':
		return "null"
	default:
		return "a number"
	}
}

// text gives a string; false: the value is something else.
func text(raw json.RawMessage) (string, bool) {
	if kindOf(raw) != str {
		return "", false
	}
	var s string
	return s, json.Unmarshal(raw, &s) == nil
}

// member is one of an object's, or, without a name, an element of a list.
type member struct {
	name  string
	value json.RawMessage
}

// members are all of an object's in the order in which they stand. Each has a
// name of its own: encoding/json would take the last one of a name and say nothing.
func members(raw []byte) ([]member, error) {
	if kindOf(raw) != object {
		return nil, fmt.Errorf("it is %v where an object is expected", kindOf(raw))
	}
	all, err := parts(raw)
	seen := make(map[string]struct{}, len(all))
	for _, m := range all {
		if _, twice := seen[m.name]; twice {
			return nil, fmt.Errorf("%s is there twice", quoted(m.name))
		}
		seen[m.name] = struct{}{}
	}
	return all, err
}

// elements are all of a list's.
func elements(raw []byte) ([]member, error) {
	if kindOf(raw) != array {
		return nil, fmt.Errorf("it is %v where a list is expected", kindOf(raw))
	}
	return parts(raw)
}

// parts gives what is in an object or a list that is known to be sound. One with
// more than there may be documents is not gathered: 32 MiB can hold millions.
func parts(raw []byte) (all []member, err error) {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	_, err = decoder.Token()
	for err == nil && decoder.More() {
		if len(all) == mostDocuments {
			return nil, fmt.Errorf("there are more than %d entries", mostDocuments)
		}
		var m member
		if kindOf(raw) == object {
			var name json.Token
			name, err = decoder.Token()
			m.name, _ = name.(string)
		}
		if err == nil {
			err = decoder.Decode(&m.value)
		}
		all = append(all, m)
	}
	return all, err
}

func find(all []member, name string) (json.RawMessage, bool) {
	for _, m := range all {
		if m.name == name {
			return m.value, true
		}
	}
	return nil, false
}

// mostShown is how many bytes of a manifest an error repeats: it stays a line.
const mostShown = 100

func quoted(s string) string {
	if len(s) > mostShown {
		return fmt.Sprintf("%q…", strings.ToValidUTF8(s[:mostShown], ""))
	}
	return fmt.Sprintf("%q", s)
}

// shown is a value for an error: what kind it is, or itself if it is short.
func shown(raw json.RawMessage) string {
	switch kind := kindOf(raw); kind {
	case object, array:
		return kind.String()
	case str:
		s, _ := text(raw)
		return quoted(s)
	default:
		return string(raw[:min(len(raw), mostShown)])
	}
}
