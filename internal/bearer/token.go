package bearer

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
)

const (
	shortest = 16 // 64 bits, in hex: fewer can be guessed
	longest  = 512
)

var (
	errLength = fmt.Errorf("does not have %d to %d characters", shortest, longest)
	errForm   = errors.New("has another character than A-Z a-z 0-9 - . _ ~ + / and, at its end, =")
)

// check tells what keeps a token from standing behind "Bearer". One that cannot
// be shown in a request must not be configured either: it would keep everybody out.
func check[T string | []byte](token T) error {
	if len(token) < shortest || len(token) > longest {
		return errLength
	}
	end := len(token)
	for end > 0 && token[end-1] == '=' {
		end--
	}
	for i := range end {
		if !inToken(token[i]) {
			return errForm
		}
	}
	return nil
}

// inToken: the characters of token68 (RFC 9110, section 11.2) before its padding.
func inToken(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' ||
		c == '-' || c == '.' || c == '_' || c == '~' || c == '+' || c == '/'
}

// shown gives the token of a request; false: it shows none that could be good.
// Of two Authorization headers none is taken, for a proxy in front may have looked at
// the other one.
func shown(r *http.Request) (string, bool) {
	values := r.Header["Authorization"]
	if len(values) != 1 {
		return "", false
	}
	scheme, rest, _ := strings.Cut(values[0], " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return "", false
	}
	token := strings.TrimLeft(rest, " ")
	return token, check(token) == nil
}
