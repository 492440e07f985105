package playground

import (
	"net/http"
	"strings"
)

// policy is what the browser holds the page to, one reason a line.
var policy = strings.Join([]string{
	"default-src 'none'",
	"script-src 'self'",                // no inline script: the configuration is a block of JSON, which nothing runs
	"worker-src 'self'",                // Monaco's three, from our own files, never from a blob:
	"connect-src 'self'",               // the endpoint
	"style-src 'self' 'unsafe-inline'", // Monaco writes the theme's colours and the lines' positions into the document
	"font-src 'self'",                  // Monaco's icons
	"img-src 'self' data:",             // pictures within Monaco's styles; none of the people in an answer
	"base-uri 'none'",
	"form-action 'none'",
	"frame-ancestors 'none'",
}, "; ")

// guard sets what every answer has, scripts included: a worker is held to the policy that came with its own script.
func guard(h http.Header) {
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Opener-Policy", "same-origin") // no page that opened this one keeps a handle on it
}
