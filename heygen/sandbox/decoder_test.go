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
	pageShape = object(map[string]key{
		"data": required(list(groupShape)), "has_more": omittable(boolean), "next_token": optional(text),
	})
	singleShape = object(map[string]key{"data": required(groupShape)})
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
