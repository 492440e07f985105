package representation

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Static serves a body that does not change while the server runs: to GET and HEAD,
// with an entity tag, 304, ranges, and compressed with gzip if the client accepts it.
// It compresses once, on the first such request: the editor's script has 2.8 MB, and
// compressing it for each request would take 25 ms every time.
type Static struct {
	open                      func() io.ReadSeeker
	contentType, cacheControl string
	etag                      func() string // strong
	gzipped                   func() []byte // nil if the body is shorter than MinEncodedSize
}

// NewStatic returns the handler of a body of this size that open returns. open may read
// from the binary itself, where a body that is not requested takes no memory.
func NewStatic(contentType, cacheControl string, size int64, open func() io.ReadSeeker) *Static {
	s := &Static{open: open, contentType: contentType, cacheControl: cacheControl, etag: sync.OnceValue(func() string {
		h := sha256.New()
		_, _ = io.Copy(h, open()) // cannot fail: from memory
		return strongETag(h)
	})}
	if size >= MinEncodedSize {
		s.gzipped = sync.OnceValue(func() []byte {
			var b bytes.Buffer
			w, _ := gzip.NewWriterLevel(&b, gzip.BestCompression)
			_, _ = io.Copy(w, open()) // cannot fail: from memory to memory
			_ = w.Close()
			return bytes.Clone(b.Bytes())
		})
	}
	return s
}

// ServeHTTP implements [http.Handler].
func (s *Static) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		h.Set("Allow", "GET, HEAD")
		http.Error(w, "405 method not allowed", http.StatusMethodNotAllowed)
		return
	}
	h.Set("Content-Type", s.contentType)
	h.Set("Cache-Control", s.cacheControl)
	if r.Header.Get("If-Match") != "" { // a cache that stores a 412 would serve it to others
		h.Set("Cache-Control", "no-store")
	}
	body, etag := s.open(), s.etag()
	if s.gzipped != nil {
		AddVary(h, "Accept-Encoding")
		if acceptsGzip(r.Header) {
			encoded := s.gzipped()
			body, etag = bytes.NewReader(encoded), strings.TrimSuffix(etag, `"`)+`-gzip"`
			h.Set("Content-Encoding", "gzip")
			if r.Header.Get("If-Match") == "" { // ServeContent leaves the length of a coding out, and this one in a 412
				h.Set("Content-Length", strconv.Itoa(len(encoded)))
			}
		}
	}
	h.Set("ETag", etag)
	http.ServeContent(w, r, "", time.Time{}, body)
}
