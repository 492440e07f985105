package catalogue

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
)

// How many neighbors a key in HeyGen's order holds. People delete what they have just
// seen, which is before the key.
const (
	maxBefore = 8
	maxAfter  = 3
)

// maxIDLength is the maximum length of an id in keys and comparisons, in bytes. HeyGen's ids
// are much shorter, but a longer one must not make a key too long for a cursor.
const maxIDLength = 512

// shortID returns an id as keys and comparisons have it: its start and its SHA-256 in at most
// maxIDLength bytes if it is longer. With it, almost all ids have the same order as before.
func shortID[S ~string](id S) string {
	if len(id) <= maxIDLength {
		return string(id)
	}
	sum := sha256.Sum256([]byte(id))
	return string(id[:maxIDLength-len(sum)]) + string(sum[:])
}

// hashSize is the size of a hash of an id in bytes: with 40 bits two ids of a list of 2,000
// share one once in half a million lists.
const hashSize = 5

// heyGenKey is a position in HeyGen's order, which has no documented sort key.
type heyGenKey struct {
	rank      int
	createdAt int64 // in microseconds since 1970
	id        string
	before    []uint64 // hashes of the ids before it in the whole list, the nearest first
	after     []uint64 // those after it
}

// append appends the key to buf: the kind of order (1 byte), the rank (1), the time
// (varint), the id with its length (varint), the numbers of neighbors (1), their hashes.
func (k *heyGenKey) append(buf []byte) []byte {
	buf = append(buf, byte(heyGenOrder), byte(k.rank))
	buf = binary.AppendVarint(buf, k.createdAt)
	buf = appendString(buf, k.id)
	buf = append(buf, byte(len(k.before)<<4|len(k.after)))
	for _, hashes := range [...][]uint64{k.before, k.after} {
		for _, h := range hashes {
			buf = append(buf, byte(h>>32), byte(h>>24), byte(h>>16), byte(h>>8), byte(h))
		}
	}
	return buf
}

// parseHeyGenKey parses a key. It reports false for anything but what append writes.
func parseHeyGenKey(key []byte) (heyGenKey, bool) {
	r := keyReader{rest: key}
	kind := r.byte()
	k := heyGenKey{rank: int(r.byte()), createdAt: r.varint(), id: r.string()}
	neighbors := r.byte()
	k.before, k.after = r.hashes(int(neighbors>>4)), r.hashes(int(neighbors&15))
	ok := !r.failed && orderKind(kind) == heyGenOrder && k.rank < ranks && len(k.id) <= maxIDLength && len(k.before) <= maxBefore && len(k.after) <= maxAfter
	return k, ok && bytes.Equal(k.append(nil), key)
}

// appendValues appends the key of sort values to buf: the kind of order (1 byte), the number
// (varint), the strings and the id with their lengths (varint).
func appendValues(buf []byte, kind orderKind, v sortValues) []byte {
	buf = binary.AppendVarint(append(buf, byte(kind)), v.number)
	for _, s := range v.strings {
		buf = appendString(buf, s)
	}
	return appendString(buf, v.id)
}

// parseValues parses the key of sort values in an order. It reports false for anything but
// what appendValues writes.
func parseValues(key []byte, kind orderKind) (sortValues, bool) {
	r := keyReader{rest: key}
	found := orderKind(r.byte())
	v := sortValues{number: r.varint(), strings: [2]string{r.string(), r.string()}, id: r.string()}
	ok := !r.failed && found == kind && len(v.id) <= maxIDLength
	for _, s := range v.strings {
		ok = ok && len(s) <= maxSortStringLength
	}
	return v, ok && bytes.Equal(appendValues(nil, kind, v), key)
}

func appendString(buf []byte, s string) []byte {
	return append(binary.AppendUvarint(buf, uint64(len(s))), s...)
}

// keyReader reads the fields of a key. It fails if one is missing. Its callers encode the
// fields again and compare: that detects a field in another form, and trailing bytes.
type keyReader struct {
	rest   []byte
	failed bool
}

func (r *keyReader) byte() byte {
	if b := r.next(1); b != nil {
		return b[0]
	}
	return 0
}

func (r *keyReader) varint() int64 {
	v, n := binary.Varint(r.rest)
	r.skip(n)
	return v
}

func (r *keyReader) string() string {
	length, n := binary.Uvarint(r.rest)
	if r.skip(n); length > uint64(len(r.rest)) {
		r.failed = true
		return ""
	}
	return string(r.next(int(length)))
}

func (r *keyReader) hashes(n int) []uint64 {
	var hashes []uint64
	for range n {
		if b := r.next(hashSize); b != nil {
			hashes = append(hashes, uint64(b[0])<<32|uint64(binary.BigEndian.Uint32(b[1:])))
		}
	}
	return hashes
}

// skip skips a varint of n bytes. It fails if n is not positive: there was none.
func (r *keyReader) skip(n int) {
	if n <= 0 {
		r.failed, r.rest = true, nil
		return
	}
	r.next(n)
}

// next returns the next n bytes. It returns nil if there are fewer.
func (r *keyReader) next(n int) []byte {
	if n > len(r.rest) {
		r.failed, r.rest = true, nil
		return nil
	}
	b := r.rest[:n:n]
	r.rest = r.rest[n:]
	return b
}
