package relay

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"hash"
	"strings"
	"sync"
)

// Reasons for which a cursor is invalid. Each of them is [ErrInvalidCursor].
var (
	ErrInvalidCursor = errors.New("invalid cursor")

	errCursorMalformed = invalidCursor("the cursor is truncated or was not issued by this API")
	errCursorSignature = invalidCursor("the signature of the cursor does not match")
	errCursorScope     = invalidCursor("the cursor belongs to another list, search, filter or order")
)

type invalidCursor string

func (e invalidCursor) Error() string        { return string(e) }
func (e invalidCursor) Is(target error) bool { return target == ErrInvalidCursor }

// Codec encodes, signs, decodes and verifies cursors. It is safe for concurrent use.
type Codec struct {
	signers sync.Pool
}

// signer signs one cursor at a time. It holds the buffers that this needs.
type signer struct {
	mac hash.Hash
	buf []byte
	sum [sha256.Size]byte
}

// defaultSecret signs cursors if no secret is configured. It is public, so its
// signatures detect corrupted cursors, but not forged ones.
const defaultSecret = "a cursor is no secret"

// NewCodec returns a Codec that signs with secret. If secret is empty, it signs with
// a fixed public one, which detects corrupted cursors, but not forged ones.
func NewCodec(secret string) *Codec {
	if secret == "" {
		secret = defaultSecret
	}
	key := sha256.Sum256([]byte("cursor\x00" + secret))
	return &Codec{signers: sync.Pool{New: func() any { return &signer{mac: hmac.New(sha256.New, key[:])} }}}
}

// A cursor, before base64url: a header of its kind and 4 bits of that kind's own
// (1 byte), scope (4), the kind's payload, signature (8).
const (
	scopeSize       = 4
	signatureSize   = 8
	maxCursorLength = 6 << 10 // in characters; the longest cursors have 5,5xx
)

// cursorKind is the kind of a cursor, and the version of that kind's payload.
type cursorKind byte

const (
	pageCursor   cursorKind = 1 // of a List
	keysetCursor cursorKind = 2 // of a Sorted list
)

var cursorEncoding = base64.RawURLEncoding.Strict()

// signer returns a signer, which the caller puts back into c.signers.
func (c *Codec) signer() *signer { return c.signers.Get().(*signer) }

// begin returns the start of a cursor in the signer's buffer. The payload is appended
// to it. The low 4 bits of the header are flags.
func (s *signer) begin(kind cursorKind, flags byte, scope [scopeSize]byte) []byte {
	return append(append(s.buf[:0], byte(kind)<<4|flags), scope[:]...)
}

// finish signs a cursor that begin has started, and appends its string form to dst.
func (s *signer) finish(dst, cursor []byte) []byte {
	s.buf = s.appendSignature(cursor)
	return cursorEncoding.AppendEncode(dst, s.buf)
}

// appendSignature appends the signature of buf to it.
func (s *signer) appendSignature(buf []byte) []byte {
	s.mac.Reset()
	s.mac.Write(buf)
	return append(buf, s.mac.Sum(s.sum[:0])[:signatureSize]...)
}

// verify verifies a cursor of a kind and of the list that scope names. It returns the
// flags and the payload, or an [ErrInvalidCursor]. Whether a cursor is of the right kind is
// checked together with the scope: another kind of list is another list.
func (c *Codec) verify(kind cursorKind, scope, encoded string) (flags byte, payload []byte, err error) {
	if len(encoded) > maxCursorLength || strings.ContainsAny(encoded, "\r\n") { // base64 would skip line breaks
		return 0, nil, errCursorMalformed
	}
	buf, err := cursorEncoding.DecodeString(encoded)
	if err != nil || len(buf) < 1+scopeSize+signatureSize {
		return 0, nil, errCursorMalformed
	}
	got := cursorKind(buf[0] >> 4)
	if got != pageCursor && got != keysetCursor {
		return 0, nil, errCursorMalformed
	}
	signed := buf[:len(buf)-signatureSize]
	s := c.signer()
	defer c.signers.Put(s)
	if !hmac.Equal(s.appendSignature(signed[:len(signed):len(signed)]), buf) {
		return 0, nil, errCursorSignature
	}
	if got != kind || [scopeSize]byte(signed[1:]) != hashScope(scope) {
		return 0, nil, errCursorScope
	}
	return signed[0] & 0xf, signed[1+scopeSize:], nil
}

func hashScope(scope string) [scopeSize]byte {
	sum := sha256.Sum256([]byte(scope))
	return [scopeSize]byte(sum[:])
}
