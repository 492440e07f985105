package heygen

import (
	"encoding/hex"
	"encoding/json"
	"net/url"
	"regexp"
	"strings"
	"unicode"
)

// The valid codes and parameters of an error envelope. HeyGen's own are words such as
// avatar_not_found and limit; anything else is not HeyGen's.
var (
	codePattern  = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_.-]{0,63}$`)
	paramPattern = regexp.MustCompile(`^[A-Za-z0-9_.\[\]-]{1,64}$`)
)

const (
	maxMessage = 1 << 10 // bytes; HeyGen's are a sentence
	maxDocURL  = 200     // bytes; HeyGen's are some 70
)

// parseErrorEnvelope parses and sanitizes HeyGen's error envelope, if there is one: a
// gateway may repeat the request in its response, with the key. It decodes each field
// separately: a number instead of a string must not cost the others.
func (c *Client) parseErrorEnvelope(body []byte) *Error {
	var envelope struct {
		Error map[string]json.RawMessage `json:"error"`
	}
	_ = json.Unmarshal(body, &envelope)
	field := func(name string) string {
		var s string
		_ = json.Unmarshal(envelope.Error[name], &s)
		if c.key.appearsIn(s) {
			return ""
		}
		return s
	}
	e := &Error{Message: sanitizeMessage(field("message")), DocURL: sanitizeDocURL(field("doc_url"))}
	if code := field("code"); codePattern.MatchString(code) {
		e.Code = code
	}
	if param := field("param"); paramPattern.MatchString(param) {
		e.Param = param
	}
	return e
}

// sanitizeMessage truncates a message and makes it one line. It replaces an invisible
// character with a space instead of deleting it: the letters around it might form
// the key.
func sanitizeMessage(message string) string {
	if len(message) > maxMessage {
		message = strings.Clone(strings.ToValidUTF8(message[:maxMessage], "")) // errors are cached, and the message may be as long as a body
	}
	return strings.Map(func(r rune) rune {
		if !unicode.IsGraphic(r) {
			return ' '
		}
		return r
	}, message)
}

// sanitizeDocURL returns an https URL without a query, which might hold a signature
// or a token, and "" for any other string.
func sanitizeDocURL(rawURL string) string {
	u, err := url.Parse(rawURL)
	if err != nil || u.Scheme != "https" || u.Hostname() == "" || u.User != nil || u.RawQuery != "" || u.ForceQuery {
		return ""
	}
	if rawURL = u.String(); len(rawURL) > maxDocURL { // String escapes what is not ASCII
		return ""
	}
	return rawURL
}

var percentEscape = regexp.MustCompile(`%[0-9A-Fa-f]{2}`)

// percentDecoded decodes percent-encoding once. Unlike url.PathUnescape it also does so
// next to a stray %, as some servers do.
func percentDecoded(s string) string {
	if !strings.Contains(s, "%") { // nearly always; the code below takes three allocations
		return s
	}
	return percentEscape.ReplaceAllStringFunc(s, func(escape string) string {
		b, _ := hex.DecodeString(escape[1:]) // two hexadecimal digits
		return string(b)
	})
}
