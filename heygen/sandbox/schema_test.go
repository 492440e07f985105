package sandbox_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"testing"
)

// This is a second reading of HeyGen's schemas, which shares nothing with the sandbox. It refuses keys that are not
// documented, required ones that are missing, null where it is not allowed, other types, and enum values nobody documented.

// shape says what is wrong with a value, each finding with where it is.
type shape func(at string, v any) []string

type key struct {
	shape    shape
	required bool
	nullable bool
}

func required(s shape) key  { return key{s, true, false} }
func optional(s shape) key  { return key{s, false, true} }
func omittable(s shape) key { return key{s, false, false} }

func object(keys map[string]key) shape {
	return func(at string, v any) (wrong []string) {
		o, ok := v.(map[string]any)
		if !ok {
			return []string{fmt.Sprintf("%s: not an object: %v", at, v)}
		}
		for _, name := range slices.Sorted(maps.Keys(o)) {
			k, known := keys[name]
			switch {
			case !known:
				wrong = append(wrong, at+"."+name+": unknown key")
			case o[name] == nil && !k.nullable:
				wrong = append(wrong, at+"."+name+": null")
			case o[name] != nil:
				wrong = append(wrong, k.shape(at+"."+name, o[name])...)
			}
		}
		for _, name := range slices.Sorted(maps.Keys(keys)) {
			if _, there := o[name]; !there && keys[name].required {
				wrong = append(wrong, at+"."+name+": missing")
			}
		}
		return wrong
	}
}

func list(item shape) shape {
	return func(at string, v any) (wrong []string) {
		items, ok := v.([]any)
		if !ok {
			return []string{at + ": not a list"}
		}
		for i, v := range items {
			wrong = append(wrong, item(fmt.Sprintf("%s[%d]", at, i), v)...)
		}
		return wrong
	}
}

func text(at string, v any) []string {
	if _, ok := v.(string); !ok {
		return []string{at + ": not a string"}
	}
	return nil
}

func boolean(at string, v any) []string {
	if _, ok := v.(bool); !ok {
		return []string{at + ": not a boolean"}
	}
	return nil
}

func integer(at string, v any) []string {
	n, ok := v.(float64)
	if !ok || n != math.Trunc(n) {
		return []string{fmt.Sprintf("%s: not an integer: %v", at, v)}
	}
	return nil
}

func oneOf(values ...string) shape {
	return func(at string, v any) []string {
		if s, ok := v.(string); !ok || !slices.Contains(values, s) {
			return []string{fmt.Sprintf("%s: not documented: %v", at, v)}
		}
		return nil
	}
}

var (
	groupShape = object(map[string]key{
		"id":                required(text),
		"name":              required(text),
		"created_at":        required(integer),
		"looks_count":       required(integer),
		"gender":            optional(text),
		"preview_image_url": optional(text),
		"preview_video_url": optional(text),
		"default_voice_id":  optional(text),
		"consent_status":    optional(text),
		"status":            optional(oneOf("processing", "pending_consent", "completed", "failed")),
		"error":             optional(object(map[string]key{"code": required(text), "message": required(text)})),
	})
	lookShape = object(map[string]key{
		"id":                    required(text),
		"name":                  required(text),
		"avatar_type":           required(oneOf("studio_avatar", "digital_twin", "photo_avatar")),
		"group_id":              optional(text),
		"gender":                optional(text),
		"preview_image_url":     optional(text),
		"preview_video_url":     optional(text),
		"default_voice_id":      optional(text),
		"tags":                  omittable(list(text)),
		"supported_api_engines": omittable(list(text)),
		"image_width":           optional(integer),
		"image_height":          optional(integer),
		"preferred_orientation": optional(oneOf("portrait", "landscape", "square")),
		"status":                optional(oneOf("processing", "pending_consent", "completed", "failed")),
		"error":                 optional(object(map[string]key{"code": required(text), "message": required(text)})),
	})
	listedVoiceShape = object(map[string]key{
		"voice_id":          required(text),
		"name":              required(text),
		"language":          required(text),
		"gender":            required(text),
		"support_pause":     required(boolean),
		"support_locale":    required(boolean),
		"type":              required(oneOf("public", "private")),
		"preview_audio_url": optional(text),
	})
	singleVoiceShape = object(map[string]key{
		"voice_id":                   required(text),
		"support_pause":              required(boolean),
		"name":                       optional(text),
		"language":                   optional(text),
		"gender":                     optional(text),
		"preview_audio_url":          optional(text),
		"status":                     optional(oneOf("processing", "complete", "failed")),
		"failure_message":            optional(text),
		"created_at":                 optional(integer),
		"support_interactive_avatar": omittable(boolean),
	})
	pageShape   = pageOf(groupShape)
	singleShape = dataOf(groupShape)
	errorShape  = object(map[string]key{"error": required(object(map[string]key{
		"code":    required(errorCode),
		"message": required(text),
		"param":   optional(text),
		"doc_url": optional(text),
	}))})

	errorCode = oneOf("invalid_parameter", "resource_limit_reached", "unauthorized", "authentication_failed",
		"insufficient_credit", "subscription_required", "plan_upgrade_required", "forbidden", "resource_access_denied",
		"avatar_not_found", "voice_not_found", "resource_not_found", "not_found", "request_in_progress",
		"rate_limit_exceeded", "quota_exceeded", "internal_error", "service_unavailable", "gateway_timeout")
)

func pageOf(item shape) shape {
	return object(map[string]key{"data": required(list(item)), "has_more": omittable(boolean), "next_token": optional(text)})
}

func dataOf(single shape) shape { return object(map[string]key{"data": required(single)}) }

// check decodes one JSON document, and says what in it is not as documented.
func check(s shape, body []byte) []string {
	dec := json.NewDecoder(bytes.NewReader(body))
	var v any
	if err := dec.Decode(&v); err != nil {
		return []string{err.Error()}
	}
	if _, err := dec.Token(); err != io.EOF {
		return []string{"more than one document"}
	}
	return s("", v)
}

func TestTheDecoderIsStrict(t *testing.T) {
	const whole = `"id":"i","name":"n","created_at":1,"looks_count":2`
	for body, want := range map[string][]string{
		`{"data":{` + whole + `}}`:                                     nil,
		`{"data":{` + whole + `,"gender":null}}`:                       nil,
		`{"data":{` + whole + `,"Gender":"female"}}`:                   {".data.Gender: unknown key"},
		`{"data":{"id":"i","name":"n","created_at":1}}`:                {".data.looks_count: missing"},
		`{"data":{"id":null,"name":1,"created_at":1,"looks_count":2}}`: {".data.id: null", ".data.name: not a string"},
		`{"data":{"id":"i","name":"n","created_at":"1","looks_count":2.5}}`: {
			".data.created_at: not an integer: 1", ".data.looks_count: not an integer: 2.5"},
		`{"data":{` + whole + `,"status":"archived"}}`:  {".data.status: not documented: archived"},
		`{"data":{` + whole + `,"error":{"code":"c"}}}`: {".data.error.message: missing"},
		`{"data":[{` + whole + `}]}`:                    {".data: not an object: [map[created_at:1 id:i looks_count:2 name:n]]"},
		`{"data":{` + whole + `}} {}`:                   {"more than one document"},
		`{"data":{` + whole + `},"has_more":true}`:      {".has_more: unknown key"},
		`{`: {"unexpected EOF"},
	} {
		if got := check(singleShape, []byte(body)); !slices.Equal(got, want) {
			t.Errorf("%s\n got %q\nwant %q", body, got, want)
		}
	}
}

func TestTheDecoderTellsTheTwoVoicesApart(t *testing.T) {
	const listed = `{"voice_id":"v","name":"n","language":"l","gender":"g","support_pause":true,"support_locale":true,"type":"public"}`
	const alone = `{"voice_id":"v","support_pause":false,"created_at":1,"support_interactive_avatar":true}`
	for _, c := range []struct {
		shape shape
		body  string
		want  []string
	}{
		{listedVoiceShape, listed, nil},
		{singleVoiceShape, alone, nil},
		{singleVoiceShape, listed, []string{".support_locale: unknown key", ".type: unknown key"}},
		{listedVoiceShape, alone, []string{".created_at: unknown key", ".support_interactive_avatar: unknown key", ".gender: missing",
			".language: missing", ".name: missing", ".support_locale: missing", ".type: missing"}},
		{singleVoiceShape, `{"voice_id":"v","support_pause":true,"support_interactive_avatar":null}`, []string{".support_interactive_avatar: null"}},
		{lookShape, `{"id":"l","name":"n","avatar_type":"studio_avatar","tags":null}`, []string{".tags: null"}},
	} {
		if got := check(c.shape, []byte(c.body)); !slices.Equal(got, c.want) {
			t.Errorf("%s\n got %q\nwant %q", c.body, got, c.want)
		}
	}
}
