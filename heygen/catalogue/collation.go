package catalogue

import (
	"bytes"
	"cmp"
	"strings"
	"sync"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// collator computes collation keys of Unicode's root locale, with numbers by their value.
// Their bytes are in the order in which people expect the strings. It is for one goroutine
// at a time.
type collator struct {
	*collate.Collator
	buf collate.Buffer
}

func newCollator() *collator {
	return &collator{Collator: collate.New(language.Und, collate.Numeric)}
}

// key returns the collation key of s, which is valid until the buffer is reset. The empty
// string has the first one.
func (c *collator) key(s string) []byte {
	if s == "" {
		return nil
	}
	return c.KeyFromString(&c.buf, s)
}

var collators = sync.Pool{New: func() any { return newCollator() }}

// sortValues are the values that an order compares, most significant first. Values that an
// order does not use are zero.
type sortValues struct {
	number  int64
	strings [2]string
	id      string
}

// maxSortStringLength is the maximum length of a string that is sorted or searched, in bytes,
// so that a key fits into a cursor, and an index takes little more than its items. Items
// whose strings are equal up to it are in the order of their ids.
const maxSortStringLength = 1 << 10

// truncate returns the characters of s within its first maxSortStringLength bytes.
func truncate(s string) string {
	if len(s) <= maxSortStringLength {
		return s
	}
	return strings.ToValidUTF8(s[:maxSortStringLength], "")
}

// sortKey is the comparable form of sortValues.
type sortKey struct {
	number  int64
	strings [2][]byte
	id      string
}

// sortKey returns the sort key of v, which is valid until the buffer is reset.
func (c *collator) sortKey(v sortValues) sortKey {
	return sortKey{v.number, [2][]byte{c.key(v.strings[0]), c.key(v.strings[1])}, v.id}
}

func (k *sortKey) compare(other *sortKey) int {
	if c := cmp.Compare(k.number, other.number); c != 0 {
		return c
	}
	for i := range k.strings {
		if c := bytes.Compare(k.strings[i], other.strings[i]); c != 0 {
			return c
		}
	}
	return strings.Compare(k.id, other.id)
}
