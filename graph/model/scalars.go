package model

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"regexp"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"heygen-graphql/heygen"
)

// MarshalDateTime marshals a time as RFC 3339 in UTC, without trailing zeros in the
// fraction of a second.
func MarshalDateTime(t heygen.UnixTime) graphql.Marshaler {
	return graphql.WriterFunc(func(w io.Writer) {
		var buf [len(time.RFC3339Nano) + 2]byte
		_, _ = w.Write(AppendDateTime(buf[:0], t))
	})
}

// AppendDateTime appends what [MarshalDateTime] writes. The zero time, one that HeyGen did
// not send or not as a number, is the start of 1970, as createdAt of a group cannot be
// null.
func AppendDateTime(buf []byte, t heygen.UnixTime) []byte {
	if t.IsZero() {
		t.Time = time.Unix(0, 0)
	}
	return append(t.UTC().AppendFormat(append(buf, '"'), time.RFC3339Nano), '"')
}

// UnmarshalDateTime unmarshals RFC 3339 with any offset.
func UnmarshalDateTime(v any) (heygen.UnixTime, error) {
	s, ok := v.(string)
	t, err := time.Parse(time.RFC3339Nano, s)
	if !ok || err != nil {
		return heygen.UnixTime{}, &InputError{"A DateTime must be an RFC 3339 string such as \"2024-03-25T16:00:00Z\"."}
	}
	return heygen.UnixTime{Time: t.UTC()}, nil
}

// MarshalURL marshals an absolute http or https URL, and null instead of anything
// else: HeyGen has been seen to send s3:// URLs and empty strings, which no browser
// can open.
func MarshalURL(rawURL string) graphql.Marshaler {
	if !heygen.IsHTTPURL(rawURL) {
		return graphql.Null
	}
	return graphql.MarshalString(rawURL)
}

// UnmarshalURL is never called: gqlgen requires it, but no argument is a URL.
func UnmarshalURL(any) (string, error) {
	return "", &InputError{"A URL cannot be an argument."}
}

// UnmarshalInt unmarshals an Int as graphql-js does: a 32-bit integer, which JSON may
// also write as 1.0, and no string. gqlgen's own accepts "1", and any length.
func UnmarshalInt(v any) (int, error) {
	n, integer := int64(0), true
	switch v := v.(type) {
	case int64:
		n = v
	case int:
		n = int64(v)
	case float64:
		n, integer = int64(v), v == math.Trunc(v) && math.Abs(v) <= math.MaxInt32+1
	case json.Number:
		f, err := v.Float64()
		n, integer = int64(f), err == nil && f == math.Trunc(f) && math.Abs(f) <= math.MaxInt32+1
	default:
		integer = false
	}
	if !integer || n < math.MinInt32 || n > math.MaxInt32 {
		return 0, &InputError{"An Int must be a 32-bit integer."}
	}
	return int(n), nil
}

// MarshalInt marshals an Int.
func MarshalInt(n int) graphql.Marshaler { return graphql.MarshalInt(n) }

// MarshalFloat marshals a Float as JavaScript writes a number: 1, 0.5625, 1e-7. gqlgen's own
// writes 1e-07, which is the same number.
func MarshalFloat(f float64) graphql.Marshaler {
	return graphql.WriterFunc(func(w io.Writer) {
		var buf [32]byte
		_, _ = w.Write(AppendFloat(buf[:0], f))
	})
}

// AppendFloat appends a Float, or null for a number that JSON cannot write.
func AppendFloat(buf []byte, f float64) []byte {
	text, err := json.Marshal(f)
	if err != nil {
		return append(buf, "null"...)
	}
	return append(buf, text...)
}

// UnmarshalFloat is never called: gqlgen requires it, but no argument is a Float.
func UnmarshalFloat(any) (float64, error) { return 0, errOutputOnly }

// UnmarshalString unmarshals a String. gqlgen's own accepts numbers and booleans too.
func UnmarshalString(v any) (string, error) {
	if s, ok := v.(string); ok {
		return s, nil
	}
	return "", &InputError{"A String must be a string."}
}

// MarshalString marshals a String.
func MarshalString(s string) graphql.Marshaler { return graphql.MarshalString(s) }

// jsonInteger matches an integer in JSON.
var jsonInteger = regexp.MustCompile(`^-?[0-9]+$`)

// UnmarshalID unmarshals an ID: a string, or an integer, whose digits are the ID. It may
// have 1,024 digits at most, because hundreds of ids may refer to one number. gqlgen's
// own accepts 1.5 and objects too.
func UnmarshalID(v any) (string, error) {
	switch v := v.(type) {
	case string:
		return v, nil
	case int64, int:
		return fmt.Sprint(v), nil
	case json.Number:
		if len(v) <= maxIDLength && jsonInteger.MatchString(v.String()) {
			return v.String(), nil
		}
	}
	return "", &InputError{"An ID must be a string or an integer."}
}

// MarshalID marshals an ID.
func MarshalID(id string) graphql.Marshaler { return graphql.MarshalString(id) }
