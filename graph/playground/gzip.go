package playground

import (
	"bytes"
	"compress/gzip"
	"io"
	"sync"
)

// minGzipSize is the minimum size in bytes of a file that is also cached
// compressed: the editor's script has 2.8 MB, and compressing it for each request
// would take 25 ms every time.
const minGzipSize = 32 << 10

// gzipped returns a function that returns the gzip-compressed body. It compresses
// on the first call.
func gzipped(open func() io.ReadSeeker) func() []byte {
	return sync.OnceValue(func() []byte {
		var b bytes.Buffer
		w, _ := gzip.NewWriterLevel(&b, gzip.BestCompression)
		_, _ = io.Copy(w, open()) // cannot fail: from memory to memory
		_ = w.Close()
		return b.Bytes()
	})
}
