package relay

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
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
	errCursorScope     = invalidCursor("the cursor belongs to another list or to another filter")
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

// The wire format, before base64url: version and numbers of neighbors (1 byte),
// scope (4), page number (varint), checkpoint (4, absent on page 0), index+1 or 0
// for EndsPage (varint), id and neighbors (5 each), page token, signature (8).
const (
	cursorVersion   = 1
	scopeSize       = 4
	checkpointSize  = 4
	hashSize        = 5 // with 40 bits two ids in a list of 2,000 share a hash once in half a million lists
	signatureSize   = 8
	maxPageNumber   = 1 << 20
	maxIndex        = 1 << 20
	maxTokenLength  = 4<<10 + 16 // HeyGen's longest, and the prefix that a list may add
	maxCursorLength = 6 << 10    // in characters; a cursor with the longest token has 5,5xx
)

var cursorEncoding = base64.RawURLEncoding.Strict()

// Encode returns the string form of a cursor of the list that scope names.
func (c *Codec) Encode(scope string, cursor Cursor) string {
	return string(c.appendCursor(nil, hashScope(scope), &cursor))
}

// appendCursor appends the string form of a cursor of the list whose scope has this hash.
func (c *Codec) appendCursor(dst []byte, scope [scopeSize]byte, cursor *Cursor) []byte {
	before := cursor.HashesBefore[:min(len(cursor.HashesBefore), maxBefore)]
	after := cursor.HashesAfter[:min(len(cursor.HashesAfter), maxAfter)]
	s := c.signers.Get().(*signer)
	defer c.signers.Put(s)
	buf := append(s.buf[:0], cursorVersion<<4|byte(len(before))<<2|byte(len(after)))
	buf = append(buf, scope[:]...)
	buf = binary.AppendUvarint(buf, uint64(cursor.PageNumber))
	if cursor.PageNumber > 0 {
		buf = appendBigEndian(buf, uint64(cursor.Checkpoint), checkpointSize)
	}
	index := uint64(0)
	if !cursor.EndsPage {
		index = uint64(cursor.Index) + 1
	}
	buf = binary.AppendUvarint(buf, index)
	buf = appendBigEndian(buf, cursor.IDHash, hashSize)
	for _, h := range before {
		buf = appendBigEndian(buf, h, hashSize)
	}
	for _, h := range after {
		buf = appendBigEndian(buf, h, hashSize)
	}
	buf = append(buf, cursor.PageToken...)
	s.buf = s.appendSignature(buf)
	return cursorEncoding.AppendEncode(dst, s.buf)
}

// Decode decodes and verifies a cursor of the list that scope names. It returns
// an [ErrInvalidCursor], whose message states the reason, if it is not one.
func (c *Codec) Decode(scope, encoded string) (Cursor, error) {
	if len(encoded) > maxCursorLength || strings.ContainsAny(encoded, "\r\n") { // base64 would skip line breaks
		return Cursor{}, errCursorMalformed
	}
	buf, err := cursorEncoding.DecodeString(encoded)
	if err != nil || len(buf) < 1+scopeSize+signatureSize || buf[0]>>4 != cursorVersion {
		return Cursor{}, errCursorMalformed
	}
	signed := buf[:len(buf)-signatureSize]
	s := c.signers.Get().(*signer)
	defer c.signers.Put(s)
	if !hmac.Equal(s.appendSignature(signed[:len(signed):len(signed)]), buf) {
		return Cursor{}, errCursorSignature
	}
	if [scopeSize]byte(signed[1:]) != hashScope(scope) {
		return Cursor{}, errCursorScope
	}
	cursor, ok := decodePayload(signed[0], signed[1+scopeSize:])
	if !ok {
		return Cursor{}, errCursorMalformed
	}
	return cursor, nil
}

// decodePayload decodes the signed fields that follow the scope. It accepts only
// what Encode would write, because anyone can sign with the default secret.
func decodePayload(header byte, payload []byte) (Cursor, bool) {
	r := payloadReader{rest: payload}
	cursor := Cursor{PageNumber: r.uvarint(maxPageNumber)}
	if cursor.PageNumber > 0 {
		cursor.Checkpoint = uint32(r.bigEndian(checkpointSize))
	}
	if index := r.uvarint(maxIndex); index == 0 {
		cursor.EndsPage = true
	} else {
		cursor.Index = index - 1
	}
	cursor.IDHash = r.bigEndian(hashSize)
	before, after := int(header>>2&3), int(header&3)
	for range before {
		cursor.HashesBefore = append(cursor.HashesBefore, r.bigEndian(hashSize))
	}
	for range after {
		cursor.HashesAfter = append(cursor.HashesAfter, r.bigEndian(hashSize))
	}
	cursor.PageToken = string(r.rest)
	inconsistent := (cursor.PageNumber == 0) != (cursor.PageToken == "") || cursor.EndsPage && (cursor.PageToken == "" || after > 0)
	return cursor, !r.failed && !inconsistent && before <= maxBefore && after <= maxAfter && len(cursor.PageToken) <= maxTokenLength
}

// payloadReader reads the fields of a payload. It fails if one is missing or too large.
type payloadReader struct {
	rest   []byte
	failed bool
}

func (r *payloadReader) uvarint(limit uint64) int {
	v, size := binary.Uvarint(r.rest)
	if size <= 0 || v > limit || size != len(binary.AppendUvarint(nil, v)) { // a varint also has longer, non-canonical forms
		r.rest, r.failed = nil, true
		return 0
	}
	r.rest = r.rest[size:]
	return int(v)
}

func (r *payloadReader) bigEndian(size int) (v uint64) {
	if len(r.rest) < size {
		r.rest, r.failed = nil, true
		return 0
	}
	v = bigEndian(r.rest[:size])
	r.rest = r.rest[size:]
	return v
}

// appendSignature appends the signature of buf to it.
func (s *signer) appendSignature(buf []byte) []byte {
	s.mac.Reset()
	s.mac.Write(buf)
	return append(buf, s.mac.Sum(s.sum[:0])[:signatureSize]...)
}

func hashScope(scope string) [scopeSize]byte {
	sum := sha256.Sum256([]byte(scope))
	return [scopeSize]byte(sum[:])
}

func hashID(id string) uint64 {
	sum := sha256.Sum256([]byte(id))
	return bigEndian(sum[:hashSize])
}

func hashToken(token string) uint32 {
	sum := sha256.Sum256([]byte(token))
	return uint32(bigEndian(sum[:checkpointSize]))
}

// appendBigEndian appends the low size bytes of v, the most significant first.
func appendBigEndian(buf []byte, v uint64, size int) []byte {
	for size--; size >= 0; size-- {
		buf = append(buf, byte(v>>(8*size)))
	}
	return buf
}

func bigEndian(buf []byte) (v uint64) {
	for _, b := range buf {
		v = v<<8 | uint64(b)
	}
	return v
}
