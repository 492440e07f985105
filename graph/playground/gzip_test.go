package playground_test

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"heygen-graphql/graph/playground"
)

// largeScript returns the path and content of a script over 1 MiB.
func largeScript(t *testing.T) (string, string) {
	for name, content := range distFiles(t) {
		if strings.HasSuffix(name, ".js") && len(content) > 1<<20 {
			return "/playground/" + name, string(content)
		}
	}
	t.Fatal("no large script")
	return "", ""
}

func TestLargeFileIsGzippedIfAccepted(t *testing.T) {
	path, content := largeScript(t)
	h := playground.New(playground.Options{})
	etags := map[string]bool{}
	for accept, want := range map[string]bool{
		"": false, "gzip": true, "GZIP": true, "br, gzip;q=0.5": true, "deflate,gzip , br": true,
		"gzip;q=0": false, "gzip;q=0.0": false, "gzip;q=x": false, "gzipped": false, "*": false, "identity": false,
	} {
		r := httptest.NewRequestWithContext(t.Context(), "GET", path, nil)
		r.Header.Set("Accept-Encoding", accept)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		body := io.Reader(w.Body)
		if (w.Header().Get("Content-Encoding") == "gzip") != want || w.Header().Get("Vary") != "Accept-Encoding" {
			t.Errorf("%q: %v", accept, w.Header())
		}
		if want {
			if w.Body.Len() > len(content)/3 {
				t.Errorf("%d bytes of %d", w.Body.Len(), len(content))
			}
			var err error
			if body, err = gzip.NewReader(w.Body); err != nil {
				t.Fatal(err)
			}
		}
		if got, err := io.ReadAll(body); err != nil || string(got) != content {
			t.Errorf("%q: %d bytes, %v", accept, len(got), err)
		}
		etags[w.Header().Get("ETag")] = true
		r.Header.Set("If-None-Match", w.Header().Get("ETag"))
		w = httptest.NewRecorder()
		if h.ServeHTTP(w, r); w.Code != http.StatusNotModified {
			t.Errorf("%q: %d", accept, w.Code)
		}
	}
	if len(etags) != 2 {
		t.Errorf("the two codings have %d ETags", len(etags))
	}
}
