package catalogue

import "slices"

// Selection is the ordered result of a query. It is immutable.
type Selection[T any] struct {
	index      *index[T]
	positions  []int32 // in the index, by rank and in HeyGen's order, or ascending in the explicit order
	ends       [ranks]int
	order      *order[T] // nil: by rank and in HeyGen's order
	descending bool
}

// rankItems returns the items at some positions, by the rank of the search and then in
// HeyGen's order. It changes matches.
func (x *index[T]) rankItems(s Search, matches bitset) *Selection[T] {
	n := len(x.items)
	if matches == nil {
		all := slices.AppendSeq(make([]int32, 0, n), x.candidates(nil))
		return &Selection[T]{index: x, positions: all, ends: [ranks]int{n, n, n}}
	}
	whole, prefixed := x.named(s)
	selection := &Selection[T]{index: x, positions: make([]int32, 0, matches.len())}
	for rank, ranked := range [ranks]bitset{rankWholeName: whole, rankNamePrefix: prefixed, rankWordPrefix: matches} {
		ranked.intersect(matches)
		selection.positions = slices.AppendSeq(selection.positions, ranked.all())
		selection.ends[rank] = len(selection.positions)
		matches.subtract(ranked) // lower ranks exclude it
	}
	return selection
}

// orderItems returns the items at some positions in an order.
func (x *index[T]) orderItems(o *order[T], direction Direction, matches bitset) *Selection[T] {
	selection := &Selection[T]{index: x, positions: o.positions(x.items), order: o, descending: direction == Descending}
	if matches == nil {
		return selection
	}
	all := selection.positions
	selection.positions = make([]int32, 0, matches.len())
	for _, position := range all {
		if matches.has(position) {
			selection.positions = append(selection.positions, position)
		}
	}
	return selection
}

// Len returns the number of items.
func (s *Selection[T]) Len() int { return len(s.positions) }

// Item returns the item at position i. It must not be changed.
func (s *Selection[T]) Item(i int) *T { return s.index.items[s.position(i)] }

// position returns the position in the index of the item at position i.
func (s *Selection[T]) position(i int) int {
	if s.descending {
		i = len(s.positions) - 1 - i
	}
	return int(s.positions[i])
}

// AppendKey appends the sort key of the item at position i, its id included, to buf.
func (s *Selection[T]) AppendKey(buf []byte, i int) []byte {
	if s.order != nil {
		return appendValues(buf, s.order.kind, s.order.values(s.Item(i)))
	}
	rank := 0
	for i >= s.ends[rank] {
		rank++
	}
	return s.index.appendKey(buf, rank, s.position(i))
}

// Locate returns the position of a key: the number of items before it, and of those
// before it or at it, which is one more if the key's item is in the selection. It reports
// false if the key is malformed or its position can no longer be found.
//
// In an explicit order keys are compared and never looked up: neither a removed nor a
// renamed item changes the position of its key, and it is always found.
func (s *Selection[T]) Locate(key []byte) (before, through int, ok bool) {
	if s.order == nil {
		return s.locateByRank(key)
	}
	values, ok := parseValues(key, s.order.kind)
	if !ok {
		return 0, 0, false
	}
	n := len(s.positions)
	before, through = s.order.locate(values, n, func(i int) *T { return s.index.items[s.positions[i]] })
	if s.descending {
		before, through = n-through, n-before
	}
	return before, through, true
}

func (s *Selection[T]) locateByRank(key []byte) (before, through int, ok bool) {
	k, ok := parseHeyGenKey(key)
	if !ok {
		return 0, 0, false
	}
	before, through, ok = s.index.locate(&k)
	if !ok {
		return 0, 0, false
	}
	return s.numberBefore(k.rank, before), s.numberBefore(k.rank, through), true
}

// numberBefore returns the number of items that are before an index position of a rank: those
// of better ranks, and those of the rank at lower positions.
func (s *Selection[T]) numberBefore(rank, position int) int {
	start := 0
	if rank > 0 {
		start = s.ends[rank-1]
	}
	n, _ := slices.BinarySearch(s.positions[start:s.ends[rank]], int32(position))
	return start + n
}
