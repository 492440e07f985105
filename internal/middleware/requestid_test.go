package middleware_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"heygen-graphql/internal/middleware"
)

func serve(h http.Handler, requestID string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	if requestID != "" {
		r.Header.Set("X-Request-Id", requestID)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestRequestIDIsOnEveryResponse(t *testing.T) {
	var fromContext string
	h := middleware.RequestID(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { fromContext = middleware.RequestIDFrom(r.Context()) }))
	first, second := serve(h, "").Header().Get("X-Request-Id"), serve(h, "").Header().Get("X-Request-Id")
	if first == "" || first == second || second != fromContext {
		t.Errorf("%q, %q, in the context %q", first, second, fromContext)
	}
	if got := serve(h, "proxy-1.a_B").Header().Get("X-Request-Id"); got != "proxy-1.a_B" || fromContext != got {
		t.Errorf("the caller's id became %q", got)
	}
}

func TestRequestIDReplacesUnsafeID(t *testing.T) {
	var fromContext string
	h := middleware.RequestID(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { fromContext = middleware.RequestIDFrom(r.Context()) }))
	for _, bad := range []string{
		" ", "a b", "a\tb", "a\n", "\na", "a\r\nX-Evil: yes", "a\x00", "a\x1b[31m", "a\x7f", "ä", "a\u2028b", "a\xff", `"`, `a\n`,
		"a=b", "a,b", "a;b", "<x>", "%0a", "${x}", strings.Repeat("a", 65), strings.Repeat("a", 60_000),
	} {
		got := serve(h, bad).Header()["X-Request-Id"]
		if len(got) != 1 || got[0] == bad || got[0] != fromContext {
			t.Errorf("%.70q: the response has %.70q, the context %.70q", bad, got, fromContext)
		}
	}
	if maximal := strings.Repeat("a", 64); serve(h, maximal).Header().Get("X-Request-Id") != maximal {
		t.Error("an id of 64 characters is replaced")
	}
}

func TestRequestIDUsesFirstOfSeveral(t *testing.T) {
	h := middleware.RequestID(http.NotFoundHandler())
	for _, c := range []struct {
		ids  []string
		want string
	}{{[]string{"first", "second"}, "first"}, {[]string{"bad id", "second"}, ""}, {[]string{""}, ""}} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Header["X-Request-Id"] = c.ids
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		got := w.Header()["X-Request-Id"]
		if len(got) != 1 || got[0] == "" || c.want != "" && got[0] != c.want || c.want == "" && got[0] == "second" {
			t.Errorf("%q became %q", c.ids, got)
		}
	}
}

func TestRequestIDFromEmptyContextIsEmpty(t *testing.T) {
	if id := middleware.RequestIDFrom(t.Context()); id != "" {
		t.Errorf("got %q", id)
	}
}
