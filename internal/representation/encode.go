package representation

import (
	"bytes"
	"io"

	"github.com/klauspost/compress/gzhttp/writer/gzkp"
	"github.com/klauspost/compress/gzhttp/writer/zstdkp"
	"github.com/klauspost/compress/zstd"
)

// MinEncodedSize is the minimum size in bytes of a body that is compressed: a shorter
// one fits into one packet in any case.
const MinEncodedSize = 1 << 10

// The levels for a body that is compressed once: higher ones take longer than they save.
// docs/design.md has the figures, under Compression.
const (
	cachedGzipLevel = 6
	cachedZstdLevel = int(zstd.SpeedFastest)
)

// Encode compresses a body, which is passed in parts, with a coding that
// [NegotiateEncoding] has returned. It is for a body that is sent many times.
func Encode(coding string, body ...[]byte) []byte {
	var encoded bytes.Buffer
	var w io.WriteCloser // from a pool, to which Close returns it
	if coding == "zstd" {
		w = zstdkp.NewWriter(&encoded, cachedZstdLevel)
	} else {
		w = gzkp.NewWriter(&encoded, cachedGzipLevel)
	}
	for _, part := range body {
		_, _ = w.Write(part) // cannot fail: to memory
	}
	_ = w.Close()
	return bytes.Clone(encoded.Bytes()) // without spare capacity
}
