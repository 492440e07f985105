package main

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"heygen-graphql/heygen/sandbox"
)

// beside starts the server beside a HeyGen that knows one key.
func beside(t *testing.T, env ...string) (*process, *sandbox.Sandbox) {
	t.Helper()
	box := sandbox.New(sandbox.Options{Keys: []string{"sk_V2_right"}})
	upstream := httptest.NewServer(box)
	t.Cleanup(upstream.Close)
	return started(t, append([]string{"HEYGEN_BASE_URL", upstream.URL}, env...)...), box
}

// send sends a request with headers in pairs. Host is one of them.
func send(t *testing.T, method, target, body string, headers ...string) (*http.Response, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, target, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		if headers[i] == "Host" {
			req.Host = headers[i+1]
			continue
		}
		req.Header.Add(headers[i], headers[i+1])
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range secrets {
		if strings.Contains(string(text), secret) {
			t.Errorf("%s holds %s", target, secret)
		}
	}
	return res, string(text)
}

const (
	monica  = "/graphql?query={avatarGroup(id:%22group_monica%22){name}}"
	answers = `{"data":{"avatarGroup":{"name":"Monica"}}}`
)

func TestAStrangerGetsNothing(t *testing.T) {
	file := filepath.Join(t.TempDir(), "tokens")
	if err := os.WriteFile(file, []byte("# mobile\ntoken-in-the-file\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	p, box := beside(t, "HEYGEN_API_KEY", "sk_V2_right", "CLIENT_TOKENS", "token-in-variable,another-of-them.", "CLIENT_TOKENS_FILE", file)
	for name, headers := range map[string][]string{
		"nothing":           nil,
		"a wrong token":     {"Authorization", "Bearer token-in-variablE"},
		"a part of one":     {"Authorization", "Bearer token-in-variabl"},
		"HeyGen's own key":  {"X-Api-Key", "sk_V2_right"},
		"it, as a token":    {"Authorization", "Bearer sk_V2_right"},
		"another scheme":    {"Authorization", "Basic token-in-variable"},
		"two":               {"Authorization", "Bearer token-in-variable", "Authorization", "Bearer token-in-variable"},
		"both in one":       {"Authorization", "Bearer token-in-variable,another-of-them."},
		"a cookie":          {"Cookie", "token=token-in-variable"},
		"of the same host":  {"X-Forwarded-For", "127.0.0.1"},
		"as a query string": nil,
	} {
		for _, path := range []string{monica, "/graphql?query={__schema{types{name}}}", "/graphql?query={__typename}", "/schema.graphql"} {
			if name == "as a query string" {
				path += map[bool]string{true: "&", false: "?"}[strings.Contains(path, "?")] + "access_token=token-in-variable"
			}
			res, body := send(t, "GET", p.url+path, "", headers...)
			if res.StatusCode != 401 || !strings.HasPrefix(res.Header.Get("WWW-Authenticate"), "Bearer") || strings.Contains(body, "Monica") || strings.Contains(body, "Query") {
				t.Errorf("%s: %s: %d %s", name, path, res.StatusCode, body)
			}
		}
	}
	if n := len(box.Calls()); n != 0 {
		t.Errorf("strangers cost %d calls", n)
	}
	for _, token := range []string{"token-in-variable", "another-of-them.", "token-in-the-file"} {
		if res, body := send(t, "GET", p.url+monica, "", "Authorization", "Bearer "+token); body != answers || !strings.HasPrefix(res.Header.Get("Cache-Control"), "private") {
			t.Errorf("%s: %d %v %s", token, res.StatusCode, res.Header, body)
		}
		if _, body := send(t, "GET", p.url+"/schema.graphql", "", "Authorization", "Bearer "+token); !strings.Contains(body, "type Query") {
			t.Errorf("%s: no schema", token)
		}
	}
}

func TestCallersBringTheirOwnKeys(t *testing.T) {
	p, box := beside(t, "HEYGEN_AUTH", "passthrough")
	for _, headers := range [][]string{{"X-Api-Key", "sk_V2_right"}, {"Authorization", "Bearer sk_V2_right"}} {
		if res, body := send(t, "GET", p.url+monica, "", headers...); res.StatusCode != 200 || body != answers {
			t.Errorf("%v: %d %s", headers[0], res.StatusCode, body)
		}
	}
	for says, headers := range map[string][]string{
		"bring a key of yours":    nil,
		"HeyGen refuses your key": {"X-Api-Key", "sk_V2_callers_own"},
	} {
		if res, body := send(t, "GET", p.url+monica, "", headers...); res.StatusCode != 200 || !strings.Contains(body, "UNAUTHENTICATED") || strings.Contains(body, "UPSTREAM_") || !strings.Contains(body, says) {
			t.Errorf("%v: %d %s", headers, res.StatusCode, body)
		}
	}
	if n := len(box.Calls()); n != 3 {
		t.Errorf("%d calls", n)
	}
	box.ResetCalls()
	if res, _ := send(t, "GET", p.url+"/readyz", ""); res.StatusCode != 200 || len(box.Calls()) != 0 { // with whose key should it ask?
		t.Errorf("ready: %d", res.StatusCode)
	}
	if !strings.Contains(p.output(), "callers=\"those with a key of HeyGen's\"") {
		t.Error(p.output())
	}
}

// A page whose name its owner lets point to this machine is of the same origin as the server, for a browser.
func TestANameThatIsNotThisMachinesOpensNothing(t *testing.T) {
	p, box := beside(t, "HEYGEN_API_KEY", "sk_V2_right")
	for _, path := range []string{monica, "/", "/schema.graphql", "/metrics"} {
		if res, body := send(t, "GET", p.url+path, "", "Host", "rebound.example:80"); res.StatusCode != http.StatusMisdirectedRequest || !strings.Contains(body, "CLIENT_TOKENS") {
			t.Errorf("%s: %d %s", path, res.StatusCode, body)
		}
	}
	if n := len(box.Calls()); n != 0 {
		t.Errorf("%d calls", n)
	}
	if res, _ := send(t, "GET", p.url+monica, "", "X-Forwarded-For", "203.0.113.9"); res.StatusCode != http.StatusMisdirectedRequest {
		t.Errorf("through a proxy: %d", res.StatusCode)
	}
	if _, body := send(t, "GET", p.url+monica, "", "Host", "localhost:1"); body != answers {
		t.Error(body)
	}
	for name, env := range map[string][]string{
		"meant":       {"HEYGEN_API_KEY", "sk_V2_right", "ALLOW_ANONYMOUS", "true"},
		"with tokens": {"HEYGEN_API_KEY", "sk_V2_right", "CLIENT_TOKENS", "token-in-variable"},
		"passthrough": {"HEYGEN_AUTH", "passthrough"},
	} {
		p, _ := beside(t, env...)
		headers := []string{"Host", "graphql.example", "X-Forwarded-For", "203.0.113.9"}
		switch name {
		case "with tokens":
			headers = append(headers, "Authorization", "Bearer token-in-variable")
		case "passthrough":
			headers = append(headers, "X-Api-Key", "sk_V2_right")
		}
		if _, body := send(t, "GET", p.url+monica, "", headers...); body != answers {
			t.Errorf("%s: %s", name, body)
		}
	}
	invented := started(t) // the sandbox's people are everybody's
	if _, body := send(t, "GET", invented.url+monica, "", "Host", "graphql.example"); body != answers {
		t.Error(body)
	}
}

func TestPagesOfOtherOriginsCallOnlyWhereTheyAreNamed(t *testing.T) {
	const app = "https://app.example.com"
	p, box := beside(t, "HEYGEN_API_KEY", "sk_V2_right", "CORS_ORIGINS", app)
	const query = `{"query":"{ avatarGroup(id: \"group_monica\") { name } }"}`
	for name, test := range map[string]struct {
		method, path, body string
		headers            []string
		status             int
		allowed            string
	}{
		"another's POST":            {"POST", "/graphql", query, []string{"Content-Type", "application/json", "Origin", "https://evil.example"}, 403, ""},
		"another's form":            {"POST", "/graphql", query, []string{"Content-Type", "text/plain", "Origin", "https://evil.example"}, 403, ""},
		"another's picture":         {"GET", monica, "", []string{"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "no-cors"}, 403, ""},
		"another's link":            {"GET", monica, "", []string{"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate"}, 403, ""},
		"a sandboxed frame's":       {"POST", "/graphql", query, []string{"Content-Type", "application/json", "Origin", "null"}, 403, ""},
		"the named one's POST":      {"POST", "/graphql", query, []string{"Content-Type", "application/json", "Origin", app, "Sec-Fetch-Site", "cross-site"}, 200, app},
		"the named one's GET":       {"GET", monica, "", []string{"Origin", app, "Sec-Fetch-Site", "cross-site"}, 200, app},
		"the named one's preflight": {"OPTIONS", "/graphql", "", []string{"Origin", app, "Access-Control-Request-Method", "POST", "Access-Control-Request-Headers", "authorization,content-type"}, 204, app},
		"another's preflight":       {"OPTIONS", "/graphql", "", []string{"Origin", "https://evil.example", "Access-Control-Request-Method", "POST"}, 403, ""},
		"the page's own":            {"POST", "/graphql", query, []string{"Content-Type", "application/json", "Origin", p.url, "Sec-Fetch-Site", "same-origin"}, 200, ""},
		"curl's":                    {"GET", monica, "", nil, 200, ""},
	} {
		res, body := send(t, test.method, p.url+test.path, test.body, test.headers...)
		if res.StatusCode != test.status || res.Header.Get("Access-Control-Allow-Origin") != test.allowed || test.status == 200 && body != answers {
			t.Errorf("%s: %d %q %s", name, res.StatusCode, res.Header.Get("Access-Control-Allow-Origin"), body)
		}
		if test.allowed != "" && test.method != "OPTIONS" {
			if exposed := strings.ToLower(res.Header.Get("Access-Control-Expose-Headers")); !strings.Contains(exposed, "retry-after") || !strings.Contains(exposed, "x-request-id") {
				t.Errorf("%s: exposed are %q", name, exposed)
			}
		}
		if test.status == 403 && test.method != "OPTIONS" && !strings.Contains(body, "CORS_ORIGINS") {
			t.Errorf("%s: %s", name, body)
		}
	}
	if n := len(box.Calls()); n != 1 {
		t.Errorf("%d calls", n)
	}
	guarded, _ := beside(t, "HEYGEN_API_KEY", "sk_V2_right", "CORS_ORIGINS", app, "CLIENT_TOKENS", "token-in-variable")
	for _, path := range []string{"/graphql", "/schema.graphql"} {
		if res, _ := send(t, "OPTIONS", guarded.url+path, "", "Origin", app, "Access-Control-Request-Method", "GET", "Access-Control-Request-Headers", "authorization"); res.StatusCode != 204 || res.Header.Get("Access-Control-Allow-Origin") != app {
			t.Errorf("preflight of %s: %d %v", path, res.StatusCode, res.Header)
		}
	}
	if res, body := send(t, "GET", guarded.url+"/schema.graphql", "", "Origin", app, "Authorization", "Bearer token-in-variable"); res.StatusCode != 200 || res.Header.Get("Access-Control-Allow-Origin") != app || !strings.Contains(body, "type Query") {
		t.Errorf("the schema: %d %v", res.StatusCode, res.Header)
	}
	if res, _ := send(t, "POST", guarded.url+"/schema.graphql", ""); res.StatusCode != 405 || res.Header.Get("Allow") != "GET, HEAD" {
		t.Errorf("the schema by POST: %d", res.StatusCode)
	}
}

func TestMetricsAreForThisMachineOrHaveTheirOwnAddress(t *testing.T) {
	p, _ := beside(t, "HEYGEN_API_KEY", "sk_V2_right")
	send(t, "GET", p.url+monica, "")
	send(t, "GET", p.url+monica, "")
	send(t, "GET", p.url+monica, "", "Host", "rebound.example")
	send(t, "GET", p.url+monica, "", "Origin", "https://evil.example", "Sec-Fetch-Site", "cross-site")
	res, body := send(t, "GET", p.url+"/metrics", "")
	for _, line := range []string{
		`heygen_graphql_operations_total{code="OK",status="2xx"} 2`,
		`heygen_graphql_requests_refused_total{reason="host"} 1`,
		`heygen_graphql_requests_refused_total{reason="origin"} 1`,
		`heygen_graphql_requests_refused_total{reason="token"} 0`,
		`heygen_graphql_upstream_calls_total{endpoint="GET /v3/avatars/{group_id}",outcome="ok"} 1`,
		`heygen_graphql_cache_answers_total{endpoint="GET /v3/avatars/{group_id}",from="fetched"} 1`,
		`heygen_graphql_cache_answers_total{endpoint="GET /v3/avatars/{group_id}",from="kept"} 1`,
		`heygen_graphql_operations_under_way 0`,
		`heygen_graphql_upstream_calls_under_way 0`,
		`heygen_graphql_upstream_calls_waiting 0`,
		`heygen_graphql_upstream_credentials 1`,
		`heygen_graphql_upstream_breakers_open{endpoint="GET /v3/voices"} 0`,
	} {
		if !strings.Contains(body, line) {
			t.Errorf("there is no %s", line)
		}
	}
	if strings.Contains(body, "heygen_graphql_cache_bytes 0\n") {
		t.Error("nothing is kept")
	}
	if res.StatusCode != 200 || strings.Contains(body, "monica") || strings.Contains(body, "127.0.0.1") {
		t.Errorf("%d", res.StatusCode)
	}
	open, _ := beside(t, "HEYGEN_API_KEY", "sk_V2_right", "ALLOW_ANONYMOUS", "true")
	if res, _ := send(t, "GET", open.url+"/metrics", "", "X-Forwarded-For", "203.0.113.9"); res.StatusCode != 403 {
		t.Errorf("through a proxy: %d", res.StatusCode)
	}
	alone := started(t, "METRICS_ADDR", "127.0.0.1:0")
	if res, _ := send(t, "GET", alone.url+"/metrics", ""); res.StatusCode != 404 {
		t.Errorf("on the port of everything else: %d", res.StatusCode)
	}
	_, after, _ := strings.Cut(alone.output(), "metrics=")
	address, _, _ := strings.Cut(after, "\n")
	if res, body := send(t, "GET", address, "", "X-Forwarded-For", "203.0.113.9"); res.StatusCode != 200 || !strings.Contains(body, "heygen_graphql_operations_total") {
		t.Errorf("%s: %d", address, res.StatusCode)
	}
}

func TestMetricsTellWhatHoldsCallsBack(t *testing.T) {
	p, box := beside(t, "HEYGEN_API_KEY", "sk_V2_right", "HEYGEN_RETRIES", "0")
	tells := func(lines ...string) {
		t.Helper()
		_, body := send(t, "GET", p.url+"/metrics", "")
		for _, line := range lines {
			if !strings.Contains(body, line+"\n") {
				t.Errorf("there is no %s", line)
			}
		}
	}
	const open = `heygen_graphql_upstream_breakers_open{endpoint="GET /v3/avatars/{group_id}"} `
	tells(open+"0", "heygen_graphql_upstream_credentials_paused 0")
	box.SetFaults(1, sandbox.InternalError)
	send(t, "GET", p.url+"/graphql?query="+url.QueryEscape("{"+strings.Join([]string{
		`a: avatarGroup(id: "a") { id }`, `b: avatarGroup(id: "b") { id }`, `c: avatarGroup(id: "c") { id }`, `d: avatarGroup(id: "d") { id }`, `e: avatarGroup(id: "e") { id }`,
		`f: avatarGroup(id: "f") { id }`, `g: avatarGroup(id: "g") { id }`, `h: avatarGroup(id: "h") { id }`, `i: avatarGroup(id: "i") { id }`, `j: avatarGroup(id: "j") { id }`,
	}, " ")+"}"), "")
	tells(open + "1")
	box.SetFaults(0)
	box.Misbehave(sandbox.RateLimited)
	send(t, "GET", p.url+"/graphql?query={voices{nodes{id}}}", "")
	tells("heygen_graphql_upstream_credentials_paused 1")
}

func TestTokensCountAlsoWhereEverybodyMayCome(t *testing.T) {
	p, _ := beside(t, "HEYGEN_API_KEY", "sk_V2_right", "CLIENT_TOKENS", "token-in-variable", "ALLOW_ANONYMOUS", "true")
	if res, _ := send(t, "GET", p.url+monica, ""); res.StatusCode != 401 {
		t.Errorf("%d", res.StatusCode)
	}
}

func TestReadyMeansThatAnswersCanBeGiven(t *testing.T) {
	wrong, box := beside(t, "HEYGEN_API_KEY", "sk_V2_wrong")
	if res, body := send(t, "GET", wrong.url+"/readyz", ""); res.StatusCode != 503 || body != "HeyGen refuses the key\n" {
		t.Errorf("%d %s", res.StatusCode, body)
	}
	if n := len(box.Calls()); n != 1 {
		t.Errorf("%d calls", n)
	}
	if res, _ := send(t, "GET", wrong.url+"/healthz", ""); res.StatusCode != 200 {
		t.Errorf("alive: %d", res.StatusCode)
	}
	nowhere := started(t, "HEYGEN_API_KEY", "k", "HEYGEN_BASE_URL", "http://127.0.0.1:1", "HEYGEN_RETRIES", "0")
	if res, body := send(t, "GET", nowhere.url+"/readyz", ""); res.StatusCode != 503 || !strings.Contains(body, "does not answer") || strings.Contains(body, "127") {
		t.Errorf("%d %s", res.StatusCode, body)
	}
	right, _ := beside(t, "HEYGEN_API_KEY", "sk_V2_right", "DRAIN_DELAY", "2s")
	if res, body := send(t, "GET", right.url+"/readyz", ""); res.StatusCode != 200 {
		t.Errorf("%d %s", res.StatusCode, body)
	}
	right.stop()
	for !strings.Contains(right.output(), "draining") {
		<-time.After(time.Millisecond)
	}
	if res, body := send(t, "GET", right.url+"/readyz", ""); res.StatusCode != 503 || body != "stopping\n" {
		t.Errorf("%d %s", res.StatusCode, body)
	}
	if _, body := send(t, "GET", right.url+monica, ""); body != answers {
		t.Errorf("while it drains: %s", body)
	}
}

func TestOnSIGHUPFilesAreReadAgainAndABadOneChangesNothing(t *testing.T) {
	dir := t.TempDir()
	manifest, tokens := filepath.Join(dir, "manifest.json"), filepath.Join(dir, "tokens")
	write := func(path, text string) {
		t.Helper()
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(manifest, `{"one": "{ __typename }"}`)
	write(tokens, "token-in-the-file\n")
	p, _ := beside(t, "HEYGEN_API_KEY", "sk_V2_right", "TRUSTED_DOCUMENTS", manifest, "TRUSTED_DOCUMENTS_ONLY", "true", "CLIENT_TOKENS_FILE", tokens)
	hup := func(says string) {
		t.Helper()
		before := strings.Count(p.output(), says)
		if err := syscall.Kill(os.Getpid(), syscall.SIGHUP); err != nil {
			t.Fatal(err)
		}
		for range 2000 {
			if strings.Count(p.output(), says) > before {
				return
			}
			<-time.After(time.Millisecond)
		}
		t.Fatalf("not %q: %s", says, p.output())
	}
	runs := func(id, token, want string) {
		t.Helper()
		if _, body := send(t, "GET", p.url+"/graphql?documentId="+id, "", "Authorization", "Bearer "+token); !strings.Contains(body, want) {
			t.Errorf("%s: %s", id, body)
		}
	}
	runs("one", "token-in-the-file", `{"data":{"__typename":"Query"}}`)
	runs("two", "token-in-the-file", "DOCUMENT_NOT_TRUSTED")
	for _, bad := range []string{`{`, `{"two": "{ nothing }"}`, `{}`} {
		write(manifest, bad)
		hup("the documents stay as they were")
		runs("one", "token-in-the-file", "__typename")
	}
	write(manifest, `{"two": "{ a: __typename }"}`)
	write(tokens, "token-of-tomorrow\n")
	hup("the tokens were read again")
	runs("two", "token-of-tomorrow", `{"data":{"a":"Query"}}`)
	runs("one", "token-of-tomorrow", "DOCUMENT_NOT_TRUSTED")
	runs("two", "token-in-the-file", "UNAUTHENTICATED")
	if !strings.Contains(p.output(), "TRUSTED_DOCUMENTS: "+manifest) {
		t.Error(p.output())
	}
}

func TestEveryAnswerHoldsBrowsersBack(t *testing.T) {
	p := started(t)
	for path, resource := range map[string]string{"/graphql?query={__typename}": "same-origin", "/": "same-origin", "/schema.graphql": "same-origin", "/nothing": "same-origin", "/sandbox/portraits/group_monica.svg": "cross-origin"} {
		res, _ := send(t, "GET", p.url+path, "")
		for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "X-Frame-Options": "DENY", "Cross-Origin-Resource-Policy": resource} {
			if got := res.Header.Get(name); got != want {
				t.Errorf("%s: %s is %q", path, name, got)
			}
		}
		if policy := res.Header.Get("Content-Security-Policy"); !strings.Contains(policy, "default-src 'none'") || resource == "same-origin" && !strings.Contains(policy, "frame-ancestors 'none'") {
			t.Errorf("%s: the policy is %q", path, policy)
		}
		if res.Header.Get("X-Request-Id") == "" {
			t.Errorf("%s has no id", path)
		}
	}
}

func TestLongAnswersAreCompressedUnlessThatIsSwitchedOff(t *testing.T) {
	const long = "/graphql?query={avatarGroups(first:50){nodes{id,name,previewImageUrl}}}"
	on, off := started(t), started(t, "COMPRESS", "false")
	for _, coding := range []string{"gzip", "zstd"} {
		res, body := send(t, "GET", on.url+long, "", "Accept-Encoding", coding)
		if res.Header.Get("Content-Encoding") != coding || !strings.Contains(strings.Join(res.Header.Values("Vary"), ","), "Accept-Encoding") || bytes.Contains([]byte(body), []byte("Monica")) {
			t.Errorf("%s: %v", coding, res.Header)
		}
		if res, body := send(t, "GET", off.url+long, "", "Accept-Encoding", coding); res.Header.Get("Content-Encoding") != "" || !strings.Contains(body, "Monica") {
			t.Errorf("%s, off: %v", coding, res.Header)
		}
	}
}

func TestTheSchemaIsToldByBothWaysOrByNone(t *testing.T) {
	p := started(t, "INTROSPECTION", "false")
	if res, body := send(t, "GET", p.url+"/schema.graphql", ""); res.StatusCode != 404 || strings.Contains(body, "type") {
		t.Errorf("%d %s", res.StatusCode, body)
	}
	for _, query := range []string{"{__schema{types{name}}}", "{avatarGrops{nodes{id}}}"} {
		if _, body := send(t, "GET", p.url+"/graphql?query="+url.QueryEscape(query), ""); strings.Contains(body, "avatarGroups") || strings.Contains(body, "Did you mean") || strings.Contains(body, `"data"`) {
			t.Error(body)
		}
	}
	guessing := started(t, "INTROSPECTION", "false", "SUGGESTIONS", "true")
	if _, body := send(t, "GET", guessing.url+"/graphql?query={avatarGrops{nodes{id}}}", ""); !strings.Contains(body, "avatarGroups") {
		t.Error(body)
	}
}

func TestTheLogIsAsLoudAsItIsSet(t *testing.T) {
	for level, want := range map[string][2]bool{"debug": {true, true}, "info": {true, false}, "warn": {false, false}} {
		read := &process{}
		cfg, err := readConfig(nil, environment("HEYGEN_API_KEY", "sk_V2_right", "HEYGEN_BASE_URL", "http://127.0.0.1:1", "LOG_LEVEL", level, "LOG_FORMAT", "json"), io.Discard)
		if err != nil {
			t.Fatal(err)
		}
		log := cfg.logger(read)
		log.Debug("a call to HeyGen")
		log.Info("operation")
		operation, call := strings.Contains(read.output(), `"msg":"operation"`), strings.Contains(read.output(), `"msg":"a call to HeyGen"`)
		if operation != want[0] || call != want[1] {
			t.Errorf("%s: %s", level, read.output())
		}
	}
	p, _ := beside(t, "HEYGEN_API_KEY", "sk_V2_right", "LOG_LEVEL", "debug")
	send(t, "GET", p.url+monica, "")
	for _, told := range []string{"msg=operation", `msg="a call to HeyGen"`, `endpoint="GET /v3/avatars/{group_id}"`} {
		if !strings.Contains(p.output(), told) {
			t.Errorf("no %s in %s", told, p.output())
		}
	}
	if strings.Contains(p.output(), "monica") {
		t.Error("the log tells what was asked for")
	}
}
