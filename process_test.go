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

// env returns a getenv function with the given variables, in pairs of name and value.
func env(variables ...string) func(string) string {
	return func(name string) string {
		for i := 0; i < len(variables); i += 2 {
			if variables[i] == name {
				return variables[i+1]
			}
		}
		return ""
	}
}

// process is a call of run, as from a shell.
type process struct {
	url  string
	stop context.CancelFunc
	exit chan int // receives the exit code

	mu  sync.Mutex
	log bytes.Buffer
}

func (p *process) output() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.log.String()
}

// Write appends to the output.
func (p *process) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.log.Write(b)
}

// start runs the server on a free port and waits until it listens.
func start(settings ...string) (*process, error) {
	p := &process{exit: make(chan int, 1)}
	ctx, stop := context.WithCancel(context.Background())
	p.stop = stop
	reader, writer := io.Pipe()
	settings = append(settings, "LISTEN_ADDR", "127.0.0.1:0")
	go func() {
		code := run(ctx, nil, env(settings...), io.Discard, io.MultiWriter(p, writer))
		writer.Close()
		p.exit <- code
	}()
	listening := regexp.MustCompile(`graphql=(http://[^ ]+)/graphql`)
	lines := bufio.NewScanner(reader)
	for lines.Scan() {
		if m := listening.FindStringSubmatch(lines.Text()); m != nil {
			p.url = m[1]
			go io.Copy(io.Discard, reader)
			return p, nil
		}
	}
	return nil, errors.New("the server did not start: " + p.output())
}

// credentials are the keys and tokens of these tests. No log and no response may
// contain them.
var credentials = []string{"sk_V2_right", "sk_V2_callers_own", "token-in-variable", "token-in-the-file", "token-of-tomorrow"}

// startServer starts the server and stops it at the end of the test. It checks the exit
// code and that the log contains no credential.
func startServer(t *testing.T, settings ...string) *process {
	t.Helper()
	p, err := start(settings...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		p.stop()
		if code := <-p.exit; code != 0 {
			t.Errorf("exit code %d: %s", code, p.output())
		}
		for _, credential := range credentials {
			if strings.Contains(p.output(), credential) {
				t.Errorf("the log contains %s", credential)
			}
		}
		p.exit <- 0 // for a test that reads it, too
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

// startWithHeyGen starts the server with a fake HeyGen that accepts one key.
func startWithHeyGen(t *testing.T, settings ...string) (*process, *sandbox.Sandbox) {
	t.Helper()
	heyGen := sandbox.New(sandbox.Options{Keys: []string{"sk_V2_right"}})
	upstream := httptest.NewServer(heyGen)
	t.Cleanup(upstream.Close)
	return startServer(t, append([]string{"HEYGEN_BASE_URL", upstream.URL}, settings...)...), heyGen
}

// send sends a request with headers in pairs of name and value, among them Host. It
// checks that the response contains no credential.
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
	content, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	for _, credential := range credentials {
		if strings.Contains(string(content), credential) {
			t.Errorf("the response of %s contains %s", target, credential)
		}
	}
	return res, string(content)
}

const (
	monicaQuery    = "/graphql?query={avatarGroup(id:%22group_monica%22){name}}"
	monicaResponse = `{"data":{"avatarGroup":{"name":"Monica"}}}`
)

// fakeHeyGen is a sandbox that listens on loopback and can delay its first response.
type fakeHeyGen struct {
	*sandbox.Sandbox
	URL         string
	beforeFirst func() // called by the first request
	once        sync.Once
}

// newFakeHeyGen starts a fakeHeyGen that accepts every key.
func newFakeHeyGen(t testing.TB) *fakeHeyGen {
	fake := &fakeHeyGen{Sandbox: sandbox.New(sandbox.Options{PublicURL: "https://sandbox.example"})}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if fake.beforeFirst != nil {
			fake.once.Do(fake.beforeFirst)
		}
		fake.Sandbox.ServeHTTP(w, r)
	}))
	fake.URL = server.URL
	t.Cleanup(server.Close)
	return fake
}
