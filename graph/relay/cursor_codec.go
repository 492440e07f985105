package relay

import (
	"crypto/sha256"
	"encoding/binary"
)

// The payload of a page cursor, whose numbers of neighbors are the flags: page number
// (varint), checkpoint (4, absent on page 0), index+1 or 0 for EndsPage (varint), id
// and neighbors (5 each), page token.
const (
	checkpointSize = 4
	hashSize       = 5 // with 40 bits two ids in a list of 2,000 share a hash once in half a million lists
	maxPageNumber  = 1 << 20
	maxIndex       = 1 << 20
	maxTokenLength = 4<<10 + 16 // HeyGen's longest, and the prefix that a list may add
)

// Encode returns the string form of a page cursor of the list that scope names.
func (c *Codec) Encode(scope string, cursor Cursor) string {
	return string(c.appendCursor(nil, hashScope(scope), &cursor))
}

// appendCursor appends the string form of a page cursor of the list whose scope has this hash.
func (c *Codec) appendCursor(dst []byte, scope [scopeSize]byte, cursor *Cursor) []byte {
	before := cursor.HashesBefore[:min(len(cursor.HashesBefore), maxBefore)]
	after := cursor.HashesAfter[:min(len(cursor.HashesAfter), maxAfter)]
	s := c.signer()
	defer c.signers.Put(s)
	buf := s.begin(pageCursor, byte(len(before))<<2|byte(len(after)), scope)
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
	return s.finish(dst, append(buf, cursor.PageToken...))
}

// Decode decodes and verifies a page cursor of the list that scope names. It returns
// an [ErrInvalidCursor], whose message states the reason, if it is not one.
func (c *Codec) Decode(scope, encoded string) (Cursor, error) {
	flags, payload, err := c.verify(pageCursor, scope, encoded)
	if err != nil {
		return Cursor{}, err
	}
	cursor, ok := decodePayload(flags, payload)
	if !ok {
		return Cursor{}, errCursorMalformed
	}
	return cursor, nil
}

// decodePayload decodes the signed fields of a page cursor. It accepts only what
// Encode would write, because anyone can sign with the default secret.
func decodePayload(flags byte, payload []byte) (Cursor, bool) {
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
	before, after := int(flags>>2), int(flags&3)
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
