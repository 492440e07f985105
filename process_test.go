package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync"
	"testing"

	"heygen-graphql/heygen/sandbox"
)

func environment(pairs ...string) func(string) string {
	return func(name string) string {
		for i := 0; i < len(pairs); i += 2 {
			if pairs[i] == name {
				return pairs[i+1]
			}
		}
		return ""
	}
}

// process is a server as it is started from a shell.
type process struct {
	url  string
	stop context.CancelFunc
	exit chan int

	mu  sync.Mutex
	log bytes.Buffer
}

func (p *process) output() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.log.String()
}

// Write keeps what the server prints.
func (p *process) Write(text []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.log.Write(text)
}

// start runs the server on a free port and waits until it listens.
func start(env ...string) (*process, error) {
	p := &process{exit: make(chan int, 1)}
	ctx, stop := context.WithCancel(context.Background())
	p.stop = stop
	read, write := io.Pipe()
	env = append(env, "LISTEN_ADDR", "127.0.0.1:0")
	go func() {
		code := run(ctx, nil, environment(env...), io.Discard, io.MultiWriter(p, write))
		write.Close()
		p.exit <- code
	}()
	listening := regexp.MustCompile(`graphql=(http://[^ ]+)/graphql`)
	lines := bufio.NewScanner(read)
	for lines.Scan() {
		if m := listening.FindStringSubmatch(lines.Text()); m != nil {
			p.url = m[1]
			go io.Copy(io.Discard, read)
			return p, nil
		}
	}
	return nil, errors.New("the server did not start: " + p.output())
}

// secrets are the keys and tokens of these tests, which no log may hold.
var secrets = []string{"sk_V2_right", "sk_V2_callers_own", "token-in-variable", "token-in-the-file", "token-of-tomorrow"}

func started(t *testing.T, env ...string) *process {
	t.Helper()
	p, err := start(env...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		p.stop()
		if code := <-p.exit; code != 0 {
			t.Errorf("the server ended with %d: %s", code, p.output())
		}
		for _, secret := range secrets {
			if strings.Contains(p.output(), secret) {
				t.Errorf("the log holds %s", secret)
			}
		}
		p.exit <- 0 // for whoever asks again
	})
	return p
}

func get(t *testing.T, url string) (*http.Response, string) {
	t.Helper()
	res, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, string(body)
}

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

// upstreamServer is a sandbox behind a loopback address, as HeyGen is behind
// one of the internet's.
type upstreamServer struct {
	*sandbox.Sandbox
	URL    string
	before func() // called once, by the first request
	once   sync.Once
}

func newUpstream(t testing.TB) *upstreamServer {
	u := &upstreamServer{Sandbox: sandbox.New(sandbox.Options{PublicURL: "https://sandbox.example"})}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if u.before != nil {
			u.once.Do(u.before)
		}
		u.Sandbox.ServeHTTP(w, r)
	}))
	u.URL = server.URL
	t.Cleanup(server.Close)
	return u
}
