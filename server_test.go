package main

import (
	"bytes"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"heygen-graphql/heygen/sandbox"
)

func TestSandboxServesAllPathsAndDeclaresItself(t *testing.T) {
	p := startServer(t)
	for path, want := range map[string]struct {
		status      int
		contentType string
		body        string
	}{
		"/graphql?query={__typename}":         {200, "application/json; charset=utf-8", `{"data":{"__typename":"Query"}}`},
		"/":                                   {200, "text/html; charset=utf-8", "Sandbox"},
		"/gallery":                            {200, "text/html; charset=utf-8", "Sandbox"},
		"/picker.js":                          {200, "text/javascript; charset=utf-8", "heygen-avatar-picker"},
		"/schema.graphql":                     {200, "text/plain; charset=utf-8", "type AvatarGroup implements Node {"},
		"/healthz":                            {200, "text/plain; charset=utf-8", "ok"},
		"/readyz":                             {200, "text/plain; charset=utf-8", "ready"},
		"/sandbox/v3/avatars":                 {401, "application/json", `"unauthorized"`},
		"/sandbox/portraits/group_monica.svg": {200, "image/svg+xml", "<svg"},
		"/missing":                            {404, "text/plain; charset=utf-8", "not found"},
		"/graphql/missing":                    {404, "text/plain; charset=utf-8", "not found"},
	} {
		res, body := get(t, p.url+path)
		if res.StatusCode != want.status || !strings.HasPrefix(res.Header.Get("Content-Type"), want.contentType) || !strings.Contains(body, want.body) {
			t.Errorf("%s: %d %s %.200s", path, res.StatusCode, res.Header.Get("Content-Type"), body)
		}
		if res.Header.Get("X-HeyGen-Sandbox") != "true" || res.Header.Get("X-Request-Id") == "" || res.Header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %v", path, res.Header)
		}
	}
	if !strings.Contains(p.output(), "SANDBOX") {
		t.Errorf("the log does not name the sandbox: %s", p.output())
	}
	for path, allow := range map[string]string{"/": "GET, HEAD", "/gallery": "GET, HEAD", "/picker.js": "GET, HEAD", "/schema.graphql": "GET, HEAD", "/healthz": "GET, HEAD", "/readyz": "GET, HEAD"} {
		res, err := http.Post(p.url+path, "text/plain", nil)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		if res.StatusCode != http.StatusMethodNotAllowed || res.Header.Get("Allow") != allow {
			t.Errorf("POST %s: %d %v", path, res.StatusCode, res.Header)
		}
	}
}

// Every URL of a response can be opened, also a signed one.
func TestPreviewURLsAreReachable(t *testing.T) {
	p := startServer(t)
	_, body := get(t, p.url+"/graphql?query="+url.QueryEscape(`{
		avatarGroup(id: "group_monica") { previewImageUrl previewVideoUrl defaultVoice { previewAudioUrl } looks { nodes { previewImageUrl previewVideoUrl } } }
		avatarLooks(first: 5, avatarType: PHOTO_AVATAR) { nodes { previewImageUrl previewVideoUrl } }
	}`))
	urls := regexp.MustCompile(`"(preview\w+)":"([^"]+)"`).FindAllStringSubmatch(body, -1)
	counts, signed := map[string]int{}, 0
	for _, found := range urls {
		previewURL := strings.ReplaceAll(found[2], `\u0026`, "&")
		want := map[string]string{"previewImageUrl": "image/svg+xml", "previewVideoUrl": "image/svg+xml", "previewAudioUrl": "audio/wav"}[found[1]]
		if res, body := get(t, previewURL); res.StatusCode != 200 || res.Header.Get("Content-Type") != want || len(body) < 500 {
			t.Errorf("%s: %d %s", previewURL, res.StatusCode, res.Header.Get("Content-Type"))
		}
		counts[found[1]]++
		if strings.Contains(previewURL, "Expires=") {
			signed++
		}
	}
	if counts["previewImageUrl"] < 5 || counts["previewVideoUrl"] < 4 || counts["previewAudioUrl"] != 1 || signed == 0 {
		t.Errorf("%v, %d signed: %s", counts, signed, body)
	}
}

func TestSandboxTrainingDurationIsConfigurable(t *testing.T) {
	for training, want := range map[string]string{"0": `"PROCESSING"`, "24h": `"PROCESSING"`, "1ns": `"COMPLETED"`} {
		p := startServer(t, "SANDBOX_TRAINING_DURATION", training)
		if _, body := get(t, p.url+`/graphql?query={avatarLook(id:"monica_street"){status}}`); !strings.Contains(body, want) {
			t.Errorf("%s: %s", training, body)
		}
	}
}

func TestSandboxGroupsIsConfigurable(t *testing.T) {
	for groups, want := range map[string]string{"50": `"hasNextPage":false`, "51": `"hasNextPage":true`, "0": `"hasNextPage":true`} {
		p := startServer(t, "SANDBOX_GROUPS", groups)
		if _, body := get(t, p.url+`/graphql?query={avatarGroups(first:50){pageInfo{hasNextPage}}}`); !strings.Contains(body, want) {
			t.Errorf("%s groups: %s", groups, body)
		}
	}
}

func TestSandboxIsAbsentWithRealUpstream(t *testing.T) {
	upstream := newFakeHeyGen(t)
	p := startServer(t, "HEYGEN_API_KEY", "k", "HEYGEN_BASE_URL", upstream.URL)
	for path, status := range map[string]int{"/sandbox/v3/avatars": 404, "/sandbox/portraits/group_monica.svg": 404, "/": 200} {
		res, body := get(t, p.url+path)
		if res.StatusCode != status || res.Header.Get("X-HeyGen-Sandbox") != "" || strings.Contains(body, "invented") {
			t.Errorf("%s: %d %v", path, res.StatusCode, res.Header)
		}
	}
	if strings.Contains(p.output(), "SANDBOX") || !strings.Contains(p.output(), "heygen="+strings.TrimPrefix(upstream.URL, "http://")) {
		t.Error(p.output())
	}
}

func TestPortInUseExitsWithOneLine(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	var stderr bytes.Buffer
	code := run(t.Context(), []string{"-listen-addr", listener.Addr().String()}, env(), io.Discard, &stderr)
	if code != 1 || strings.Count(stderr.String(), "\n") != 1 || !strings.Contains(stderr.String(), "LISTEN_ADDR") || !strings.Contains(stderr.String(), "in use") {
		t.Errorf("exit %d: %s", code, &stderr)
	}
}

func TestShutdownFinishesRequestsInFlight(t *testing.T) {
	upstream := newFakeHeyGen(t)
	called, respond := make(chan struct{}), make(chan struct{})
	upstream.beforeFirst = func() { close(called); <-respond }
	p := startServer(t, "HEYGEN_API_KEY", "k", "HEYGEN_BASE_URL", upstream.URL)
	response := make(chan string)
	go func() {
		_, body := get(t, p.url+monicaQuery)
		response <- body
	}()
	<-called
	p.stop()
	for !strings.Contains(p.output(), "draining") { // until the signal has arrived
		select {
		case code := <-p.exit:
			t.Fatalf("exit code %d with a request in flight", code)
		case <-time.After(time.Millisecond):
		}
	}
	close(respond)
	if body := <-response; body != monicaResponse {
		t.Error(body)
	}
}

func TestDrainTimeoutBoundsShutdown(t *testing.T) {
	upstream := newFakeHeyGen(t)
	called, respond := make(chan struct{}), make(chan struct{})
	upstream.beforeFirst = func() { close(called); <-respond }
	p, err := start("HEYGEN_API_KEY", "k", "HEYGEN_BASE_URL", upstream.URL, "DRAIN_TIMEOUT", "10ms")
	if err != nil {
		t.Fatal(err)
	}
	go func() { _, _ = http.Get(p.url + monicaQuery) }()
	<-called
	p.stop()
	if code := <-p.exit; code != 1 || !strings.Contains(p.output(), "before every response was finished") {
		t.Errorf("exit %d: %s", code, p.output())
	}
	close(respond)
}

// HeyGen is down when the server starts, comes up and goes down again.
func TestServerSurvivesUpstreamOutages(t *testing.T) {
	unreachable := startServer(t, "HEYGEN_API_KEY", "k", "HEYGEN_BASE_URL", "http://127.0.0.1:1")
	if _, body := get(t, unreachable.url+monicaQuery); !strings.Contains(body, "UPSTREAM_UNAVAILABLE") || strings.Contains(body, "127.0.0.1") {
		t.Error(body)
	}
	if !strings.Contains(unreachable.output(), "connection refused") {
		t.Error(unreachable.output())
	}

	heyGen := sandbox.New(sandbox.Options{})
	var up atomic.Bool
	upstream := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !up.Load() {
			panic(http.ErrAbortHandler)
		}
		heyGen.ServeHTTP(w, r)
	}))
	defer upstream.Close()
	p := startServer(t, "HEYGEN_API_KEY", "k", "HEYGEN_BASE_URL", upstream.URL, "CACHE_FRESH", "0s", "HEYGEN_RETRIES", "0")
	if _, body := get(t, p.url+monicaQuery); !strings.Contains(body, "UPSTREAM_UNAVAILABLE") {
		t.Error(body)
	}
	up.Store(true)
	if _, body := get(t, p.url+monicaQuery); body != monicaResponse {
		t.Error(body)
	}
	upstream.CloseClientConnections()
	upstream.Close()
	for !strings.Contains(p.output(), "serving stale") { // until a background refresh has failed
		if _, body := get(t, p.url+monicaQuery); body != monicaResponse {
			t.Fatal(body)
		}
	}
	if _, body := get(t, p.url+monicaQuery); body != monicaResponse || strings.Contains(p.output(), "INTERNAL") {
		t.Error(body, p.output())
	}
}

func TestSandboxServesHeyGensRESTAPI(t *testing.T) {
	p := startServer(t)
	req, _ := http.NewRequestWithContext(t.Context(), "GET", p.url+"/sandbox/v3/avatars?ownership=public&limit=1", nil)
	req.Header.Set("X-Api-Key", "any")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, _ := io.ReadAll(res.Body)
	want := regexp.MustCompile(`^\{"data":\[\{"id":"group_monica","name":"Monica","gender":"female","preview_image_url":"` + p.url + `/sandbox/portraits/group_monica.svg",.*"created_at":\d+\}\],"has_more":true,"next_token":"[^"]+"\}`)
	if !want.Match(body) {
		t.Errorf("%s", body)
	}
}
