package playground_test

import (
	"maps"
	"strings"
	"testing"

	"heygen-graphql/graph/playground"
)

// Worker scripts and errors included: a worker runs under the policy of its own response.
func TestEveryResponseHasSecurityHeaders(t *testing.T) {
	for _, sandbox := range []bool{true, false} {
		for _, r := range [][2]string{{"GET", "/"}, {"GET", "/missing"}, {"POST", "/"}, {"GET", scriptPath(t)}} {
			resp, _ := send(t, playground.Options{Sandbox: sandbox}, r[0], r[1])
			got := make(map[string]string)
			for directive := range strings.SplitSeq(resp.Header.Get("Content-Security-Policy"), "; ") {
				name, sources, _ := strings.Cut(directive, " ")
				got[name] = sources
			}
			if !maps.Equal(got, wantPolicy(sandbox)) {
				t.Errorf("%s: policy %q", r, got)
			}
			for name, value := range map[string]string{"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Cross-Origin-Opener-Policy": "same-origin"} {
				if got := resp.Header.Get(name); got != value {
					t.Errorf("%s: %s = %q, want %q", r, name, got, value)
				}
			}
		}
	}
}

// wantPolicy allows other hosts for images and audio alone, over https, and only on a live page.
func wantPolicy(sandbox bool) map[string]string {
	policy := map[string]string{
		"default-src":     "'none'",
		"script-src":      "'self'",
		"worker-src":      "'self'",
		"connect-src":     "'self'",
		"style-src":       "'self' 'unsafe-inline'",
		"font-src":        "'self'",
		"img-src":         "'self' data: https:",
		"media-src":       "https:",
		"base-uri":        "'none'",
		"form-action":     "'none'",
		"frame-ancestors": "'none'",
	}
	if sandbox {
		policy["img-src"], policy["media-src"] = "'self' data:", "'self'"
	}
	return policy
}
