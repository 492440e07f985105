package playground

import (
	"net/http"
	"strings"
)

// contentSecurityPolicy returns the page's policy, one directive with its reason a line. Only images and audio may come
// from other hosts: a sandbox serves its own, and those of a live page are on hosts that HeyGen names in each response
// and may change, hence any https host. Such a host sees the user's IP address, but not the page's URL: no referrer is
// sent.
func contentSecurityPolicy(sandbox bool) string {
	images, audio := "'self' data: https:", "https:"
	if sandbox {
		images, audio = "'self' data:", "'self'"
	}
	return strings.Join([]string{
		"default-src 'none'",
		"script-src 'self'",                // no inline script: the configuration is a JSON data block, which is not executed
		"worker-src 'self'",                // Monaco's three, from our own files, never from a blob:
		"connect-src 'self'",               // the endpoint
		"style-src 'self' 'unsafe-inline'", // Monaco inserts the theme's colors and the lines' positions into the document
		"font-src 'self'",                  // Monaco's icons
		"img-src " + images,                // the previews; the page's icon, and data: in Monaco's styles
		"media-src " + audio,               // voice samples
		"base-uri 'none'",
		"form-action 'none'",
		"frame-ancestors 'none'",
	}, "; ")
}

// setSecurityHeaders sets the headers of every response, scripts included: a worker runs under the policy of its own
// script's response.
func setSecurityHeaders(h http.Header, policy string) {
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Opener-Policy", "same-origin") // a page that opened this one has no window handle on it
}
