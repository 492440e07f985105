package bearer

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
)

const (
	minLength = 16 // 64 bits in hex: fewer can be guessed
	maxLength = 512
)

var (
	errLength = fmt.Errorf("must have %d to %d characters", minLength, maxLength)
	errSyntax = errors.New("must have only the characters A-Z a-z 0-9 - . _ ~ + / and trailing =")
)

// validate returns an error if no Authorization header could carry the token. Such
// a token must not be configured either: it would lock every caller out.
func validate[T string | []byte](token T) error {
	if len(token) < minLength || len(token) > maxLength {
		return errLength
	}
	end := len(token)
	for end > 0 && token[end-1] == '=' {
		end--
	}
	for i := range end {
		if !isToken68(token[i]) {
			return errSyntax
		}
	}
	return nil
}

// isToken68 reports whether c may appear in a token68 (RFC 9110, section 11.2)
// before the padding.
func isToken68(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' ||
		c == '-' || c == '.' || c == '_' || c == '~' || c == '+' || c == '/'
}

// FromHeader returns the token of the Authorization header. It returns false if
// there is no such header or more than one, if its scheme is not Bearer, in upper
// or lower case, or if the token is empty. It does not check the token's
// characters.
//
// Of two headers it accepts neither: a proxy may have checked the other one.
func FromHeader(h http.Header) (token string, ok bool) {
	values := h["Authorization"]
	if len(values) != 1 {
		return "", false
	}
	scheme, rest, _ := strings.Cut(values[0], " ")
	token = strings.TrimLeft(rest, " ")
	if !strings.EqualFold(scheme, "Bearer") || token == "" {
		return "", false
	}
	return token, true
}
