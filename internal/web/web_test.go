package web_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"heygen-graphql/internal/web"
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

func TestEveryAnswerHasARequestID(t *testing.T) {
	var inside string
	h := web.RequestID(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { inside = web.RequestIDOf(r.Context()) }))
	first, second := serve(h, "").Header().Get("X-Request-Id"), serve(h, "").Header().Get("X-Request-Id")
	if first == "" || first == second || second != inside {
		t.Errorf("%q, %q, inside %q", first, second, inside)
	}
	if got := serve(h, "proxy-1.a_B").Header().Get("X-Request-Id"); got != "proxy-1.a_B" || inside != got {
		t.Errorf("the caller's own id became %q", got)
	}
	for _, bad := range []string{"a b", "a\tb", "ä", `"`, strings.Repeat("a", 65), "<x>"} {
		if got := serve(h, bad).Header().Get("X-Request-Id"); got == bad {
			t.Errorf("%q is taken", bad)
		}
	}
}

func TestAContextWithoutARequestHasNoID(t *testing.T) {
	if id := web.RequestIDOf(t.Context()); id != "" {
		t.Errorf("got %q", id)
	}
}

func TestHeaderIsOnEveryAnswer(t *testing.T) {
	for _, next := range []http.Handler{http.NotFoundHandler(), http.RedirectHandler("/", http.StatusFound)} {
		if got := serve(web.Header("X-Test", "yes", next), "").Header().Get("X-Test"); got != "yes" {
			t.Errorf("got %q", got)
		}
	}
}
