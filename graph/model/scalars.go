package model

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"heygen-graphql/heygen"
)

// MarshalDateTime writes a moment as RFC 3339 in UTC, with no more digits of a
// second than it has.
func MarshalDateTime(t heygen.UnixTime) graphql.Marshaler {
	return graphql.WriterFunc(func(w io.Writer) {
		var buf [len(time.RFC3339Nano) + 2]byte
		text := append(buf[:0], '"')
		text = t.UTC().AppendFormat(text, time.RFC3339Nano)
		_, _ = w.Write(append(text, '"'))
	})
}

// UnmarshalDateTime reads RFC 3339 with any offset.
func UnmarshalDateTime(v any) (heygen.UnixTime, error) {
	text, ok := v.(string)
	t, err := time.Parse(time.RFC3339Nano, text)
	if !ok || err != nil {
		return heygen.UnixTime{}, &InputError{"A DateTime must be a string such as \"2024-03-25T16:00:00Z\"."}
	}
	return heygen.UnixTime{Time: t.UTC()}, nil
}

// MarshalURL writes an absolute http or https address, and null in place of
// anything else: HeyGen has been seen to send s3:// and empty texts, which no
// browser can open.
func MarshalURL(text string) graphql.Marshaler {
	if !IsURL(text) {
		return graphql.Null
	}
	return graphql.MarshalString(text)
}

// IsURL tells an absolute http or https address.
func IsURL(text string) bool {
	if rest, ok := strings.CutPrefix(text, "https://"); ok && isPlain(rest) {
		return true
	}
	u, err := url.Parse(text)
	return err == nil && u.Host != "" && (u.Scheme == "https" || u.Scheme == "http")
}

// isPlain tells a host, a path and a query in which nothing could be wrong: that takes
// a tenth of the time of reading them. Others are read.
func isPlain(rest string) bool {
	i := 0
	for i < len(rest) && letters[rest[i]] == ofHost {
		i++
	}
	if i == 0 || i < len(rest) && rest[i] != '/' {
		return false
	}
	query := false // of which nothing is read
	for ; i < len(rest); i++ {
		if c := rest[i]; letters[c] == other {
			if query = query || c == '?'; c != '?' && !(c == '%' && query) {
				return false
			}
		}
	}
	return true
}

// What a letter of a plain address may be part of.
const (
	other = iota
	ofPath
	ofHost // and of a path
)

var letters = func() (of [256]uint8) {
	for c := range of {
		switch r := rune(c); {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '.' || r == '-':
			of[c] = ofHost
		case r >= 'A' && r <= 'Z' || strings.ContainsRune("/_=&~", r):
			of[c] = ofPath
		}
	}
	return of
}()

// UnmarshalURL exists because gqlgen asks for it; no argument is a URL.
func UnmarshalURL(any) (string, error) {
	return "", &InputError{"A URL cannot be given."}
}

// UnmarshalInt reads an Int as graphql-js does: a whole number of 32 bits, also
// written 1.0 in JSON, and no text. gqlgen's own takes "1", and any length.
func UnmarshalInt(v any) (int, error) {
	n, whole := int64(0), true
	switch v := v.(type) {
	case int64:
		n = v
	case int:
		n = int64(v)
	case float64:
		n, whole = int64(v), v == math.Trunc(v) && math.Abs(v) <= math.MaxInt32+1
	case json.Number:
		f, err := v.Float64()
		n, whole = int64(f), err == nil && f == math.Trunc(f) && math.Abs(f) <= math.MaxInt32+1
	default:
		whole = false
	}
	if !whole || n < math.MinInt32 || n > math.MaxInt32 {
		return 0, &InputError{"An Int must be a whole number of 32 bits."}
	}
	return int(n), nil
}

// MarshalInt writes an Int.
func MarshalInt(n int) graphql.Marshaler { return graphql.MarshalInt(n) }

// UnmarshalString reads a String. gqlgen's own takes numbers and booleans too.
func UnmarshalString(v any) (string, error) {
	if text, ok := v.(string); ok {
		return text, nil
	}
	return "", &InputError{"A String must be given as a string."}
}

// MarshalString writes a String.
func MarshalString(text string) graphql.Marshaler { return graphql.MarshalString(text) }

// wholeNumber is an integer as JSON writes it.
var wholeNumber = regexp.MustCompile(`^-?[0-9]+$`)

// UnmarshalID reads an ID: a string, or a whole number, which is taken as its
// digits: of 1,024 at most, as hundreds of ids may refer to one number. gqlgen's own takes 1.5 and objects too.
func UnmarshalID(v any) (string, error) {
	switch v := v.(type) {
	case string:
		return v, nil
	case int64, int:
		return fmt.Sprint(v), nil
	case json.Number:
		if len(v) <= maxID && wholeNumber.MatchString(v.String()) {
			return v.String(), nil
		}
	}
	return "", &InputError{"An ID must be a string or a whole number."}
}

// MarshalID writes an ID.
func MarshalID(text string) graphql.Marshaler { return graphql.MarshalString(text) }
