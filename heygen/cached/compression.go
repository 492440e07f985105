package cached

import "github.com/klauspost/compress/zstd"

const (
	// minCompressed is the size from which records are compressed. Below, it saves too little.
	minCompressed = 512
	// maxDecompressed bounds the memory that a record takes when it is decompressed.
	maxDecompressed = 32 << 20
)

// The first byte of a record.
const (
	plainRecord byte = iota
	zstdRecord
)

// compression compresses the records of one client.
type compression struct {
	encoder *zstd.Encoder
	decoder *zstd.Decoder
}

func newCompression() *compression {
	encoder, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithLowerEncoderMem(true), zstd.WithWindowSize(256<<10))
	if err != nil { // an option is invalid
		panic(err)
	}
	decoder, err := zstd.NewReader(nil, zstd.WithDecoderMaxMemory(maxDecompressed), zstd.WithDecoderLowmem(true), zstd.WithDecoderConcurrency(0))
	if err != nil {
		panic(err)
	}
	return &compression{encoder, decoder}
}

func (c *compression) compress(data []byte) []byte {
	if len(data) < minCompressed {
		return append([]byte{plainRecord}, data...)
	}
	return c.encoder.EncodeAll(data, append(make([]byte, 0, len(data)/2), zstdRecord))
}

// decompress returns what was compressed. It reports false for anything else.
func (c *compression) decompress(data []byte) ([]byte, bool) {
	if len(data) == 0 {
		return nil, false
	}
	switch format, body := data[0], data[1:]; format {
	case plainRecord:
		return body, true
	case zstdRecord:
		plain, err := c.decoder.DecodeAll(body, nil)
		return plain, err == nil
	default:
		return nil, false
	}
}
