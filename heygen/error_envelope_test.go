package heygen_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"heygen-graphql/heygen"
)

// errorEnvelope returns an error envelope of HeyGen with this field.
func errorEnvelope(t *testing.T, field, value string) string {
	t.Helper()
	fields := map[string]string{"code": "some_code", "message": "Some message.", field: value}
	body, err := json.Marshal(map[string]any{"error": fields})
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// errorsOf returns the errors of a list call and of a single one.
func errorsOf(t *testing.T, status int, body string) map[string]*heygen.Error {
	t.Helper()
	client := newClient(t, always(status, body))
	_, one := client.AvatarGroup(t.Context(), "g")
	_, list := client.ListAvatarGroups(t.Context(), heygen.AvatarGroupsParams{})
	failed := map[string]*heygen.Error{}
	for name, err := range map[string]error{"one": one, "list": list} {
		apiErr, ok := errors.AsType[*heygen.Error](err)
		if !ok {
			t.Fatalf("%d, %s: %v", status, name, err)
		}
		failed[name] = apiErr
	}
	return failed
}

func envelopeField(e *heygen.Error, name string) string {
	return map[string]string{"code": e.Code, "message": e.Message, "param": e.Param, "doc_url": e.DocURL}[name]
}

var (
	statuses       = []int{200, 202, 400, 500}
	envelopeFields = []string{"code", "message", "param", "doc_url"}
)

func TestErrorEnvelopeIsSanitized(t *testing.T) {
	escaped := strings.ReplaceAll(secret, "_", "%5f")
	hostile := map[string]string{
		"the key":                     secret,
		"the key in a word":           "no." + secret + ".no",
		"the key in upper case":       strings.ToUpper(secret),
		"the key escaped":             escaped,
		"the key beside a stray %":    "100% " + escaped,
		"the key in a documented URL": "https://developers.heygen.com/" + escaped,
		"the key after a fragment":    "https://developers.heygen.com/#" + strings.ToUpper(secret),
		"the key after 2 KiB":         strings.Repeat("x", 2<<10) + secret,
		"the key across 1 KiB":        strings.Repeat("x", 1<<10-5) + secret,
		"a signed URL":                "https://files2.heygen.ai/a.webp?Expires=1&Signature=abc",
		"a forged log line":           "x\nlevel=ERROR msg=\"all keys are revoked\"",
		"Unicode line separators":     "x\u2028level=ERROR\u2029\u0085\u202e",
		"100 KiB":                     strings.Repeat("x", 100<<10),
	}
	for name, value := range hostile {
		for _, status := range statuses {
			for _, at := range envelopeFields {
				for call, e := range errorsOf(t, status, errorEnvelope(t, at, value)) {
					where := fmt.Sprintf("%s in %s of a %d, %s", name, at, status, call)
					got := envelopeField(e, at)
					if at != "message" && got != "" || len(got) > 1<<10 || strings.Contains(name, "key") && got != "" {
						t.Errorf("%s: %.300q", where, got)
					}
					if strings.ContainsFunc(got, func(r rune) bool { return !unicode.IsGraphic(r) }) || !utf8.ValidString(got) {
						t.Errorf("%s: %.300q is not one line", where, got)
					}
					for _, word := range []string{"sk_v2", "https:", "\n", "\u2028", "xxx"} {
						if strings.Contains(strings.ToLower(e.Error()), word) || len(e.Error()) > 300 {
							t.Errorf("%s: %q in %.300q", where, word, e.Error())
						}
					}
				}
			}
		}
	}
}

func TestErrorEnvelopeFieldsAreTruncated(t *testing.T) {
	for _, at := range envelopeFields {
		e := getGroupError(t, always(200, errorEnvelope(t, at, strings.Repeat("x", 7<<20))))
		if got := envelopeField(e, at); len(e.Error()) > 300 || at == "message" && len(got) != 1<<10 || at != "message" && got != "" {
			t.Errorf("%s: %d bytes, message of %d", at, len(got), len(e.Error()))
		}
	}
}

func TestErrorEnvelopeKeepsValidFields(t *testing.T) {
	const documented = "https://developers.heygen.com/docs/error-codes#unauthorized"
	path := func(n int) string { return "https://x.io/" + strings.Repeat("a", n-len("https://x.io/")) }
	for _, c := range []struct{ field, value, want string }{
		{"code", "avatar_not_found", "avatar_not_found"},
		{"code", "Avatar-not.found_1", "Avatar-not.found_1"},
		{"code", strings.Repeat("c", 64), strings.Repeat("c", 64)},
		{"code", strings.Repeat("c", 65), ""},
		{"code", "1st", ""},
		{"code", "not found", ""},
		{"code", "not_found\n", ""},
		{"code", "trouvé", ""},
		{"param", "items[0].limit", "items[0].limit"},
		{"param", strings.Repeat("p", 64), strings.Repeat("p", 64)},
		{"param", strings.Repeat("p", 65), ""},
		{"param", "a b", ""},
		{"param", "a=b", ""},
		{"doc_url", documented, documented},
		{"doc_url", path(200), path(200)},
		{"doc_url", path(201), ""},
		{"doc_url", "https://x.io/é", "https://x.io/%C3%A9"},
		{"doc_url", "http://developers.heygen.com/", ""},
		{"doc_url", "javascript:alert(1)", ""},
		{"doc_url", "/docs/error-codes", ""},
		{"doc_url", "https://:443/", ""},
		{"doc_url", "https:developers.heygen.com", ""},
		{"doc_url", "https://user@developers.heygen.com/", ""},
		{"doc_url", "https://developers.heygen.com/?a=b", ""},
		{"doc_url", "https://developers.heygen.com/?", ""},
		{"doc_url", "https://developers.heygen.com/\n", ""},
		{"message", "Nó: 100% \"übel\" {}", "Nó: 100% \"übel\" {}"},
		{"message", "a\tb\r\nc\u2028d\x00e", "a b  c d e"},
		{"message", "sk_V2_do\x00_not_print_me", "sk_V2_do _not_print_me"}, // not joined
		{"message", "sk_V2", "sk_V2"},                                      // not the key
		{"message", strings.Repeat("m", 1<<10), strings.Repeat("m", 1<<10)},
		{"message", strings.Repeat("m", 1<<10-1) + "é", strings.Repeat("m", 1<<10-1)}, // never half a character
	} {
		for _, status := range statuses {
			for call, e := range errorsOf(t, status, errorEnvelope(t, c.field, c.value)) {
				if got := envelopeField(e, c.field); got != c.want {
					t.Errorf("%d, %s: %s %.100q is decoded as %.100q", status, call, c.field, c.value, got)
				}
			}
		}
	}
}

func TestErrorEnvelopeIsKeptWithoutAKey(t *testing.T) {
	client := newClient(t, always(404, errorEnvelope(t, "param", "group_id")), func(o *heygen.Options) { o.Key = heygen.Key{} })
	_, err := client.AvatarGroup(t.Context(), "g")
	if failed, ok := errors.AsType[*heygen.Error](err); !ok || failed.Param != "group_id" || failed.Code != "some_code" || failed.Message != "Some message." {
		t.Errorf("%+v", err)
	}
}

func TestErrorEnvelopeHidesAKeyWithEscapes(t *testing.T) {
	const key = "a%2Fb+c%zz"
	for _, echo := range []string{key, url.PathEscape(key), strings.ToUpper(url.QueryEscape(key))} {
		client := newClient(t, always(400, errorEnvelope(t, "message", "no: "+echo)), func(o *heygen.Options) { o.Key = heygen.NewKey(key) })
		_, err := client.AvatarGroup(t.Context(), "g")
		if e, ok := errors.AsType[*heygen.Error](err); !ok || e.Message != "" {
			t.Errorf("%q: %+v", echo, err)
		}
	}
}
