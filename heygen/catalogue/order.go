package catalogue

import (
	"slices"
	"sort"
	"sync"
)

// orderKind distinguishes the orders in a key.
type orderKind byte

const (
	heyGenOrder orderKind = iota // after the rank of the search
	nameOrder
	createdAtOrder
	looksCountOrder
	languageOrder
)

// order is a total order of a list by values of its items. It sorts the list when it is
// used for the first time. It is safe for concurrent use.
type order[T any] struct {
	kind   orderKind
	values func(*T) sortValues

	once   sync.Once
	sorted []int32
}

// positions returns the positions of the items in this order, ascending.
func (o *order[T]) positions(items []*T) []int32 {
	o.once.Do(func() {
		c := newCollator() // its buffer holds the keys of all items, too large for the pool
		keys := make([]sortKey, len(items))
		o.sorted = make([]int32, len(items))
		for i, item := range items {
			keys[i], o.sorted[i] = c.sortKey(o.values(item)), int32(i)
		}
		slices.SortFunc(o.sorted, func(i, j int32) int { return keys[i].compare(&keys[j]) })
	})
	return o.sorted
}

// locate returns how many of the first n items, in this order, are before v, and how many
// are before it or equal to it.
func (o *order[T]) locate(v sortValues, n int, item func(i int) *T) (before, through int) {
	c := collators.Get().(*collator)
	defer collators.Put(c)
	c.buf.Reset()
	wanted := c.sortKey(v)
	equal := false
	before = sort.Search(n, func(i int) bool {
		key := c.sortKey(o.values(item(i)))
		result := key.compare(&wanted)
		equal = equal || result == 0 // ids are unique: only one item can be equal
		return result >= 0
	})
	if through = before; equal {
		through++
	}
	return before, through
}
