package representation

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"
)

// ETag returns the weak entity tag of a body that is written in parts: its bytes are
// equal, but its content coding may differ. It is the same on all replicas.
func ETag(body ...[]byte) string {
	h := sha256.New()
	for _, part := range body {
		h.Write(part)
	}
	var sum [sha256.Size]byte
	return `W/"` + hex.EncodeToString(h.Sum(sum[:0])[:16]) + `"`
}

// MatchesETag reports whether If-None-Match of a request lists the entity tag of the
// response, or is an asterisk: the client has the body (RFC 9110, section 13.1.2). The
// comparison is weak. It ignores what follows a malformed entity tag.
func MatchesETag(h http.Header, etag string) bool {
	field := strings.Join(h["If-None-Match"], ",")
	if strings.Trim(field, " \t") == "*" {
		return true
	}
	want := strings.TrimPrefix(etag, "W/")
	for {
		field = strings.TrimLeft(field, " \t,")
		opaque, ok := strings.CutPrefix(strings.TrimPrefix(field, "W/"), `"`)
		end := strings.IndexByte(opaque, '"') // a comma may be part of it
		if !ok || end < 0 {
			return false
		}
		if opaque[:end] == want[1:len(want)-1] {
			return true
		}
		if field = strings.TrimLeft(opaque[end+1:], " \t"); field != "" && field[0] != ',' {
			return false
		}
	}
}
