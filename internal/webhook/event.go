package webhook

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// maxSkew is the maximum difference between the time of a delivery and now, as HeyGen advises.
const maxSkew = 5 * time.Minute

// signatures returns the signatures of a delivery.
func signatures(header http.Header) []string {
	return slices.Concat(header["Heygen-Signature"], header["Signature"])
}

// signed reports whether the header has the signature of the body. HeyGen documents Heygen-Signature
// (https://developers.heygen.com/docs/webhooks); public receivers of its webhooks also read it from Signature.
func signed(header http.Header, body []byte, secret string) bool {
	if secret == "" {
		return false
	}
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write(body)
	want := mac.Sum(nil)
	for _, value := range signatures(header) {
		got, err := hex.DecodeString(strings.TrimPrefix(value, "sha256="))
		if err == nil && hmac.Equal(got, want) {
			return true
		}
	}
	return false
}

// event is a verified delivery.
type event struct {
	ids  []string // each of which no other event has
	kind string
	data json.RawMessage
}

// parseEvent parses a body whose signature is valid.
func parseEvent(header http.Header, body []byte, now time.Time) (event, *rejection) {
	// A pointer, because null is no object. The fields are raw, because one of another type is like a missing one.
	var fields *struct {
		ID        json.RawMessage `json:"event_id"`
		Kind      json.RawMessage `json:"event_type"`
		Data      json.RawMessage `json:"event_data"`
		CreatedAt json.RawMessage `json:"created_at"`
	}
	if err := json.Unmarshal(body, &fields); err != nil || fields == nil {
		return event{}, &rejection{http.StatusBadRequest, "json", "The body is not a JSON object."}
	}
	sentAt := header.Get("Heygen-Timestamp")
	if sentAt == "" {
		if sentAt = stringIn(fields.CreatedAt); sentAt == "" {
			sentAt = string(fields.CreatedAt)
		}
	}
	if !recent(sentAt, now) {
		return event{}, &rejection{http.StatusBadRequest, "time", "Heygen-Timestamp, or else created_at, is not a time within 5 minutes of now."}
	}
	e := event{kind: stringIn(fields.Kind), data: fields.Data}
	if id := stringIn(fields.ID); id != "" {
		e.ids = []string{id}
		return e, nil
	}
	id := header.Get("Heygen-Event-Id")
	if id == "" {
		return event{}, &rejection{http.StatusBadRequest, "id", "event_id and Heygen-Event-Id are missing."}
	}
	hash := sha256.Sum256(body) // the header is not signed: a copy of the delivery may have another
	e.ids = []string{id, hex.EncodeToString(hash[:])}
	return e, nil
}

// stringIn returns a JSON string, or "" for another value.
func stringIn(value json.RawMessage) string {
	var s string
	if json.Unmarshal(value, &s) != nil {
		return ""
	}
	return s
}

// firstMilliseconds is the first number that is a time in milliseconds: in seconds it would be in the year 5138, and in
// milliseconds it is in 1973.
const firstMilliseconds = 1e11

// recent reports whether a time is within maxSkew of now. It is Unix seconds, Unix milliseconds, or RFC 3339.
func recent(value string, now time.Time) bool {
	var skew float64 // in seconds
	if at, err := time.Parse(time.RFC3339, value); err == nil {
		skew = now.Sub(at).Seconds()
	} else if seconds, err := strconv.ParseFloat(value, 64); err == nil {
		if seconds >= firstMilliseconds {
			seconds /= 1000
		}
		skew = float64(now.UnixNano())/1e9 - seconds
	} else {
		return false
	}
	return math.Abs(skew) <= maxSkew.Seconds() // false for NaN
}

const (
	maxIDs      = 50
	maxIDLength = 128
)

// idsIn returns the strings in the data of an event that can be ids, each once and in order, at most maxIDs. Keys of
// objects are not ids.
func idsIn(data json.RawMessage) []string {
	var ids []string
	type container struct {
		object bool
		keyNow bool // the next token of the object is a key, or its end
	}
	open := []container{{}}
	for decoder := json.NewDecoder(bytes.NewReader(data)); len(ids) < maxIDs; {
		token, err := decoder.Token()
		if err != nil { // the end: the data is valid JSON
			break
		}
		innermost := &open[len(open)-1]
		isKey := innermost.keyNow
		innermost.keyNow = innermost.object && !isKey
		switch token := token.(type) {
		case json.Delim:
			if token == '{' || token == '[' {
				open = append(open, container{object: token == '{', keyNow: token == '{'})
			} else {
				open = open[:len(open)-1]
			}
		case string:
			if !isKey && isID(token) && !slices.Contains(ids, token) {
				ids = append(ids, token)
			}
		}
	}
	return ids
}

// isID reports whether a string has only the characters of HeyGen's ids, and is not longer than 128 of them.
func isID(s string) bool {
	for _, c := range []byte(s) {
		if !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte("_.~-", c) >= 0) {
			return false
		}
	}
	return s != "" && len(s) <= maxIDLength
}
