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

// Cursor says where an edge stood in its list: near enough to find the place
// again after the list has changed. On a list that stands still an edge has one
// cursor, however it was reached.
type Cursor struct {
	// Token asks for the page to look in. Empty: the first one.
	Token string
	// Page is that page's number, counted from 0, and Mark a hash of the token of
	// the last page up to it whose number is a power of two, by which a list that
	// leads back into itself is known: see walk.
	Page int
	Mark uint32
	// Index is the edge's place in that page. For Closes it has no meaning.
	Index int
	// Closes says that the edge was the last of the page before that one. Going
	// on after it then costs one call, and no page is read twice.
	Closes bool
	// Self is a hash of the edge's id.
	Self uint64
	// Front and Behind are hashes of the ids around it, the nearest first: up to
	// 3 in front, and up to 2 behind it in the same page. They hold the place when
	// the edge is gone. Behind is empty for the last edge of a page.
	Front, Behind []uint64
}

// How many neighbours a cursor remembers. Those in front reach over the border
// of a page, for its first edge needs them most. People remove what they have
// seen, often all of it at once: then those behind hold the place.
const (
	maxFront  = 3
	maxBehind = 2
)

// Why a cursor is refused. All of them are [ErrInvalidCursor].
var (
	ErrInvalidCursor = errors.New("invalid cursor")

	errCursorText  = invalidCursor("it is cut, or was never a cursor of this API")
	errCursorMAC   = invalidCursor("it is damaged")
	errCursorScope = invalidCursor("it belongs to another list, or to the same with another filter")
)

type invalidCursor string

func (e invalidCursor) Error() string        { return string(e) }
func (e invalidCursor) Is(target error) bool { return target == ErrInvalidCursor }

// Codec writes cursors as text and reads them back. It is safe for concurrent use.
type Codec struct {
	signers sync.Pool
}

// signer signs one cursor at a time, and is where it is written.
type signer struct {
	mac  hash.Hash
	text []byte
	sum  [sha256.Size]byte
}

// defaultSecret signs where nobody chose a secret: every replica knows it, and
// so does everybody else. It finds damage, not forgery.
const defaultSecret = "a cursor is no secret"

// NewCodec makes a codec that signs with a secret; empty: with a fixed one,
// which finds damaged cursors, but not forged ones.
func NewCodec(secret string) *Codec {
	if secret == "" {
		secret = defaultSecret
	}
	key := sha256.Sum256([]byte("cursor\x00" + secret))
	return &Codec{signers: sync.Pool{New: func() any { return &signer{mac: hmac.New(sha256.New, key[:])} }}}
}

// The layout, before base64url: version and numbers of neighbours (1 byte),
// scope (4), page (varint), mark (4, not for page 0), index+1 or 0 for closes
// (varint), self and neighbours (5 each), token, signature (8).
const (
	version       = 1
	scopeSize     = 4
	markSize      = 4
	hashSize      = 5 // with 40 bits two ids in a list of 2,000 share a hash once in half a million lists
	signatureSize = 8
	maxPage       = 1 << 20
	maxIndex      = 1 << 20
	maxToken      = 4<<10 + 16 // HeyGen's longest, and what a list may put before it
	maxCursor     = 6 << 10    // in characters; one with the longest token has 5,5xx
)

var encoding = base64.RawURLEncoding.Strict()

// Encode writes a cursor of the list that scope names.
func (c *Codec) Encode(scope string, at Cursor) string {
	return string(c.appendTo(nil, scopeHash(scope), &at))
}

// appendTo appends a cursor of the list whose scope has this hash.
func (c *Codec) appendTo(text []byte, scope [scopeSize]byte, at *Cursor) []byte {
	front, behind := at.Front[:min(len(at.Front), maxFront)], at.Behind[:min(len(at.Behind), maxBehind)]
	s := c.signers.Get().(*signer)
	defer c.signers.Put(s)
	buf := append(s.text[:0], version<<4|byte(len(front))<<2|byte(len(behind)))
	buf = append(buf, scope[:]...)
	buf = binary.AppendUvarint(buf, uint64(at.Page))
	if at.Page > 0 {
		buf = appendBytes(buf, uint64(at.Mark), markSize)
	}
	index := uint64(0)
	if !at.Closes {
		index = uint64(at.Index) + 1
	}
	buf = binary.AppendUvarint(buf, index)
	buf = appendBytes(buf, at.Self, hashSize)
	for _, h := range front {
		buf = appendBytes(buf, h, hashSize)
	}
	for _, h := range behind {
		buf = appendBytes(buf, h, hashSize)
	}
	buf = append(buf, at.Token...)
	s.text = s.sign(buf)
	return encoding.AppendEncode(text, s.text)
}

// Decode reads a cursor of the list that scope names. Its error is an
// [ErrInvalidCursor] whose text says why.
func (c *Codec) Decode(scope, text string) (Cursor, error) {
	if len(text) > maxCursor || strings.ContainsAny(text, "\r\n") { // which base64 would skip
		return Cursor{}, errCursorText
	}
	buf, err := encoding.DecodeString(text)
	if err != nil || len(buf) < 1+scopeSize+signatureSize || buf[0]>>4 != version {
		return Cursor{}, errCursorText
	}
	body := buf[:len(buf)-signatureSize]
	s := c.signers.Get().(*signer)
	defer c.signers.Put(s)
	if !hmac.Equal(s.sign(body[:len(body):len(body)]), buf) {
		return Cursor{}, errCursorMAC
	}
	if [scopeSize]byte(body[1:]) != scopeHash(scope) {
		return Cursor{}, errCursorScope
	}
	at, ok := decodeBody(body[0], body[1+scopeSize:])
	if !ok {
		return Cursor{}, errCursorText
	}
	return at, nil
}

// decodeBody reads what is signed. It takes nothing that Encode would not write:
// with the fixed secret everybody can sign.
func decodeBody(head byte, body []byte) (Cursor, bool) {
	r := reader{rest: body}
	at := Cursor{Page: r.uvarint(maxPage)}
	if at.Page > 0 {
		at.Mark = uint32(r.bytes(markSize))
	}
	if index := r.uvarint(maxIndex); index == 0 {
		at.Closes = true
	} else {
		at.Index = index - 1
	}
	at.Self = r.bytes(hashSize)
	front, behind := int(head>>2&3), int(head&3)
	for range front {
		at.Front = append(at.Front, r.bytes(hashSize))
	}
	for range behind {
		at.Behind = append(at.Behind, r.bytes(hashSize))
	}
	at.Token = string(r.rest)
	senseless := (at.Page == 0) != (at.Token == "") || at.Closes && (at.Token == "" || behind > 0)
	return at, !r.failed && !senseless && front <= maxFront && behind <= maxBehind && len(at.Token) <= maxToken
}

// reader takes a cursor apart. What is not there or too large makes it fail.
type reader struct {
	rest   []byte
	failed bool
}

func (r *reader) uvarint(most uint64) int {
	v, size := binary.Uvarint(r.rest)
	if size <= 0 || v > most || size != len(binary.AppendUvarint(nil, v)) { // it has longer forms too
		r.rest, r.failed = nil, true
		return 0
	}
	r.rest = r.rest[size:]
	return int(v)
}

func (r *reader) bytes(n int) (v uint64) {
	if len(r.rest) < n {
		r.rest, r.failed = nil, true
		return 0
	}
	v = readBytes(r.rest[:n])
	r.rest = r.rest[n:]
	return v
}

// sign appends the signature of buf to it.
func (s *signer) sign(buf []byte) []byte {
	s.mac.Reset()
	s.mac.Write(buf)
	return append(buf, s.mac.Sum(s.sum[:0])[:signatureSize]...)
}

func scopeHash(scope string) [scopeSize]byte {
	sum := sha256.Sum256([]byte(scope))
	return [scopeSize]byte(sum[:])
}

// idHash is what cursors remember of an id.
func idHash(id string) uint64 {
	sum := sha256.Sum256([]byte(id))
	return readBytes(sum[:hashSize])
}

func tokenHash(token string) uint32 {
	sum := sha256.Sum256([]byte(token))
	return uint32(readBytes(sum[:markSize]))
}

// appendBytes writes the low n bytes of v, the highest first.
func appendBytes(buf []byte, v uint64, n int) []byte {
	for n--; n >= 0; n-- {
		buf = append(buf, byte(v>>(8*n)))
	}
	return buf
}

func readBytes(buf []byte) (v uint64) {
	for _, b := range buf {
		v = v<<8 | uint64(b)
	}
	return v
}
