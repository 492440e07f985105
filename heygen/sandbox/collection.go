package sandbox

import (
	"cmp"
	"iter"
	"maps"
	"slices"
	"time"
)

// resource is an item of a collection: a group, a look or a voice.
type resource[T any] interface {
	position() position
	groupID() *string // of a look, the id of its group; else nil
	clone() T         // a deep copy
}

// entry is a resource in a collection. It is immutable, so that sandboxes can share it.
type entry[T resource[T]] struct {
	value    T
	position position
	addedAt  time.Time // zero: part of the catalogue
	ordinal  int       // of a look generated for its group, its number there, from 1; else 0
}

func newEntry[T resource[T]](value T, addedAt time.Time) *entry[T] {
	return &entry[T]{value: value, position: value.position(), addedAt: addedAt}
}

// position is a position in a list: newest first, then by id.
type position struct {
	CreatedAt float64 `json:"t"`
	ID        string  `json:"i"`
}

func (p position) compare(q position) int {
	return cmp.Or(cmp.Compare(q.CreatedAt, p.CreatedAt), cmp.Compare(p.ID, q.ID))
}

func compareEntries[T resource[T]](a, b *entry[T]) int { return a.position.compare(b.position) }

// index holds entries in list order, by id and by group: scanning thousands of looks would be slow.
type index[T resource[T]] struct {
	sorted  []*entry[T]
	byID    map[string]*entry[T]
	byGroup map[string][]*entry[T] // in list order; its slices are replaced, never modified
}

func newIndex[T resource[T]](entries []*entry[T]) *index[T] {
	idx := &index[T]{sorted: entries, byID: make(map[string]*entry[T], len(entries)), byGroup: map[string][]*entry[T]{}}
	slices.SortFunc(idx.sorted, compareEntries)
	for _, e := range idx.sorted {
		idx.byID[e.position.ID] = e
		if group := e.value.groupID(); group != nil {
			idx.byGroup[*group] = append(idx.byGroup[*group], e)
		}
	}
	return idx
}

// list is a collection as the API reads it.
type list[T resource[T]] interface {
	find(id string) (*entry[T], bool)
	all(start *position) iter.Seq[*entry[T]]
}

// collection is all groups, looks or voices of one sandbox. It is copy-on-write: sandboxes share the catalogue's index until
// they modify their collection.
type collection[T resource[T]] struct {
	catalogue func() *index[T] // loaded on first use; shared by all sandboxes
	modified  *index[T]        // a copy, from the first modification on
}

func (c *collection[T]) current() *index[T] {
	if c.modified != nil {
		return c.modified
	}
	return c.catalogue()
}

// all returns the entries in list order, from a position on; nil: all of them.
func (c *collection[T]) all(start *position) iter.Seq[*entry[T]] {
	return entriesFrom(c.current().sorted, start)
}

func (c *collection[T]) ofGroup(id string) []*entry[T] { return c.current().byGroup[id] }
func (c *collection[T]) find(id string) (*entry[T], bool) {
	e, ok := c.current().byID[id]
	return e, ok
}

func (c *collection[T]) writable() *index[T] {
	if c.modified == nil {
		idx := c.catalogue()
		c.modified = &index[T]{slices.Clone(idx.sorted), maps.Clone(idx.byID), maps.Clone(idx.byGroup)}
	}
	return c.modified
}

// put inserts an entry at its position. It replaces an entry with the same id.
func (c *collection[T]) put(e *entry[T]) {
	c.remove(e.position.ID)
	idx := c.writable()
	idx.byID[e.position.ID] = e
	idx.sorted = insertEntry(idx.sorted, e)
	if group := e.value.groupID(); group != nil {
		idx.byGroup[*group] = insertEntry(slices.Clone(idx.byGroup[*group]), e)
	}
}

// remove removes the entry with this id, if there is one.
func (c *collection[T]) remove(id string) {
	e, ok := c.find(id)
	if !ok {
		return
	}
	idx := c.writable()
	delete(idx.byID, id)
	idx.sorted = removeEntry(idx.sorted, e)
	if group := e.value.groupID(); group != nil {
		idx.byGroup[*group] = removeEntry(slices.Clone(idx.byGroup[*group]), e)
	}
}

// entriesFrom returns the entries at and after a position; nil: all of them.
func entriesFrom[T resource[T]](sorted []*entry[T], start *position) iter.Seq[*entry[T]] {
	if start != nil {
		i, _ := slices.BinarySearchFunc(sorted, *start, func(e *entry[T], p position) int { return e.position.compare(p) })
		sorted = sorted[i:]
	}
	return slices.Values(sorted)
}

func insertEntry[T resource[T]](entries []*entry[T], e *entry[T]) []*entry[T] {
	i, _ := slices.BinarySearchFunc(entries, e, compareEntries)
	return slices.Insert(entries, i, e)
}

func removeEntry[T resource[T]](entries []*entry[T], e *entry[T]) []*entry[T] {
	i, _ := slices.BinarySearchFunc(entries, e, compareEntries)
	return slices.Delete(entries, i, i+1)
}

// cloneAll returns deep copies of the resources in list order, each as at returns it: a caller's changes do not reach the
// sandbox.
func cloneAll[T resource[T]](entries iter.Seq[*entry[T]], at func(*entry[T]) T) (out []T) {
	for e := range entries {
		out = append(out, at(e).clone())
	}
	return out
}

func clonePointer[T any](p *T) *T {
	if p == nil {
		return nil
	}
	return new(*p)
}
