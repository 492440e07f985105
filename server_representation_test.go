package main

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
)

const pagePath = "/graphql?query={avatarGroups(first:50){nodes{id,name,previewImageUrl}}}"

// routePaths returns a path of every route that has a body for GET.
func routePaths(t *testing.T, p *process) []string {
	_, page := get(t, p.url+"/")
	script := regexp.MustCompile(`/playground/assets/[^"]+\.js`).FindString(page)
	if script == "" {
		t.Fatal("no script in the page")
	}
	_, page = get(t, p.url+"/gallery")
	picker := regexp.MustCompile(`/picker-[^"]+\.js`).FindString(page)
	if picker == "" {
		t.Fatal("no picker in the gallery")
	}
	return []string{"/", script, "/gallery", "/gallery/THIRD_PARTY_LICENSES.txt", "/picker.js", picker, "/picker.d.ts", "/playground/THIRD_PARTY_LICENSES.txt", "/schema.graphql", pagePath, "/graphql?query={__typename}", "/healthz", "/readyz", "/metrics", "/missing"}
}

func TestEveryRouteServesHEADLikeGET(t *testing.T) {
	p := startServer(t)
	for _, path := range routePaths(t, p) {
		for _, coding := range []string{"identity", "gzip", "zstd", "gzip, deflate, br, zstd"} {
			for range 3 { // so that the response is cached, and compressed
				send(t, "GET", p.url+path, "", "Accept-Encoding", coding)
			}
			get, getBody := send(t, "GET", p.url+path, "", "Accept-Encoding", coding)
			head, headBody := send(t, "HEAD", p.url+path, "", "Accept-Encoding", coding)
			if head.StatusCode != get.StatusCode || headBody != "" {
				t.Errorf("%s, %s: HEAD is %d with %d bytes, GET is %d", path, coding, head.StatusCode, len(headBody), get.StatusCode)
			}
			for _, name := range []string{"Content-Type", "Content-Encoding", "Content-Length", "Etag", "Vary", "Cache-Control"} {
				got, want := fmt.Sprint(head.Header[name]), fmt.Sprint(get.Header[name])
				if path == "/metrics" && (name == "Content-Length" || name == "Content-Encoding") {
					continue // its length is not known before it is written
				}
				if got != want && (name != "Content-Length" || got != "[]") {
					t.Errorf("%s, %s: %s of HEAD is %s, of GET %s", path, coding, name, got, want)
				}
			}
			if length := get.Header.Get("Content-Length"); length != "" && length != fmt.Sprint(len(getBody)) {
				t.Errorf("%s, %s: Content-Length %s, %d bytes", path, coding, length, len(getBody))
			}
		}
	}
}

func TestAllowListsHEAD(t *testing.T) {
	p := startServer(t)
	for _, path := range routePaths(t, p) {
		want := "GET, HEAD"
		switch {
		case path == "/missing":
			continue
		case strings.HasPrefix(path, "/graphql"):
			want = "GET, HEAD, POST"
		}
		if res, _ := send(t, "PUT", p.url+path, ""); res.StatusCode != http.StatusMethodNotAllowed || res.Header.Get("Allow") != want {
			t.Errorf("%s: %d, Allow: %s", path, res.StatusCode, res.Header.Get("Allow"))
		}
	}
}

func TestEveryRepresentationIsRevalidatedByETag(t *testing.T) {
	p := startServer(t)
	for _, path := range routePaths(t, p)[:6] {
		for _, coding := range []string{"identity", "gzip", "zstd", "gzip, deflate, br, zstd"} {
			for i := range 3 {
				first, _ := send(t, "GET", p.url+path, "", "Accept-Encoding", coding)
				etag := first.Header.Get("ETag")
				for _, method := range []string{"GET", "HEAD"} {
					res, body := send(t, method, p.url+path, "", "Accept-Encoding", coding, "If-None-Match", etag)
					if etag == "" || res.StatusCode != http.StatusNotModified || body != "" || res.Header.Get("ETag") != etag || res.Header.Get("Content-Type")+res.Header.Get("Content-Length")+res.Header.Get("Content-Encoding") != "" {
						t.Errorf("%s %s, %s, request %d: %d %v", method, path, coding, i, res.StatusCode, res.Header)
					}
					for _, name := range []string{"Cache-Control", "Vary"} {
						if got, want := fmt.Sprint(res.Header[name]), fmt.Sprint(first.Header[name]); got != want || got == "[]" {
							t.Errorf("%s %s, %s: %s of the 304 is %s, of the response %s", method, path, coding, name, got, want)
						}
					}
				}
				if res, _ := send(t, "GET", p.url+path, "", "Accept-Encoding", coding, "If-None-Match", `"another"`); res.StatusCode != http.StatusOK {
					t.Errorf("%s, %s: %d for another ETag", path, coding, res.StatusCode)
				}
			}
		}
	}
}

func TestVaryListsAcceptEncodingOnce(t *testing.T) {
	p := startServer(t)
	for _, path := range routePaths(t, p) {
		for _, coding := range []string{"", "identity", "gzip", "gzip, deflate, br, zstd"} {
			for _, ifNoneMatch := range []string{"", "*"} {
				for range 3 {
					res, _ := send(t, "GET", p.url+path, "", "Accept-Encoding", coding, "If-None-Match", ifNoneMatch)
					if n := strings.Count(strings.Join(res.Header["Vary"], ","), "Accept-Encoding"); n != 1 {
						t.Errorf("%s, %q, If-None-Match %q: %d times in %q", path, coding, ifNoneMatch, n, res.Header["Vary"])
					}
				}
			}
		}
	}
}

func TestSchemaIsCompressedOnce(t *testing.T) {
	p := startServer(t)
	res, body := send(t, "GET", p.url+"/schema.graphql", "", "Accept-Encoding", "gzip, deflate, br, zstd")
	if res.Header.Get("Content-Encoding") != "gzip" || res.Header.Get("Content-Length") != fmt.Sprint(len(body)) || strings.HasPrefix(res.Header.Get("ETag"), "W/") {
		t.Errorf("%v", res.Header) // the middleware would send zstd, without a length, with a weak ETag
	}
}

// A page of another origin cannot make a HEAD request that costs a call.
func TestCrossOriginHEADIsRejected(t *testing.T) {
	p := startServer(t)
	if res, _ := send(t, "HEAD", p.url+pagePath, "", "Origin", "https://evil.example", "Sec-Fetch-Site", "cross-site"); res.StatusCode != http.StatusForbidden || res.Header.Get("ETag") != "" {
		t.Errorf("%d %v", res.StatusCode, res.Header)
	}
}

func TestDocumentedETagIsCurrent(t *testing.T) {
	p, page := startServer(t), readFile(t, "docs/queries.md")
	res, _ := send(t, "HEAD", p.url+"/graphql?query=%7BavatarGroup(id:%22group_monica%22)%7Bname%7D%7D", "")
	if etag := res.Header.Get("ETag"); strings.Count(page, etag) != 2 || etag == "" {
		t.Errorf("docs/queries.md has another ETag than %s", etag)
	}
}
