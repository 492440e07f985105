package middleware

import "net/http"

// SetHeader sets one header on every answer.
func SetHeader(name, value string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set(name, value)
		next.ServeHTTP(w, r)
	})
}

// guards are what a browser is told of an answer that says nothing itself: it
// is data, and no page.
var guards = [...]struct {
	name  string // as net/http writes it
	value []string
}{
	{"X-Content-Type-Options", []string{"nosniff"}},                                     // an error that repeats what was asked is not run as HTML
	{"Referrer-Policy", []string{"no-referrer"}},                                        // a GET's URL holds the query
	{"X-Frame-Options", []string{"DENY"}},                                               // what frame-ancestors says, to browsers that do not know it
	{"Content-Security-Policy", []string{"default-src 'none'; frame-ancestors 'none'"}}, // opened as a page it loads nothing, and stands in no other
	{"Cross-Origin-Resource-Policy", []string{"same-origin"}},                           // no other page takes it in as a script or a picture; CORS is not held to it
}

// SecurityHeaders sets the headers that hold browsers back on every answer. The handler
// within runs later, so that its own Set wins: a page sets a policy that lets its
// scripts run, and a picture for pages of other origins sets
// Cross-Origin-Resource-Policy to cross-origin.
//
// Cross-Origin-Opener-Policy is left to pages: in data there is nothing that the
// window which opened it could reach.
func SecurityHeaders(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		for _, g := range guards {
			h[g.name] = g.value // shared by all answers, and full: whoever adds to it has a copy
		}
		next.ServeHTTP(w, r)
	})
}
