package catalogue

import (
	"iter"
	"math/bits"
)

// bitset is a set of positions in a list.
type bitset []uint64

func newBitset(n int) bitset { return make(bitset, (n+63)/64) }

func (b bitset) add(i int32)      { b[i/64] |= 1 << (i % 64) }
func (b bitset) has(i int32) bool { return b[i/64]>>(i%64)&1 != 0 }

// intersect removes the positions that are not in other.
func (b bitset) intersect(other bitset) {
	for i := range b {
		b[i] &= other[i]
	}
}

// subtract removes the positions that are in other.
func (b bitset) subtract(other bitset) {
	for i := range b {
		b[i] &^= other[i]
	}
}

func (b bitset) len() int {
	n := 0
	for _, word := range b {
		n += bits.OnesCount64(word)
	}
	return n
}

// all yields the positions in ascending order.
func (b bitset) all() iter.Seq[int32] {
	return func(yield func(int32) bool) {
		for i, word := range b {
			for ; word != 0; word &= word - 1 {
				if !yield(int32(i*64 + bits.TrailingZeros64(word))) {
					return
				}
			}
		}
	}
}

func (b bitset) addAll(positions []int32) {
	for _, i := range positions {
		b.add(i)
	}
}
