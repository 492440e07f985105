package catalogue

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"iter"
	"slices"
	"sort"
	"strings"

	"heygen-graphql/heygen"
)

// accessors read the indexed values of an item.
type accessors[T any] struct {
	id        func(*T) string // as shortID returns it
	name      func(*T) string
	tags      func(*T) []string        // more strings that a search matches; nil: none
	createdAt func(*T) heygen.UnixTime // nil: never known
	size      func(*T) int             // with all that it points to
}

// index is an immutable index of a list of items of any kind.
type index[T any] struct {
	accessors[T]
	items   []*T     // in HeyGen's order, unique by id
	names   []string // the words of each name, joined by a space
	byWords []int32  // positions by names
	words   postings
	hashes  []uint64 // of the ids
	byHash  []int32  // positions by hash
	natural []naturalOrder
	bytes   int
}

// newIndex returns an index of items in HeyGen's order. It indexes only the first item of an
// id.
func newIndex[T any](items []*T, a accessors[T]) index[T] {
	x := index[T]{accessors: a, items: make([]*T, 0, len(items))}
	seen := make(map[string]bool, len(items))
	for _, item := range items {
		if id := a.id(item); !seen[id] {
			seen[id] = true
			x.items = append(x.items, item)
		}
	}
	n := len(x.items)
	x.names, x.byWords = make([]string, n), make([]int32, n)
	x.hashes, x.byHash = make([]uint64, n), make([]int32, n)
	for i, item := range x.items {
		x.names[i], x.byWords[i] = joinWords(fold(truncate(a.name(item)))), int32(i)
		x.hashes[i], x.byHash[i] = hashID(a.id(item)), int32(i)
		x.bytes += a.size(item) + stringSize(x.names[i])
	}
	slices.SortFunc(x.byWords, func(i, j int32) int { return strings.Compare(x.names[i], x.names[j]) })
	slices.SortFunc(x.byHash, func(i, j int32) int { return cmp.Compare(x.hashes[i], x.hashes[j]) })
	x.words = newPostings(n, x.searchable)
	for _, word := range x.words.words {
		if a.tags != nil { // otherwise it is a part of a name
			x.bytes += stringSize(word)
		}
	}
	x.natural = x.naturalOrders()
	x.bytes += sliceSize(x.items) + sliceSize(x.names) + sliceSize(x.byWords) + x.words.size() + sliceSize(x.hashes) + sliceSize(x.byHash)
	return x
}

// searchable yields the words of an item that a search matches.
func (x *index[T]) searchable(i int) iter.Seq[string] {
	return func(yield func(string) bool) {
		for word := range words(x.names[i]) {
			if !yield(word) {
				return
			}
		}
		if x.tags == nil {
			return
		}
		for _, tag := range x.tags(x.items[i]) {
			for word := range words(fold(truncate(tag))) {
				if !yield(strings.Clone(word)) { // otherwise it would hold the whole tag in memory
					return
				}
			}
		}
	}
}

// Len returns the number of items.
func (x *index[T]) Len() int { return len(x.items) }

// Size returns about how many bytes of memory the index takes, and never fewer. It includes
// the items, and what is computed when it is first used.
func (x *index[T]) Size() int { return x.bytes }

// matches returns the positions of the items that match a search and, unless it is nil, a
// filter. It returns nil if all do.
func (x *index[T]) matches(s Search, filter func(i int32) bool) bitset {
	n := len(x.items)
	found := x.words.search(s, n)
	if filter == nil {
		return found
	}
	filtered := newBitset(n)
	for i := range x.candidates(found) {
		if filter(i) {
			filtered.add(i)
		}
	}
	return filtered
}

// named returns the positions of the items whose name has exactly the words of a search, and
// of those whose name starts with them, which include the first. All start with no words,
// and are of the best rank.
func (x *index[T]) named(s Search) (whole, prefixed bitset) {
	n := len(x.items)
	start := sort.Search(n, func(i int) bool { return x.names[x.byWords[i]] >= s.joined })
	end := start + sort.Search(n-start, func(i int) bool { return !strings.HasPrefix(x.names[x.byWords[start+i]], s.joined) })
	prefixed = newBitset(n)
	prefixed.addAll(x.byWords[start:end])
	if s.IsZero() {
		return prefixed, prefixed
	}
	equal := sort.Search(end-start, func(i int) bool { return x.names[x.byWords[start+i]] != s.joined })
	whole = newBitset(n)
	whole.addAll(x.byWords[start : start+equal])
	return whole, prefixed
}

// candidates yields the positions in a set, which is nil for all positions.
func (x *index[T]) candidates(set bitset) iter.Seq[int32] {
	if set != nil {
		return set.all()
	}
	return func(yield func(int32) bool) {
		for i := range x.items {
			if !yield(int32(i)) {
				return
			}
		}
	}
}

// hashID returns a hash of hashSize bytes. It is the same in every process, as keys hold it.
func hashID(id string) uint64 {
	sum := sha256.Sum256([]byte(id))
	return binary.BigEndian.Uint64(sum[:]) >> (64 - 8*hashSize)
}

// positionOf returns the position of an id in the list.
func (x *index[T]) positionOf(id string) (int32, bool) {
	for _, i := range x.positionsOf(hashID(id)) {
		if x.id(x.items[i]) == id {
			return i, true
		}
	}
	return 0, false
}

// positionsOf returns the positions of the ids with a hash.
func (x *index[T]) positionsOf(hash uint64) []int32 {
	lo, _ := slices.BinarySearchFunc(x.byHash, hash, func(i int32, hash uint64) int { return cmp.Compare(x.hashes[i], hash) })
	hi := lo
	for hi < len(x.byHash) && x.hashes[x.byHash[hi]] == hash {
		hi++
	}
	return x.byHash[lo:hi]
}
