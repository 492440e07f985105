package relay

import "fmt"

// Sorted is a whole list in memory, in the order of its items' sort keys. It is
// immutable: a list that has changed is another Sorted. Package heygen/catalogue has the
// implementation, Selection.
type Sorted[T any] interface {
	// Len returns the number of items.
	Len() int
	// Item returns the item at position i.
	Item(i int) T
	// AppendKey appends the sort key of the item at position i to buf. The key
	// identifies the item: no two items have the same one. It has at most
	// [MaxKeyLength] bytes.
	AppendKey(buf []byte, i int) []byte
	// Locate returns the position of a key, which an earlier state of the list may have
	// issued: the number of items before it, and of those before it or at it, which is
	// one more if the key's item is in the list. It reports false if the key is malformed
	// or its position can no longer be found.
	Locate(key []byte) (before, through int, ok bool)
}

// MaxKeyLength is the maximum length of a sort key, in bytes. A longer one would make
// a cursor that is too long to be accepted, so issuing it panics.
const MaxKeyLength = 4 << 10

// ConnectSorted returns one page of a sorted list. Its cursors, keyset cursors, hold
// the edge's sort key, from which [Sorted].Locate finds its position while items come and go.
// Scope names the list, its filters and its order: cursors of another scope are rejected.
//
// It returns an [*ArgumentError], a [*CursorError], or [ErrCursorExpired].
func ConnectSorted[T any](codec *Codec, scope string, list Sorted[T], args Args) (*Connection[T], error) {
	page, err := parseArgs(args, func(encoded string) ([]byte, error) { return codec.decodeKey(scope, encoded) })
	if err != nil {
		return nil, err
	}

	// The edges between the cursors are low ≤ i < high.
	count := list.Len()
	low, high := 0, count
	if page.after != nil {
		_, through, ok := list.Locate(*page.after)
		if !ok {
			return nil, ErrCursorExpired
		}
		low = through
	}
	if page.before != nil {
		before, _, ok := list.Locate(*page.before)
		if !ok {
			return nil, ErrCursorExpired
		}
		if before >= low { // otherwise none of the edges after low is the cursor's
			high = before
		}
	}

	begin, end := low, min(low+page.size, high)
	info := PageInfo{HasNextPage: end < high, HasPreviousPage: low > 0}
	if page.fromEnd {
		begin, end = max(low, high-page.size), high
		info = PageInfo{HasNextPage: high < count, HasPreviousPage: begin > low}
	}
	cursors := &keysetCursors[T]{codec, hashScope(scope), list}
	edges := make([]Edge[T], end-begin)
	for i := range edges {
		edges[i] = Edge[T]{Node: list.Item(begin + i), cursors: cursors, index: begin + i}
	}
	return newConnection(edges, info), nil
}

// keysetCursors appends the cursors of a sorted list.
type keysetCursors[T any] struct {
	codec     *Codec
	scopeHash [scopeSize]byte
	list      Sorted[T]
}

// appendCursorAt appends the string form of the cursor of the item at position i.
func (k *keysetCursors[T]) appendCursorAt(buf []byte, i int) []byte {
	s := k.codec.signer()
	defer k.codec.signers.Put(s)
	cursor := s.begin(keysetCursor, 0, k.scopeHash)
	start := len(cursor)
	cursor = k.list.AppendKey(cursor, i)
	if n := len(cursor) - start; n > MaxKeyLength {
		panic(fmt.Sprintf("relay: a sort key of %d bytes is longer than MaxKeyLength", n))
	}
	return s.finish(buf, cursor)
}

// decodeKey decodes and verifies a keyset cursor of the list that scope names. It
// returns the sort key, or an [ErrInvalidCursor] if it is not one.
func (c *Codec) decodeKey(scope, encoded string) ([]byte, error) {
	flags, key, err := c.verify(keysetCursor, scope, encoded)
	if err != nil {
		return nil, err
	}
	if flags != 0 || len(key) > MaxKeyLength { // anyone can sign with the default secret
		return nil, errCursorMalformed
	}
	return key, nil
}

// CheckSortedArgs returns the error that [ConnectSorted] would return for the arguments of
// any list of this scope, so that a list need not be read for invalid ones.
func CheckSortedArgs(codec *Codec, scope string, args Args) error {
	_, err := parseArgs(args, func(encoded string) ([]byte, error) { return codec.decodeKey(scope, encoded) })
	return err
}
