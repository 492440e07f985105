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

func TestEveryPathAnswersAndSaysThatItIsTheSandbox(t *testing.T) {
	p := started(t)
	for path, want := range map[string]struct {
		status      int
		contentType string
		body        string
	}{
		"/graphql?query={__typename}":         {200, "application/json; charset=utf-8", `{"data":{"__typename":"Query"}}`},
		"/":                                   {200, "text/html; charset=utf-8", "Sandbox"},
		"/schema.graphql":                     {200, "text/plain; charset=utf-8", "type AvatarGroup implements Node {"},
		"/healthz":                            {200, "text/plain; charset=utf-8", "ok"},
		"/readyz":                             {200, "text/plain; charset=utf-8", "ready"},
		"/sandbox/v3/avatars":                 {401, "application/json", `"unauthorized"`},
		"/sandbox/portraits/group_monica.svg": {200, "image/svg+xml", "<svg"},
		"/nothing":                            {404, "text/plain; charset=utf-8", "not found"},
		"/graphql/nothing":                    {404, "text/plain; charset=utf-8", "not found"},
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
		t.Errorf("the log does not say it: %s", p.output())
	}
	for path, allow := range map[string]string{"/": "GET, HEAD", "/schema.graphql": "GET, HEAD", "/healthz": "GET, HEAD", "/readyz": "GET, HEAD"} {
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

// Every address that an answer holds can be opened as it stands there, also a
// signed one.
func TestPicturesAndSamplesAreReachable(t *testing.T) {
	p := started(t)
	_, answer := get(t, p.url+"/graphql?query="+url.QueryEscape(`{
		avatarGroup(id: "group_monica") { previewImageUrl previewVideoUrl defaultVoice { previewAudioUrl } looks { nodes { previewImageUrl previewVideoUrl } } }
		avatarLooks(first: 5, avatarType: PHOTO_AVATAR) { nodes { previewImageUrl previewVideoUrl } }
	}`))
	addresses := regexp.MustCompile(`"(preview\w+)":"([^"]+)"`).FindAllStringSubmatch(answer, -1)
	kinds, signed := map[string]int{}, 0
	for _, found := range addresses {
		address := strings.ReplaceAll(found[2], `\u0026`, "&")
		want := map[string]string{"previewImageUrl": "image/svg+xml", "previewVideoUrl": "image/svg+xml", "previewAudioUrl": "audio/wav"}[found[1]]
		if res, body := get(t, address); res.StatusCode != 200 || res.Header.Get("Content-Type") != want || len(body) < 500 {
			t.Errorf("%s: %d %s", address, res.StatusCode, res.Header.Get("Content-Type"))
		}
		kinds[found[1]]++
		if strings.Contains(address, "Expires=") {
			signed++
		}
	}
	if kinds["previewImageUrl"] < 5 || kinds["previewVideoUrl"] < 4 || kinds["previewAudioUrl"] != 1 || signed == 0 {
		t.Errorf("%v, %d signed: %s", kinds, signed, answer)
	}
}

func TestTheSandboxesTrainingsTakeAsLongAsItIsSet(t *testing.T) {
	for training, want := range map[string]string{"0": `"PROCESSING"`, "24h": `"PROCESSING"`, "1ns": `"COMPLETED"`} {
		p := started(t, "SANDBOX_TRAINING_DURATION", training)
		if _, answer := get(t, p.url+`/graphql?query={avatarLook(id:"monica_street"){status}}`); !strings.Contains(answer, want) {
			t.Errorf("%s: %s", training, answer)
		}
	}
}

func TestBesideTheRealHeyGenThereIsNoSandbox(t *testing.T) {
	upstream := newUpstream(t)
	p := started(t, "HEYGEN_API_KEY", "k", "HEYGEN_BASE_URL", upstream.URL)
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

func TestAPortInUseEndsWithOneLine(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	var stderr bytes.Buffer
	code := run(t.Context(), []string{"-listen-addr", listener.Addr().String()}, environment(), io.Discard, &stderr)
	if code != 1 || strings.Count(stderr.String(), "\n") != 1 || !strings.Contains(stderr.String(), "LISTEN_ADDR") || !strings.Contains(stderr.String(), "in use") {
		t.Errorf("exit %d: %s", code, &stderr)
	}
}

func TestAnswersUnderWayAreFinishedBeforeTheServerStops(t *testing.T) {
	upstream := newUpstream(t)
	asked, answer := make(chan struct{}), make(chan struct{})
	upstream.before = func() { close(asked); <-answer }
	p := started(t, "HEYGEN_API_KEY", "k", "HEYGEN_BASE_URL", upstream.URL)
	result := make(chan string)
	go func() {
		_, body := get(t, p.url+"/graphql?query={avatarGroup(id:%22group_monica%22){name}}")
		result <- body
	}()
	<-asked
	p.stop()
	for !strings.Contains(p.output(), "draining") { // until it has heard of it
		select {
		case code := <-p.exit:
			t.Fatalf("it ended with %d and an answer under way", code)
		case <-time.After(time.Millisecond):
		}
	}
	close(answer)
	if body := <-result; body != `{"data":{"avatarGroup":{"name":"Monica"}}}` {
		t.Error(body)
	}
}

func TestDrainingIsBounded(t *testing.T) {
	upstream := newUpstream(t)
	asked, answer := make(chan struct{}), make(chan struct{})
	upstream.before = func() { close(asked); <-answer }
	p, err := start("HEYGEN_API_KEY", "k", "HEYGEN_BASE_URL", upstream.URL, "DRAIN_TIMEOUT", "10ms")
	if err != nil {
		t.Fatal(err)
	}
	go func() { _, _ = http.Get(p.url + "/graphql?query={avatarGroup(id:%22group_monica%22){name}}") }()
	<-asked
	p.stop()
	if code := <-p.exit; code != 1 || !strings.Contains(p.output(), "before every response was finished") {
		t.Errorf("exit %d: %s", code, p.output())
	}
	close(answer)
}

// HeyGen is not there when the server starts, comes, and goes again.
func TestAHeyGenThatComesAndGoes(t *testing.T) {
	const path, monica = "/graphql?query={avatarGroup(id:%22group_monica%22){name}}", `{"data":{"avatarGroup":{"name":"Monica"}}}`
	nowhere := started(t, "HEYGEN_API_KEY", "k", "HEYGEN_BASE_URL", "http://127.0.0.1:1") // where nobody listens
	if _, answer := get(t, nowhere.url+path); !strings.Contains(answer, "UPSTREAM_UNAVAILABLE") || strings.Contains(answer, "127.0.0.1") {
		t.Error(answer)
	}
	if !strings.Contains(nowhere.output(), "connection refused") {
		t.Error(nowhere.output())
	}

	box := sandbox.New(sandbox.Options{})
	var there atomic.Bool
	upstream := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !there.Load() {
			panic(http.ErrAbortHandler)
		}
		box.ServeHTTP(w, r)
	}))
	defer upstream.Close()
	p := started(t, "HEYGEN_API_KEY", "k", "HEYGEN_BASE_URL", upstream.URL, "CACHE_FRESH", "0s", "HEYGEN_RETRIES", "0")
	if _, answer := get(t, p.url+path); !strings.Contains(answer, "UPSTREAM_UNAVAILABLE") {
		t.Error(answer)
	}
	there.Store(true)
	if _, answer := get(t, p.url+path); answer != monica {
		t.Error(answer)
	}
	upstream.CloseClientConnections()
	upstream.Close()
	for !strings.Contains(p.output(), "serving stale") { // until a call behind an answer has failed
		if _, answer := get(t, p.url+path); answer != monica {
			t.Fatal(answer)
		}
	}
	if _, answer := get(t, p.url+path); answer != monica || strings.Contains(p.output(), "INTERNAL") {
		t.Error(answer, p.output())
	}
}

func TestTheSandboxIsReachableAsHeyGenIs(t *testing.T) {
	p := started(t)
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
