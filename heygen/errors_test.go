package heygen_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"heygen-graphql/heygen"
)

func getGroupError(t *testing.T, transport http.RoundTripper) *heygen.Error {
	t.Helper()
	group, err := newClient(t, transport).AvatarGroup(t.Context(), "g")
	failed, ok := errors.AsType[*heygen.Error](err)
	if !ok {
		t.Fatalf("got %+v and %v, want a *heygen.Error", group, err)
	}
	return failed
}

func TestErrorHasTheFieldsOfTheEnvelope(t *testing.T) {
	got := getGroupError(t, always(401, readTestdata(t, "unauthorized.json")))
	want := &heygen.Error{Kind: heygen.ErrUnauthenticated, Endpoint: "GET /v3/avatars/{group_id}", Status: 401,
		Code: "unauthorized", Message: "Unauthorized", DocURL: "https://developers.heygen.com/docs/error-codes#unauthorized"}
	if diff := cmp.Diff(*want, *got, cmp.Comparer(func(a, b error) bool { return a == b })); diff != "" {
		t.Error(diff)
	}
	got = getGroupError(t, always(400, `{"error":{"code":"invalid_parameter","message":7,"param":"limit","doc_url":null}}`))
	if got.Code != "invalid_parameter" || got.Param != "limit" || got.Message != "" || got.DocURL != "" {
		t.Errorf("%+v", got)
	}
	if message := got.Error(); message != "heygen: GET /v3/avatars/{group_id}: bad request: invalid_parameter (status 400)" {
		t.Error(message)
	}
}

func TestRetryAfterParsesSecondsAndDates(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		now := time.Now()
		for header, want := range map[string]time.Duration{
			"":                     0,
			"7":                    7 * time.Second,
			"0":                    0,
			" 3 ":                  3 * time.Second,
			"-5":                   0,
			"soon":                 0,
			"99999999999999999999": 0,
			"86400":                24 * time.Hour,
			"2000000000":           24 * time.Hour, // longer than the maximum
			now.Add(90 * time.Second).UTC().Format(http.TimeFormat): 90 * time.Second,
			now.Add(-time.Hour).UTC().Format(http.TimeFormat):       0,
		} {
			if err := getGroupError(t, always(503, "", "Retry-After", header)); err.RetryAfter != want {
				t.Errorf("%q: %v, want %v", header, err.RetryAfter, want)
			}
		}
	})
}

func TestInvalidBodyOfOneResourceIsErrInvalidResponse(t *testing.T) {
	for name, body := range map[string]string{
		"empty":              ``,
		"HTML":               `<!doctype html><title>Welcome</title>`,
		"truncated":          `{"data":{"id":"g","na`,
		"a list":             `[]`,
		"a string":           `"data"`,
		"null":               `null`,
		"an empty object":    `{}`,
		"data is null":       `{"data":null}`,
		"data is a list":     `{"data":[]}`,
		"data is empty":      `{"data":{}}`,
		"data is a string":   `{"data":"g"}`,
		"another id":         `{"data":{"id":"h","name":"G","looks_count":1,"created_at":1}}`,
		"an error in a 200":  `{"error":{"code":"unauthorized","message":"m"}}`,
		"an error beside it": `{"data":` + groupJSON("") + `,"error":{"code":"internal_error","message":"m"}}`,
		"two documents":      `{"data":` + groupJSON("") + `}{"data":1}`,
		"more than 8 MiB":    `{"data":` + groupJSON(`,"x":"`+strings.Repeat("x", 8<<20)+`"`) + `}`,
		"an id of numbers":   `{"data":{"id":7,"name":"G","looks_count":1,"created_at":1}}`,
	} {
		if err := getGroupError(t, always(200, body)); !errors.Is(err, heygen.ErrInvalidResponse) || err.Cause == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := getGroupError(t, always(200, `{"data":`+groupJSON("")+`,"error":{"code":"internal_error","message":"m"}}`)); err.Code != "internal_error" {
		t.Errorf("the envelope is lost: %v", err)
	}
}

func TestInvalidBodyOfAListIsErrInvalidResponse(t *testing.T) {
	for name, body := range map[string]string{
		"empty":                ``,
		"truncated":            `{"data":[` + groupJSON("") + `,{"id"`,
		"an empty object":      `{}`,
		"data is null":         `{"data":null,"has_more":false}`,
		"data is an object":    `{"data":{}}`,
		"has_more is a string": `{"data":[],"has_more":"yes"}`,
		"token is a number":    `{"data":[],"has_more":true,"next_token":7}`,
		"token is an object":   `{"data":[],"has_more":true,"next_token":{}}`,
		"token is huge":        `{"data":[],"has_more":true,"next_token":"` + strings.Repeat("t", 4<<10+1) + `"}`,
		"an error in a 200":    `{"data":[],"error":{"code":"unauthorized","message":"m"}}`,
	} {
		page, err := newClient(t, always(200, body)).ListAvatarGroups(t.Context(), heygen.AvatarGroupsParams{})
		if !errors.Is(err, heygen.ErrInvalidResponse) {
			t.Errorf("%s: %+v, %v", name, page, err)
		}
	}
}

func TestTokenOfTheLastPageIsIgnored(t *testing.T) {
	for _, rest := range []string{"", `,"has_more":false`, `,"has_more":null,"error":null`} {
		for _, token := range []string{`null`, `"t"`, `7`, `{"a":[]}`, `["t"]`, `true`, `"` + strings.Repeat("t", 4<<10+1) + `"`} {
			page, err := newClient(t, always(200, `{"data":[]`+rest+`,"next_token":`+token+`}`)).ListAvatarGroups(t.Context(), heygen.AvatarGroupsParams{})
			if err != nil || page.HasMore || page.NextToken != "" || page.Data == nil {
				t.Errorf("%s with token %.30s: %+v, %v", rest, token, page, err)
			}
		}
	}
	longest := strings.Repeat("t", 4<<10)
	page, err := newClient(t, always(200, `{"data":[],"has_more":true,"next_token":"`+longest+`"}`)).ListAvatarGroups(t.Context(), heygen.AvatarGroupsParams{})
	if err != nil || page.NextToken != longest {
		t.Errorf("a token of 4 KiB: %v", err)
	}
}

func TestErrorOmitsTheTransportsMessage(t *testing.T) {
	err := getGroupError(t, upstream(func(*http.Request) (*http.Response, error) {
		return nil, errors.New("dial https://api.heygen.com?token=" + secret)
	}))
	if message := err.Error(); message != "heygen: GET /v3/avatars/{group_id}: unavailable: connection failed" {
		t.Error(message)
	}
}
