package playground

import (
	"net/http"
	"strings"
)

// policy is what the browser holds the page to, one reason a line. Pictures and samples are the one thing that may come
// from elsewhere: a sandbox draws its own, and those of a live page lie on hosts that HeyGen names in each answer and may
// change, hence all that have TLS. Such a host sees the visitor's address, but not where the page is: no referrer is sent.
func policy(sandbox bool) string {
	pictures, samples := "'self' data: https:", "https:"
	if sandbox {
		pictures, samples = "'self' data:", "'self'"
	}
	return strings.Join([]string{
		"default-src 'none'",
		"script-src 'self'",                // no inline script: the configuration is a block of JSON, which nothing runs
		"worker-src 'self'",                // Monaco's three, from our own files, never from a blob:
		"connect-src 'self'",               // the endpoint
		"style-src 'self' 'unsafe-inline'", // Monaco writes the theme's colours and the lines' positions into the document
		"font-src 'self'",                  // Monaco's icons
		"img-src " + pictures,              // the previews; the page's icon, and data: within Monaco's styles
		"media-src " + samples,             // of voices
		"base-uri 'none'",
		"form-action 'none'",
		"frame-ancestors 'none'",
	}, "; ")
}

// guard sets what every answer has, scripts included: a worker is held to the policy that came with its own script.
func guard(h http.Header, policy string) {
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Opener-Policy", "same-origin") // no page that opened this one keeps a handle on it
}
