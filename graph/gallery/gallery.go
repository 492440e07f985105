// Package gallery serves the avatar picker and the gallery. The picker is a custom element, <heygen-avatar-picker>, in one
// script, which pages of every origin may load. The gallery is a page of this server around it. Images, videos and audio
// of a live page are on HeyGen's hosts. The page sends no other request to other hosts, and its Content-Security-Policy
// allows none.
//
// It does not serve the endpoint: queries go to Options.Endpoint, another handler, which must execute the picker's
// [Documents] by their ids.
//
//	h := gallery.New(gallery.Options{Endpoint: "/graphql", Sandbox: true})
//	for _, pattern := range gallery.Patterns() {
//		mux.Handle(pattern, h)
//	}
//
// The files in dist are built from web by `npm ci && npm run build`, reproducibly, and committed, so that building the
// server does not require Node.
package gallery

import (
	"cmp"
	"net/http"
	"net/url"
	"strings"

	"heygen-graphql/internal/webpage"
)

// Options configure what the page displays and where it sends queries.
type Options struct {
	// Endpoint is the path of the GraphQL endpoint on the same host. Default "/graphql".
	Endpoint string

	// Sandbox reports that the endpoint serves invented data. The page calls everything else live: forgetting the option
	// alarms users, where the opposite default would deceive them.
	Sandbox bool

	// Upstream is the host that a live page displays; a sandbox displays none. Default "api.heygen.com".
	Upstream string

	// Credential is an example of the header that callers must send, as JSON, such as {"X-Api-Key": "…"}: the page has
	// a field for it. Empty: none is required.
	Credential string
}

const (
	pagePath   = "/gallery"
	filePrefix = "/gallery/"

	scriptPath       = "/picker.js"
	declarationsPath = "/picker.d.ts"
)

// Patterns returns the patterns for [http.ServeMux] of the paths of a handler of [New].
func Patterns() []string {
	return []string{pagePath, filePrefix, scriptPath, script().hashedPath, declarationsPath}
}

// New returns a handler that serves the page on /gallery, its assets under /gallery/, the picker on /picker.js and on a
// path with its hash, and the picker's types on /picker.d.ts. It redirects /gallery/ to the page, and serves 404 on every
// other path.
func New(o Options) http.Handler {
	o.Endpoint = cmp.Or(o.Endpoint, "/graphql")
	o.Upstream = cmp.Or(o.Upstream, "api.heygen.com")
	build := build()
	files := webpage.Files(build, filePrefix)
	for _, name := range []string{scriptFile, declarationsFile, documentsFile} {
		delete(files, filePrefix+name)
	}
	files[pagePath] = newPage(o)
	files[scriptPath] = webpage.File(build, scriptFile, webpage.Revalidate)
	files[script().hashedPath] = webpage.File(build, scriptFile, webpage.Immutable)
	files[declarationsPath] = webpage.File(build, declarationsFile, webpage.Revalidate)
	return redirectToPage(allowPicker(webpage.Site{Files: files, Policy: contentSecurityPolicy(o.Sandbox)}))
}

// redirectToPage redirects the page's path with a trailing slash, and keeps the query, which is the page's state.
func redirectToPage(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != filePrefix {
			next.ServeHTTP(w, r)
			return
		}
		page := url.URL{Path: pagePath, RawQuery: r.URL.RawQuery}
		http.Redirect(w, r, page.String(), http.StatusPermanentRedirect)
	})
}

// allowPicker lets pages of every origin load the picker, also with integrity, for which a browser requires CORS. It is
// the same for everyone and has no secret.
func allowPicker(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/picker") {
			w.Header().Set("Access-Control-Allow-Origin", "*")
			w.Header().Set("Cross-Origin-Resource-Policy", "cross-origin")
		}
		next.ServeHTTP(w, r)
	})
}

// contentSecurityPolicy returns the page's policy, one directive with its reason a line.
func contentSecurityPolicy(sandbox bool) string {
	images, media := webpage.PreviewSources(sandbox)
	return strings.Join([]string{
		"default-src 'none'",
		"script-src 'self'",  // no inline script: the configuration is a JSON data block, which is not executed
		"style-src 'self'",   // the picker's own are constructed, which the policy does not concern
		"connect-src 'self'", // the endpoint
		"img-src " + images,  // previews
		"media-src " + media, // videos of looks, voice samples
		"base-uri 'none'",
		"form-action 'none'",
		"frame-ancestors 'none'",
	}, "; ")
}
