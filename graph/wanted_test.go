package graph_test

import (
	"encoding/base64"
	"regexp"
	"slices"
	"strings"
	"time"

	"heygen-graphql/heygen/sandbox"
)

// What the sandbox's structs look like over GraphQL, worked out from them alone.

func globalID(typeName, id string) string {
	return base64.RawURLEncoding.EncodeToString([]byte(typeName + ":" + id))
}

func idOf(groupID string) string      { return globalID("AvatarGroup", groupID) }
func lookIDOf(lookID string) string   { return globalID("AvatarLook", lookID) }
func voiceIDOf(voiceID string) string { return globalID("Voice", voiceID) }

func orNull[T any](p *T) any {
	if p == nil {
		return nil
	}
	if n, ok := any(*p).(int); ok {
		return float64(n)
	}
	return *p
}

// wholeURL is an address as it is answered, and as unsigned leaves it.
func wholeURL(path *string, avatarType string) any {
	switch {
	case path == nil, !strings.HasPrefix(*path, "/") && !strings.HasPrefix(*path, "http"):
		return nil
	case !strings.HasPrefix(*path, "/"):
		return *path
	case avatarType == "photo_avatar":
		return "http://127.0.0.1" + *path + "?signed"
	default:
		return "http://127.0.0.1" + *path
	}
}

var signature = regexp.MustCompile(`\?Expires=\d+&Signature=[0-9a-f]+$`)

// unsigned takes the signatures out of an answer: they change from second to second.
func unsigned(v any) any {
	switch v := v.(type) {
	case string:
		return signature.ReplaceAllString(v, "?signed")
	case []any:
		for i := range v {
			v[i] = unsigned(v[i])
		}
	case map[string]any:
		for name := range v {
			v[name] = unsigned(v[name])
		}
	}
	return v
}

func enumOf(value *string, known ...string) any {
	switch {
	case value == nil:
		return nil
	case slices.Contains(known, *value):
		return strings.ToUpper(*value)
	default:
		return "UNKNOWN"
	}
}

func errorOf(e *sandbox.TrainingError) any {
	if e == nil {
		return nil
	}
	return map[string]any{"code": e.Code, "message": e.Message}
}

func momentOf(seconds float64) any {
	return time.UnixMilli(int64(seconds * 1000)).UTC().Format(time.RFC3339Nano)
}

func textsOf(words []string) any {
	texts := []any{}
	for _, word := range words {
		texts = append(texts, word)
	}
	return texts
}
