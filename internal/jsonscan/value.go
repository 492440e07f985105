package jsonscan

import (
	"bytes"
	"strings"
)

// Kind is the type of a JSON value, with three kinds of strings.
type Kind uint8

const (
	Absent Kind = iota // no value: the object lacks the key
	Null
	True
	False
	Number
	Array
	Object
	ASCIIString   // only ASCII, and no escapes
	UTF8String    // also bytes of other characters, which may be invalid UTF-8
	EscapedString // at least one escape
)

// Value is the location of a value in a document.
type Value struct {
	Kind       Kind
	Count      int32 // 1 for a string, the elements of an array, the members of an object
	Start, End int32 // offsets of its bytes; those of a string exclude the quotes
}

// Present reports whether the value exists and is not null.
func (v Value) Present() bool { return v.Kind > Null }

// IsString reports whether the value is a string.
func (v Value) IsString() bool { return v.Kind >= ASCIIString }

// Raw returns the bytes of the value, a part of body.
func (v Value) Raw(body []byte) []byte { return body[v.Start:v.End] }

// Unescape returns the string that the value is in body, which must be valid
// UTF-8. It reports false for a value that is not a string, and for a string with a
// \u escape: encoding/json replaces unpaired surrogates.
func (v Value) Unescape(body []byte) (s string, ok bool) {
	raw := v.Raw(body)
	if v.Kind != EscapedString {
		return string(raw), v.IsString()
	}
	var b strings.Builder
	b.Grow(len(raw))
	for {
		i := bytes.IndexByte(raw, '\\')
		if i < 0 {
			b.Write(raw)
			return b.String(), true
		}
		char := escapes[raw[i+1]]
		if char == 0 {
			return "", false
		}
		b.Write(raw[:i])
		b.WriteByte(char)
		raw = raw[i+2:]
	}
}

// escapes maps the letter of a one-letter escape to its character.
var escapes = [256]byte{'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}
