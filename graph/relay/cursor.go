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
// again after the list has changed.
type Cursor struct {
	// Token asks for the page to look in. Empty: the first one.
	Token string
	// Index is the edge's place in that page. For Closes it has no meaning.
	Index int
	// Closes says that the edge was the last of the page before that one. Going
	// on after it then costs one call, and no page is read twice.
	Closes bool
	// Self is a hash of the edge's id, 48 bits.
	Self uint64
	// Trail holds hashes, 24 bits each, of the ids in front of the edge in its
	// page, the nearest first. They hold the place when the edge is gone.
	Trail []uint32
}

// trailLength is how many ids a cursor remembers in front of its edge: that
// many neighbours may vanish together with it, for 4 characters each.
const trailLength = 3

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
	macs sync.Pool
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
	return &Codec{macs: sync.Pool{New: func() any { return hmac.New(sha256.New, key[:]) }}}
}

// The layout, before base64url: version and length of the trail (1 byte),
// scope (4), index+1 or 0 for closes (varint), self (6), trail (3 each),
// token, signature (8).
const (
	version       = 1
	scopeSize     = 4
	selfSize      = 6
	trailSize     = 3
	signatureSize = 8
	maxIndex      = 1 << 20
	maxToken      = 4 << 10
	maxCursor     = 6 << 10 // in characters; one with the longest token has 5,5xx
)

var encoding = base64.RawURLEncoding.Strict()

// Encode writes a cursor of the list that scope names.
func (c *Codec) Encode(scope string, at Cursor) string {
	trail := at.Trail[:min(len(at.Trail), trailLength)]
	buf := make([]byte, 0, 64+len(at.Token))
	buf = append(buf, version<<4|byte(len(trail)))
	buf = append(buf, scopeHash(scope)...)
	index := uint64(0)
	if !at.Closes {
		index = uint64(at.Index) + 1
	}
	buf = binary.AppendUvarint(buf, index)
	buf = appendBytes(buf, at.Self, selfSize)
	for _, h := range trail {
		buf = appendBytes(buf, uint64(h), trailSize)
	}
	buf = append(buf, at.Token...)
	buf = c.sign(buf)
	return encoding.EncodeToString(buf)
}

// Decode reads a cursor of the list that scope names. Its error is an
// [ErrInvalidCursor] whose text says why.
func (c *Codec) Decode(scope, text string) (Cursor, error) {
	if len(text) > maxCursor || strings.ContainsAny(text, "\r\n") { // which base64 would skip
		return Cursor{}, errCursorText
	}
	buf, err := encoding.DecodeString(text)
	if err != nil || len(buf) < 1+scopeSize+1+selfSize+signatureSize || buf[0]>>4 != version {
		return Cursor{}, errCursorText
	}
	body := buf[:len(buf)-signatureSize]
	if !hmac.Equal(c.sign(body[:len(body):len(body)]), buf) {
		return Cursor{}, errCursorMAC
	}
	length, body := int(body[0]&0xf), body[1:]
	if string(body[:scopeSize]) != string(scopeHash(scope)) {
		return Cursor{}, errCursorScope
	}
	body = body[scopeSize:]
	index, size := binary.Uvarint(body)
	if size <= 0 || index > maxIndex || size != len(binary.AppendUvarint(nil, index)) || length > trailLength {
		return Cursor{}, errCursorText
	}
	if body = body[size:]; len(body) < selfSize+length*trailSize {
		return Cursor{}, errCursorText
	}
	at := Cursor{Index: int(index) - 1, Self: readBytes(body[:selfSize])}
	if index == 0 {
		at.Index, at.Closes = 0, true
	}
	body = body[selfSize:]
	for range length {
		at.Trail = append(at.Trail, uint32(readBytes(body[:trailSize])))
		body = body[trailSize:]
	}
	at.Token = string(body)
	if at.Closes && at.Token == "" || len(at.Token) > maxToken {
		return Cursor{}, errCursorText
	}
	return at, nil
}

// sign appends the signature of buf to it.
func (c *Codec) sign(buf []byte) []byte {
	mac := c.macs.Get().(hash.Hash)
	defer c.macs.Put(mac)
	mac.Reset()
	mac.Write(buf)
	var sum [sha256.Size]byte
	return append(buf, mac.Sum(sum[:0])[:signatureSize]...)
}

func scopeHash(scope string) []byte {
	sum := sha256.Sum256([]byte(scope))
	return sum[:scopeSize]
}

// idHash is what cursors remember of an id: 48 bits, of which a trail keeps 24.
func idHash(id string) uint64 {
	sum := sha256.Sum256([]byte(id))
	return readBytes(sum[:selfSize])
}

func trailHash(self uint64) uint32 { return uint32(self & (1<<(8*trailSize) - 1)) }

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
