package heygen_test

import (
	"io"
	"log/slog"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"

	"heygen-graphql/heygen"
)

const secret = "sk_V2_do_not_print_me"

// upstream is a HeyGen of one function: what it gives back is the answer.
type upstream func(*http.Request) (*http.Response, error)

func (u upstream) RoundTrip(r *http.Request) (*http.Response, error) { return u(r) }

// answer is a response with this status and body; pairs of headers may follow.
func answer(status int, body string, headers ...string) *http.Response {
	res := &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body))}
	for i := 0; i < len(headers); i += 2 {
		res.Header.Set(headers[i], headers[i+1])
	}
	return res
}

// always answers every call alike.
func always(status int, body string, headers ...string) upstream {
	return func(*http.Request) (*http.Response, error) { return answer(status, body, headers...), nil }
}

func newClient(t testing.TB, transport http.RoundTripper, change ...func(*heygen.Options)) *heygen.Client {
	t.Helper()
	log := &journal{}
	t.Cleanup(func() {
		if strings.Contains(log.String(), secret) {
			t.Error("the log holds the key")
		}
	})
	o := heygen.Options{Key: heygen.NewKey(secret), Transport: transport, Logger: slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug}))}
	for _, f := range change {
		f(&o)
	}
	client, err := heygen.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// journal is a log. Calls that nobody waits for may still write to it while it is read.
type journal struct {
	mu   sync.Mutex
	text strings.Builder
}

func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.Write(p)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.String()
}

func recorded(t testing.TB, name string) string {
	t.Helper()
	text, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
