package sandbox

import (
	"cmp"
	"maps"
	"slices"
	"time"
)

// thing is what a collection can hold: a group, a look or a voice.
type thing[T any] interface {
	position() position
	belongsTo() *string // the id of the group it is a look of; nil: none
	clone() T           // also of what its pointers lead to
}

// entry is a thing as it is kept. It is replaced, never changed, so that sandboxes can share it.
type entry[T thing[T]] struct {
	thing  T
	at     position
	since  time.Time // when it was added; zero: it was there from the start
	number int       // of a look that was made up for its group: which of them it is, from 1; of all else 0
}

func newEntry[T thing[T]](t T, since time.Time) *entry[T] {
	return &entry[T]{thing: t, at: t.position(), since: since}
}

// position is where in a list something stands: later times first, then by id.
type position struct {
	CreatedAt float64 `json:"t"`
	ID        string  `json:"i"`
}

func (p position) compare(q position) int {
	return cmp.Or(cmp.Compare(q.CreatedAt, p.CreatedAt), cmp.Compare(p.ID, q.ID))
}

func inListOrder[T thing[T]](a, b *entry[T]) int { return a.at.compare(b.at) }

// shelf is entries in list order, and the ways to find them without looking at all: there are thousands of looks.
type shelf[T thing[T]] struct {
	order   []*entry[T]
	byID    map[string]*entry[T]
	byGroup map[string][]*entry[T] // in list order; a slice in it is replaced, never changed
}

func newShelf[T thing[T]](entries []*entry[T]) *shelf[T] {
	s := &shelf[T]{order: entries, byID: make(map[string]*entry[T], len(entries)), byGroup: map[string][]*entry[T]{}}
	slices.SortFunc(s.order, inListOrder)
	for _, e := range s.order {
		s.byID[e.at.ID] = e
		if group := e.thing.belongsTo(); group != nil {
			s.byGroup[*group] = append(s.byGroup[*group], e)
		}
	}
	return s
}

// collection is one kind of thing in one sandbox: the catalogue's for as long as nobody has changed it.
type collection[T thing[T]] struct {
	catalogue func() *shelf[T] // read at the first use; all sandboxes share what it gives
	own       *shelf[T]        // a copy, from the first change on
}

func (c *collection[T]) shelf() *shelf[T] {
	if c.own != nil {
		return c.own
	}
	return c.catalogue()
}

func (c *collection[T]) all() []*entry[T]                 { return c.shelf().order }
func (c *collection[T]) ofGroup(id string) []*entry[T]    { return c.shelf().byGroup[id] }
func (c *collection[T]) find(id string) (*entry[T], bool) { e, ok := c.shelf().byID[id]; return e, ok }

func (c *collection[T]) mine() *shelf[T] {
	if c.own == nil {
		s := c.catalogue()
		c.own = &shelf[T]{slices.Clone(s.order), maps.Clone(s.byID), maps.Clone(s.byGroup)}
	}
	return c.own
}

// put puts an entry where it belongs. One with the id of another takes its place.
func (c *collection[T]) put(e *entry[T]) {
	c.remove(e.at.ID)
	s := c.mine()
	s.byID[e.at.ID] = e
	s.order = insert(s.order, e)
	if group := e.thing.belongsTo(); group != nil {
		s.byGroup[*group] = insert(slices.Clone(s.byGroup[*group]), e)
	}
}

// remove takes the entry with this id out, if there is one.
func (c *collection[T]) remove(id string) {
	e, ok := c.find(id)
	if !ok {
		return
	}
	s := c.mine()
	delete(s.byID, id)
	s.order = without(s.order, e)
	if group := e.thing.belongsTo(); group != nil {
		s.byGroup[*group] = without(slices.Clone(s.byGroup[*group]), e)
	}
}

func insert[T thing[T]](entries []*entry[T], e *entry[T]) []*entry[T] {
	i, _ := slices.BinarySearchFunc(entries, e, inListOrder)
	return slices.Insert(entries, i, e)
}

func without[T thing[T]](entries []*entry[T], e *entry[T]) []*entry[T] {
	i, _ := slices.BinarySearchFunc(entries, e, inListOrder)
	return slices.Delete(entries, i, i+1)
}

// copies are the things in list order as now says they are, in memory of their own: things that went in or out are no way
// to change those inside.
func copies[T thing[T]](entries []*entry[T], now func(*entry[T]) T) []T {
	out := make([]T, len(entries))
	for i, e := range entries {
		out[i] = now(e).clone()
	}
	return out
}

func clone[T any](p *T) *T {
	if p == nil {
		return nil
	}
	return new(*p)
}
