package representation

import (
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"iter"
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
	return "W/" + strongETag(h)
}

// strongETag returns the strong entity tag of what a SHA-256 hash has read.
func strongETag(h hash.Hash) string {
	return `"` + hex.EncodeToString(h.Sum(nil)[:16]) + `"`
}

// MatchesETag reports whether If-None-Match of a request lists the entity tag of the
// response, or is an asterisk: the client has the body (RFC 9110, section 13.1.2). The
// comparison is weak. It ignores what follows a malformed entity tag.
func MatchesETag(h http.Header, etag string) bool {
	if strings.Trim(ifNoneMatch(h), " \t") == "*" {
		return true
	}
	want := strings.TrimPrefix(etag, "W/")
	for listed := range listedETags(h) {
		if strings.TrimPrefix(listed, "W/") == want {
			return true
		}
	}
	return false
}

// ListsETag reports whether If-None-Match of a request lists exactly this entity tag, a
// weak one or a strong one.
func ListsETag(h http.Header, etag string) bool {
	for listed := range listedETags(h) {
		if listed == etag {
			return true
		}
	}
	return false
}

// ifNoneMatch returns the value of If-None-Match, whose lines are one list.
func ifNoneMatch(h http.Header) string { return strings.Join(h["If-None-Match"], ",") }

// listedETags returns the entity tags in If-None-Match of a request, up to the first
// malformed one.
func listedETags(h http.Header) iter.Seq[string] {
	return func(yield func(string) bool) {
		for rest := ifNoneMatch(h); ; {
			field := strings.TrimLeft(rest, " \t,")
			opaque, ok := strings.CutPrefix(strings.TrimPrefix(field, "W/"), `"`)
			end := strings.IndexByte(opaque, '"') // a comma may be part of it
			if !ok || end < 0 {
				return
			}
			rest = strings.TrimLeft(opaque[end+1:], " \t")
			if !yield(field[:len(field)-len(opaque)+end+1]) || rest != "" && rest[0] != ',' {
				return
			}
		}
	}
}
