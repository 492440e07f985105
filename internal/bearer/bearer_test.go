package bearer_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"heygen-graphql/internal/bearer"
)

func TestNoTokensAcceptEveryRequest(t *testing.T) {
	open := newTokens(t, bearer.Options{})
	if open.Required() || open.Reload() != nil {
		t.Error("a token is required, or Reload fails")
	}
	for _, value := range []string{"", "Bearer " + first, "Basic dTpw", "Bearer \x00"} {
		if !open.Valid(requestWith(value)) || !open.Valid(requestWith(value, value)) || !open.Valid(requestWith()) {
			t.Errorf("%q is rejected", value)
		}
	}
}

func TestZeroValueRejectsEveryRequest(t *testing.T) {
	var zero bearer.Tokens
	if !zero.Required() || zero.Valid(requestWith()) || zero.Valid(withToken(first)) || zero.Reload() != nil {
		t.Error("it accepts a request")
	}
}

func TestSeveralTokensAreValidAtOnce(t *testing.T) {
	if got := accepted(newTokens(t, bearer.Options{Tokens: []string{third, first, first}})); got != "13" {
		t.Errorf("accepted %q", got)
	}
	path := newPath(t)
	writeFile(t, path, second+"\n")
	both := newTokens(t, bearer.Options{Tokens: []string{third}, File: path})
	if got := accepted(both); got != "23" || !both.Required() {
		t.Errorf("accepted %q", got)
	}
}

const (
	syntaxError = "must have only the characters A-Z a-z 0-9 - . _ ~ + / and trailing ="
	lengthError = "must have 16 to 512 characters"
)

// invalidTokens maps tokens to their errors.
var invalidTokens = map[string]string{
	"":                       lengthError,
	"QwxzQwxzQwxzQwx":        lengthError,
	strings.Repeat("a", 513): lengthError,
	first + "," + second:     syntaxError,
	first + "\t" + second:    syntaxError,
	first + "=a":             syntaxError,
	first + "!":              syntaxError, // visible, but not a token68
	first + "\x00":           syntaxError,
	first + "\x7f":           syntaxError,
	first + "é":              syntaxError,
	"\ufeff" + first:         syntaxError,
	first + "\xff":           syntaxError,
	first + "\u00a0":         syntaxError,
	"Bearer " + first:        syntaxError,
	`"` + first + `"`:        syntaxError,
}

func TestInvalidTokenIsIdentifiedByNumber(t *testing.T) {
	for token, want := range invalidTokens {
		tokens, err := bearer.New(bearer.Options{Tokens: []string{first, token, second}})
		if tokens != nil || err == nil || err.Error() != "token 2 "+want {
			t.Errorf("%q: %v", token, err)
		}
		assertNoToken(t, fmt.Sprint(err))
	}
	for _, token := range []string{strings.Repeat("a", 16), strings.Repeat("a", 512), "a==============="} {
		if tokens := newTokens(t, bearer.Options{Tokens: []string{token}}); !tokens.Valid(withToken(token)) {
			t.Errorf("%q is rejected", token)
		}
	}
}

func TestNewRejectsMoreThan100Tokens(t *testing.T) {
	hundred := slices.Repeat([]string{first}, 100)
	newTokens(t, bearer.Options{Tokens: hundred})
	if _, err := bearer.New(bearer.Options{Tokens: append(hundred, first)}); err == nil || err.Error() != "more than 100 tokens" {
		t.Error(err)
	}
}

func TestPrintedTokensRevealNone(t *testing.T) {
	path := newPath(t)
	writeFile(t, path, second+"\n"+third)
	tokens := newTokens(t, bearer.Options{Tokens: []string{first}, File: path})
	for _, format := range []string{"%v", "%+v", "%#v", "%s", "%x", "%q"} {
		output := fmt.Sprintf(format, tokens)
		assertNoToken(t, output)
		for _, token := range []string{first, second, third} {
			if strings.Contains(output, fmt.Sprintf("%x", token)) || strings.Contains(output, strings.Trim(fmt.Sprint([]byte(token)), "[]")) {
				t.Errorf("a token in %s", output)
			}
		}
	}
}
