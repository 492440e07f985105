package sandbox

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// urlBuilder makes the paths in an answer into URLs.
type urlBuilder struct {
	base    string
	expires int64 // Unix seconds: until when the signed ones are good
}

func (s *Sandbox) urls(r *http.Request, now time.Time) urlBuilder {
	remaining := s.options.PreviewTTL
	if remaining <= 0 {
		remaining = 7 * 24 * time.Hour
	}
	return urlBuilder{s.baseURL(r), now.Add(remaining).Unix()}
}

// absolute gives a URL that was whole already as it is. A signed one is another whenever it is sent, as time has passed.
func (l urlBuilder) absolute(path *string, verifySignature bool) *string {
	if path == nil || !strings.HasPrefix(*path, "/") {
		return path
	}
	if !verifySignature {
		return new(l.base + *path)
	}
	unescaped, err := url.PathUnescape(*path)
	if err != nil {
		unescaped = *path // nothing is served at it anyway
	}
	return new(fmt.Sprintf("%s%s?Expires=%d&Signature=%s", l.base, *path, l.expires, signature(unescaped, l.expires)))
}

// signatureKey is no secret: it makes signatures that cannot be had by counting up, and that outlive a restart.
var signatureKey = []byte("every sandbox signs with this")

func signature(path string, expires int64) string {
	sum := hmac.New(sha256.New, signatureKey)
	fmt.Fprintf(sum, "%s %d", path, expires)
	return hex.EncodeToString(sum.Sum(nil))
}

// verifySignature tells whether a request has the signature of its own path, and that for some time to come: life is how long.
func verifySignature(r *http.Request, now time.Time) (remaining time.Duration, ok bool) {
	query := r.URL.Query()
	expires, err := strconv.ParseInt(query.Get("Expires"), 10, 64)
	if err != nil || !hmac.Equal([]byte(query.Get("Signature")), []byte(signature(r.URL.Path, expires))) {
		return 0, false
	}
	remaining = time.Unix(expires, 0).Sub(now)
	return remaining, remaining > 0
}
