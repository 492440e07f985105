package complexity

import (
	"iter"
	"math/bits"

	"github.com/vektah/gqlparser/v2/ast"
)

// reachability is the transitive closure of fragment spreads: for each body of a
// document, operations first, a bitset of the fragments that it reaches.
type reachability struct {
	bitsets       [][]uint64 // by body
	visited       []bool     // by body
	spreads       [][]int    // by body, the bodies of the fragments that it spreads itself
	firstFragment int        // the body of the first fragment
}

// fragmentReachability computes the reachability with one visit to each spread. It is
// incomplete for fragments that spread themselves, but such a document is rejected.
func fragmentReachability(doc *ast.QueryDocument, bodies []*bodyCost) *reachability {
	r := &reachability{bitsets: make([][]uint64, len(bodies)), visited: make([]bool, len(bodies)), spreads: make([][]int, len(bodies)), firstFragment: len(doc.Operations)}
	byName := make(map[string]int, len(doc.Fragments))
	for i, f := range doc.Fragments {
		if _, duplicate := byName[f.Name]; !duplicate { // validation uses the first of one name
			byName[f.Name] = r.firstFragment + i
		}
	}
	words := (len(doc.Fragments) + 63) / 64
	all := make([]uint64, words*len(bodies))
	for i, b := range bodies {
		r.bitsets[i] = all[i*words : (i+1)*words]
		for _, name := range b.spreads {
			if body, known := byName[name]; known {
				r.spreads[i] = append(r.spreads[i], body)
			}
		}
	}
	for i := range bodies {
		r.visit(i)
	}
	return r
}

func (r *reachability) visit(body int) {
	if r.visited[body] {
		return
	}
	r.visited[body] = true
	for _, spread := range r.spreads[body] {
		r.visit(spread)
		bit := spread - r.firstFragment
		r.bitsets[body][bit/64] |= 1 << (bit % 64)
		for i, word := range r.bitsets[spread] {
			r.bitsets[body][i] |= word
		}
	}
}

// from returns the indexes of the fragments that a body reaches.
func (r *reachability) from(body int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i, word := range r.bitsets[body] {
			for ; word != 0; word &= word - 1 {
				if !yield(i*64 + bits.TrailingZeros64(word)) {
					return
				}
			}
		}
	}
}
