package playground_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"heygen-graphql/graph/playground"
)

// send sends one request to a new playground with the given options.
func send(t *testing.T, o playground.Options, method, path string) (*http.Response, string) {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, "http://localhost/", nil)
	r.URL.Path = path // unmodified: NewRequest would reject half of the paths that a client can send
	w := httptest.NewRecorder()
	playground.New(o).ServeHTTP(w, r)
	body, err := io.ReadAll(w.Result().Body)
	if err != nil {
		t.Fatal(err)
	}
	return w.Result(), string(body)
}

func TestRootServesPage(t *testing.T) {
	resp, body := send(t, playground.Options{}, "GET", "/")
	if resp.StatusCode != http.StatusOK || !strings.Contains(body, `<main id="graphiql">`) {
		t.Fatalf("GET / = %d\n%s", resp.StatusCode, body)
	}
	if got := resp.Header.Get("Content-Type"); got != "text/html; charset=utf-8" {
		t.Errorf("Content-Type = %q", got)
	}
	if got := resp.Header.Get("Cache-Control"); got != "no-cache" {
		t.Errorf("Cache-Control = %q: the page of a new binary must show immediately", got)
	}
}

func TestHeadHasNoBody(t *testing.T) {
	resp, body := send(t, playground.Options{}, "HEAD", "/")
	if resp.StatusCode != http.StatusOK || body != "" || resp.Header.Get("Content-Length") == "" {
		t.Errorf("HEAD / = %d, Content-Length %q, body %q", resp.StatusCode, resp.Header.Get("Content-Length"), body)
	}
}

func TestOtherMethodsAreRejected(t *testing.T) {
	for _, method := range []string{"POST", "PUT", "DELETE", "OPTIONS", "TRACE"} {
		resp, _ := send(t, playground.Options{}, method, "/")
		if resp.StatusCode != http.StatusMethodNotAllowed || resp.Header.Get("Allow") != "GET, HEAD" {
			t.Errorf("%s / = %d, Allow %q", method, resp.StatusCode, resp.Header.Get("Allow"))
		}
	}
}

func TestUnknownPathsReturn404(t *testing.T) {
	for _, path := range []string{
		"", "/index.html", "/favicon.ico", "//", "/graphql",
		"/playground", "/playground/", "/playground/index.html", "/playground/assets", "/playground/assets/",
		"/playground/assets/nothing.js", "/playground/dist/index.html",
		"/playground/../playground.go", "/playground/assets/../index.html", "/playground/../../../../etc/passwd",
		"/playground/..\\index.html", "/playground//assets", "/playground/%2e%2e/index.html", "/playground/\x00",
	} {
		if resp, body := send(t, playground.Options{}, "GET", path); resp.StatusCode != http.StatusNotFound {
			t.Errorf("GET %q = %d\n%.200s", path, resp.StatusCode, body)
		}
	}
}

var configuration = regexp.MustCompile(`(?s)<script type="application/json" id="config">(.*?)</script>`)

func TestConfigurationReachesScriptUnmodified(t *testing.T) {
	for _, credential := range []string{
		"",
		`{"X-Api-Key": "…"}`,
		"</script><script>alert(1)</script>\n",
		"<!-- <script> ]]> \u2028\u2029 & \" ' \\ {{.Sandbox}} `${a}` \x00",
	} {
		for _, sandbox := range []bool{true, false} {
			_, body := send(t, playground.Options{Endpoint: "/other", Sandbox: sandbox, Credential: credential}, "GET", "/")
			block := configuration.FindStringSubmatch(body)
			if block == nil {
				t.Fatalf("no configuration in\n%s", body)
			}
			type config struct {
				Endpoint   string
				Sandbox    bool
				Credential string
			}
			var got config
			if err := json.Unmarshal([]byte(block[1]), &got); err != nil {
				t.Errorf("%q: %v", credential, err)
			}
			if want := (config{"/other", sandbox, credential}); got != want {
				t.Errorf("configuration %+v, want %+v", got, want)
			}
			if n := strings.Count(strings.ToLower(body), "<script"); n != 2 {
				t.Errorf("%q: %d script elements, want the configuration and ours", credential, n)
			}
		}
	}
}

func TestEndpointDefaultsToGraphql(t *testing.T) {
	if _, body := send(t, playground.Options{}, "GET", "/"); !strings.Contains(body, `{"endpoint":"/graphql",`) {
		t.Errorf("no default endpoint in\n%s", body)
	}
}

func TestBarNamesUpstream(t *testing.T) {
	const sandbox, live = "Sandbox: invented avatars, no key needed.", "Live: HeyGen."
	for name, c := range map[string]struct {
		options      playground.Options
		want, absent string
	}{
		"sandbox":         {playground.Options{Sandbox: true, Upstream: "unseen.example"}, sandbox, live},
		"sandbox's host":  {playground.Options{Sandbox: true, Upstream: "unseen.example"}, sandbox, "unseen.example"},
		"live by default": {playground.Options{}, live, sandbox},
		"HeyGen's host":   {playground.Options{}, "come from api.heygen.com.", "Sandbox"},
		"another host":    {playground.Options{Upstream: "127.0.0.1:9<b>"}, "come from 127.0.0.1:9&lt;b&gt;.", "<b>"},
	} {
		_, body := send(t, c.options, "GET", "/")
		if !strings.Contains(body, c.want) || strings.Contains(body, c.absent) {
			t.Errorf("%s: the page must contain %q and not %q\n%s", name, c.want, c.absent, body)
		}
	}
}

func TestBarShowsWhereToEnterCredential(t *testing.T) {
	for _, sandbox := range []bool{true, false} {
		_, without := send(t, playground.Options{Sandbox: sandbox}, "GET", "/")
		_, with := send(t, playground.Options{Sandbox: sandbox, Credential: `{"X-Api-Key": "…"}`}, "GET", "/")
		if strings.Contains(without, "Headers") || !strings.Contains(with, `<code>{&#34;X-Api-Key&#34;: &#34;…&#34;}</code> in Headers`) || strings.Contains(with, "no key needed") {
			t.Errorf("%s\n%s", without, with)
		}
	}
}

func TestHandlersHaveSeparatePages(t *testing.T) {
	sandbox, live := playground.New(playground.Options{Sandbox: true}), playground.New(playground.Options{})
	for want, h := range map[string]http.Handler{"bar-sandbox": sandbox, "bar-live": live} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), "GET", "/", nil))
		if !strings.Contains(w.Body.String(), want) {
			t.Errorf("no %s", want)
		}
	}
}
