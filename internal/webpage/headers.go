package webpage

import "net/http"

// PreviewSources returns the sources of img-src and media-src. Only images and media may come from other hosts: a sandbox
// serves its own, and those of a live page are on hosts that HeyGen names in each response and may change, hence any
// https host. Such a host sees the user's IP address, but not the page's URL: no referrer is sent.
func PreviewSources(sandbox bool) (images, media string) {
	if sandbox {
		return "'self' data:", "'self'"
	}
	return "'self' data: https:", "https:"
}

// setSecurityHeaders sets the headers of every response, scripts included: a worker runs under the policy of its own
// script's response.
func setSecurityHeaders(h http.Header, policy string) {
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Opener-Policy", "same-origin") // a page that opened this one has no window handle on it
}
