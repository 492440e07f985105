package reference

import (
	"net/http"
	"net/http/httputil"
	"net/url"
)

// Proxy returns net/http/httputil's reverse proxy for the upstream. It raises the
// limit of idle connections per host from the default 2, with which most requests
// of 64 clients would dial.
func Proxy(upstream *url.URL) http.Handler {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConns, transport.MaxIdleConnsPerHost = 256, 256
	return &httputil.ReverseProxy{
		Rewrite:   func(r *httputil.ProxyRequest) { r.SetURL(upstream) },
		Transport: transport,
	}
}
