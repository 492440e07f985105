package workload

import (
	"strings"
	"time"

	"heygen-graphql/bench/internal/upstream"
)

// opaque is the type of Opaque.
type opaque struct{}

// Opaque stands for a text that each server words as it likes: a cursor or a
// global id.
var Opaque = opaque{}

func pageInfo(more bool) map[string]any {
	return map[string]any{"hasNextPage": more, "endCursor": Opaque}
}

func tenFieldsOf(g upstream.Group) map[string]any {
	return map[string]any{
		"id": Opaque, "groupId": g.ID, "name": g.Name, "gender": text(g.Gender), "previewImageUrl": text(g.PreviewImageURL),
		"looksCount": float64(g.LooksCount), "defaultVoiceId": text(g.DefaultVoiceID), "consentStatus": text(g.ConsentStatus),
		"status": enum(g.Status), "createdAt": time.Unix(g.CreatedAt, 0).UTC().Format(time.RFC3339),
	}
}

func linksOf(c *upstream.Catalogue, place int) map[string]any {
	g, looks := c.Group(place), []any{}
	for _, look := range c.Looks(place)[:2] {
		looks = append(looks, map[string]any{"id": Opaque, "name": look.Name, "previewImageUrl": text(look.PreviewImageURL)})
	}
	var voice any
	if v := c.Voice(place); v != nil {
		voice = map[string]any{"name": text(v.Name), "language": text(v.Language)}
	}
	return map[string]any{"groupId": g.ID, "name": g.Name, "looks": map[string]any{"nodes": looks}, "defaultVoice": voice}
}

func only(object map[string]any, fields ...string) map[string]any {
	some := map[string]any{}
	for _, field := range fields {
		some[field] = object[field]
	}
	return some
}

// text is a text or null as it is decoded.
func text(t *string) any {
	if t == nil {
		return nil
	}
	return *t
}

func enum(t *string) any {
	if t == nil {
		return nil
	}
	return strings.ToUpper(*t)
}
