package plan

import (
	"encoding/base64"
	"encoding/binary"
	"strconv"

	"heygen-graphql/graph/model"
	"heygen-graphql/heygen"
)

// The append functions write scalars as the marshalers of gqlgen and package model do.

// appendString appends a JSON string. Only quotes, backslashes and control characters are escaped.
func appendString[T ~string](buf []byte, value T) []byte {
	start := len(buf) + 1
	buf = append(append(buf, '"'), value...)
	if containsEscaped(buf[start:]) {
		buf = appendEscaped(buf[:start], value)
	}
	return append(buf, '"')
}

// containsEscaped reports whether a string has a character that must be escaped. It
// reads eight bytes at a time: a difference has its highest bit set where a byte was
// less than its subtrahend, if the byte itself has not. One in a hundred strings has
// such a character, and to look at each byte took three times as long for a URL.
func containsEscaped(value []byte) bool {
	const each = 0x0101010101010101
	for ; len(value) >= 8; value = value[8:] {
		word := binary.LittleEndian.Uint64(value)
		quote, backslash := word^each*'"', word^each*'\\'
		if ((word-each*' ')&^word|(quote-each)&^quote|(backslash-each)&^backslash)&(each*0x80) != 0 {
			return true
		}
	}
	for _, c := range value {
		if needsEscape[c] {
			return true
		}
	}
	return false
}

func appendEscaped[T ~string](buf []byte, value T) []byte {
	copied := 0
	for i := 0; i < len(value); i++ {
		if c := value[i]; needsEscape[c] {
			buf = append(buf, value[copied:i]...)
			buf = append(buf, escapeSequence(c)...)
			copied = i + 1
		}
	}
	return append(buf, value[copied:]...)
}

var needsEscape = func() (table [256]bool) {
	for c := range ' ' {
		table[c] = true
	}
	table['"'], table['\\'] = true, true
	return table
}()

func escapeSequence(c byte) string {
	switch c {
	case '\t':
		return `\t`
	case '\r':
		return `\r`
	case '\n':
		return `\n`
	case '"', '\\':
		return `\` + string(rune(c))
	default:
		const hex = "0123456789ABCDEF"
		return `\u00` + string(hex[c>>4]) + string(hex[c&15])
	}
}

func appendStrings(buf []byte, values []string) []byte {
	buf = append(buf, '[')
	for i, value := range values {
		if i > 0 {
			buf = append(buf, ',')
		}
		buf = appendString(buf, value)
	}
	return append(buf, ']')
}

func appendInt(buf []byte, value int) []byte { return strconv.AppendInt(buf, int64(value), 10) }

func appendBool(buf []byte, value bool) []byte { return strconv.AppendBool(buf, value) }

func appendDateTime(buf []byte, value heygen.UnixTime) []byte {
	return model.AppendDateTime(buf, value)
}

func appendURL(buf []byte, value string) []byte {
	if !heygen.IsHTTPURL(value) {
		return append(buf, "null"...)
	}
	return appendString(buf, value)
}

// globalIDAppender returns a function that appends global ids of a type.
func globalIDAppender[K ~string](typeName string) func([]byte, K) []byte {
	prefix := typeName + ":"
	return func(buf []byte, id K) []byte {
		var space [128]byte
		buf = append(buf, '"')
		buf = base64.RawURLEncoding.AppendEncode(buf, append(append(space[:0], prefix...), id...))
		return append(buf, '"')
	}
}

// nullable returns a function that appends null for nil, and what add appends otherwise.
func nullable[V any](add func([]byte, V) []byte) func([]byte, *V) []byte {
	return func(buf []byte, value *V) []byte {
		if value == nil {
			return append(buf, "null"...)
		}
		return add(buf, *value)
	}
}

func appendEnum[V model.OutputEnum](buf []byte, value V) []byte {
	return appendString(buf, model.EnumName(value))
}

// appendReason appends a ReadinessReason, or null if there is none.
func appendReason(buf []byte, value heygen.ReadinessReason) []byte {
	if value == "" {
		return append(buf, "null"...)
	}
	return appendString(buf, model.EnumName(value))
}
