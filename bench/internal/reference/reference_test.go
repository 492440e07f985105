package reference

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

func send(t *testing.T, h http.Handler, method, target, body string) (int, string) {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), method, target, strings.NewReader(body)))
	return w.Code, w.Body.String()
}

func TestStaticReturnsLastResponseSet(t *testing.T) {
	h := Static()
	for _, response := range []string{`{"data":1}`, `{"data":22}`} {
		send(t, h, "POST", "/control/response", response)
		if status, got := send(t, h, "POST", "/graphql", `{"query":"{a}"}`); status != 200 || got != response {
			t.Errorf("%d %s", status, got)
		}
	}
}

func TestStaticReturnsCompressedBytesToBrowsers(t *testing.T) {
	h, body := Static(), strings.Repeat(`{"data":1}`, 100)
	send(t, h, "POST", "/control/response", body)
	for acceptEncoding, coding := range map[string]string{"gzip, deflate, br, zstd": "gzip", "br": "", "": ""} {
		w, r := httptest.NewRecorder(), httptest.NewRequestWithContext(t.Context(), "POST", "/graphql", nil)
		r.Header.Set("Accept-Encoding", acceptEncoding)
		h.ServeHTTP(w, r)
		got := w.Body.String()
		if coding == "gzip" && len(got) < len(body) {
			reader, err := gzip.NewReader(w.Body)
			if err != nil {
				t.Fatal(err)
			}
			decoded, _ := io.ReadAll(reader)
			got = string(decoded)
		}
		if w.Header().Get("Content-Encoding") != coding || w.Header().Get("Vary") != "Accept-Encoding" || got != body {
			t.Errorf("%q: %v, %d bytes", acceptEncoding, w.Header(), len(got))
		}
	}
}

func TestBareRejectsInvalidRequests(t *testing.T) {
	if status, got := send(t, Bare(), "POST", "/graphql", `{"query":"{ __typename }"}`); status != 200 || got != `{"data":{"__typename":"Query"}}` {
		t.Errorf("%d %s", status, got)
	}
	for _, body := range []string{"", "{", `{"variables":{}}`, `{"query":1}`} {
		if status, _ := send(t, Bare(), "POST", "/graphql", body); status != 400 {
			t.Errorf("%s: %d", body, status)
		}
	}
}

func TestProxyForwardsRequests(t *testing.T) {
	upstream := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, r.Method+" "+r.URL.String())
	}))
	defer upstream.Close()
	target, _ := url.Parse(upstream.URL)
	if status, got := send(t, Proxy(target), "GET", "/v3/avatars?limit=50", ""); status != 200 || got != "GET /v3/avatars?limit=50" {
		t.Errorf("%d %s", status, got)
	}
}
