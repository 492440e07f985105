package graph_test

import (
	"encoding/base64"
	"regexp"
	"slices"
	"strings"
	"time"

	"heygen-graphql/heygen/sandbox"
)

// The values of the sandbox's structs as GraphQL returns them, derived from the structs alone.

func globalID(typeName, id string) string {
	return base64.RawURLEncoding.EncodeToString([]byte(typeName + ":" + id))
}

func groupGlobalID(groupID string) string { return globalID("AvatarGroup", groupID) }
func lookGlobalID(lookID string) string   { return globalID("AvatarLook", lookID) }
func voiceGlobalID(voiceID string) string { return globalID("Voice", voiceID) }

func orNull[T any](p *T) any {
	if p == nil {
		return nil
	}
	if n, ok := any(*p).(int); ok {
		return float64(n)
	}
	return *p
}

// expectedURL returns a URL as GraphQL returns it, after stripSignatures.
func expectedURL(path *string, avatarType string) any {
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

var signaturePattern = regexp.MustCompile(`\?Expires=\d+&Signature=[0-9a-f]+$`)

// stripSignatures removes the signatures of URLs, which change every second.
func stripSignatures(v any) any {
	switch v := v.(type) {
	case string:
		return signaturePattern.ReplaceAllString(v, "?signed")
	case []any:
		for i := range v {
			v[i] = stripSignatures(v[i])
		}
	case map[string]any:
		for name := range v {
			v[name] = stripSignatures(v[name])
		}
	}
	return v
}

func expectedEnum(value *string, known ...string) any {
	switch {
	case value == nil:
		return nil
	case slices.Contains(known, *value):
		return strings.ToUpper(*value)
	default:
		return "UNKNOWN"
	}
}

func expectedGender(text *string) any {
	if text == nil {
		return "UNKNOWN"
	}
	switch strings.ToLower(strings.TrimSpace(*text)) {
	case "woman", "female", "f":
		return "FEMALE"
	case "man", "male":
		return "MALE"
	case "", "unknown":
		return "UNKNOWN"
	}
	return "OTHER"
}

func expectedRatio(width, height *int) any {
	if width == nil || height == nil || *width == 0 || *height == 0 {
		return nil
	}
	return float64(*width) / float64(*height)
}

func expectedError(e *sandbox.TrainingError) any {
	if e == nil {
		return nil
	}
	return map[string]any{"code": e.Code, "message": e.Message}
}

func expectedTime(seconds float64) any {
	return time.UnixMilli(int64(seconds * 1000)).UTC().Format(time.RFC3339Nano)
}

// expectedStrings returns a list as GraphQL returns it: without the empty strings of HeyGen.
func expectedStrings(values []string) any {
	list := []any{}
	for _, value := range values {
		if value != "" {
			list = append(list, value)
		}
	}
	return list
}
