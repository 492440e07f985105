package middleware

import "net/http"

// SetHeader sets a header on every response.
func SetHeader(name, value string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set(name, value)
		next.ServeHTTP(w, r)
	})
}

// securityHeaders are the defaults for responses that are data, not pages.
var securityHeaders = [...]struct {
	name  string // canonical
	value []string
}{
	{"X-Content-Type-Options", []string{"nosniff"}},                                     // an error that echoes input does not run as HTML
	{"Referrer-Policy", []string{"no-referrer"}},                                        // the URL of a GET contains the query
	{"X-Frame-Options", []string{"DENY"}},                                               // frame-ancestors, for browsers that do not support it
	{"Content-Security-Policy", []string{"default-src 'none'; frame-ancestors 'none'"}}, // opened as a page, it loads nothing and is not framed
	{"Cross-Origin-Resource-Policy", []string{"same-origin"}},                           // no other page embeds it as a script or image; CORS requests are exempt
}

// SecurityHeaders sets security headers on every response. The wrapped handler
// runs later, so its own values win: a page sets a policy that allows its
// scripts, and an image for pages of other origins sets
// Cross-Origin-Resource-Policy to cross-origin.
//
// Cross-Origin-Opener-Policy is left to pages: in data there is nothing that the
// window which opened it could reach.
func SecurityHeaders(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		for _, header := range securityHeaders {
			h[header.name] = header.value // shared by all responses; its capacity is full, so appending copies it
		}
		next.ServeHTTP(w, r)
	})
}
