// Package playground serves an embedded GraphiQL: the page on / of the server, with every script, style, font and worker
// in the binary. It opens with four queries and a subscription that teach the API, and shows the images of a response
// below it. Images of a live page are on HeyGen's hosts, and are loaded when the user opens them. The page sends no
// other request to other hosts, and its Content-Security-Policy allows none.
//
// It does not serve the endpoint: queries go to Options.Endpoint, another handler.
//
//	mux.Handle("/", playground.New(playground.Options{Endpoint: "/graphql", Sandbox: true}))
//
// The files in dist are built from web by `npm ci && npm run build`, reproducibly, and committed, so that building the
// server does not require Node.
package playground

import (
	"cmp"
	"net/http"

	"heygen-graphql/internal/webpage"
)

// Options configure what the page displays and where it sends queries.
type Options struct {
	// Endpoint is the path of the GraphQL endpoint on the same host. Default "/graphql".
	Endpoint string

	// Sandbox reports that the endpoint serves invented data. The bar at the top of the page calls everything else
	// live: forgetting the option alarms users, where the opposite default would deceive them.
	Sandbox bool

	// Upstream is the host that a live page displays; a sandbox displays none. Default "api.heygen.com".
	Upstream string

	// Credential is the header that callers must send, as JSON for the headers pane, such as {"X-Api-Key": "…"}: the
	// bar shows where to enter it. Empty: none is required.
	Credential string
}

// New returns a handler that serves the page on / and its assets under /playground/, and 404 on every other path.
func New(o Options) http.Handler {
	o.Endpoint = cmp.Or(o.Endpoint, "/graphql")
	o.Upstream = cmp.Or(o.Upstream, "api.heygen.com")
	files := webpage.Files(build(), "/playground/")
	files["/"] = newPage(o)
	return webpage.Site{Files: files, Policy: contentSecurityPolicy(o.Sandbox)}
}
