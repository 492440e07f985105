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

// seen is what a client sees of a call: up to the whole body, or the error that came in its place.
type seen struct {
	*http.Response
	body string
	err  error
	took time.Duration
}

// patience is after how long (in the bubble's time) the client of these tests gives up.
const patience = time.Hour

// enough is how many bytes of a body it reads: more than all but EndlessBody has.
const enough = 16 << 20

// fetch asks over real HTTP, follows no redirect, and always gives a Response that can be looked at.
func fetch(t *testing.T, client *http.Client, path string) (s seen) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, "GET", "http://box"+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("X-Api-Key", "key")
	start := time.Now()
	defer func() { s.took = time.Since(start) }()
	s.Response, s.err = client.Do(r)
	if s.err != nil {
		s.Response = &http.Response{}
		return s
	}
	defer s.Body.Close()
	body, err := io.ReadAll(io.LimitReader(s.Body, enough))
	s.body, s.err = string(body), err
	return s
}

func clientOf(box *sandbox.Sandbox) *http.Client {
	return &http.Client{Transport: box.Transport(), CheckRedirect: func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse
	}}
}

const (
	firstPage = "/v3/avatars?limit=3"
	monica    = "/v3/avatars/group_monica"
)

// apiError expects the error envelope.
func apiError(status int, code, param, retryAfter string) func(*testing.T, seen) {
	return func(t *testing.T, s seen) {
		refused(t, code, s.Response, []byte(s.body), status, code, param)
		if got := s.Header.Get("Retry-After"); got != retryAfter {
			t.Errorf("Retry-After is %q, want %q", got, retryAfter)
		}
	}
}

// whole expects an answer with this status that is whole as far as HTTP can tell, and looks at its body.
func whole(status int, kind string, body func(string) bool) func(*testing.T, seen) {
	return func(t *testing.T, s seen) {
		if s.err != nil || s.StatusCode != status || s.Header.Get("Content-Type") != kind || !body(s.body) {
			t.Errorf("%v %d %s %.200q", s.err, s.StatusCode, s.Header.Get("Content-Type"), s.body)
		}
	}
}

// wrong expects JSON that differs from the documentation in just this.
func wrong(s shape, want ...string) func(*testing.T, seen) {
	return func(t *testing.T, got seen) {
		found := check(s, []byte(got.body))
		if got.err != nil || got.StatusCode != 200 || !slices.EqualFunc(found, want, strings.HasPrefix) {
			t.Errorf("%v %d: %q, want %q", got.err, got.StatusCode, found, want)
		}
	}
}

func empty(body string) bool   { return body == "" }
func page502(body string) bool { return strings.HasPrefix(body, "<html>") }
func unfinished(body string) bool {
	return len(body) > 50 && check(pageShape, []byte(body))[0] == "unexpected EOF"
}
func isError(s seen, err error) bool { return errors.Is(s.err, err) && s.StatusCode == 0 }

// shown says for each fault what is asked, and what has to be seen.
var shown = map[sandbox.Fault]struct {
	ask  string
	seen func(*testing.T, seen)
}{
	sandbox.RateLimited: {firstPage, apiError(429, "rate_limit_exceeded", "", "1")},
	sandbox.RateLimitedUntil: {firstPage, func(t *testing.T, s seen) {
		at, err := http.ParseTime(s.Header.Get("Retry-After"))
		if wait := time.Until(at); s.StatusCode != 429 || err != nil || wait <= time.Second || wait > 2*time.Second {
			t.Errorf("%d: %v, in %v", s.StatusCode, err, wait)
		}
	}},
	sandbox.QuotaExceeded:   {firstPage, apiError(429, "quota_exceeded", "", "")},
	sandbox.BadRequest:      {firstPage, apiError(400, "invalid_parameter", "", "")},
	sandbox.TokenExpired:    {"/v3/avatars?token=x", apiError(400, "invalid_parameter", "token", "")},
	sandbox.Unauthorized:    {monica, apiError(401, "unauthorized", "", "")},
	sandbox.PaymentRequired: {monica, apiError(402, "insufficient_credit", "", "")},
	sandbox.Forbidden:       {monica, apiError(403, "forbidden", "", "")},
	sandbox.NotFound:        {monica, apiError(404, "resource_not_found", "", "")},
	sandbox.Conflict:        {monica, apiError(409, "request_in_progress", "", "")},
	sandbox.Teapot: {monica, whole(418, "application/json", func(body string) bool {
		return slices.Equal(check(errorShape, []byte(body)), []string{".error.code: not documented: im_a_teapot"})
	})},
	sandbox.InternalError:  {monica, apiError(500, "internal_error", "", "")},
	sandbox.BadGateway:     {monica, whole(502, "text/html", page502)},
	sandbox.Unavailable:    {monica, apiError(503, "service_unavailable", "", "")},
	sandbox.GatewayTimeout: {monica, whole(504, "", empty)},

	sandbox.Hang: {firstPage, func(t *testing.T, s seen) {
		if !isError(s, context.DeadlineExceeded) || s.took != patience {
			t.Errorf("%v after %v", s.err, s.took)
		}
	}},
	sandbox.HangInBody: {firstPage, func(t *testing.T, s seen) {
		half := int64(len(s.body)) == s.ContentLength/2
		if !errors.Is(s.err, context.DeadlineExceeded) || s.StatusCode != 200 || !half || s.took != patience {
			t.Errorf("%v after %v: %d of %d bytes", s.err, s.took, len(s.body), s.ContentLength)
		}
	}},
	sandbox.SlowBody: {monica, func(t *testing.T, s seen) {
		if s.err != nil || check(singleShape, []byte(s.body)) != nil || s.took != time.Duration(len(s.body))*time.Second {
			t.Errorf("%v: %d bytes took %v", s.err, len(s.body), s.took)
		}
	}},
	sandbox.Reset: {firstPage, func(t *testing.T, s seen) {
		if !isError(s, io.EOF) || s.took != 0 {
			t.Errorf("%v after %v", s.err, s.took)
		}
	}},
	sandbox.TruncatedHeader: {firstPage, func(t *testing.T, s seen) {
		if !isError(s, io.ErrUnexpectedEOF) {
			t.Error(s.err)
		}
	}},
	sandbox.TruncatedBody: {firstPage, func(t *testing.T, s seen) {
		if !errors.Is(s.err, io.ErrUnexpectedEOF) || int64(len(s.body)) != s.ContentLength/2 {
			t.Errorf("%v: %d of %d bytes", s.err, len(s.body), s.ContentLength)
		}
	}},

	sandbox.TruncatedJSON: {firstPage, whole(200, "application/json", unfinished)},
	sandbox.HTMLPage:      {firstPage, whole(200, "text/html", page502)},
	sandbox.EmptyBody:     {firstPage, whole(200, "application/json", empty)},
	sandbox.HugeBody: {firstPage, whole(200, "application/json", func(body string) bool {
		return len(body) > 12<<20 && check(pageShape, []byte(body)) == nil
	})},
	sandbox.EndlessBody: {monica, whole(200, "application/json", func(body string) bool {
		return len(body) == enough && strings.TrimSpace(body) == ""
	})},
	sandbox.Redirect: {firstPage, func(t *testing.T, s seen) {
		if to := s.Header.Get("Location"); s.StatusCode != 302 || to != "https://elsewhere.invalid"+firstPage {
			t.Errorf("%d to %s", s.StatusCode, to)
		}
	}},
	sandbox.ErrorIn200:  {monica, apiError(200, "internal_error", "", "")},
	sandbox.DataString:  {firstPage, wrong(pageShape, ".data: not a list")},
	sandbox.DataSwapped: {monica, wrong(singleShape, ".data: not an object: [map[")},
	sandbox.DataNull:    {firstPage, wrong(pageShape, ".data: null")},
	sandbox.UnknownEnum: {firstPage, wrong(pageShape, ".data[0].status: not documented: hibernating",
		".data[1].status: not documented: hibernating", ".data[2].status: not documented: hibernating")},
	sandbox.WrongID: {monica, func(t *testing.T, s seen) {
		wrong(singleShape)(t, s)
		if strings.Contains(s.body, `"group_monica"`) {
			t.Error("it is the group that was asked for")
		}
	}},
	sandbox.BadItem:       {firstPage, wrong(pageShape, ".data[0]: not an object: 42")},
	sandbox.ItemWithoutID: {firstPage, wrong(pageShape, ".data[0].id: missing")},
	sandbox.BadItems: {firstPage, wrong(pageShape, ".data[0]: not an object: 0", ".data[1]: not an object: 1",
		".data[2]: not an object: 2")},

	sandbox.RepeatedToken: {"second page", func(t *testing.T, s seen) {
		wrong(pageShape)(t, s)
		if asked := s.Request.URL.Query().Get("token"); asked == "" || nextToken(t, []byte(s.body)) != asked {
			t.Errorf("asked with %s, got %s", asked, s.body)
		}
	}},
	sandbox.LoopingToken: {"second page", func(t *testing.T, s seen) {
		wrong(pageShape)(t, s)
		again := get(t, sandbox.New(sandbox.Options{}), firstPage+"&token="+url.QueryEscape(nextToken(t, []byte(s.body))))
		if !strings.Contains(again.Body.String(), "group_monica") {
			t.Errorf("the token leads to %s", again.Body)
		}
	}},
	sandbox.MoreWithoutToken: {firstPage, func(t *testing.T, s seen) {
		wrong(pageShape)(t, s)
		if !strings.HasSuffix(s.body, `"has_more":true,"next_token":null}`) {
			t.Error(s.body)
		}
	}},
	sandbox.EndlessPages: {firstPage, func(t *testing.T, s seen) {
		box, tokens := sandbox.New(sandbox.Options{}), map[string]bool{}
		for range 100 {
			token := nextToken(t, []byte(s.body))
			if token == "" || tokens[token] || len(ids(t, []byte(s.body))) > 0 {
				t.Fatalf("after %d pages: %s", len(tokens), s.body)
			}
			tokens[token] = true
			s.body = get(t, box, firstPage+"&token="+url.QueryEscape(token)).Body.String()
		}
	}},
	sandbox.EmptyPage: {"second page", func(t *testing.T, s seen) {
		wrong(pageShape)(t, s)
		asked, next := s.Request.URL.Query().Get("token"), nextToken(t, []byte(s.body))
		box := sandbox.New(sandbox.Options{})
		want := get(t, box, firstPage+"&token="+url.QueryEscape(asked)).Body.String()
		got := get(t, box, firstPage+"&token="+url.QueryEscape(next)).Body.String()
		if len(ids(t, []byte(s.body))) > 0 || next == asked || got != want || !strings.Contains(want, `"id"`) {
			t.Errorf("%s leads to %s, want %s", s.body, got, want)
		}
	}},
	sandbox.EmptyLastPage: {"/v3/avatars?ownership=private&limit=50", func(t *testing.T, s seen) {
		wrong(pageShape)(t, s)
		box, next := sandbox.New(sandbox.Options{}), nextToken(t, []byte(s.body))
		last := get(t, box, "/v3/avatars?ownership=private&limit=50&token="+url.QueryEscape(next)).Body.String()
		if n := len(ids(t, []byte(s.body))); n != 44 || last != `{"data":[],"has_more":false,"next_token":null}` {
			t.Errorf("%d groups, and then %s", n, last)
		}
	}},
}

func TestEachFaultShowsWhatItSays(t *testing.T) {
	for _, fault := range sandbox.AllFaults() {
		t.Run(string(fault), func(t *testing.T) {
			want, ok := shown[fault]
			if !ok {
				t.Fatal("nothing says what is to be seen")
			}
			synctest.Test(t, func(t *testing.T) {
				box := sandbox.New(sandbox.Options{})
				defer box.Close()
				if want.ask == "second page" {
					token := nextToken(t, get(t, box, firstPage).Body.Bytes())
					want.ask = firstPage + "&token=" + url.QueryEscape(token)
				}
				client := clientOf(box)
				box.QueueFaults(fault)
				want.seen(t, fetch(t, client, want.ask))
				if after := fetch(t, client, "/v3/users/me"); after.err != nil || after.StatusCode != 200 {
					t.Errorf("the call after it misbehaves, too: %v %d", after.err, after.StatusCode)
				}
			})
		})
	}
}

func TestAFaultThatDoesNotFitChangesNothing(t *testing.T) {
	box := sandbox.New(sandbox.Options{})
	for fault, path := range map[sandbox.Fault]string{
		sandbox.TokenExpired:     firstPage,
		sandbox.RepeatedToken:    firstPage,
		sandbox.WrongID:          firstPage,
		sandbox.BadItem:          monica,
		sandbox.ItemWithoutID:    monica,
		sandbox.BadItems:         monica,
		sandbox.LoopingToken:     monica,
		sandbox.MoreWithoutToken: monica,
		sandbox.EndlessPages:     monica,
		sandbox.EmptyPage:        monica,
		sandbox.EmptyLastPage:    firstPage,
		sandbox.UnknownEnum:      "/v3/users/me",
		sandbox.DataNull:         "/v3/avatars/nobody",
		sandbox.DataString:       "/v3/avatars?limit=0",
	} {
		want := get(t, box, path)
		box.QueueFaults(fault)
		got := get(t, box, path)
		if got.Code != want.Code || normal(t, got.Body.Bytes()) != normal(t, want.Body.Bytes()) {
			t.Errorf("%s at %s: %d %s", fault, path, got.Code, got.Body)
		}
	}
}

func TestListFaultsSpareAnEmptyList(t *testing.T) {
	box := sandbox.New(sandbox.Options{})
	for _, g := range box.Groups() {
		box.Remove(g.ID)
	}
	for _, fault := range []sandbox.Fault{sandbox.BadItem, sandbox.ItemWithoutID, sandbox.BadItems, sandbox.UnknownEnum} {
		box.QueueFaults(fault)
		if wrong := check(pageShape, get(t, box, firstPage).Body.Bytes()); wrong != nil {
			t.Errorf("%s: %q", fault, wrong)
		}
	}
}

func TestDataSwappedOfAListIsAnObject(t *testing.T) {
	box := sandbox.New(sandbox.Options{})
	box.QueueFaults(sandbox.DataSwapped)
	if body := get(t, box, firstPage).Body.String(); !strings.Contains(body, `"data":{`) {
		t.Error(body)
	}
}

func TestUnknownEnumChangesAllThree(t *testing.T) {
	for _, path := range []string{monica, firstPage} {
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

func TestAMisspeltFaultPanics(t *testing.T) {
	for name, use := range map[string]func(){
		"Misbehave": func() { sandbox.New(sandbox.Options{}).QueueFaults("429 dates") },
		"Options":   func() { sandbox.New(sandbox.Options{Faults: []sandbox.Fault{"500", "5xx"}}) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s took it", name)
				}
			}()
			use()
		}()
	}
}
