package sandbox

import (
	"cmp"
	"iter"
	"slices"
	"strings"
)

// lookCollection is all looks. Those of generated groups are in no index: each use generates them from their group, because
// the looks of 60,000 groups would take hundreds of megabytes. A group whose looks are modified is moved into the index first.
type lookCollection struct {
	collection[Look]

	generated func() []*entry[Group] // nil: none
	indexed   map[int]bool           // the numbers of the generated groups whose looks are in the index
}

// generatedGroup returns the generated group with the number, unless its looks are in the index.
func (c *lookCollection) generatedGroup(number int) (*Group, bool) {
	if c.generated == nil || number < 1 || c.indexed[number] {
		return nil, false
	}
	groups := c.generated()
	if number > len(groups) {
		return nil, false
	}
	return &groups[number-1].value, true
}

func (c *lookCollection) ofGroup(id string) []*entry[Look] {
	if g, ok := c.generatedGroup(generatedNumber(id)); ok {
		return sortedLooksOf(g)
	}
	return c.collection.ofGroup(id)
}

func sortedLooksOf(g *Group) []*entry[Look] {
	looks := looksOf(g)
	slices.SortFunc(looks, compareEntries)
	return looks
}

func (c *lookCollection) find(id string) (*entry[Look], bool) {
	if e, ok := c.collection.find(id); ok {
		return e, true
	}
	// The key is the start of the hexadecimal digits with which the id ends.
	digits := id[strings.LastIndexFunc(id, func(r rune) bool { return !strings.ContainsRune("0123456789abcdef", r) })+1:]
	if len(digits) < 8 {
		return nil, false
	}
	number, _ := parseGeneratedKey(digits[:8])
	if g, ok := c.generatedGroup(number); ok {
		for _, e := range looksOf(g) {
			if e.position.ID == id {
				return e, true
			}
		}
	}
	return nil, false
}

func (c *lookCollection) put(e *entry[Look]) {
	c.remove(e.position.ID)
	if e.value.GroupID != nil {
		c.moveIntoIndex(*e.value.GroupID)
	}
	c.collection.put(e)
}

func (c *lookCollection) remove(id string) {
	if e, ok := c.find(id); ok && e.value.GroupID != nil {
		c.moveIntoIndex(*e.value.GroupID)
	}
	c.collection.remove(id)
}

// moveIntoIndex moves the looks of a generated group into the index. It does nothing for any other group.
func (c *lookCollection) moveIntoIndex(group string) {
	number := generatedNumber(group)
	g, ok := c.generatedGroup(number)
	if !ok {
		return
	}
	if c.indexed == nil {
		c.indexed = map[int]bool{}
	}
	c.indexed[number] = true
	for _, e := range looksOf(g) {
		c.collection.put(e)
	}
}

// all merges the index and the looks of the generated groups.
func (c *lookCollection) all(start *position) iter.Seq[*entry[Look]] {
	if c.generated == nil {
		return c.collection.all(start)
	}
	return func(yield func(*entry[Look]) bool) {
		next, stop := iter.Pull(c.collection.all(start))
		defer stop()
		indexed, more := next()
		for e := range c.allGenerated(start) {
			for ; more && compareEntries(indexed, e) < 0; indexed, more = next() {
				if !yield(indexed) {
					return
				}
			}
			if !yield(e) {
				return
			}
		}
		for ; more; indexed, more = next() {
			if !yield(indexed) {
				return
			}
		}
	}
}

// allGenerated returns the looks that are in no index, in list order from a position on.
func (c *lookCollection) allGenerated(start *position) iter.Seq[*entry[Look]] {
	return func(yield func(*entry[Look]) bool) {
		groups, first := c.generated(), 0
		if start != nil { // a look is as old as its group, or secondsPerLookTime older
			first, _ = slices.BinarySearchFunc(groups, start.CreatedAt+secondsPerLookTime, func(e *entry[Group], t float64) int {
				return cmp.Compare(t, e.position.CreatedAt)
			})
		}
		for i := first; i < len(groups); i++ {
			if c.indexed[i+1] {
				continue
			}
			for e := range entriesFrom(sortedLooksOf(&groups[i].value), start) {
				if !yield(e) {
					return
				}
			}
		}
	}
}
