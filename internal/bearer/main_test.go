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

// showing is a request with these values of Authorization.
func showing(values ...string) *http.Request {
	r := &http.Request{Header: http.Header{}}
	for _, value := range values {
		r.Header.Add("Authorization", value)
	}
	return r
}

func withToken(token string) *http.Request { return showing("Bearer " + token) }

func newTokens(t *testing.T, o bearer.Options) *bearer.Tokens {
	t.Helper()
	made, err := bearer.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// good tells which of the three tokens are.
func good(t *bearer.Tokens) (are string) {
	for i, token := range []string{first, second, third} {
		if t.Valid(withToken(token)) {
			are += strconv.Itoa(i + 1)
		}
	}
	return are
}

// journal is what was logged.
type journal struct{ bytes.Buffer }

func (j *journal) logger() *slog.Logger { return slog.New(slog.NewTextHandler(j, nil)) }

// lines gives what was logged since it was last asked, and holds it to showing no
// piece of a token.
func (j *journal) lines(t *testing.T) []string {
	t.Helper()
	text := j.String()
	j.Reset()
	hidden(t, text)
	return strings.Split(strings.TrimSuffix(text, "\n"), "\n")[:strings.Count(text, "\n")]
}

// hidden fails if a text has a piece of a token in it, all of which have these letters.
func hidden(t *testing.T, text string) {
	t.Helper()
	for _, piece := range []string{"Qwxz", "zQwx", "first-", "second/", "third."} {
		if strings.Contains(text, piece) {
			t.Errorf("a token shows in %s", text)
		}
	}
}
