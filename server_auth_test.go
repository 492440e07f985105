package main

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestServerWithTokensRejectsUnauthenticatedCallers(t *testing.T) {
	file := filepath.Join(t.TempDir(), "tokens")
	if err := os.WriteFile(file, []byte("# mobile\ntoken-in-the-file\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	p, heyGen := startWithHeyGen(t, "HEYGEN_API_KEY", "sk_V2_right", "CLIENT_TOKENS", "token-in-variable,another-of-them.", "CLIENT_TOKENS_FILE", file)
	for name, headers := range map[string][]string{
		"no credential":            nil,
		"a wrong token":            {"Authorization", "Bearer token-in-variablE"},
		"a truncated token":        {"Authorization", "Bearer token-in-variabl"},
		"the HeyGen key":           {"X-Api-Key", "sk_V2_right"},
		"the key as a token":       {"Authorization", "Bearer sk_V2_right"},
		"another scheme":           {"Authorization", "Basic token-in-variable"},
		"two headers":              {"Authorization", "Bearer token-in-variable", "Authorization", "Bearer token-in-variable"},
		"both in one header":       {"Authorization", "Bearer token-in-variable,another-of-them."},
		"a cookie":                 {"Cookie", "token=token-in-variable"},
		"X-Forwarded-For loopback": {"X-Forwarded-For", "127.0.0.1"},
		"a query parameter":        nil,
	} {
		for _, path := range []string{monicaQuery, "/graphql?query={__schema{types{name}}}", "/graphql?query={__typename}", "/schema.graphql"} {
			if name == "a query parameter" {
				path += map[bool]string{true: "&", false: "?"}[strings.Contains(path, "?")] + "access_token=token-in-variable"
			}
			res, body := send(t, "GET", p.url+path, "", headers...)
			if res.StatusCode != 401 || !strings.HasPrefix(res.Header.Get("WWW-Authenticate"), "Bearer") || strings.Contains(body, "Monica") || strings.Contains(body, "Query") {
				t.Errorf("%s: %s: %d %s", name, path, res.StatusCode, body)
			}
		}
	}
	if n := len(heyGen.Calls()); n != 0 {
		t.Errorf("rejected requests caused %d calls", n)
	}
	for _, token := range []string{"token-in-variable", "another-of-them.", "token-in-the-file"} {
		if res, body := send(t, "GET", p.url+monicaQuery, "", "Authorization", "Bearer "+token); body != monicaResponse || !strings.HasPrefix(res.Header.Get("Cache-Control"), "private") {
			t.Errorf("%s: %d %v %s", token, res.StatusCode, res.Header, body)
		}
		if _, body := send(t, "GET", p.url+"/schema.graphql", "", "Authorization", "Bearer "+token); !strings.Contains(body, "type Query") {
			t.Errorf("%s: no schema", token)
		}
	}
}

func TestPassthroughUsesEachCallersKey(t *testing.T) {
	p, heyGen := startWithHeyGen(t, "HEYGEN_AUTH", "passthrough")
	for _, headers := range [][]string{{"X-Api-Key", "sk_V2_right"}, {"Authorization", "Bearer sk_V2_right"}} {
		if res, body := send(t, "GET", p.url+monicaQuery, "", headers...); res.StatusCode != 200 || body != monicaResponse {
			t.Errorf("%v: %d %s", headers[0], res.StatusCode, body)
		}
	}
	for message, headers := range map[string][]string{
		"send your key":            nil,
		"HeyGen rejected your key": {"X-Api-Key", "sk_V2_callers_own"},
	} {
		if res, body := send(t, "GET", p.url+monicaQuery, "", headers...); res.StatusCode != 200 || !strings.Contains(body, "UNAUTHENTICATED") || strings.Contains(body, "UPSTREAM_") || !strings.Contains(body, message) {
			t.Errorf("%v: %d %s", headers, res.StatusCode, body)
		}
	}
	if n := len(heyGen.Calls()); n != 3 {
		t.Errorf("%d calls", n)
	}
	heyGen.ResetCalls()
	if res, _ := send(t, "GET", p.url+"/readyz", ""); res.StatusCode != 200 || len(heyGen.Calls()) != 0 { // there is no key to probe with
		t.Errorf("readyz: %d", res.StatusCode)
	}
	if !strings.Contains(p.output(), "auth=passthrough") {
		t.Error(p.output())
	}
}

// With DNS rebinding, a page whose name resolves to this machine is of the same origin as
// the server for a browser.
func TestUnprotectedServerRejectsNonLoopbackHosts(t *testing.T) {
	p, heyGen := startWithHeyGen(t, "HEYGEN_API_KEY", "sk_V2_right")
	for _, path := range []string{monicaQuery, "/", "/schema.graphql", "/metrics"} {
		if res, body := send(t, "GET", p.url+path, "", "Host", "rebound.example:80"); res.StatusCode != http.StatusMisdirectedRequest || !strings.Contains(body, "CLIENT_TOKENS") {
			t.Errorf("%s: %d %s", path, res.StatusCode, body)
		}
	}
	if n := len(heyGen.Calls()); n != 0 {
		t.Errorf("%d calls", n)
	}
	if res, _ := send(t, "GET", p.url+monicaQuery, "", "X-Forwarded-For", "203.0.113.9"); res.StatusCode != http.StatusMisdirectedRequest {
		t.Errorf("through a proxy: %d", res.StatusCode)
	}
	if _, body := send(t, "GET", p.url+monicaQuery, "", "Host", "localhost:1"); body != monicaResponse {
		t.Error(body)
	}
	for name, env := range map[string][]string{
		"anonymous":   {"HEYGEN_API_KEY", "sk_V2_right", "ALLOW_ANONYMOUS", "true"},
		"with tokens": {"HEYGEN_API_KEY", "sk_V2_right", "CLIENT_TOKENS", "token-in-variable"},
		"passthrough": {"HEYGEN_AUTH", "passthrough"},
	} {
		p, _ := startWithHeyGen(t, env...)
		headers := []string{"Host", "graphql.example", "X-Forwarded-For", "203.0.113.9"}
		switch name {
		case "with tokens":
			headers = append(headers, "Authorization", "Bearer token-in-variable")
		case "passthrough":
			headers = append(headers, "X-Api-Key", "sk_V2_right")
		}
		if _, body := send(t, "GET", p.url+monicaQuery, "", headers...); body != monicaResponse {
			t.Errorf("%s: %s", name, body)
		}
	}
	sandboxed := startServer(t) // invented avatars need no protection
	if _, body := send(t, "GET", sandboxed.url+monicaQuery, "", "Host", "graphql.example"); body != monicaResponse {
		t.Error(body)
	}
}

func TestOnlyListedOriginsMayCall(t *testing.T) {
	const app = "https://app.example.com"
	p, heyGen := startWithHeyGen(t, "HEYGEN_API_KEY", "sk_V2_right", "CORS_ORIGINS", app)
	const query = `{"query":"{ avatarGroup(id: \"group_monica\") { name } }"}`
	for name, test := range map[string]struct {
		method, path, body string
		headers            []string
		status             int
		allowed            string
	}{
		"foreign POST":      {"POST", "/graphql", query, []string{"Content-Type", "application/json", "Origin", "https://evil.example"}, 403, ""},
		"foreign form":      {"POST", "/graphql", query, []string{"Content-Type", "text/plain", "Origin", "https://evil.example"}, 403, ""},
		"foreign image":     {"GET", monicaQuery, "", []string{"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "no-cors"}, 403, ""},
		"foreign link":      {"GET", monicaQuery, "", []string{"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate"}, 403, ""},
		"sandboxed frame":   {"POST", "/graphql", query, []string{"Content-Type", "application/json", "Origin", "null"}, 403, ""},
		"listed POST":       {"POST", "/graphql", query, []string{"Content-Type", "application/json", "Origin", app, "Sec-Fetch-Site", "cross-site"}, 200, app},
		"listed GET":        {"GET", monicaQuery, "", []string{"Origin", app, "Sec-Fetch-Site", "cross-site"}, 200, app},
		"listed preflight":  {"OPTIONS", "/graphql", "", []string{"Origin", app, "Access-Control-Request-Method", "POST", "Access-Control-Request-Headers", "authorization,content-type"}, 204, app},
		"foreign preflight": {"OPTIONS", "/graphql", "", []string{"Origin", "https://evil.example", "Access-Control-Request-Method", "POST"}, 403, ""},
		"same origin":       {"POST", "/graphql", query, []string{"Content-Type", "application/json", "Origin", p.url, "Sec-Fetch-Site", "same-origin"}, 200, ""},
		"no browser":        {"GET", monicaQuery, "", nil, 200, ""},
	} {
		res, body := send(t, test.method, p.url+test.path, test.body, test.headers...)
		if res.StatusCode != test.status || res.Header.Get("Access-Control-Allow-Origin") != test.allowed || test.status == 200 && body != monicaResponse {
			t.Errorf("%s: %d %q %s", name, res.StatusCode, res.Header.Get("Access-Control-Allow-Origin"), body)
		}
		if test.allowed != "" && test.method != "OPTIONS" {
			if exposed := strings.ToLower(res.Header.Get("Access-Control-Expose-Headers")); !strings.Contains(exposed, "retry-after") || !strings.Contains(exposed, "x-request-id") {
				t.Errorf("%s: exposed headers: %q", name, exposed)
			}
		}
		if test.status == 403 && test.method != "OPTIONS" && !strings.Contains(body, "CORS_ORIGINS") {
			t.Errorf("%s: %s", name, body)
		}
	}
	if n := len(heyGen.Calls()); n != 1 {
		t.Errorf("%d calls", n)
	}
	protected, _ := startWithHeyGen(t, "HEYGEN_API_KEY", "sk_V2_right", "CORS_ORIGINS", app, "CLIENT_TOKENS", "token-in-variable")
	for _, path := range []string{"/graphql", "/schema.graphql"} {
		if res, _ := send(t, "OPTIONS", protected.url+path, "", "Origin", app, "Access-Control-Request-Method", "GET", "Access-Control-Request-Headers", "authorization"); res.StatusCode != 204 || res.Header.Get("Access-Control-Allow-Origin") != app {
			t.Errorf("preflight of %s: %d %v", path, res.StatusCode, res.Header)
		}
	}
	if res, body := send(t, "GET", protected.url+"/schema.graphql", "", "Origin", app, "Authorization", "Bearer token-in-variable"); res.StatusCode != 200 || res.Header.Get("Access-Control-Allow-Origin") != app || !strings.Contains(body, "type Query") {
		t.Errorf("the schema: %d %v", res.StatusCode, res.Header)
	}
	if res, _ := send(t, "POST", protected.url+"/schema.graphql", ""); res.StatusCode != 405 || res.Header.Get("Allow") != "GET, HEAD" {
		t.Errorf("the schema by POST: %d", res.StatusCode)
	}
}

func TestTokensAreRequiredDespiteAllowAnonymous(t *testing.T) {
	p, _ := startWithHeyGen(t, "HEYGEN_API_KEY", "sk_V2_right", "CLIENT_TOKENS", "token-in-variable", "ALLOW_ANONYMOUS", "true")
	if res, _ := send(t, "GET", p.url+monicaQuery, ""); res.StatusCode != 401 {
		t.Errorf("%d", res.StatusCode)
	}
}
