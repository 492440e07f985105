package load

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

// Identity is the name of no coding.
const Identity = "identity"

// Coding returns the content coding of the last response.
func (c *Conn) Coding() string {
	if c.coding == "" {
		return Identity
	}
	return c.coding
}

// setCoding stores the value of a Content-Encoding field. It allocates for unknown
// codings only.
func (c *Conn) setCoding(value []byte) {
	switch {
	case bytes.EqualFold(value, []byte("gzip")):
		c.coding = "gzip"
	case bytes.EqualFold(value, []byte("br")):
		c.coding = "br"
	case bytes.EqualFold(value, []byte("zstd")):
		c.coding = "zstd"
	default:
		c.coding = strings.ToLower(string(value))
	}
}

// decodedBody returns the body of the last response without its coding. Of an
// uncompressed one it is not a copy.
func (c *Conn) decodedBody() ([]byte, error) {
	var (
		decoder io.Reader
		err     error
		encoded = bytes.NewReader(c.body)
	)
	switch c.Coding() {
	case Identity:
		return c.body, nil
	case "gzip":
		decoder, err = gzip.NewReader(encoded)
	case "br":
		decoder = brotli.NewReader(encoded)
	case "zstd":
		var z *zstd.Decoder
		if z, err = zstd.NewReader(encoded, zstd.WithDecoderConcurrency(1)); err == nil {
			defer z.Close()
		}
		decoder = z
	default:
		return nil, fmt.Errorf("unsupported Content-Encoding %q", c.coding)
	}
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(io.LimitReader(decoder, maxBody))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", c.coding, err)
	}
	return body, nil
}
