package webpage

import (
	"html"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"heygen-graphql/internal/representation"
)

// newBuild returns a build with a page of this content.
func newBuild(page string) fstest.MapFS {
	return fstest.MapFS{
		"index.html":            {Data: []byte(page)},
		"LICENSES.txt":          {Data: []byte("licenses")},
		"assets/main-0a1b2c.js": {Data: []byte("script")},
		"assets/icon-0a1b2c.xx": {Data: []byte("unknown type")},
	}
}

func get(t *testing.T, h http.Handler, path string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "http://localhost/", nil)
	r.URL.Path = path
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestFilesAreTheBuildWithoutItsPage(t *testing.T) {
	files := Files(newBuild("page"), "/prefix/")
	want := []string{"/prefix/LICENSES.txt", "/prefix/assets/icon-0a1b2c.xx", "/prefix/assets/main-0a1b2c.js"}
	if got := slices.Sorted(maps.Keys(files)); !slices.Equal(got, want) {
		t.Fatalf("files %q, want %q", got, want)
	}
	for path, c := range map[string][3]string{
		"/prefix/LICENSES.txt":          {"licenses", "text/plain; charset=utf-8", "no-cache"},
		"/prefix/assets/main-0a1b2c.js": {"script", "text/javascript; charset=utf-8", "public, max-age=31536000, immutable"},
	} {
		w := get(t, files[path], path)
		if body, h := w.Body.String(), w.Header(); w.Code != http.StatusOK || body != c[0] || h.Get("Content-Type") != c[1] || h.Get("Cache-Control") != c[2] {
			t.Errorf("%s: %d %q %v, want %q", path, w.Code, body, h, c)
		}
	}
}

func TestSiteServesExactPathsOnly(t *testing.T) {
	site := Site{Files: map[string]*representation.Static{"/page": Page(newBuild("page"), nil)}, Policy: "default-src 'none'"}
	for path, status := range map[string]int{"/page": 200, "/page/": 404, "/Page": 404, "/page/../page": 404, "//page": 404, "/": 404, "": 404, "/page\x00": 404} {
		w := get(t, site, path)
		if w.Code != status {
			t.Errorf("%q = %d, want %d", path, w.Code, status)
		}
		if cacheControl := w.Header().Get("Cache-Control"); (cacheControl == "no-store") != (status == 404) {
			t.Errorf("%q: %q", path, cacheControl)
		}
		for name, want := range map[string]string{
			"Content-Security-Policy": "default-src 'none'", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Cross-Origin-Opener-Policy": "same-origin",
		} {
			if got := w.Header().Get(name); got != want {
				t.Errorf("%q: %s = %q, want %q", path, name, got, want)
			}
		}
	}
}

func TestPageReplacesEachPlaceholderOnce(t *testing.T) {
	page := Page(newBuild("{{a}} {{b}} {{a}} {{unknown}} { {a} }"), map[string]string{"a": "{{b}}", "b": "{{a}}"})
	w := get(t, page, "/")
	if want := "{{b}} {{a}} {{b}} {{unknown}} { {a} }"; w.Body.String() != want {
		t.Errorf("%q, want %q", w.Body, want)
	}
	if h := w.Header(); h.Get("Content-Type") != "text/html; charset=utf-8" || h.Get("Cache-Control") != "no-cache" || h.Get("ETag") == "" {
		t.Errorf("%v", h)
	}
}

func TestPagesWithOtherValuesHaveOtherETags(t *testing.T) {
	etags := map[string]string{}
	for _, value := range []string{"1", "2", "1"} { // the same page after a restart has the same
		etag := get(t, Page(newBuild("{{a}}"), map[string]string{"a": value}), "/").Header().Get("ETag")
		if other := etags[etag]; other != "" && other != value {
			t.Errorf("%s and %s have the ETag %s", value, other, etag)
		}
		etags[etag] = value
	}
	if len(etags) != 2 {
		t.Errorf("two pages have the ETags %q", etags)
	}
}

func TestMissingFilesOfBuildsPanic(t *testing.T) {
	for name, read := range map[string]func(){
		"a file": func() { File(fstest.MapFS{}, "picker.js", Revalidate) },
		"a page": func() { Page(fstest.MapFS{}, nil) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s that does not exist: no panic", name)
				}
			}()
			read()
		}()
	}
}

// A live page shows images and media of every host, over TLS.
func TestOnlyLivePagesShowPreviewsOfOtherHosts(t *testing.T) {
	for sandbox, want := range map[bool][2]string{true: {"'self' data:", "'self'"}, false: {"'self' data: https:", "https:"}} {
		if images, media := PreviewSources(sandbox); images != want[0] || media != want[1] {
			t.Errorf("sandbox %v: %q and %q, want %q", sandbox, images, media, want)
		}
	}
}

func TestUpstreamValuesNameTheOriginOfData(t *testing.T) {
	const host = `api.heygen.com"><script>`
	for _, c := range []struct {
		sandbox, credential bool
		heading, source     string
	}{
		{false, false, "Live: HeyGen.", "Responses come from " + html.EscapeString(host) + "."},
		{false, true, "Live: HeyGen.", "Responses come from " + html.EscapeString(host) + "."},
		{true, false, "Sandbox: invented avatars, no key needed.", "No request reaches HeyGen."},
		{true, true, "Sandbox: invented avatars.", "No request reaches HeyGen."},
	} {
		values := UpstreamValues(c.sandbox, host, c.credential)
		if values["heading"] != c.heading || values["source"] != c.source || strings.ToLower(values["Mode"]) != values["mode"] || (values["mode"] == "sandbox") != c.sandbox {
			t.Errorf("%+v: %q", c, values)
		}
	}
}
