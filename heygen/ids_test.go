package heygen_test

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"

	"heygen-graphql/heygen"
)

func TestIDStaysOnePathSegment(t *testing.T) {
	var got *http.Request
	client := newClient(t, upstream(func(r *http.Request) (*http.Response, error) {
		got = r
		return newResponse(404, ""), nil
	}))
	for id, want := range map[string]string{
		"Abigail_expressive_2024112501": "Abigail_expressive_2024112501",
		"a b":                           "a%20b",
		"a?limit=1":                     "a%3Flimit=1",
		"a#b":                           "a%23b",
		"a;b":                           "a%3Bb",
		"a?looks":                       "a%3Flooks",
		"Günther%202024030105":          "G%C3%BCnther%25202024030105",
		"Begoña+guest@2 025":            "Bego%C3%B1a+guest@2%20025",
		"100%":                          "100%25",
		"%zz":                           "%25zz",
		"%252f":                         "%25252f",
		"%2e%2e%2e":                     "%252e%252e%252e",
		"looksalike":                    "looksalike",
		"voices":                        "voices",
		"名":                             "%E5%90%8D",
		strings.Repeat("a", 512):        strings.Repeat("a", 512),
	} {
		for path, key := range map[string]any{"/v3/avatars/": heygen.GroupID(id), "/v3/avatars/looks/": heygen.LookID(id), "/v3/voices/": heygen.VoiceID(id)} {
			if err := callWith(t, client, key); !errors.Is(err, heygen.ErrNotFound) || !isValid(key) {
				t.Errorf("%T %q: %v, valid: %t", key, id, err, isValid(key))
			}
			if got.URL.String() != "https://api.heygen.com"+path+want {
				t.Errorf("%T %q requests %s, want %s", key, id, got.URL, path+want)
			}
		}
	}
}

func TestIDThatLeavesItsPathIsNotSent(t *testing.T) {
	client := newClient(t, upstream(func(r *http.Request) (*http.Response, error) {
		t.Errorf("sent %s", r.URL)
		return newResponse(404, ""), nil
	}))
	for _, id := range []string{"", ".", "..", "a/b", "/", "../voices", `a\b`, "a\nb", "a\x00", "\u0085", " a", "a ", "\u00a0a", "a\u3000", "%2e", "%2E%2e", ".%2e", "a%2fb", "a%2Fb", "a%5Cb", "%zz%2f", "100%/", "\xff", strings.Repeat("a", 513),
		"?limit=1", "#", ";", "..;x=1", ".?", "%3flimit=1", "..%3B", "a;/b"} {
		for _, key := range []any{heygen.GroupID(id), heygen.LookID(id), heygen.VoiceID(id)} {
			if err := callWith(t, client, key); !errors.Is(err, heygen.ErrInvalidArgument) || isValid(key) {
				t.Errorf("%T %q: %v, valid: %t", key, id, err, isValid(key))
			}
		}
	}
}

// HeyGen has /v3/avatars/looks beside /v3/avatars/{group_id}, and nothing beside a look
// or a voice.
func TestOnlyAGroupIDCannotBeLooks(t *testing.T) {
	var paths []string
	client := newClient(t, upstream(func(r *http.Request) (*http.Response, error) {
		paths = append(paths, r.URL.EscapedPath())
		return newResponse(404, ""), nil
	}))
	for _, id := range []string{"looks", "Looks", "%6cooks", "LOOK%53", "looks?x=1", "looks#x", "looks;x", "looks%3fx", "looks?"} {
		if err := callWith(t, client, heygen.GroupID(id)); !errors.Is(err, heygen.ErrInvalidArgument) || isValid(heygen.GroupID(id)) || paths != nil {
			t.Errorf("group %q: %v, sent %v", id, err, paths)
		}
	}
	for _, key := range []any{heygen.LookID("looks"), heygen.VoiceID("looks")} {
		if err := callWith(t, client, key); !errors.Is(err, heygen.ErrNotFound) || !isValid(key) {
			t.Errorf("%T: %v", key, err)
		}
	}
	if want := []string{"/v3/avatars/looks/looks", "/v3/voices/looks"}; !slices.Equal(paths, want) {
		t.Errorf("sent %v, want %v", paths, want)
	}
}

func isValid(id any) bool { return id.(interface{ Valid() bool }).Valid() }
