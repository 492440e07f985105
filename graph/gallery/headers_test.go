package gallery_test

import (
	"net/http"
	"path"
	"regexp"
	"strings"
	"testing"

	"heygen-graphql/graph/gallery"
)

// The policy allows no inline script or style, and other hosts for images and media alone, over https, and only on a live
// page.
func TestEveryResponseHasSecurityHeaders(t *testing.T) {
	const start, end = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; ", "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
	for sandbox, previews := range map[bool]string{true: "img-src 'self' data:; media-src 'self'", false: "img-src 'self' data: https:; media-src https:"} {
		for _, r := range [][2]string{{"GET", "/gallery"}, {"GET", "/missing"}, {"POST", "/gallery"}, {"GET", "/picker.js"}} {
			resp, _ := send(t, gallery.Options{Sandbox: sandbox}, r[0], r[1])
			for name, want := range map[string]string{
				"Content-Security-Policy": start + previews + end, "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Cross-Origin-Opener-Policy": "same-origin",
			} {
				if got := resp.Header.Get(name); got != want {
					t.Errorf("%s: %s = %q, want %q", r, name, got, want)
				}
			}
		}
	}
}

func TestEveryFileHasItsHeaders(t *testing.T) {
	types := map[string]string{
		".css": "text/css; charset=utf-8", ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml",
		".ts": "text/plain; charset=utf-8", ".txt": "text/plain; charset=utf-8",
	}
	hashedName := regexp.MustCompile(`^/picker-[0-9a-f]{16}\.js$|^/gallery/assets/.+-[A-Za-z0-9_-]{8}\.\w+$`)
	files := distFiles(t)
	for url, name := range servedPaths(t) {
		resp, body := send(t, gallery.Options{}, "GET", url)
		if resp.StatusCode != http.StatusOK || name != "index.html" && body != files[name] {
			t.Errorf("%s: %d with %d bytes, want %d", url, resp.StatusCode, len(body), len(files[name]))
		}
		if want := types[path.Ext(name)]; want == "" || resp.Header.Get("Content-Type") != want {
			t.Errorf("%s: Content-Type = %q, want %q", url, resp.Header.Get("Content-Type"), want)
		}
		cacheControl := "no-cache"
		if hashedName.MatchString(url) {
			cacheControl = "public, max-age=31536000, immutable"
		} else if strings.HasPrefix(name, "assets/") {
			t.Errorf("%s has no hash in its name", name)
		}
		if got := resp.Header.Get("Cache-Control"); got != cacheControl {
			t.Errorf("%s: Cache-Control = %q, want %q", url, got, cacheControl)
		}
	}
}

// Also errors, so that the developer of such a page sees them, and 304, which replaces the headers of a cached response.
func TestPagesOfEveryOriginMayLoadOnlyThePicker(t *testing.T) {
	paths := servedPaths(t)
	paths["/picker-0123456789abcdef.js"], paths["/missing"] = "", ""
	for url := range paths {
		etag := ""
		for _, method := range []string{"GET", "GET", "HEAD", "POST"} {
			resp, _ := send(t, gallery.Options{}, method, url, "Origin", "https://app.example", "If-None-Match", etag)
			origin, resource := "", ""
			if strings.HasPrefix(url, "/picker") {
				origin, resource = "*", "cross-origin"
			}
			if h := resp.Header; h.Get("Access-Control-Allow-Origin") != origin || h.Get("Cross-Origin-Resource-Policy") != resource || h.Get("Access-Control-Allow-Credentials") != "" {
				t.Errorf("%s %s = %d, %v", method, url, resp.StatusCode, h)
			}
			etag = resp.Header.Get("ETag")
		}
	}
}

func TestETagRevalidates(t *testing.T) {
	etags := map[string]string{}
	for url, name := range servedPaths(t) {
		for _, coding := range []string{"identity", "gzip"} {
			first, _ := send(t, gallery.Options{}, "GET", url, "Accept-Encoding", coding)
			etag := first.Header.Get("ETag")
			again, body := send(t, gallery.Options{}, "GET", url, "Accept-Encoding", coding, "If-None-Match", etag)
			if etag == "" || again.StatusCode != http.StatusNotModified || body != "" {
				t.Errorf("%s with %q = %d", url, etag, again.StatusCode)
			}
			if stale, _ := send(t, gallery.Options{}, "GET", url, "Accept-Encoding", coding, "If-None-Match", `"another"`); stale.StatusCode != http.StatusOK {
				t.Errorf("%s with another ETag = %d", url, stale.StatusCode)
			}
			if other := etags[etag]; other != "" && other != name {
				t.Errorf("%s and %s share an ETag", name, other)
			}
			etags[etag] = name
		}
	}
	live, _ := send(t, gallery.Options{}, "GET", "/gallery")
	sandbox, _ := send(t, gallery.Options{Sandbox: true}, "GET", "/gallery")
	if live.Header.Get("ETag") == sandbox.Header.Get("ETag") {
		t.Error("two pages share an ETag")
	}
}

func TestHEADHasTheHeadersOfGET(t *testing.T) {
	for url := range servedPaths(t) {
		get, _ := send(t, gallery.Options{}, "GET", url)
		head, body := send(t, gallery.Options{}, "HEAD", url)
		if head.StatusCode != http.StatusOK || body != "" || head.Header.Get("Content-Length") == "" {
			t.Errorf("HEAD %s = %d, %v, body %q", url, head.StatusCode, head.Header, body)
		}
		for name := range get.Header {
			if head.Header.Get(name) != get.Header.Get(name) {
				t.Errorf("HEAD %s: %s = %q, want %q", url, name, head.Header.Get(name), get.Header.Get(name))
			}
		}
	}
}

func TestOtherMethodsAreRejected(t *testing.T) {
	for url := range servedPaths(t) {
		for _, method := range []string{"POST", "PUT", "DELETE", "OPTIONS", "TRACE"} {
			resp, _ := send(t, gallery.Options{}, method, url)
			if resp.StatusCode != http.StatusMethodNotAllowed || resp.Header.Get("Allow") != "GET, HEAD" {
				t.Errorf("%s %s = %d, Allow %q", method, url, resp.StatusCode, resp.Header.Get("Allow"))
			}
		}
	}
}
