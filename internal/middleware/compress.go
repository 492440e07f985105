package middleware

import (
	"net/http"
	"strings"

	"github.com/klauspost/compress/gzhttp"
	"github.com/klauspost/compress/zstd"
)

const (
	// leastCompressed is how long a text must be, in bytes, to be worth it: what
	// is shorter travels in one packet in any case.
	leastCompressed = 1 << 10
	// gzipLevel is the fastest. A GraphQL answer of 39 KB becomes 11.2 KB in some
	// 0.2 ms, about what answering took; level 6 takes twice as long to save 4 % of
	// that, as most of it is ids, which no level makes shorter.
	gzipLevel = 1
	// zstdLevel is the fastest too: 10.4 KB, in the same time.
	zstdLevel = int(zstd.SpeedFastest)
	// maxEncoders is how many answers may be compressed at once. An encoder takes
	// up to 0.8 MB until its client has read the answer, so that clients who do not
	// read hold 52 MB of them, and no more.
	maxEncoders = 64
)

// Compress compresses text, JSON, scripts and SVG of 1 KiB or more by zstd or
// gzip, as the request's Accept-Encoding asks. Not so streams of events, ranges,
// and what has a Content-Encoding already. While clients are slow to read 64
// compressed answers, others get theirs uncompressed.
//
// Every answer varies by Accept-Encoding: a handler within adds to Vary and does
// not set it. A compressed one loses its Content-Length and Accept-Ranges, and its
// ETag becomes weak: two codings of a text are equivalent, not equal. By that tag
// http.ServeContent still answers 304, and gives no range of another coding.
//
// A handler must not write once it has returned: what it wrote to serves another
// request by then.
//
// An answer that holds both a secret and what another site chose would tell of
// the secret by its length. There is none where that site's requests are refused,
// see [Origins.BlockCrossOrigin], or carry nobody's credentials.
func Compress(next http.Handler) http.Handler {
	wrap, err := gzhttp.NewWrapper(
		gzhttp.MinSize(leastCompressed),
		gzhttp.CompressionLevel(gzipLevel),
		gzhttp.ZstdCompressionLevel(zstdLevel),
		gzhttp.ContentTypeFilter(compressible),
	)
	if err != nil {
		panic(err) // of constants
	}
	encoders := make(chan struct{}, maxEncoders)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		coding := codingFor(r)
		if coding == "" {
			w.Header().Add("Vary", "Accept-Encoding")
			next.ServeHTTP(w, r)
			return
		}
		a := &answer{plain: w, encoders: encoders, known: strings.Join(r.Header["If-None-Match"], ",")}
		defer a.leave()
		chosen := r.WithContext(r.Context()) // a copy, for gzhttp alone
		chosen.Header = http.Header{"Accept-Encoding": {coding}}
		wrap(http.HandlerFunc(func(compressing http.ResponseWriter, _ *http.Request) {
			a.ResponseWriter = compressing
			next.ServeHTTP(a, r)
		})).ServeHTTP(w, chosen)
	})
}

// compressible tells by a Content-Type what becomes shorter. An event of a stream
// is to leave at once, where an encoder waits for more.
func compressible(contentType string) bool {
	kind, _, _ := strings.Cut(contentType, ";")
	switch kind = strings.ToLower(strings.TrimSpace(kind)); kind {
	case "text/event-stream":
		return false
	case "application/json", "application/javascript", "image/svg+xml":
		return true
	}
	return strings.HasPrefix(kind, "text/") || strings.HasSuffix(kind, "+json")
}
