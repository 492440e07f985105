package bearer_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"heygen-graphql/internal/bearer"
)

func TestWithoutTokensEveryRequestIsValid(t *testing.T) {
	open := newTokens(t, bearer.Options{})
	if open.Required() || open.Reload() != nil {
		t.Error("a token is required, or a file is missed")
	}
	for _, value := range []string{"", "Bearer " + first, "Basic dTpw", "Bearer \x00"} {
		if !open.Valid(showing(value)) || !open.Valid(showing(value, value)) || !open.Valid(showing()) {
			t.Errorf("%q is refused", value)
		}
	}
}

func TestTheZeroValueLetsNobodyIn(t *testing.T) {
	var zero bearer.Tokens
	if !zero.Required() || zero.Valid(showing()) || zero.Valid(withToken(first)) || zero.Reload() != nil {
		t.Error("it lets somebody in")
	}
}

func TestSeveralTokensAreGoodAtOnce(t *testing.T) {
	if got := good(newTokens(t, bearer.Options{Tokens: []string{third, first, first}})); got != "13" {
		t.Errorf("good are %q", got)
	}
	path := place(t)
	put(t, path, second+"\n")
	both := newTokens(t, bearer.Options{Tokens: []string{third}, File: path})
	if got := good(both); got != "23" || !both.Required() {
		t.Errorf("good are %q", got)
	}
}

const (
	form   = "has another character than A-Z a-z 0-9 - . _ ~ + / and, at its end, ="
	length = "does not have 16 to 512 characters"
)

// bad are what no token may be.
var bad = map[string]string{
	"":                       length,
	"QwxzQwxzQwxzQwx":        length,
	strings.Repeat("a", 513): length,
	first + "," + second:     form,
	first + "\t" + second:    form,
	first + "=a":             form,
	first + "!":              form, // visible, and yet no caller could show it
	first + "\x00":           form,
	first + "\x7f":           form,
	first + "é":              form,
	"\ufeff" + first:         form,
	first + "\xff":           form,
	first + "\u00a0":         form,
	"Bearer " + first:        form,
	`"` + first + `"`:        form,
}

func TestATokenThatCannotBeIsNamedByItsNumber(t *testing.T) {
	for token, why := range bad {
		held, err := bearer.New(bearer.Options{Tokens: []string{first, token, second}})
		if held != nil || err == nil || err.Error() != "token 2 "+why {
			t.Errorf("%q: %v", token, err)
		}
		hidden(t, fmt.Sprint(err))
	}
	for _, token := range []string{strings.Repeat("a", 16), strings.Repeat("a", 512), "a==============="} {
		if held := newTokens(t, bearer.Options{Tokens: []string{token}}); !held.Valid(withToken(token)) {
			t.Errorf("%q is not good", token)
		}
	}
}

func TestAHundredTokensAreTheMost(t *testing.T) {
	hundred := slices.Repeat([]string{first}, 100)
	newTokens(t, bearer.Options{Tokens: hundred})
	if _, err := bearer.New(bearer.Options{Tokens: append(hundred, first)}); err == nil || err.Error() != "there are more than 100 tokens" {
		t.Error(err)
	}
}

func TestWhatPrintsTheTokensShowsNone(t *testing.T) {
	path := place(t)
	put(t, path, second+"\n"+third)
	held := newTokens(t, bearer.Options{Tokens: []string{first}, File: path})
	for _, format := range []string{"%v", "%+v", "%#v", "%s", "%x", "%q"} {
		text := fmt.Sprintf(format, held)
		hidden(t, text)
		for _, token := range []string{first, second, third} {
			if strings.Contains(text, fmt.Sprintf("%x", token)) || strings.Contains(text, strings.Trim(fmt.Sprint([]byte(token)), "[]")) {
				t.Errorf("a token shows in %s", text)
			}
		}
	}
}
