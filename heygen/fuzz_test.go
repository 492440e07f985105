package heygen_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"os"
	"strings"
	"testing"

	"heygen-graphql/heygen"
)

// FuzzResponse sends any response: callers get a valid value or an error of a known
// kind, and nothing of the key.
func FuzzResponse(f *testing.F) {
	files, err := os.ReadDir("testdata")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		if body, ok := strings.CutSuffix(file.Name(), ".json"); ok {
			f.Add(200, readTestdata(f, body+".json"), "")
		}
	}
	f.Add(401, readTestdata(f, "unauthorized.json"), "")
	f.Add(429, `{"error":{"code":"rate_limited","message":"wait","param":null,"doc_url":"https://x.example/`+secret+`"}}`, "Wed, 21 Oct 2026 07:28:00 GMT")
	f.Add(200, `{"data":[{"id":"`+secret+`"}],"has_more":true,"next_token":{}}`, "5")
	f.Add(200, `{"error":{"message":"`+secret+`"}}`, "")
	f.Add(200, `{"data":[{"id":"g","name":" G\u00a0","tags":["",null,7],"looks_count":"3","created_at":{},"error":{"code":7}},{"id":7}]}`, "")
	f.Add(302, `<html>`, "-1")
	f.Fuzz(func(t *testing.T, status int, body, retryAfter string) {
		if status < 100 || status > 599 || strings.ContainsAny(retryAfter, "\r\n\x00") {
			return
		}
		client := newClient(t, upstream(func(*http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: status, Header: http.Header{"Retry-After": {retryAfter}}, Body: io.NopCloser(strings.NewReader(body))}, nil
		}))
		ctx := t.Context() // each call has a client of its own: a back-off would delay the next
		group, err := client.WithOwnLimits().AvatarGroup(ctx, "group_monica")
		expectSafe(t, err, group, group.ID == "group_monica")
		look, err := client.WithOwnLimits().AvatarLook(ctx, "monica_office")
		expectSafe(t, err, look, look.ID == "monica_office")
		voice, err := client.WithOwnLimits().Voice(ctx, "5c3e9f1b7a2d4c60b8e1f7a94d20c6b3")
		expectSafe(t, err, voice, voice.ID == "5c3e9f1b7a2d4c60b8e1f7a94d20c6b3")
		groups, err := client.WithOwnLimits().ListAvatarGroups(ctx, heygen.AvatarGroupsParams{})
		expectSafePage(t, err, groups, func(g heygen.AvatarGroup) bool { return g.ID.Valid() && g.LooksCount >= 0 })
		looks, err := client.WithOwnLimits().ListAvatarLooks(ctx, heygen.AvatarLooksParams{})
		expectSafePage(t, err, looks, func(l heygen.AvatarLook) bool { return l.ID.Valid() })
		voices, err := client.WithOwnLimits().ListVoices(ctx, heygen.VoicesParams{})
		expectSafePage(t, err, voices, func(v heygen.Voice) bool { return v.ID.Valid() })
	})
}

// expectSafe fails unless a value is valid, or its error is complete and has nothing of
// the key.
func expectSafe[T any](t *testing.T, err error, value T, valid bool) {
	t.Helper()
	if err == nil {
		encoded, encodeErr := json.Marshal(value)
		if encodeErr != nil || !valid {
			t.Fatalf("accepted: %s, %v", encoded, encodeErr)
		}
		return
	}
	failed, ok := errors.AsType[*heygen.Error](err)
	if !ok || failed.Kind == nil || failed.Endpoint == "" || failed.RetryAfter < 0 {
		t.Fatalf("%#v", err)
	}
	known := failed.Kind == context.Canceled
	for _, outcome := range heygen.Outcomes() {
		known = known || failed.Kind.Error() == outcome
	}
	details := strings.Join([]string{err.Error(), failed.Cause, failed.Code, failed.Param, failed.DocURL}, "\n")
	if !known || len(details) > 8<<10 || strings.Contains(strings.ToLower(details), strings.ToLower(secret)) {
		t.Fatalf("%.1000s", details)
	}
}

func expectSafePage[T any](t *testing.T, err error, page heygen.Page[T], validItem func(T) bool) {
	t.Helper()
	valid := len(page.Data) <= 1000
	for _, item := range page.Data {
		valid = valid && validItem(item)
	}
	expectSafe(t, err, page, valid)
}
