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

// The levels for a body that is compressed once. gzip level 6 saves 3 to 10 % of what
// level 1 leaves, in three times its time; level 9 takes twice as long again for 1 %.
// zstd stays at its fastest level: a page of ids becomes no smaller at any other.
// docs/design.md has the table.
const (
	gzipLevel = 6
	zstdLevel = int(zstd.SpeedFastest)
)

// Encode compresses a body, which is passed in parts, with a coding that
// [NegotiateEncoding] has returned. It is for a body that is sent many times.
func Encode(coding string, body ...[]byte) []byte {
	var encoded bytes.Buffer
	var w io.WriteCloser // from a pool, to which Close returns it
	if coding == "zstd" {
		w = zstdkp.NewWriter(&encoded, zstdLevel)
	} else {
		w = gzkp.NewWriter(&encoded, gzipLevel)
	}
	for _, part := range body {
		_, _ = w.Write(part) // cannot fail: to memory
	}
	_ = w.Close()
	return bytes.Clone(encoded.Bytes()) // without spare capacity
}
