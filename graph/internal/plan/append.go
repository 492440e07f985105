package plan

import (
	"encoding/base64"
	"strconv"
	"time"

	"heygen-graphql/graph/model"
	"heygen-graphql/heygen"
)

// How the values of scalars are written: as gqlgen's and our own marshalers do.

// text adds a string. Only quotes, backslashes and control characters are escaped.
func text[T ~string](b []byte, value T) []byte {
	b = append(b, '"')
	done := 0
	for i := 0; i < len(value); i++ {
		if c := value[i]; escaped[c] {
			b = append(b, value[done:i]...)
			b = append(b, escape(c)...)
			done = i + 1
		}
	}
	b = append(b, value[done:]...)
	return append(b, '"')
}

var escaped = func() (is [256]bool) {
	for c := range ' ' {
		is[c] = true
	}
	is['"'], is['\\'] = true, true
	return is
}()

func escape(c byte) string {
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

func texts(b []byte, values []string) []byte {
	b = append(b, '[')
	for i, value := range values {
		if i > 0 {
			b = append(b, ',')
		}
		b = text(b, value)
	}
	return append(b, ']')
}

func integer(b []byte, value int) []byte { return strconv.AppendInt(b, int64(value), 10) }

func boolean(b []byte, value bool) []byte { return strconv.AppendBool(b, value) }

func dateTime(b []byte, value heygen.UnixTime) []byte {
	return append(value.UTC().AppendFormat(append(b, '"'), time.RFC3339Nano), '"')
}

func address(b []byte, value string) []byte {
	if !model.IsURL(value) {
		return append(b, "null"...)
	}
	return text(b, value)
}

// globalID adds the ids of a type of nodes.
func globalID[K ~string](typeName string) func([]byte, K) []byte {
	prefix := typeName + ":"
	return func(b []byte, id K) []byte {
		var room [128]byte
		b = append(b, '"')
		b = base64.RawURLEncoding.AppendEncode(b, append(append(room[:0], prefix...), id...))
		return append(b, '"')
	}
}

// orNull adds a value that may be missing.
func orNull[V any](add func([]byte, V) []byte) func([]byte, *V) []byte {
	return func(b []byte, value *V) []byte {
		if value == nil {
			return append(b, "null"...)
		}
		return add(b, *value)
	}
}

// enum adds a value of an enum.
func enum[V model.OutputEnum](b []byte, value V) []byte {
	return text(b, model.EnumName(value))
}

// reason adds why a look is not ready, if there is a reason.
func reason(b []byte, value heygen.ReadinessReason) []byte {
	if value == "" {
		return append(b, "null"...)
	}
	return text(b, model.EnumName(value))
}
