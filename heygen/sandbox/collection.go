package sandbox

import (
	"cmp"
	"maps"
	"slices"
	"time"
)

// resource is what a collection can hold: a group, a look or a voice.
type resource[T any] interface {
	position() position
	groupID() *string // the id of the group it is a look of; nil: none
	clone() T  // also of what its pointers lead to
}

// entry is a thing as it is kept. It is replaced, never changed, so that sandboxes can share it.
type entry[T resource[T]] struct {
	value    T
	position position
	addedAt  time.Time // when it was added; zero: it was there from the start
	ordinal  int       // of a look that was made up for its group: which of them it is, from 1; of all else 0
}

func newEntry[T resource[T]](value T, addedAt time.Time) *entry[T] {
	return &entry[T]{value: value, position: value.position(), addedAt: addedAt}
}

// position is where in a list something stands: later times first, then by id.
type position struct {
	CreatedAt float64 `json:"t"`
	ID        string  `json:"i"`
}

func (p position) compare(q position) int {
	return cmp.Or(cmp.Compare(q.CreatedAt, p.CreatedAt), cmp.Compare(p.ID, q.ID))
}

func compareEntries[T resource[T]](a, b *entry[T]) int { return a.position.compare(b.position) }

// index is entries in list order, and the ways to find them without looking at all: there are thousands of looks.
type index[T resource[T]] struct {
	sorted  []*entry[T]
	byID    map[string]*entry[T]
	byGroup map[string][]*entry[T] // in list order; a slice in it is replaced, never changed
}

func newIndex[T resource[T]](entries []*entry[T]) *index[T] {
	s := &index[T]{sorted: entries, byID: make(map[string]*entry[T], len(entries)), byGroup: map[string][]*entry[T]{}}
	slices.SortFunc(s.sorted, compareEntries)
	for _, e := range s.sorted {
		s.byID[e.position.ID] = e
		if group := e.value.groupID(); group != nil {
			s.byGroup[*group] = append(s.byGroup[*group], e)
		}
	}
	return s
}

// collection is one kind of thing in one sandbox: the catalogue's for as long as nobody has changed it.
type collection[T resource[T]] struct {
	catalogue func() *index[T] // read at the first use; all sandboxes share what it gives
	modified  *index[T]        // a copy, from the first change on
}

func (c *collection[T]) current() *index[T] {
	if c.modified != nil {
		return c.modified
	}
	return c.catalogue()
}

func (c *collection[T]) all() []*entry[T]              { return c.current().sorted }
func (c *collection[T]) ofGroup(id string) []*entry[T] { return c.current().byGroup[id] }
func (c *collection[T]) find(id string) (*entry[T], bool) {
	e, ok := c.current().byID[id]
	return e, ok
}

func (c *collection[T]) writable() *index[T] {
	if c.modified == nil {
		s := c.catalogue()
		c.modified = &index[T]{slices.Clone(s.sorted), maps.Clone(s.byID), maps.Clone(s.byGroup)}
	}
	return c.modified
}

// put puts an entry where it belongs. One with the id of another takes its place.
func (c *collection[T]) put(e *entry[T]) {
	c.remove(e.position.ID)
	s := c.writable()
	s.byID[e.position.ID] = e
	s.sorted = insertEntry(s.sorted, e)
	if group := e.value.groupID(); group != nil {
		s.byGroup[*group] = insertEntry(slices.Clone(s.byGroup[*group]), e)
	}
}

// remove takes the entry with this id out, if there is one.
func (c *collection[T]) remove(id string) {
	e, ok := c.find(id)
	if !ok {
		return
	}
	s := c.writable()
	delete(s.byID, id)
	s.sorted = removeEntry(s.sorted, e)
	if group := e.value.groupID(); group != nil {
		s.byGroup[*group] = removeEntry(slices.Clone(s.byGroup[*group]), e)
	}
}

func insertEntry[T resource[T]](entries []*entry[T], e *entry[T]) []*entry[T] {
	i, _ := slices.BinarySearchFunc(entries, e, compareEntries)
	return slices.Insert(entries, i, e)
}

func removeEntry[T resource[T]](entries []*entry[T], e *entry[T]) []*entry[T] {
	i, _ := slices.BinarySearchFunc(entries, e, compareEntries)
	return slices.Delete(entries, i, i+1)
}

// cloneAll are the things in list order as now says they are, in memory of their own: things that went in or out are no way
// to change those inside.
func cloneAll[T resource[T]](entries []*entry[T], at func(*entry[T]) T) []T {
	out := make([]T, len(entries))
	for i, e := range entries {
		out[i] = at(e).clone()
	}
	return out
}

func clonePointer[T any](p *T) *T {
	if p == nil {
		return nil
	}
	return new(*p)
}
