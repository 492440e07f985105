package reference

import (
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
