package complexity

import "github.com/vektah/gqlparser/v2/ast"

// maxMergeSteps is how many field counts of fragments are merged one by one into the
// sets that spread them. A document of 100 fragments with 20 fields each, spread three
// times, has 6,000. Beyond it the count is an upper bound, so that no document takes
// quadratic time.
const maxMergeSteps = 10_000

// fieldCounter counts the fields of one selection set after another by name.
type fieldCounter struct {
	numbers map[string]int // of names
	counts  []int          // by number; all 0 between two sets
	touched []fieldCount   // the counts that are not 0; their n is unused

	currentSet int // number of the set
	mergeSteps int
	max        Measurement // of the set
}

// fieldCount is how often a set selects a field.
type fieldCount struct {
	field    int // number of the name
	n        int
	position *ast.Position
}

func newFieldCounter() fieldCounter { return fieldCounter{numbers: map[string]int{}} }

func (c *fieldCounter) add(field, n int, position *ast.Position) {
	if c.counts[field] == 0 {
		c.touched = append(c.touched, fieldCount{field, 0, position})
	}
	c.counts[field] = Add(c.counts[field], n)
	c.max.raiseTo(c.counts[field], position)
}

// drain returns the counts of the set and resets the counter.
func (c *fieldCounter) drain() []fieldCount {
	all := make([]fieldCount, len(c.touched))
	for i, t := range c.touched {
		all[i] = fieldCount{t.field, c.counts[t.field], t.position}
	}
	c.reset()
	return all
}

func (c *fieldCounter) reset() {
	for _, t := range c.touched {
		c.counts[t.field] = 0
	}
	c.touched = c.touched[:0]
}

// maxAliases counts the fields of a set by name, fragments expanded, and returns the
// largest count. The counts stay in the counter until it is drained or reset. Once
// maxMergeSteps are used up they are incomplete, and no further fragment is merged.
func (v *visitor) maxAliases(set ast.SelectionSet) Measurement {
	c := &v.counter
	c.currentSet++
	c.max = Measurement{}
	estimated := 0
	for _, f := range v.countFields(set, nil) {
		c.mergeSteps += len(f.fieldCounts)
		if c.mergeSteps > maxMergeSteps {
			estimated = Add(estimated, Mul(f.metrics.aliases.Value, f.spreads))
			continue
		}
		for _, count := range f.fieldCounts {
			c.add(count.field, Mul(count.n, f.spreads), count.position)
		}
	}
	return Measurement{Add(c.max.Value, estimated), c.max.Position}
}

// countFields counts the fields that a set selects without fragment spreads. It
// returns spread with the fragments that the set spreads appended, each once.
func (v *visitor) countFields(set ast.SelectionSet, spread []*fragment) []*fragment {
	c := &v.counter
	for _, selection := range set {
		switch s := selection.(type) {
		case *ast.Field:
			number, known := c.numbers[s.Name]
			if !known {
				number = len(c.counts)
				c.numbers[s.Name] = number
				c.counts = append(c.counts, 0)
			}
			c.add(number, 1, s.Position)
		case *ast.InlineFragment:
			spread = v.countFields(s.SelectionSet, spread)
		case *ast.FragmentSpread:
			f := v.fragments[s.Name]
			if f == nil || !f.done {
				continue
			}
			if f.lastSet != c.currentSet {
				f.lastSet, f.spreads = c.currentSet, 0
				spread = append(spread, f)
			}
			f.spreads++
		}
	}
	return spread
}
