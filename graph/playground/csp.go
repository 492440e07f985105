package playground

import (
	"strings"

	"heygen-graphql/internal/webpage"
)

// contentSecurityPolicy returns the page's policy, one directive with its reason a line.
func contentSecurityPolicy(sandbox bool) string {
	images, audio := webpage.PreviewSources(sandbox)
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
