// Package playground is GraphiQL, embedded: the page on / of the server, with every script, style, font and worker
// in the binary. A new visitor finds three queries that teach the API, and the pictures of an answer are shown below it.
// Those of a live page are HeyGen's to serve, and are loaded when the visitor opens them; no other request leaves the
// host, and the policy the page is served under lets none.
//
// It is not the endpoint: queries go to Options.Endpoint, which another handler answers.
//
//	mux.Handle("/", playground.New(playground.Options{Endpoint: "/graphql", Sandbox: true}))
//
// The files under dist are built from web by `npm ci && npm run build`, with the same bytes every time, and committed,
// so that building the server needs no Node.
package playground

import (
	"bytes"
	"cmp"
	"net/http"
	"strings"
	"time"
)

// Options say what the page tells its visitor and where it sends queries.
type Options struct {
	// Endpoint is the path, on the page's own host, of the GraphQL endpoint: "/graphql" when empty.
	Endpoint string

	// Sandbox says that the people behind the endpoint are invented. The bar on top of the page calls everything else
	// live: who forgets the option frightens a visitor, where the other default would deceive one.
	Sandbox bool

	// Upstream is the host that a live page names: "api.heygen.com" when empty. A sandbox has none.
	Upstream string

	// Credential is the header that whoever asks has to send, as the headers pane takes it, such as
	// {"X-Api-Key": "…"}: the bar tells where to put it. Empty: none is needed.
	Credential string
}

// New serves the page on / and its files under /playground/, and 404 on every other path.
func New(o Options) http.Handler {
	o.Endpoint = cmp.Or(o.Endpoint, "/graphql")
	o.Upstream = cmp.Or(o.Upstream, "api.heygen.com")
	files := assets()
	files["/"] = page(o)
	return handler{files, policy(o.Sandbox)}
}

// handler holds every answer there is, by path: a path that is no key of files, however it is written, reaches no file.
type handler struct {
	files  map[string]file
	policy string
}

func (h handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	guard(w.Header(), h.policy)
	f, ok := h.files[r.URL.Path]
	if !ok {
		http.Error(w, "404 page not found", http.StatusNotFound)
		return
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "405 method not allowed", http.StatusMethodNotAllowed)
		return
	}
	w.Header().Set("Content-Type", f.contentType)
	w.Header().Set("Cache-Control", f.cacheControl)
	body, etag := f.open(), f.etag()
	if f.zipped != nil {
		w.Header().Add("Vary", "Accept-Encoding")
		if takesGzip(r) {
			body, etag = bytes.NewReader(f.zipped()), strings.TrimSuffix(etag, `"`)+`-gzip"`
			w.Header().Set("Content-Encoding", "gzip")
		}
	}
	w.Header().Set("ETag", etag)
	http.ServeContent(w, r, "", time.Time{}, body)
}
