package middleware

import (
	"net/http"
	"strings"

	"github.com/klauspost/compress/gzhttp"
	"github.com/klauspost/compress/zstd"

	"heygen-graphql/internal/representation"
)

const (
	// onTheFlyGzipLevel and onTheFlyZstdLevel are the fastest: most of a body is ids,
	// which no level makes shorter. docs/design.md has the figures, under Compression.
	onTheFlyGzipLevel = 1
	onTheFlyZstdLevel = int(zstd.SpeedFastest)
	// maxEncoders is the maximum number of responses that are compressed at once.
	// An encoder takes up to 0.8 MB until its client has read the response, so slow
	// clients hold at most 52 MB of them.
	maxEncoders = 64
)

// Compress compresses text, JSON, scripts and SVG of 1 KiB or more with zstd or
// gzip, as negotiated by Accept-Encoding. It leaves event streams, ranges and
// responses with a Content-Encoding alone. While clients are slow to read 64
// compressed responses, other responses are not compressed.
//
// Every response varies by Accept-Encoding: next must add to Vary, not set it. A
// compressed response loses its Content-Length and Accept-Ranges, and its ETag
// becomes weak: two codings of a representation are equivalent, not equal. By
// that ETag http.ServeContent still responds 304, and serves no range of another
// coding. The response to HEAD has the headers of the one to GET, and nothing is
// compressed for it.
//
// A handler must not write after it has returned: its writer serves another
// request by then.
//
// A response that contains both a secret and input of another site would leak the
// secret by its compressed length (BREACH). There is none if that site's requests
// are rejected, see [Origins.BlockCrossOrigin], or carry no credentials.
func Compress(next http.Handler) http.Handler {
	wrap, err := gzhttp.NewWrapper(
		gzhttp.MinSize(representation.MinEncodedSize),
		gzhttp.CompressionLevel(onTheFlyGzipLevel),
		gzhttp.ZstdCompressionLevel(onTheFlyZstdLevel),
		gzhttp.ContentTypeFilter(isCompressible),
	)
	if err != nil {
		panic(err) // the options are constants
	}
	encoders := make(chan struct{}, maxEncoders)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		coding := representation.NegotiateEncoding(r.Header)
		if coding == "" {
			w.Header().Add("Vary", "Accept-Encoding")
			next.ServeHTTP(w, r)
			return
		}
		cw := &compressWriter{uncompressed: w, encoders: encoders, requestHeader: r.Header}
		if r.Method == http.MethodHead {
			w.Header().Add("Vary", "Accept-Encoding")
			cw.ResponseWriter, cw.headCoding = w, coding
			next.ServeHTTP(cw, r)
			cw.selectWriter(http.StatusOK)
			return
		}
		defer cw.releaseEncoder()
		negotiated := r.WithContext(r.Context()) // a copy, for gzhttp alone
		negotiated.Header = http.Header{"Accept-Encoding": {coding}}
		wrap(http.HandlerFunc(func(compressing http.ResponseWriter, _ *http.Request) {
			cw.ResponseWriter = compressing
			next.ServeHTTP(cw, r)
		})).ServeHTTP(w, negotiated)
	})
}

// isCompressible reports whether bodies of a Content-Type become shorter. Event
// streams are excluded: each event must be sent at once, and an encoder buffers.
func isCompressible(contentType string) bool {
	mediaType, _, _ := strings.Cut(contentType, ";")
	switch mediaType = strings.ToLower(strings.TrimSpace(mediaType)); mediaType {
	case "text/event-stream":
		return false
	case "application/json", "application/javascript", "image/svg+xml":
		return true
	}
	return strings.HasPrefix(mediaType, "text/") || strings.HasSuffix(mediaType, "+json")
}
