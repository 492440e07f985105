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

// This is an independent implementation of HeyGen's schemas, which shares nothing with the sandbox. It rejects undocumented
// keys, missing required keys, null for fields that are not nullable, other types, and undocumented enum values.

// schema returns the violations of a value, each with its path.
type schema func(path string, v any) []string

type property struct {
	schema   schema
	required bool
	nullable bool
}

func required(s schema) property  { return property{s, true, false} }
func optional(s schema) property  { return property{s, false, true} }
func omittable(s schema) property { return property{s, false, false} }

func object(keys map[string]property) schema {
	return func(path string, v any) (found []string) {
		o, ok := v.(map[string]any)
		if !ok {
			return []string{fmt.Sprintf("%s: not an object: %v", path, v)}
		}
		for _, name := range slices.Sorted(maps.Keys(o)) {
			k, documented := keys[name]
			switch {
			case !documented:
				found = append(found, path+"."+name+": unknown key")
			case o[name] == nil && !k.nullable:
				found = append(found, path+"."+name+": null")
			case o[name] != nil:
				found = append(found, k.schema(path+"."+name, o[name])...)
			}
		}
		for _, name := range slices.Sorted(maps.Keys(keys)) {
			if _, present := o[name]; !present && keys[name].required {
				found = append(found, path+"."+name+": missing")
			}
		}
		return found
	}
}

func array(item schema) schema {
	return func(path string, v any) (found []string) {
		items, ok := v.([]any)
		if !ok {
			return []string{path + ": not a list"}
		}
		for i, v := range items {
			found = append(found, item(fmt.Sprintf("%s[%d]", path, i), v)...)
		}
		return found
	}
}

func str(path string, v any) []string {
	if _, ok := v.(string); !ok {
		return []string{path + ": not a string"}
	}
	return nil
}

func boolean(path string, v any) []string {
	if _, ok := v.(bool); !ok {
		return []string{path + ": not a boolean"}
	}
	return nil
}

func integer(path string, v any) []string {
	n, ok := v.(float64)
	if !ok || n != math.Trunc(n) {
		return []string{fmt.Sprintf("%s: not an integer: %v", path, v)}
	}
	return nil
}

func enum(values ...string) schema {
	return func(path string, v any) []string {
		if s, ok := v.(string); !ok || !slices.Contains(values, s) {
			return []string{fmt.Sprintf("%s: not documented: %v", path, v)}
		}
		return nil
	}
}

var (
	groupSchema = object(map[string]property{
		"id":                required(str),
		"name":              required(str),
		"created_at":        required(integer),
		"looks_count":       required(integer),
		"gender":            optional(str),
		"preview_image_url": optional(str),
		"preview_video_url": optional(str),
		"default_voice_id":  optional(str),
		"consent_status":    optional(str),
		"status":            optional(enum("processing", "pending_consent", "completed", "failed")),
		"error":             optional(object(map[string]property{"code": required(str), "message": required(str)})),
	})
	lookSchema = object(map[string]property{
		"id":                    required(str),
		"name":                  required(str),
		"avatar_type":           required(enum("studio_avatar", "digital_twin", "photo_avatar")),
		"group_id":              optional(str),
		"gender":                optional(str),
		"preview_image_url":     optional(str),
		"preview_video_url":     optional(str),
		"default_voice_id":      optional(str),
		"tags":                  omittable(array(str)),
		"supported_api_engines": omittable(array(str)),
		"image_width":           optional(integer),
		"image_height":          optional(integer),
		"preferred_orientation": optional(enum("portrait", "landscape", "square")),
		"status":                optional(enum("processing", "pending_consent", "completed", "failed")),
		"error":                 optional(object(map[string]property{"code": required(str), "message": required(str)})),
	})
	listedVoiceSchema = object(map[string]property{
		"voice_id":          required(str),
		"name":              required(str),
		"language":          required(str),
		"gender":            required(str),
		"support_pause":     required(boolean),
		"support_locale":    required(boolean),
		"type":              required(enum("public", "private")),
		"preview_audio_url": optional(str),
	})
	singleVoiceSchema = object(map[string]property{
		"voice_id":                   required(str),
		"support_pause":              required(boolean),
		"name":                       optional(str),
		"language":                   optional(str),
		"gender":                     optional(str),
		"preview_audio_url":          optional(str),
		"status":                     optional(enum("processing", "complete", "failed")),
		"failure_message":            optional(str),
		"created_at":                 optional(integer),
		"support_interactive_avatar": omittable(boolean),
	})
	groupPageSchema   = pageOf(groupSchema)
	singleGroupSchema = dataOf(groupSchema)
	errorSchema       = object(map[string]property{"error": required(object(map[string]property{
		"code":    required(errorCode),
		"message": required(str),
		"param":   optional(str),
		"doc_url": optional(str),
	}))})

	errorCode = enum("invalid_parameter", "resource_limit_reached", "unauthorized", "authentication_failed",
		"insufficient_credit", "subscription_required", "plan_upgrade_required", "forbidden", "resource_access_denied",
		"avatar_not_found", "avatar_group_not_found", "voice_not_found", "resource_not_found", "not_found", "request_in_progress",
		"rate_limit_exceeded", "quota_exceeded", "internal_error", "service_unavailable", "gateway_timeout")
)

func pageOf(item schema) schema {
	return object(map[string]property{"data": required(array(item)), "has_more": omittable(boolean), "next_token": optional(str)})
}

func dataOf(single schema) schema { return object(map[string]property{"data": required(single)}) }

// violations decodes one JSON document, and returns how it violates the schema.
func violations(s schema, body []byte) []string {
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

func TestSchemaReportsViolations(t *testing.T) {
	const valid = `"id":"i","name":"n","created_at":1,"looks_count":2`
	for body, want := range map[string][]string{
		`{"data":{` + valid + `}}`:                                     nil,
		`{"data":{` + valid + `,"gender":null}}`:                       nil,
		`{"data":{` + valid + `,"Gender":"female"}}`:                   {".data.Gender: unknown key"},
		`{"data":{"id":"i","name":"n","created_at":1}}`:                {".data.looks_count: missing"},
		`{"data":{"id":null,"name":1,"created_at":1,"looks_count":2}}`: {".data.id: null", ".data.name: not a string"},
		`{"data":{"id":"i","name":"n","created_at":"1","looks_count":2.5}}`: {
			".data.created_at: not an integer: 1", ".data.looks_count: not an integer: 2.5"},
		`{"data":{` + valid + `,"status":"archived"}}`:  {".data.status: not documented: archived"},
		`{"data":{` + valid + `,"error":{"code":"c"}}}`: {".data.error.message: missing"},
		`{"data":[{` + valid + `}]}`:                    {".data: not an object: [map[created_at:1 id:i looks_count:2 name:n]]"},
		`{"data":{` + valid + `}} {}`:                   {"more than one document"},
		`{"data":{` + valid + `},"has_more":true}`:      {".has_more: unknown key"},
		`{`: {"unexpected EOF"},
	} {
		if got := violations(singleGroupSchema, []byte(body)); !slices.Equal(got, want) {
			t.Errorf("%s\n got %q\nwant %q", body, got, want)
		}
	}
}

func TestSchemaDistinguishesVoiceFormats(t *testing.T) {
	const listed = `{"voice_id":"v","name":"n","language":"l","gender":"g","support_pause":true,"support_locale":true,"type":"public"}`
	const single = `{"voice_id":"v","support_pause":false,"created_at":1,"support_interactive_avatar":true}`
	for _, c := range []struct {
		schema schema
		body   string
		want   []string
	}{
		{listedVoiceSchema, listed, nil},
		{singleVoiceSchema, single, nil},
		{singleVoiceSchema, listed, []string{".support_locale: unknown key", ".type: unknown key"}},
		{listedVoiceSchema, single, []string{".created_at: unknown key", ".support_interactive_avatar: unknown key", ".gender: missing",
			".language: missing", ".name: missing", ".support_locale: missing", ".type: missing"}},
		{singleVoiceSchema, `{"voice_id":"v","support_pause":true,"support_interactive_avatar":null}`, []string{".support_interactive_avatar: null"}},
		{lookSchema, `{"id":"l","name":"n","avatar_type":"studio_avatar","tags":null}`, []string{".tags: null"}},
	} {
		if got := violations(c.schema, []byte(c.body)); !slices.Equal(got, c.want) {
			t.Errorf("%s\n got %q\nwant %q", c.body, got, c.want)
		}
	}
}
