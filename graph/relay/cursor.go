package relay

// Cursor is the position of an edge in a [List], a page cursor. It holds enough to find the
// position again after the list has changed. While the list is unchanged an
// edge has one cursor, by whichever arguments it was reached.
type Cursor struct {
	// PageToken is the token of the page that holds the edge. It is empty for the
	// first page.
	PageToken string
	// PageNumber is the number of that page, from 0. Checkpoint is a hash of the
	// token of the last page up to it whose number is a power of two, for cycle
	// detection: see walk.
	PageNumber int
	Checkpoint uint32
	// Index is the index of the edge in that page. It is unused if EndsPage is set.
	Index int
	// EndsPage means that the edge was the last one of the page before PageToken's.
	// Continuing after it then costs one call, and no page is fetched twice.
	EndsPage bool
	// IDHash is a hash of the edge's id.
	IDHash uint64
	// HashesBefore and HashesAfter are hashes of the ids of its neighbors, the
	// nearest first: up to 3 before it, and up to 2 after it in the same page. They
	// locate the position if the edge has been removed. HashesAfter is empty for the
	// last edge of a page.
	HashesBefore, HashesAfter []uint64
}

// How many neighbors a cursor holds. Those before the edge may be in the previous
// page, because the first edge of a page needs them most. Users delete what they
// have seen, often all of it at once: then those after the edge locate the position.
const (
	maxBefore = 3
	maxAfter  = 2
)

// hashesBeforePage returns the hashes that the cursor holds of ids before its page.
func (c *Cursor) hashesBeforePage() []uint64 {
	if c.EndsPage {
		return append([]uint64{c.IDHash}, c.HashesBefore...)
	}
	return c.HashesBefore[min(c.Index, len(c.HashesBefore)):]
}
