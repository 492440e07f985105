package bearer_test

import (
	"bytes"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"heygen-graphql/internal/bearer"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const (
	first  = "first-QwxzQwxzQw"
	second = "second/QwxzQwxzQw+=="
	third  = "third.QwxzQwxzQw~_"
)

// requestWith returns a request with these Authorization headers.
func requestWith(values ...string) *http.Request {
	r := &http.Request{Header: http.Header{}}
	for _, value := range values {
		r.Header.Add("Authorization", value)
	}
	return r
}

func withToken(token string) *http.Request { return requestWith("Bearer " + token) }

func newTokens(t *testing.T, o bearer.Options) *bearer.Tokens {
	t.Helper()
	tokens, err := bearer.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return tokens
}

// accepted returns the numbers of those of the three tokens that are valid, such as "13".
func accepted(t *bearer.Tokens) (numbers string) {
	for i, token := range []string{first, second, third} {
		if t.Valid(withToken(token)) {
			numbers += strconv.Itoa(i + 1)
		}
	}
	return numbers
}

// logBuffer records log output.
type logBuffer struct{ bytes.Buffer }

func (b *logBuffer) logger() *slog.Logger { return slog.New(slog.NewTextHandler(b, nil)) }

// lines returns the lines logged since the last call. It fails the test if they
// contain part of a token.
func (b *logBuffer) lines(t *testing.T) []string {
	t.Helper()
	output := b.String()
	b.Reset()
	assertNoToken(t, output)
	return strings.Split(strings.TrimSuffix(output, "\n"), "\n")[:strings.Count(output, "\n")]
}

// assertNoToken fails the test if output contains part of a token, each of which contains one of these substrings.
func assertNoToken(t *testing.T, output string) {
	t.Helper()
	for _, part := range []string{"Qwxz", "zQwx", "first-", "second/", "third."} {
		if strings.Contains(output, part) {
			t.Errorf("part of a token in %s", output)
		}
	}
}
