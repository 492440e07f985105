package graph

import "github.com/vektah/gqlparser/v2/ast"

// maxMerged is how many fields of fragments are counted one by one into the sets
// that they are spread in. A document of 100 fragments with 20 fields each, spread
// three times, has 6,000. What comes on top is taken for as many as it can be, so
// that no document makes a square of its length.
const maxMerged = 10_000

// tally counts the fields of one selection set after the other by their names.
type tally struct {
	numbers map[string]int // of names
	counts  []int          // by number; all 0 between two sets
	taken   []selected     // the counts that are not

	sets   int // until now
	merged int
	most   figure
}

// selected is how often a set selects a field.
type selected struct {
	field int // the number of its name
	n     int
	at    *ast.Position
}

func newTally() tally { return tally{numbers: map[string]int{}} }

func (t *tally) add(field, n int, at *ast.Position) {
	if t.counts[field] == 0 {
		t.taken = append(t.taken, selected{field, 0, at})
	}
	t.counts[field] = plus(t.counts[field], n)
	t.most.raise(t.counts[field], at)
}

// take gives the counts of a set, and makes ready for the next one.
func (t *tally) take() []selected {
	all := make([]selected, len(t.taken))
	for i, s := range t.taken {
		all[i] = selected{s.field, t.counts[s.field], s.at}
	}
	t.clear()
	return all
}

func (t *tally) clear() {
	for _, s := range t.taken {
		t.counts[s.field] = 0
	}
	t.taken = t.taken[:0]
}

// aliases counts the fields of a set, after fragments, by their names, and gives
// the most of one name. The tally stands until it is taken or cleared; once there
// was too much to merge it does not hold all, and nothing more is merged.
func (m *measurer) aliases(set ast.SelectionSet) figure {
	t := &m.tally
	t.sets++
	t.most = figure{}
	unmerged := 0
	for _, f := range m.count(set, nil) {
		t.merged += len(f.selected)
		if t.merged > maxMerged {
			unmerged = plus(unmerged, times(f.extent.aliases.n, f.spread))
			continue
		}
		for _, s := range f.selected {
			t.add(s.field, times(s.n, f.spread), s.at)
		}
	}
	return figure{plus(t.most.n, unmerged), t.most.at}
}

// count counts a set's own fields, and adds the fragments that it spreads, each
// once, to those given.
func (m *measurer) count(set ast.SelectionSet, spread []*fragment) []*fragment {
	t := &m.tally
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
			spread = m.count(s.SelectionSet, spread)
		case *ast.FragmentSpread:
			f := m.fragments[s.Name]
			if f == nil || !f.left {
				continue
			}
			if f.inSet != t.sets {
				f.inSet, f.spread = t.sets, 0
				spread = append(spread, f)
			}
			f.spread++
		}
	}
	return spread
}
