package heygen_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"heygen-graphql/heygen"
)

func TestRequestsAreAsHeyGenDocuments(t *testing.T) {
	var got *http.Request
	client := newClient(t, upstream(func(r *http.Request) (*http.Response, error) {
		got = r
		return newResponse(200, `{"data":[]}`), nil
	}))
	for _, test := range []struct {
		params any
		want   string
	}{
		{heygen.AvatarGroupsParams{}, "/v3/avatars"},
		{heygen.AvatarGroupsParams{Ownership: heygen.Private, Limit: 50}, "/v3/avatars?limit=50&ownership=private"},
		{heygen.AvatarGroupsParams{Ownership: heygen.Public, Limit: 1, Token: "a+b/c=&d"}, "/v3/avatars?limit=1&ownership=public&token=a%2Bb%2Fc%3D%26d"},
		{heygen.AvatarLooksParams{}, "/v3/avatars/looks"},
		{heygen.AvatarLooksParams{GroupID: "a&b=c/ü", AvatarType: heygen.StudioAvatar, Ownership: heygen.Public, Limit: 50, Token: "t+="},
			"/v3/avatars/looks?avatar_type=studio_avatar&group_id=a%26b%3Dc%2F%C3%BC&limit=50&ownership=public&token=t%2B%3D"},
		{heygen.AvatarLooksParams{AvatarType: heygen.DigitalTwin, Ownership: heygen.Private}, "/v3/avatars/looks?avatar_type=digital_twin&ownership=private"},
		{heygen.AvatarLooksParams{AvatarType: heygen.PhotoAvatar, Limit: 1}, "/v3/avatars/looks?avatar_type=photo_avatar&limit=1"},
		{heygen.AvatarLooksParams{GroupID: "looks"}, "/v3/avatars/looks?group_id=looks"}, // no other path: it is in the query
		{heygen.VoicesParams{}, "/v3/voices"},
		{heygen.VoicesParams{Type: heygen.PublicVoice, Engine: "a b", Language: "Chinese (Mandarin, 简体)", Gender: "&", Limit: 100, Token: "t+="},
			"/v3/voices?engine=a+b&gender=%26&language=Chinese+%28Mandarin%2C+%E7%AE%80%E4%BD%93%29&limit=100&token=t%2B%3D&type=public"},
		{heygen.VoicesParams{Type: heygen.PrivateVoice, Limit: 1}, "/v3/voices?limit=1&type=private"},
	} {
		if err := callWith(t, client, test.params); err != nil {
			t.Fatal(err)
		}
		if got.URL.String() != "https://api.heygen.com"+test.want || got.Method != http.MethodGet || got.Header.Get("X-Api-Key") != secret || got.Header.Get("Authorization") != "" {
			t.Errorf("%s %s, want %s", got.Method, got.URL, test.want)
		}
	}
}

func TestInvalidParametersAreNotSent(t *testing.T) {
	client := newClient(t, upstream(func(r *http.Request) (*http.Response, error) {
		t.Errorf("sent %s", r.URL)
		return nil, errors.New("sent")
	}))
	for _, test := range []struct {
		params any
		want   string
	}{
		{heygen.AvatarGroupsParams{Limit: 51}, "limit is not between 1 and 50"},
		{heygen.AvatarGroupsParams{Limit: -1}, "limit is not between 1 and 50"},
		{heygen.AvatarGroupsParams{Ownership: "both"}, "ownership is none of public, private"},
		{heygen.AvatarLooksParams{Limit: 51}, "limit is not between 1 and 50"},
		{heygen.AvatarLooksParams{Limit: -1}, "limit is not between 1 and 50"},
		{heygen.AvatarLooksParams{Ownership: "Public"}, "ownership is none of public, private"},
		{heygen.AvatarLooksParams{AvatarType: "video_avatar"}, "avatar_type is none of studio_avatar, digital_twin, photo_avatar"},
		{heygen.VoicesParams{Limit: 101}, "limit is not between 1 and 100"},
		{heygen.VoicesParams{Limit: -1}, "limit is not between 1 and 100"},
		{heygen.VoicesParams{Type: "all"}, "type is none of public, private"},
		// The error names only the first of several.
		{heygen.AvatarLooksParams{Limit: 51, AvatarType: "x", Ownership: "y"}, "limit is not between 1 and 50"},
		{heygen.AvatarLooksParams{AvatarType: "x", Ownership: "y"}, "avatar_type is none of studio_avatar, digital_twin, photo_avatar"},
		{heygen.AvatarLooksParams{AvatarType: "x", Ownership: heygen.Public}, "avatar_type is none of studio_avatar, digital_twin, photo_avatar"},
	} {
		err := callWith(t, client, test.params)
		if apiErr, ok := errors.AsType[*heygen.Error](err); !ok || apiErr.Kind != heygen.ErrInvalidArgument || apiErr.Cause != test.want {
			t.Errorf("%T %+[1]v: %v, want %s", test.params, err, test.want)
		}
		if ids, failed := collectIDs(t, client, test.params); ids != nil || !errors.Is(failed, heygen.ErrInvalidArgument) {
			t.Errorf("all pages of %T %+[1]v: %v, %v", test.params, ids, failed)
		}
	}
}

// allParams has the parameters of every call, by endpoint.
var allParams = map[string]any{
	"GET /v3/avatars":                 heygen.AvatarGroupsParams{},
	"GET /v3/avatars/{group_id}":      heygen.GroupID("a"),
	"GET /v3/avatars/looks":           heygen.AvatarLooksParams{GroupID: "g"},
	"GET /v3/avatars/looks/{look_id}": heygen.LookID("a"),
	"GET /v3/voices":                  heygen.VoicesParams{},
	"GET /v3/voices/{voice_id}":       heygen.VoiceID("a"),
}

func TestErrorNamesItsEndpoint(t *testing.T) {
	const envelope = `{"error":{"code":"some_code","message":"Some message."}}`
	for endpoint, params := range allParams {
		for _, test := range []struct {
			status int
			body   string
			kind   error
			code   string
		}{
			{404, envelope, heygen.ErrNotFound, "some_code"},
			{404, "", heygen.ErrNotFound, ""},
			{400, envelope, heygen.ErrBadRequest, "some_code"},
			{200, envelope, heygen.ErrInvalidResponse, "some_code"},
			{200, `{"data":7}`, heygen.ErrInvalidResponse, ""},
			{200, `{"data":null}`, heygen.ErrInvalidResponse, ""},
		} {
			err := callWith(t, newClient(t, always(test.status, test.body)), params)
			got, ok := errors.AsType[*heygen.Error](err)
			if !ok || got.Kind != test.kind || got.Endpoint != endpoint || got.Code != test.code || got.Status != test.status {
				t.Errorf("%s, %d %s: %v", endpoint, test.status, test.body, err)
			}
		}
	}
}

func TestErrInvalidArgumentNamesItsEndpoint(t *testing.T) {
	client := newClient(t, always(404, ""))
	for endpoint, params := range map[string]any{
		"GET /v3/avatars":                 heygen.AvatarGroupsParams{Limit: -1},
		"GET /v3/avatars/{group_id}":      heygen.GroupID("looks"),
		"GET /v3/avatars/looks":           heygen.AvatarLooksParams{Limit: -1},
		"GET /v3/avatars/looks/{look_id}": heygen.LookID(".."),
		"GET /v3/voices":                  heygen.VoicesParams{Limit: -1},
		"GET /v3/voices/{voice_id}":       heygen.VoiceID(""),
	} {
		err := callWith(t, client, params)
		if failed, ok := errors.AsType[*heygen.Error](err); !ok || failed.Kind != heygen.ErrInvalidArgument || failed.Endpoint != endpoint || failed.Status != 0 {
			t.Errorf("%s: %v", endpoint, err)
		}
	}
}

func TestResponseWithAnotherIDIsAnError(t *testing.T) {
	for _, id := range []string{"b", "A", "aa", "a "} {
		client := newClient(t, always(200, `{"data":`+itemJSON(id, "")+`}`))
		for _, key := range []any{heygen.GroupID("a"), heygen.LookID("a"), heygen.VoiceID("a")} {
			if err := callWith(t, client, key); !errors.Is(err, heygen.ErrInvalidResponse) || !strings.Contains(err.Error(), "has another id") {
				t.Errorf("%T a, response with %q: %v", key, id, err)
			}
		}
	}
	client := newClient(t, always(200, `{"data":`+itemJSON("a", "")+`}`))
	for _, key := range []any{heygen.GroupID("a"), heygen.LookID("a"), heygen.VoiceID("a")} {
		if err := callWith(t, client, key); err != nil {
			t.Errorf("%T: %v", key, err)
		}
	}
}
