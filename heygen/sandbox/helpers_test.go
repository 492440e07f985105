package sandbox_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"testing"
	"time"

	"go.uber.org/goleak"

	"heygen-graphql/heygen/sandbox"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const (
	firstPage      = "/v3/avatars?limit=3"
	demoGroupPath  = "/v3/avatars/group_monica"
	demoVoicePath  = "/v3/voices/5c3e9f1b7a2d4c60b8e1f7a94d20c6b3"
	demoSamplePath = "/samples/5c3e9f1b7a2d4c60b8e1f7a94d20c6b3.wav"
)

// get calls the handler directly, with a key that any sandbox without Keys accepts.
func get(t *testing.T, box *sandbox.Sandbox, path string) *httptest.ResponseRecorder {
	t.Helper()
	return send(t, box, "GET", path, http.Header{"X-Api-Key": {"key"}})
}

func send(t *testing.T, box *sandbox.Sandbox, method, path string, header http.Header) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, "http://sandbox.test"+path, nil)
	r.Header = header
	w := httptest.NewRecorder()
	box.ServeHTTP(w, r)
	return w
}

// assertError fails unless the response is this error in HeyGen's envelope.
func assertError(t *testing.T, at string, got *http.Response, body []byte, status int, code, param string) {
	t.Helper()
	var envelope struct {
		Error struct {
			Code, Param string
			DocURL      string `json:"doc_url"`
		}
	}
	if err := json.Unmarshal(body, &envelope); err != nil {
		t.Errorf("%s: %v: %s", at, err, body)
	}
	e := envelope.Error
	if got.StatusCode != status || e.Code != code || e.Param != param {
		t.Errorf("%s: %d %s, want %d %s %q", at, got.StatusCode, body, status, code, param)
	}
	if want := "https://developers.heygen.com/docs/error-codes#" + code; e.DocURL != want {
		t.Errorf("%s: doc_url is %s", at, e.DocURL)
	}
	if kind := got.Header.Get("Content-Type"); kind != "application/json" {
		t.Errorf("%s: Content-Type is %s", at, kind)
	}
	if code != "method_not_allowed" { // HeyGen documents no code for this
		if found := violations(errorSchema, body); found != nil {
			t.Errorf("%s: %q", at, found)
		}
	}
}

// result is what a client receives from a call: up to the whole body, or an error.
type result struct {
	*http.Response
	body    string
	err     error
	elapsed time.Duration
}

// clientTimeout is the timeout of the test client, in the bubble's time.
const clientTimeout = time.Hour

// maxBodyRead is the number of bytes of a body that it reads: more than any but EndlessBody has.
const maxBodyRead = 16 << 20

// fetch sends a request over real HTTP, follows no redirect, and always returns a non-nil Response.
func fetch(t *testing.T, client *http.Client, path string) (s result) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), clientTimeout)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, "GET", "http://box"+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("X-Api-Key", "key")
	start := time.Now()
	defer func() { s.elapsed = time.Since(start) }()
	s.Response, s.err = client.Do(r)
	if s.err != nil {
		s.Response = &http.Response{}
		return s
	}
	defer s.Body.Close()
	body, err := io.ReadAll(io.LimitReader(s.Body, maxBodyRead))
	s.body, s.err = string(body), err
	return s
}

func clientFor(box *sandbox.Sandbox) *http.Client {
	return &http.Client{Transport: box.Transport(), CheckRedirect: func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse
	}}
}

func walkGroups(t *testing.T, box *sandbox.Sandbox, query url.Values) (pages [][]byte) {
	t.Helper()
	return walkPages(t, box, "/v3/avatars", query)
}

// walkPages returns every page of a list, and fails if has_more and next_token contradict each other.
func walkPages(t *testing.T, box *sandbox.Sandbox, path string, query url.Values) (pages [][]byte) {
	t.Helper()
	for query := query; ; {
		w := get(t, box, path+"?"+query.Encode())
		if w.Code != 200 || len(pages) > 1000 {
			t.Fatalf("page %d: %d %s", len(pages), w.Code, w.Body)
		}
		pages = append(pages, slices.Clone(w.Body.Bytes()))
		next := nextToken(t, w.Body.Bytes())
		if next == "" {
			return pages
		}
		query = withParam(query, "token", next)
	}
}

func nextToken(t *testing.T, body []byte) string {
	t.Helper()
	var page struct {
		HasMore   bool    `json:"has_more"`
		NextToken *string `json:"next_token"`
	}
	if err := json.Unmarshal(body, &page); err != nil {
		t.Fatal(err)
	}
	if page.HasMore != (page.NextToken != nil) {
		t.Fatalf("has_more is %t, next_token %v", page.HasMore, page.NextToken)
	}
	if page.NextToken == nil {
		return ""
	}
	return *page.NextToken
}

func itemIDs(t *testing.T, pages ...[]byte) (all []string) {
	t.Helper()
	for _, body := range pages {
		var page struct {
			Data []struct {
				ID      string
				VoiceID string `json:"voice_id"`
			}
		}
		if err := json.Unmarshal(body, &page); err != nil {
			t.Fatal(err)
		}
		for _, item := range page.Data {
			all = append(all, item.ID+item.VoiceID) // each item has one of the two
		}
	}
	return all
}

// withParam returns a copy of the query with one parameter changed.
func withParam(query url.Values, name string, value any) url.Values {
	changed := url.Values{name: {fmt.Sprint(value)}}
	for k, v := range query {
		if k != name {
			changed[k] = v
		}
	}
	return changed
}

func parseQuery(t *testing.T, query string) url.Values {
	t.Helper()
	values, err := url.ParseQuery(query)
	if err != nil {
		t.Fatal(err)
	}
	return values
}

// dataField returns a string field of a single resource as the response has it; "" for none.
func dataField(t *testing.T, box *sandbox.Sandbox, path, key string) string {
	t.Helper()
	var single struct{ Data map[string]any }
	if err := json.Unmarshal(get(t, box, path).Body.Bytes(), &single); err != nil {
		t.Fatal(err)
	}
	text, _ := single.Data[key].(string)
	return text
}

// sleep advances the clock of the bubble.
func sleep(t *testing.T, d time.Duration) {
	t.Helper()
	<-time.After(d)
}

// percentage returns the percentage and the number of items for which is returns true.
func percentage[T any](all []T, is func(T) bool) (percent float64, n int) {
	for _, v := range all {
		if is(v) {
			n++
		}
	}
	return 100 * float64(n) / float64(len(all)), n
}

func pointsTo(status *string, value string) bool { return status != nil && *status == value }

// assertLooksCounts fails unless LooksCount matches the number of looks of every group.
func assertLooksCounts(t *testing.T, box *sandbox.Sandbox) {
	t.Helper()
	n := map[string]int{}
	for _, l := range box.Looks() {
		if l.GroupID != nil {
			n[*l.GroupID]++
		}
	}
	for _, g := range box.Groups() {
		if g.LooksCount != n[g.ID] {
			t.Errorf("%s has the LooksCount %d, and %d looks", g.ID, g.LooksCount, n[g.ID])
		}
	}
}

// lookIDsOf returns the ids of a group's looks in list order.
func lookIDsOf(box *sandbox.Sandbox, group string) (ids []string) {
	for _, l := range box.Looks() {
		if l.GroupID != nil && *l.GroupID == group {
			ids = append(ids, l.ID)
		}
	}
	return ids
}

// canonicalJSON returns JSON with sorted keys.
func canonicalJSON(t *testing.T, body []byte) string {
	t.Helper()
	var v any
	if err := json.Unmarshal(body, &v); err != nil {
		t.Fatalf("%v: %.100q", err, body)
	}
	sorted, _ := json.Marshal(v)
	return string(sorted)
}
