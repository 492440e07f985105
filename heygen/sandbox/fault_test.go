package sandbox_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"heygen-graphql/heygen/sandbox"
)

// wantError expects the error envelope.
func wantError(status int, code, param, retryAfter string) func(*testing.T, result) {
	return func(t *testing.T, s result) {
		assertError(t, code, s.Response, []byte(s.body), status, code, param)
		if got := s.Header.Get("Retry-After"); got != retryAfter {
			t.Errorf("Retry-After is %q, want %q", got, retryAfter)
		}
	}
}

// wantResponse expects a complete HTTP response with this status, Content-Type and body.
func wantResponse(status int, kind string, body func(string) bool) func(*testing.T, result) {
	return func(t *testing.T, s result) {
		if s.err != nil || s.StatusCode != status || s.Header.Get("Content-Type") != kind || !body(s.body) {
			t.Errorf("%v %d %s %.200q", s.err, s.StatusCode, s.Header.Get("Content-Type"), s.body)
		}
	}
}

// wantViolations expects JSON that violates the schema in exactly these ways.
func wantViolations(s schema, want ...string) func(*testing.T, result) {
	return func(t *testing.T, got result) {
		found := violations(s, []byte(got.body))
		if got.err != nil || got.StatusCode != 200 || !slices.EqualFunc(found, want, strings.HasPrefix) {
			t.Errorf("%v %d: %q, want %q", got.err, got.StatusCode, found, want)
		}
	}
}

func isEmpty(body string) bool          { return body == "" }
func isBadGatewayPage(body string) bool { return strings.HasPrefix(body, "<html>") }
func isTruncatedJSON(body string) bool {
	return len(body) > 50 && violations(groupPageSchema, []byte(body))[0] == "unexpected EOF"
}
func failsWith(s result, err error) bool { return errors.Is(s.err, err) && s.StatusCode == 0 }

// faultCases lists for each fault the requested path, and the check of its result.
var faultCases = map[sandbox.Fault]struct {
	path  string
	check func(*testing.T, result)
}{
	sandbox.RateLimited: {firstPage, wantError(429, "rate_limit_exceeded", "", "1")},
	sandbox.RateLimitedUntil: {firstPage, func(t *testing.T, s result) {
		at, err := http.ParseTime(s.Header.Get("Retry-After"))
		if wait := time.Until(at); s.StatusCode != 429 || err != nil || wait <= time.Second || wait > 2*time.Second {
			t.Errorf("%d: %v, in %v", s.StatusCode, err, wait)
		}
	}},
	sandbox.QuotaExceeded:   {firstPage, wantError(429, "quota_exceeded", "", "")},
	sandbox.BadRequest:      {firstPage, wantError(400, "invalid_parameter", "", "")},
	sandbox.TokenExpired:    {"/v3/avatars?token=x", wantError(400, "invalid_parameter", "token", "")},
	sandbox.Unauthorized:    {demoGroupPath, wantError(401, "unauthorized", "", "")},
	sandbox.PaymentRequired: {demoGroupPath, wantError(402, "insufficient_credit", "", "")},
	sandbox.Forbidden:       {demoGroupPath, wantError(403, "forbidden", "", "")},
	sandbox.NotFound:        {demoGroupPath, wantError(404, "resource_not_found", "", "")},
	sandbox.Conflict:        {demoGroupPath, wantError(409, "request_in_progress", "", "")},
	sandbox.Gone:            {demoGroupPath, wantError(410, "resource_not_found", "", "")},
	sandbox.ContentTooLarge: {firstPage, wantError(413, "invalid_parameter", "", "")},
	sandbox.Unprocessable:   {firstPage, wantError(422, "invalid_parameter", "", "")},
	sandbox.Teapot: {demoGroupPath, wantResponse(418, "application/json", func(body string) bool {
		return slices.Equal(violations(errorSchema, []byte(body)), []string{".error.code: not documented: im_a_teapot"})
	})},
	sandbox.InternalError:  {demoGroupPath, wantError(500, "internal_error", "", "")},
	sandbox.BadGateway:     {demoGroupPath, wantResponse(502, "text/html", isBadGatewayPage)},
	sandbox.Unavailable:    {demoGroupPath, wantError(503, "service_unavailable", "", "")},
	sandbox.GatewayTimeout: {demoGroupPath, wantResponse(504, "", isEmpty)},

	sandbox.Hang: {firstPage, func(t *testing.T, s result) {
		if !failsWith(s, context.DeadlineExceeded) || s.elapsed != clientTimeout {
			t.Errorf("%v after %v", s.err, s.elapsed)
		}
	}},
	sandbox.HangInBody: {firstPage, func(t *testing.T, s result) {
		half := int64(len(s.body)) == s.ContentLength/2
		if !errors.Is(s.err, context.DeadlineExceeded) || s.StatusCode != 200 || !half || s.elapsed != clientTimeout {
			t.Errorf("%v after %v: %d of %d bytes", s.err, s.elapsed, len(s.body), s.ContentLength)
		}
	}},
	sandbox.SlowBody: {demoGroupPath, func(t *testing.T, s result) {
		if s.err != nil || violations(singleGroupSchema, []byte(s.body)) != nil || s.elapsed != time.Duration(len(s.body))*time.Second {
			t.Errorf("%v: %d bytes took %v", s.err, len(s.body), s.elapsed)
		}
	}},
	sandbox.Reset: {firstPage, func(t *testing.T, s result) {
		if !failsWith(s, io.EOF) || s.elapsed != 0 {
			t.Errorf("%v after %v", s.err, s.elapsed)
		}
	}},
	sandbox.TruncatedHeader: {firstPage, func(t *testing.T, s result) {
		if !failsWith(s, io.ErrUnexpectedEOF) {
			t.Error(s.err)
		}
	}},
	sandbox.TruncatedBody: {firstPage, func(t *testing.T, s result) {
		if !errors.Is(s.err, io.ErrUnexpectedEOF) || int64(len(s.body)) != s.ContentLength/2 {
			t.Errorf("%v: %d of %d bytes", s.err, len(s.body), s.ContentLength)
		}
	}},

	sandbox.TruncatedJSON: {firstPage, wantResponse(200, "application/json", isTruncatedJSON)},
	sandbox.HTMLPage:      {firstPage, wantResponse(200, "text/html", isBadGatewayPage)},
	sandbox.EmptyBody:     {firstPage, wantResponse(200, "application/json", isEmpty)},
	sandbox.HugeBody: {firstPage, wantResponse(200, "application/json", func(body string) bool {
		return len(body) > 12<<20 && violations(groupPageSchema, []byte(body)) == nil
	})},
	sandbox.EndlessBody: {demoGroupPath, wantResponse(200, "application/json", func(body string) bool {
		return len(body) == maxBodyRead && strings.TrimSpace(body) == ""
	})},
	sandbox.Redirect: {firstPage, func(t *testing.T, s result) {
		if to := s.Header.Get("Location"); s.StatusCode != 302 || to != "https://elsewhere.invalid"+firstPage {
			t.Errorf("%d to %s", s.StatusCode, to)
		}
	}},
	sandbox.ErrorIn200:  {demoGroupPath, wantError(200, "internal_error", "", "")},
	sandbox.DataString:  {firstPage, wantViolations(groupPageSchema, ".data: not a list")},
	sandbox.DataSwapped: {demoGroupPath, wantViolations(singleGroupSchema, ".data: not an object: [map[")},
	sandbox.DataNull:    {firstPage, wantViolations(groupPageSchema, ".data: null")},
	sandbox.UnknownEnum: {firstPage, wantViolations(groupPageSchema, ".data[0].status: not documented: hibernating",
		".data[1].status: not documented: hibernating", ".data[2].status: not documented: hibernating")},
	sandbox.WrongID: {demoGroupPath, func(t *testing.T, s result) {
		wantViolations(singleGroupSchema)(t, s)
		if strings.Contains(s.body, `"group_monica"`) {
			t.Error("it is the requested group")
		}
	}},
	sandbox.BadItem:       {firstPage, wantViolations(groupPageSchema, ".data[0]: not an object: 42")},
	sandbox.ItemWithoutID: {firstPage, wantViolations(groupPageSchema, ".data[0].id: missing")},
	sandbox.BadItems: {firstPage, wantViolations(groupPageSchema, ".data[0]: not an object: 0", ".data[1]: not an object: 1",
		".data[2]: not an object: 2")},

	sandbox.RepeatedToken: {"second page", func(t *testing.T, s result) {
		wantViolations(groupPageSchema)(t, s)
		if requestToken := s.Request.URL.Query().Get("token"); requestToken == "" || nextToken(t, []byte(s.body)) != requestToken {
			t.Errorf("requested with %s, got %s", requestToken, s.body)
		}
	}},
	sandbox.LoopingToken: {"second page", func(t *testing.T, s result) {
		wantViolations(groupPageSchema)(t, s)
		again := get(t, sandbox.New(sandbox.Options{}), firstPage+"&token="+url.QueryEscape(nextToken(t, []byte(s.body))))
		if !strings.Contains(again.Body.String(), "group_monica") {
			t.Errorf("the token leads to %s", again.Body)
		}
	}},
	sandbox.MoreWithoutToken: {firstPage, func(t *testing.T, s result) {
		wantViolations(groupPageSchema)(t, s)
		if !strings.HasSuffix(s.body, `"has_more":true,"next_token":null}`) {
			t.Error(s.body)
		}
	}},
	sandbox.EndlessPages: {firstPage, func(t *testing.T, s result) {
		box, tokens := sandbox.New(sandbox.Options{}), map[string]bool{}
		for range 100 {
			token := nextToken(t, []byte(s.body))
			if token == "" || tokens[token] || len(itemIDs(t, []byte(s.body))) > 0 {
				t.Fatalf("after %d pages: %s", len(tokens), s.body)
			}
			tokens[token] = true
			s.body = get(t, box, firstPage+"&token="+url.QueryEscape(token)).Body.String()
		}
	}},
	sandbox.EmptyPage: {"second page", func(t *testing.T, s result) {
		wantViolations(groupPageSchema)(t, s)
		requestToken, next := s.Request.URL.Query().Get("token"), nextToken(t, []byte(s.body))
		box := sandbox.New(sandbox.Options{})
		want := get(t, box, firstPage+"&token="+url.QueryEscape(requestToken)).Body.String()
		got := get(t, box, firstPage+"&token="+url.QueryEscape(next)).Body.String()
		if len(itemIDs(t, []byte(s.body))) > 0 || next == requestToken || got != want || !strings.Contains(want, `"id"`) {
			t.Errorf("%s leads to %s, want %s", s.body, got, want)
		}
	}},
	sandbox.EmptyLastPage: {"/v3/avatars?ownership=private&limit=50", func(t *testing.T, s result) {
		wantViolations(groupPageSchema)(t, s)
		box, next := sandbox.New(sandbox.Options{}), nextToken(t, []byte(s.body))
		last := get(t, box, "/v3/avatars?ownership=private&limit=50&token="+url.QueryEscape(next)).Body.String()
		if n := len(itemIDs(t, []byte(s.body))); n != 44 || last != `{"data":[],"has_more":false,"next_token":null}` {
			t.Errorf("%d groups, and then %s", n, last)
		}
	}},
}

func TestFaultsMatchTheirDocumentation(t *testing.T) {
	for _, fault := range sandbox.AllFaults() {
		t.Run(string(fault), func(t *testing.T) {
			want, ok := faultCases[fault]
			if !ok {
				t.Fatal("this fault has no case")
			}
			synctest.Test(t, func(t *testing.T) {
				box := sandbox.New(sandbox.Options{})
				defer box.Close()
				if want.path == "second page" {
					token := nextToken(t, get(t, box, firstPage).Body.Bytes())
					want.path = firstPage + "&token=" + url.QueryEscape(token)
				}
				client := clientFor(box)
				box.QueueFaults(fault)
				want.check(t, fetch(t, client, want.path))
				if after := fetch(t, client, "/v3/users/me"); after.err != nil || after.StatusCode != 200 {
					t.Errorf("the next call fails, too: %v %d", after.err, after.StatusCode)
				}
			})
		})
	}
}

func TestInapplicableFaultChangesNothing(t *testing.T) {
	box := sandbox.New(sandbox.Options{})
	for fault, path := range map[sandbox.Fault]string{
		sandbox.TokenExpired:     firstPage,
		sandbox.RepeatedToken:    firstPage,
		sandbox.WrongID:          firstPage,
		sandbox.BadItem:          demoGroupPath,
		sandbox.ItemWithoutID:    demoGroupPath,
		sandbox.BadItems:         demoGroupPath,
		sandbox.LoopingToken:     demoGroupPath,
		sandbox.MoreWithoutToken: demoGroupPath,
		sandbox.EndlessPages:     demoGroupPath,
		sandbox.EmptyPage:        demoGroupPath,
		sandbox.EmptyLastPage:    firstPage,
		sandbox.UnknownEnum:      "/v3/users/me",
		sandbox.DataNull:         "/v3/avatars/unknown",
		sandbox.DataString:       "/v3/avatars?limit=0",
	} {
		want := get(t, box, path)
		box.QueueFaults(fault)
		got := get(t, box, path)
		if got.Code != want.Code || canonicalJSON(t, got.Body.Bytes()) != canonicalJSON(t, want.Body.Bytes()) {
			t.Errorf("%s at %s: %d %s", fault, path, got.Code, got.Body)
		}
	}
}

func TestListFaultsLeaveEmptyListUnchanged(t *testing.T) {
	box := sandbox.New(sandbox.Options{})
	for _, g := range box.Groups() {
		box.RemoveGroups(g.ID)
	}
	for _, fault := range []sandbox.Fault{sandbox.BadItem, sandbox.ItemWithoutID, sandbox.BadItems, sandbox.UnknownEnum} {
		box.QueueFaults(fault)
		if found := violations(groupPageSchema, get(t, box, firstPage).Body.Bytes()); found != nil {
			t.Errorf("%s: %q", fault, found)
		}
	}
}

func TestDataSwappedTurnsListIntoObject(t *testing.T) {
	box := sandbox.New(sandbox.Options{})
	box.QueueFaults(sandbox.DataSwapped)
	if body := get(t, box, firstPage).Body.String(); !strings.Contains(body, `"data":{`) {
		t.Error(body)
	}
}

func TestUnknownEnumChangesEveryGroupEnum(t *testing.T) {
	for _, path := range []string{demoGroupPath, firstPage} {
		box := sandbox.New(sandbox.Options{})
		box.QueueFaults(sandbox.UnknownEnum)
		body := get(t, box, path).Body.String()
		groups := strings.Count(body, `"looks_count"`)
		for _, value := range []string{`"status":"hibernating"`, `"consent_status":"notarised"`, `"gender":"unspecified"`} {
			if n := strings.Count(body, value); n != groups || n == 0 {
				t.Errorf("%s: %s in %d of %d groups", path, value, n, groups)
			}
		}
	}
}

func TestUnknownFaultPanics(t *testing.T) {
	for name, use := range map[string]func(){
		"QueueFaults": func() { sandbox.New(sandbox.Options{}).QueueFaults("429 dates") },
		"Options":     func() { sandbox.New(sandbox.Options{Faults: []sandbox.Fault{"500", "5xx"}}) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s accepted it", name)
				}
			}()
			use()
		}()
	}
}
