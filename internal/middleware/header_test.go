package middleware_test

import (
	"net/http"
	"testing"

	"heygen-graphql/internal/middleware"
)

func TestSetHeaderAppliesToEveryResponse(t *testing.T) {
	for _, next := range []http.Handler{http.NotFoundHandler(), http.RedirectHandler("/", http.StatusFound)} {
		if got := serve(middleware.SetHeader("X-Test", "yes", next), "").Header().Get("X-Test"); got != "yes" {
			t.Errorf("got %q", got)
		}
	}
}

func TestSecurityHeadersApplyToEveryResponse(t *testing.T) {
	for _, next := range []http.Handler{
		http.NotFoundHandler(),
		http.RedirectHandler("/", http.StatusFound),
		http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}),
	} {
		h := serve(middleware.SecurityHeaders(next), "").Header()
		for name, want := range map[string]string{
			"X-Content-Type-Options":       "nosniff",
			"Referrer-Policy":              "no-referrer",
			"X-Frame-Options":              "DENY",
			"Content-Security-Policy":      "default-src 'none'; frame-ancestors 'none'",
			"Cross-Origin-Resource-Policy": "same-origin",
		} {
			if got := h[name]; len(got) != 1 || got[0] != want {
				t.Errorf("%s: %q, want %q", name, got, want)
			}
		}
	}
}

func TestHandlerOverridesSecurityHeaders(t *testing.T) {
	h := middleware.SecurityHeaders(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Cross-Origin-Resource-Policy", "cross-origin")
		w.Header().Set("Content-Security-Policy", "default-src 'self'")
	}))
	for range 2 { // the first response must not change the defaults of the second
		got := serve(h, "").Header()
		if got.Get("Cross-Origin-Resource-Policy") != "cross-origin" || got.Get("Content-Security-Policy") != "default-src 'self'" {
			t.Errorf("got %v", got)
		}
	}
	if got := serve(middleware.SecurityHeaders(http.NotFoundHandler()), "").Header().Get("Cross-Origin-Resource-Policy"); got != "same-origin" {
		t.Errorf("the next response has %q", got)
	}
}
