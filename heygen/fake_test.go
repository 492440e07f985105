package heygen_test

import (
	"io"
	"net/http"
	"os"
	"strings"
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
	o := heygen.Options{Key: heygen.NewKey(secret), Transport: transport}
	for _, f := range change {
		f(&o)
	}
	client, err := heygen.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return client
}

func recorded(t testing.TB, name string) string {
	t.Helper()
	text, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
