package catalogue

import (
	"cmp"
	"slices"
	"strings"
)

// appendKey appends the key in HeyGen's order of the item at a position of the list.
func (x *index[T]) appendKey(buf []byte, rank, position int) []byte {
	var before [maxBefore]uint64
	n := copy(before[:], x.hashes[max(0, position-maxBefore):position])
	slices.Reverse(before[:n])
	k := heyGenKey{
		rank:      rank,
		createdAt: x.createdMicros(position),
		id:        x.id(x.items[position]),
		before:    before[:n],
		after:     x.hashes[position+1 : min(position+1+maxAfter, len(x.hashes))],
	}
	return k.append(buf)
}

// createdMicros returns when an item was created, in microseconds since 1970.
func (x *index[T]) createdMicros(position int) int64 {
	if x.createdAt == nil {
		return 0
	}
	return x.createdAt(x.items[position]).UnixMicro()
}

// locate returns the position of a key in the whole list: the number of items before it, and
// of those before it or at it. It is the item's, whether or not that is in a selection. If
// the item was removed, it is after the nearest one before it that remains, else before the
// nearest one after it, else where the list's natural order has it.
func (x *index[T]) locate(k *heyGenKey) (before, through int, ok bool) {
	if i, found := x.positionOf(k.id); found {
		return int(i), int(i) + 1, true
	}
	for _, hash := range k.before {
		if positions := x.positionsOf(hash); len(positions) == 1 {
			after := int(positions[0]) + 1
			return after, after, true
		}
	}
	for _, hash := range k.after {
		if positions := x.positionsOf(hash); len(positions) == 1 {
			return int(positions[0]), int(positions[0]), true
		}
	}
	before, ok = x.locateNaturally(k)
	return before, before, ok
}

// naturalOrder is an order that HeyGen may use: a list is in one if it is sorted by it.
type naturalOrder uint8

const (
	newestFirst naturalOrder = iota // equal times: in the order of their ids
	idAscending
	idDescending
)

func (o naturalOrder) compare(createdAt1 int64, id1 string, createdAt2 int64, id2 string) int {
	switch o {
	case newestFirst:
		return cmp.Or(cmp.Compare(createdAt2, createdAt1), strings.Compare(id1, id2))
	case idAscending:
		return strings.Compare(id1, id2)
	default:
		return strings.Compare(id2, id1)
	}
}

// naturalOrders returns the orders in which the list is.
func (x *index[T]) naturalOrders() []naturalOrder {
	var sorted []naturalOrder
	for _, o := range [...]naturalOrder{newestFirst, idAscending, idDescending} {
		inOrder := true
		for i := 1; i < len(x.items) && inOrder; i++ {
			inOrder = o.compare(x.createdMicros(i-1), x.id(x.items[i-1]), x.createdMicros(i), x.id(x.items[i])) < 0
		}
		if inOrder {
			sorted = append(sorted, o)
		}
	}
	return sorted
}

// locateNaturally returns the number of items before a key whose item and neighbors were
// removed. It reports false if the list is in no natural order, or is so short that it is in
// several, which have the key at different positions.
func (x *index[T]) locateNaturally(k *heyGenKey) (before int, ok bool) {
	for i, o := range x.natural {
		n := 0
		for n < len(x.items) && o.compare(x.createdMicros(n), x.id(x.items[n]), k.createdAt, k.id) < 0 {
			n++
		}
		if i > 0 && n != before {
			return 0, false
		}
		before = n
	}
	return before, len(x.natural) > 0
}
