package responsecache

import (
	"sync/atomic"

	"heygen-graphql/graph/httptransport"
	"heygen-graphql/internal/representation"
)

// encodings holds the compressed bodies of a response, by content coding.
type encodings struct{ gzip, zstd encoding }

// encoding is the body in one coding.
type encoding struct {
	requests atomic.Uint64
	body     atomic.Pointer[[]byte] // nil: not compressed yet
}

// of returns the encoding of a content coding, or nil for "".
func (e *encodings) of(coding string) *encoding {
	switch coding {
	case "gzip":
		return &e.gzip
	case "zstd":
		return &e.zstd
	default:
		return nil
	}
}

// countRequest counts a request that gets the response uncompressed.
func (e *encodings) countRequest(coding string) {
	if encoding := e.of(coding); encoding != nil {
		encoding.requests.Add(1)
	}
}

// size returns the size of the compressed bodies, in bytes.
func (e *encodings) size() (n int) {
	for _, encoding := range []*encoding{&e.gzip, &e.zstd} {
		if body := encoding.body.Load(); body != nil {
			n += cap(*body)
		}
	}
	return n
}

// encoded returns the body in the coding of a request, or nil if it is not compressed.
// The second request with a coding compresses it: many responses are requested once.
// Until it has, others get nil and do not wait.
func (c *cachedResponse) encoded(store Store, r Request) []byte {
	encoding := c.encodings.of(r.Coding)
	if encoding == nil || len(c.response.GraphQL.Errors) > 0 {
		return nil
	}
	if body := encoding.body.Load(); body != nil {
		return *body
	}
	if encoding.requests.Add(1) != 2 {
		return nil
	}
	body := httptransport.NewBody(c.response.GraphQL)
	if body.Len() < representation.MinEncodedSize {
		return nil
	}
	encoded := representation.Encode(r.Coding, body.Parts()...)
	encoding.body.Store(&encoded)
	store.Reweigh(r.Key, c)
	return encoded
}
