package playground

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
)

// leastZipped is the size in bytes from which a file is kept compressed as well: the editor's script has 2.8 MB, and to
// compress it for each visitor would take 25 ms every time.
const leastZipped = 32 << 10

// zipped gives a body by gzip, which is made when it is first asked for.
func zipped(open func() io.ReadSeeker) func() []byte {
	return sync.OnceValue(func() []byte {
		var b bytes.Buffer
		w, _ := gzip.NewWriterLevel(&b, gzip.BestCompression)
		_, _ = io.Copy(w, open()) // to memory
		_ = w.Close()
		return b.Bytes()
	})
}

// takesGzip tells whether a request names gzip among what its sender can read.
func takesGzip(r *http.Request) bool {
	for part := range strings.SplitSeq(strings.Join(r.Header.Values("Accept-Encoding"), ","), ",") {
		name, weight, weighted := strings.Cut(part, ";")
		if !strings.EqualFold(strings.TrimSpace(name), "gzip") {
			continue
		}
		q, err := strconv.ParseFloat(strings.TrimPrefix(strings.TrimSpace(weight), "q="), 64)
		return !weighted || err == nil && q > 0
	}
	return false
}
