package complexity

import "github.com/vektah/gqlparser/v2/ast"

// maxMergeSteps is how many fields of fragments are counted one by one into the sets
// that they are spread in. A document of 100 fragments with 20 fields each, spread
// three times, has 6,000. What comes on top is taken for as many as it can be, so
// that no document makes a square of its length.
const maxMergeSteps = 10_000

// fieldCounter counts the fields of one selection set after the other by their names.
type fieldCounter struct {
	numbers map[string]int // of names
	counts  []int          // by number; all 0 between two sets
	touched []fieldCount   // the counts that are not

	currentSet int // until now
	mergeSteps int
	max        Measurement
}

// fieldCount is how often a set selects a field.
type fieldCount struct {
	field int // the number of its name
	n     int
	at    *ast.Position
}

func newFieldCounter() fieldCounter { return fieldCounter{numbers: map[string]int{}} }

func (t *fieldCounter) add(field, n int, at *ast.Position) {
	if t.counts[field] == 0 {
		t.touched = append(t.touched, fieldCount{field, 0, at})
	}
	t.counts[field] = Add(t.counts[field], n)
	t.max.raiseTo(t.counts[field], at)
}

// drain gives the counts of a set, and makes ready for the next one.
func (t *fieldCounter) drain() []fieldCount {
	all := make([]fieldCount, len(t.touched))
	for i, s := range t.touched {
		all[i] = fieldCount{s.field, t.counts[s.field], s.at}
	}
	t.reset()
	return all
}

func (t *fieldCounter) reset() {
	for _, s := range t.touched {
		t.counts[s.field] = 0
	}
	t.touched = t.touched[:0]
}

// maxAliases counts the fields of a set, after fragments, by their names, and gives
// the most of one name. The tally stands until it is taken or cleared; once there
// was too much to merge it does not hold all, and nothing more is merged.
func (m *visitor) maxAliases(set ast.SelectionSet) Measurement {
	t := &m.counter
	t.currentSet++
	t.max = Measurement{}
	unmerged := 0
	for _, f := range m.countFields(set, nil) {
		t.mergeSteps += len(f.fieldCounts)
		if t.mergeSteps > maxMergeSteps {
			unmerged = Add(unmerged, Mul(f.metrics.aliases.Value, f.spreads))
			continue
		}
		for _, s := range f.fieldCounts {
			t.add(s.field, Mul(s.n, f.spreads), s.at)
		}
	}
	return Measurement{Add(t.max.Value, unmerged), t.max.Position}
}

// countFields counts a set's own fields, and adds the fragments that it spreads, each
// once, to those given.
func (m *visitor) countFields(set ast.SelectionSet, spread []*fragment) []*fragment {
	t := &m.counter
	for _, selection := range set {
		switch s := selection.(type) {
		case *ast.Field:
			number, known := t.numbers[s.Name]
			if !known {
				number = len(t.counts)
				t.numbers[s.Name] = number
				t.counts = append(t.counts, 0)
			}
			t.add(number, 1, s.Position)
		case *ast.InlineFragment:
			spread = m.countFields(s.SelectionSet, spread)
		case *ast.FragmentSpread:
			f := m.fragments[s.Name]
			if f == nil || !f.done {
				continue
			}
			if f.lastSet != t.currentSet {
				f.lastSet, f.spreads = t.currentSet, 0
				spread = append(spread, f)
			}
			f.spreads++
		}
	}
	return spread
}
