package workload

import (
	"strings"
	"time"

	"heygen-graphql/bench/internal/upstream"
)

// opaque is the type of Opaque.
type opaque struct{}

// Opaque matches any non-empty string: cursors and global ids differ between servers.
var Opaque = opaque{}

func pageInfo(more bool) map[string]any {
	return map[string]any{"hasNextPage": more, "endCursor": Opaque}
}

func tenFieldValues(g upstream.Group) map[string]any {
	return map[string]any{
		"id": Opaque, "groupId": g.ID, "name": g.Name, "gender": nullable(g.Gender), "previewImageUrl": nullable(g.PreviewImageURL),
		"looksCount": float64(g.LooksCount), "defaultVoiceId": nullable(g.DefaultVoiceID), "consentStatus": nullable(g.ConsentStatus),
		"status": nullableEnum(g.Status), "createdAt": time.Unix(g.CreatedAt, 0).UTC().Format(time.RFC3339),
	}
}

func nestedFields(c *upstream.Catalogue, position int) map[string]any {
	g, looks := c.Group(position), []any{}
	for _, look := range c.Looks(position)[:2] {
		looks = append(looks, map[string]any{"id": Opaque, "name": look.Name, "previewImageUrl": nullable(look.PreviewImageURL)})
	}
	var voice any
	if v := c.Voice(position); v != nil {
		voice = map[string]any{"name": nullable(v.Name), "language": nullable(v.Language)}
	}
	return map[string]any{"groupId": g.ID, "name": g.Name, "looks": map[string]any{"nodes": looks}, "defaultVoice": voice}
}

func pick(object map[string]any, fields ...string) map[string]any {
	picked := map[string]any{}
	for _, field := range fields {
		picked[field] = object[field]
	}
	return picked
}

// nullable returns a string or null as encoding/json decodes it.
func nullable(s *string) any {
	if s == nil {
		return nil
	}
	return *s
}

func nullableEnum(s *string) any {
	if s == nil {
		return nil
	}
	return strings.ToUpper(*s)
}
