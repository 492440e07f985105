package reference

import (
	"net/http"
	"net/http/httputil"
	"net/url"
)

// Proxy hands every request on to the upstream, as Go's own reverse proxy does it.
// Only its idle connections are more than by default, 2 a host: with those most
// calls of 64 clients would dial.
func Proxy(upstream *url.URL) http.Handler {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConns, transport.MaxIdleConnsPerHost = 256, 256
	return &httputil.ReverseProxy{
		Rewrite:   func(r *httputil.ProxyRequest) { r.SetURL(upstream) },
		Transport: transport,
	}
}
