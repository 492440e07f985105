package redisstore

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"sync"

	"github.com/klauspost/compress/zstd"
	"github.com/redis/rueidis"
)

// maxDocument is the maximum size of a document's source.
const maxDocument = 256 << 10

// The first byte of a document's value is its content coding.
const (
	documentIdentity = 0
	documentZstd     = 1
)

var (
	documentEncoder = sync.OnceValue(func() *zstd.Encoder {
		encoder, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1))
		if err != nil {
			panic(err) // an option is invalid
		}
		return encoder
	})
	documentDecoder = sync.OnceValue(func() *zstd.Decoder {
		decoder, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(0), zstd.WithDecoderMaxMemory(maxDocument))
		if err != nil {
			panic(err)
		}
		return decoder
	})
)

func documentKey(hash [32]byte) string {
	return namespace + "document:" + hex.EncodeToString(hash[:])
}

// LoadDocument returns the source of a document with a SHA-256 hash, if a replica has stored
// it.
func (s *Store) LoadDocument(ctx context.Context, hash [32]byte) (string, bool) {
	replies, err := s.do(ctx, "document", func(b rueidis.Builder) rueidis.Commands {
		return rueidis.Commands{get(b, documentKey(hash), 1+maxDocument)}
	})
	if err != nil {
		return "", false
	}
	value, err := replies[0].AsBytes()
	if err != nil || len(value) == 0 || len(value) > 1+maxDocument {
		return "", false
	}
	source := value[1:]
	switch value[0] {
	case documentIdentity:
	case documentZstd:
		if source, err = documentDecoder().DecodeAll(source, nil); err != nil {
			return "", false
		}
	default: // a coding of a later version
		return "", false
	}
	if len(source) > maxDocument || sha256.Sum256(source) != hash {
		return "", false
	}
	return string(source), true
}

// StoreDocument stores the source of a document for 24 hours, if it has the hash and is not
// larger than 256 KiB.
func (s *Store) StoreDocument(ctx context.Context, hash [32]byte, source string) {
	if len(source) > maxDocument || sha256.Sum256([]byte(source)) != hash {
		return
	}
	s.write(ctx, "document", whileAvailable, func(b rueidis.Builder) rueidis.Commands {
		value := append([]byte{documentIdentity}, source...)
		if compressed := documentEncoder().EncodeAll([]byte(source), []byte{documentZstd}); len(compressed) < len(value) {
			value = compressed
		}
		return rueidis.Commands{b.Set().Key(documentKey(hash)).Value(string(value)).Ex(documentTTL).Build()}
	}, nil)
}
