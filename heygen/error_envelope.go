package heygen

import (
	"encoding/hex"
	"encoding/json"
	"net/url"
	"regexp"
	"strings"
	"unicode"
)

// What an error envelope may hold. HeyGen's own codes and parameters are words
// such as avatar_not_found and limit; whatever fits no word is not HeyGen's.
var (
	codePattern  = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_.-]{0,63}$`)
	paramPattern = regexp.MustCompile(`^[A-Za-z0-9_.\[\]-]{1,64}$`)
)

const (
	maxMessage = 1 << 10 // bytes; HeyGen's are a sentence
	maxDocURL  = 200     // bytes; HeyGen's are some 70
)

// parseErrorEnvelope reads HeyGen's error envelope as far as there is one and it is
// harmless: a gateway may repeat in its answer what it was sent, the key too.
// Each field is read alone: a number where a text belongs must not cost the
// others.
func (c *Client) parseErrorEnvelope(body []byte) *Error {
	var envelope struct {
		Error map[string]json.RawMessage `json:"error"`
	}
	_ = json.Unmarshal(body, &envelope)
	text := func(name string) string {
		var s string
		_ = json.Unmarshal(envelope.Error[name], &s)
		if c.key.appearsIn(s) {
			return ""
		}
		return s
	}
	e := &Error{Message: sanitizeMessage(text("message")), DocURL: sanitizeDocURL(text("doc_url"))}
	if code := text("code"); codePattern.MatchString(code) {
		e.Code = code
	}
	if param := text("param"); paramPattern.MatchString(param) {
		e.Param = param
	}
	return e
}

// sanitizeMessage bounds a text and makes one line of it. What cannot be seen becomes
// a space and does not vanish: the letters around it might form the key.
func sanitizeMessage(text string) string {
	if len(text) > maxMessage {
		text = strings.Clone(strings.ToValidUTF8(text[:maxMessage], "")) // errors are kept, and the text may be as long as a body
	}
	return strings.Map(func(r rune) rune {
		if !unicode.IsGraphic(r) {
			return ' '
		}
		return r
	}, text)
}

// sanitizeDocURL lets an address of documentation through, and no other text. A query
// is where signatures and tokens stand.
func sanitizeDocURL(text string) string {
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "https" || u.Hostname() == "" || u.User != nil || u.RawQuery != "" || u.ForceQuery {
		return ""
	}
	if text = u.String(); len(text) > maxDocURL { // String escapes what is not ASCII
		return ""
	}
	return text
}

var percentEscape = regexp.MustCompile(`%[0-9A-Fa-f]{2}`)

// percentDecoded undoes one round of URL escaping. Other than url.PathUnescape it
// does so beside a stray %, too: there are servers that do.
func percentDecoded(text string) string {
	if !strings.Contains(text, "%") { // as nearly always; below, that takes three allocations
		return text
	}
	return percentEscape.ReplaceAllStringFunc(text, func(e string) string {
		b, _ := hex.DecodeString(e[1:]) // two hexadecimal digits
		return string(b)
	})
}
