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

// urlBuilder turns the paths in a response into URLs.
type urlBuilder struct {
	base    string
	expires int64 // Unix seconds: the expiry of signed URLs
}

func (s *Sandbox) urls(r *http.Request, now time.Time) urlBuilder {
	ttl := s.options.PreviewTTL
	if ttl <= 0 {
		ttl = 7 * 24 * time.Hour
	}
	return urlBuilder{s.baseURL(r), now.Add(ttl).Unix()}
}

// absolute returns an absolute URL unchanged. A signed URL differs from second to second.
func (b urlBuilder) absolute(path *string, signed bool) *string {
	if path == nil || !strings.HasPrefix(*path, "/") {
		return path
	}
	if !signed {
		return new(b.base + *path)
	}
	unescaped, err := url.PathUnescape(*path)
	if err != nil {
		unescaped = *path // it is not served anyway
	}
	return new(fmt.Sprintf("%s%s?Expires=%d&Signature=%s", b.base, *path, b.expires, signature(unescaped, b.expires)))
}

// signatureKey is not secret: it makes signatures that cannot be guessed by counting, and that survive a restart.
var signatureKey = []byte("every sandbox signs with this")

func signature(path string, expires int64) string {
	sum := hmac.New(sha256.New, signatureKey)
	fmt.Fprintf(sum, "%s %d", path, expires)
	return hex.EncodeToString(sum.Sum(nil))
}

// verifySignature reports whether a request has an unexpired signature of its own path, and returns the remaining lifetime.
func verifySignature(r *http.Request, now time.Time) (remaining time.Duration, ok bool) {
	query := r.URL.Query()
	expires, err := strconv.ParseInt(query.Get("Expires"), 10, 64)
	if err != nil || !hmac.Equal([]byte(query.Get("Signature")), []byte(signature(r.URL.Path, expires))) {
		return 0, false
	}
	remaining = time.Unix(expires, 0).Sub(now)
	return remaining, remaining > 0
}
