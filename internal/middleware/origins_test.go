package middleware_test

import (
	"net/http"
	"net/http/httptest"
	"net/textproto"
	"strings"
	"testing"

	"heygen-graphql/internal/middleware"
)

// newAPI serves 200, wrapped in BlockCrossOrigin and CORS in the recommended
// order, or with BlockCrossOrigin outermost.
func newAPI(t *testing.T, blockOutermost bool, listed ...string) *httptest.Server {
	t.Helper()
	origins, err := middleware.NewOrigins(listed)
	if err != nil {
		t.Fatal(err)
	}
	var h http.Handler = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusOK) })
	reject := func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusForbidden) }
	if blockOutermost {
		h = origins.BlockCrossOrigin(origins.CORS(h), reject)
	} else {
		h = origins.CORS(origins.BlockCrossOrigin(h, reject))
	}
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	return server
}

// send sends a request with header lines such as "Origin: https://a.example", unmodified.
func send(t *testing.T, server *httptest.Server, method string, lines ...string) *http.Response {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, server.URL+"/graphql", nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range lines {
		name, value, _ := strings.Cut(line, ": ")
		if name == "Host" {
			r.Host = value
			continue
		}
		name = textproto.CanonicalMIMEHeaderKey(name)
		r.Header[name] = append(r.Header[name], value)
	}
	resp, err := server.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	return resp
}

func TestBlockCrossOriginAllowsOnlyListedOrigins(t *testing.T) {
	const (
		json      = "Content-Type: application/json"
		form      = "Content-Type: text/plain"
		own       = "Host: api.example.com"
		same      = "Sec-Fetch-Site: same-origin"
		site      = "Sec-Fetch-Site: same-site"
		cross     = "Sec-Fetch-Site: cross-site"
		none      = "Sec-Fetch-Site: none"
		app       = "Origin: https://app.example.com"
		vite      = "Origin: http://localhost:5173"
		evil      = "Origin: https://evil.example"
		noBrowser = "Accept: */*"
		readable  = true
	)
	for _, c := range []struct {
		name     string
		method   string
		lines    []string
		allowed  bool
		readable bool
	}{
		{"curl", "POST", []string{noBrowser, json}, true, false},
		{"curl's GET", "GET", []string{noBrowser}, true, false},
		{"the page of the API itself", "POST", []string{own, same, "Origin: https://api.example.com", json}, true, false},
		{"its GET", "GET", []string{own, same}, true, false},
		{"its POST from an old browser, behind a proxy that terminates TLS and keeps Host", "POST", []string{own, "Origin: https://api.example.com", json}, true, false},
		{"the same with a port", "POST", []string{"Host: api.example.com:8443", "Origin: https://api.example.com:8443"}, true, false},
		{"a proxy that replaces Host, and an old browser", "POST", []string{"Host: backend:8080", "Origin: https://api.example.com"}, false, false},
		{"a proxy that replaces Host", "POST", []string{"Host: backend:8080", same, "Origin: https://api.example.com"}, true, false},
		{"a typed URL", "GET", []string{own, none}, true, false},

		{"a listed origin", "POST", []string{own, site, app, json}, true, readable},
		{"its GET with CORS", "GET", []string{own, site, app}, true, readable},
		{"its POST from an old browser", "POST", []string{own, app, json}, true, readable},
		{"another listed origin", "POST", []string{own, cross, vite, json}, true, readable},
		{"an <img> on a listed origin, sent without Origin", "GET", []string{own, site}, false, false},

		{"another origin", "POST", []string{own, cross, evil, json}, false, false},
		{"its form, which needs no preflight", "POST", []string{own, cross, evil, form}, false, false},
		{"its form from an old browser", "POST", []string{own, evil, form}, false, false},
		{"its GET with CORS", "GET", []string{own, cross, evil}, false, false},
		{"its GET with CORS from an old browser", "GET", []string{own, evil}, false, false},
		{"an <img>", "GET", []string{own, cross}, false, false},
		{"a HEAD", "HEAD", []string{own, cross}, false, false},
		{"a link on another site", "GET", []string{own, cross, "Sec-Fetch-Mode: navigate"}, false, false},
		{"an <img> on a sibling domain", "GET", []string{own, site}, false, false},
		{"a sibling domain", "POST", []string{own, site, "Origin: https://other.example.com"}, false, false},

		{"a frame with an opaque origin", "POST", []string{own, cross, "Origin: null"}, false, false},
		{"the same from an old browser", "POST", []string{own, "Origin: null"}, false, false},
		{"a truncated listed one", "POST", []string{own, cross, "Origin: https://app.example.co"}, false, false},
		{"a suffix after a listed one", "POST", []string{own, cross, "Origin: https://app.example.com.evil.example"}, false, false},
		{"a prefix before a listed one", "POST", []string{own, cross, "Origin: https://evilapp.example.com"}, false, false},
		{"a subdomain of a listed one", "POST", []string{own, cross, "Origin: https://x.app.example.com"}, false, false},
		{"another port", "POST", []string{own, site, "Origin: https://app.example.com:8443"}, false, false},
		{"the default port", "POST", []string{own, site, "Origin: https://app.example.com:443"}, false, false},
		{"another scheme", "POST", []string{own, site, "Origin: http://app.example.com"}, false, false},
		{"uppercase letters", "POST", []string{own, site, "Origin: https://APP.example.com"}, false, false},
		{"a path", "POST", []string{own, site, "Origin: https://app.example.com/"}, false, false},
		{"a user", "POST", []string{own, site, "Origin: https://app.example.com@evil.example"}, false, false},
		{"an empty origin, cross-site", "POST", []string{own, cross, "Origin: "}, false, false},
		{"two origins, a listed one first", "POST", []string{own, cross, app, evil}, false, false},
		{"two origins, a listed one last", "POST", []string{own, cross, evil, app}, false, false},
		{"two origins in one line", "POST", []string{own, cross, "Origin: https://app.example.com, https://evil.example"}, false, false},
		{"two Sec-Fetch-Site headers", "POST", []string{own, same, cross, evil}, false, false},
		{"Sec-Fetch-Site in other case", "GET", []string{own, "sec-fetch-site: Cross-Site"}, false, false},
		{"a lowercase method", "post", []string{own, cross, evil}, false, false},
		{"a lowercase preflight method", "options", []string{own, cross, evil}, false, false},
		{"an internationalized name in punycode", "POST", []string{own, cross, "Origin: https://xn--bcher-kva.example"}, true, readable},
		{"the same in Unicode", "POST", []string{own, cross, "Origin: https://bücher.example"}, false, false},
	} {
		for _, blockOutermost := range []bool{false, true} {
			server := newAPI(t, blockOutermost, "https://app.example.com", "http://localhost:5173", "https://xn--bcher-kva.example")
			resp := send(t, server, c.method, c.lines...)
			if allowed := resp.StatusCode == http.StatusOK; allowed != c.allowed {
				t.Errorf("%s, BlockCrossOrigin outermost: %t: %d, want allowed: %t", c.name, blockOutermost, resp.StatusCode, c.allowed)
			}
			origin := ""
			for _, line := range c.lines {
				if value, ok := strings.CutPrefix(line, "Origin: "); ok && c.readable {
					origin = value
				}
			}
			if got := resp.Header.Get("Access-Control-Allow-Origin"); got != origin && c.allowed {
				t.Errorf("%s: Access-Control-Allow-Origin %q, want %q", c.name, got, origin)
			}
			if resp.Header.Get("Access-Control-Allow-Credentials") != "" {
				t.Errorf("%s: credentialed requests are allowed", c.name)
			}
			if vary := strings.Join(resp.Header.Values("Vary"), ", "); !strings.Contains(vary, "Origin") && (c.allowed || !blockOutermost) {
				t.Errorf("%s: Vary: %q", c.name, vary)
			}
			if cacheControl := resp.Header.Get("Cache-Control"); !c.allowed && cacheControl != "no-store" {
				t.Errorf("%s: rejection has Cache-Control %q", c.name, cacheControl)
			}
		}
	}
}

func TestCORSRespondsToPreflights(t *testing.T) {
	for _, c := range []struct {
		listed, origin string
		method         string
		want           int
		allowed        string
	}{
		{"https://app.example.com", "https://app.example.com", "POST", http.StatusNoContent, "https://app.example.com"},
		{"https://app.example.com", "https://app.example.com", "GET", http.StatusNoContent, "https://app.example.com"},
		{"https://app.example.com", "https://app.example.com", "HEAD", http.StatusNoContent, "https://app.example.com"},
		{"https://app.example.com", "https://app.example.com", "DELETE", http.StatusForbidden, ""},
		{"https://app.example.com", "https://evil.example", "POST", http.StatusForbidden, ""},
		{"https://app.example.com", "null", "POST", http.StatusForbidden, ""},
		{"*", "https://evil.example", "POST", http.StatusNoContent, "*"},
		{"*", "null", "POST", http.StatusForbidden, ""},
	} {
		for _, blockOutermost := range []bool{false, true} {
			resp := send(t, newAPI(t, blockOutermost, c.listed), "OPTIONS", "Origin: "+c.origin, "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: cors",
				"Access-Control-Request-Method: "+c.method, "Access-Control-Request-Headers: authorization,content-type,x-anything")
			h := resp.Header
			if resp.StatusCode != c.want || h.Get("Access-Control-Allow-Origin") != c.allowed {
				t.Errorf("%+v: %d, allowed %q", c, resp.StatusCode, h.Get("Access-Control-Allow-Origin"))
			}
			headers, age, credentials := h.Get("Access-Control-Allow-Headers"), h.Get("Access-Control-Max-Age"), h.Get("Access-Control-Allow-Credentials")
			if c.allowed != "" && (!strings.EqualFold(headers, "*,authorization") || age != "7200" || credentials != "") {
				t.Errorf("%+v: headers %q, age %q, credentials %q", c, headers, age, credentials)
			}
			if !strings.Contains(h.Get("Vary"), "Origin") {
				t.Errorf("%+v: Vary: %q", c, h.Get("Vary"))
			}
		}
	}
}

func TestCORSExposesRateLimitsAndRequestID(t *testing.T) {
	for _, listed := range []string{"*", "https://app.example.com"} {
		resp := send(t, newAPI(t, false, listed), "POST", "Origin: https://app.example.com", "Sec-Fetch-Site: cross-site")
		if got := resp.Header.Get("Access-Control-Expose-Headers"); !strings.EqualFold(got, "age,etag,ratelimit,ratelimit-policy,retry-after,x-heygen-sandbox,x-request-id") {
			t.Errorf("%s: exposed: %q", listed, got)
		}
	}
}

func TestAsteriskAllowsAnyOrigin(t *testing.T) {
	server := newAPI(t, false, "*")
	for _, lines := range [][]string{
		{"Origin: https://evil.example", "Sec-Fetch-Site: cross-site"},
		{"Origin: null"},
		{"Sec-Fetch-Site: cross-site"},
		{},
	} {
		resp := send(t, server, "GET", lines...)
		allowed, credentials := resp.Header.Get("Access-Control-Allow-Origin"), resp.Header.Get("Access-Control-Allow-Credentials")
		if resp.StatusCode != http.StatusOK || allowed != "*" || credentials != "" {
			t.Errorf("%q: %d, allowed %q, credentials %q", lines, resp.StatusCode, allowed, credentials)
		}
	}
}

func TestNoListedOriginsDisablesCORS(t *testing.T) {
	server := newAPI(t, false)
	for _, c := range []struct {
		method, site string
		want         int
	}{
		{"OPTIONS", "cross-site", http.StatusOK}, // the API's own response
		{"POST", "cross-site", http.StatusForbidden},
		{"POST", "same-origin", http.StatusOK},
	} {
		resp := send(t, server, c.method, "Origin: https://app.example.com", "Sec-Fetch-Site: "+c.site, "Access-Control-Request-Method: POST")
		if resp.StatusCode != c.want {
			t.Errorf("%s from a page of %s: %d, want %d", c.method, c.site, resp.StatusCode, c.want)
		}
		for name := range resp.Header {
			if strings.HasPrefix(name, "Access-Control-") || name == "Vary" {
				t.Errorf("%s from a page of %s has %s", c.method, c.site, name)
			}
		}
	}
}

// An old proxy may omit Host. Then no origin is the API's own.
func TestOriginNullIsCrossOriginWithoutHost(t *testing.T) {
	origins, err := middleware.NewOrigins(nil)
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, "/graphql", nil)
	r.Host = ""
	r.Header.Set("Origin", "null")
	rejected := false
	origins.BlockCrossOrigin(http.NotFoundHandler(), func(http.ResponseWriter, *http.Request) { rejected = true }).ServeHTTP(httptest.NewRecorder(), r)
	if !rejected {
		t.Error("it is allowed")
	}
}

func TestBlockCrossOriginDoesNotModifyRequest(t *testing.T) {
	origins, err := middleware.NewOrigins(nil)
	if err != nil {
		t.Fatal(err)
	}
	check := func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet || r.Host != "" {
			t.Errorf("%s on %q", r.Method, r.Host)
		}
	}
	for _, site := range []string{"same-origin", "cross-site"} {
		r := httptest.NewRequest(http.MethodGet, "/graphql", nil)
		r.Host = ""
		r.Header.Set("Sec-Fetch-Site", site)
		origins.BlockCrossOrigin(http.HandlerFunc(check), check).ServeHTTP(httptest.NewRecorder(), r)
	}
}
