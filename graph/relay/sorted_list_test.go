package relay

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"strings"

	"pgregory.net/rapid"
)

// sortedItems is a sorted list of ids. The sort key of an item is its key and its id.
type sortedItems []item

func compareItems(a, b item) int {
	return cmp.Or(cmp.Compare(a.key, b.key), strings.Compare(a.id, b.id))
}

// newSortedItems returns the sorted list of n items id0000, id0001, ….
func newSortedItems(n int) sortedItems {
	items := make(sortedItems, n)
	for i := range items {
		items[i] = item{float64(i), fmt.Sprintf("id%04d", i)}
	}
	return items
}

func (s sortedItems) Len() int          { return len(s) }
func (s sortedItems) Item(i int) string { return s[i].id }

func (s sortedItems) AppendKey(buf []byte, i int) []byte {
	return append(binary.BigEndian.AppendUint64(buf, math.Float64bits(s[i].key)), s[i].id...)
}

func (s sortedItems) Locate(key []byte) (before, through int, ok bool) {
	if len(key) < 8 {
		return 0, 0, false
	}
	position := item{math.Float64frombits(binary.BigEndian.Uint64(key)), string(key[8:])}
	before, found := slices.BinarySearchFunc(s, position, compareItems)
	if found {
		return before, before + 1, true
	}
	return before, before, true
}

func (s sortedItems) ids() []string {
	ids := make([]string, len(s))
	for i, it := range s {
		ids[i] = it.id
	}
	return ids
}

// pager returns pages of the list that s points to, which may change between them.
func (s *sortedItems) pager(t *rapid.T) pager {
	return func(args Args) *Connection[string] {
		c, err := ConnectSorted(NewCodec(""), "test", Sorted[string](*s), args)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
}
