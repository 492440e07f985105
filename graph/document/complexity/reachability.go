package complexity

import (
	"iter"
	"math/bits"

	"github.com/vektah/gqlparser/v2/ast"
)

// reachability tells which fragments each body of a document leads to, by their places
// among the fragments: a row of bits for each body, operations first.
type reachability struct {
	bitsets       [][]uint64
	visited       []bool
	spreads       [][]int // the rows of the fragments that a body spreads itself
	firstFragment int     // the row of the first fragment
}

// fragmentReachability works it out with each spread looked at once. Where fragments spread
// themselves it leaves some out: such a document is not validated.
func fragmentReachability(doc *ast.QueryDocument, bodies []*bodyCost) *reachability {
	r := &reachability{bitsets: make([][]uint64, len(bodies)), visited: make([]bool, len(bodies)), spreads: make([][]int, len(bodies)), firstFragment: len(doc.Operations)}
	byName := make(map[string]int, len(doc.Fragments))
	for i, f := range doc.Fragments {
		if _, twice := byName[f.Name]; !twice { // validation finds the first of one name
			byName[f.Name] = r.firstFragment + i
		}
	}
	words := (len(doc.Fragments) + 63) / 64
	all := make([]uint64, words*len(bodies))
	for i, b := range bodies {
		r.bitsets[i] = all[i*words : (i+1)*words]
		for _, name := range b.spreads {
			if row, known := byName[name]; known {
				r.spreads[i] = append(r.spreads[i], row)
			}
		}
	}
	for i := range bodies {
		r.visit(i)
	}
	return r
}

func (r *reachability) visit(row int) {
	if r.visited[row] {
		return
	}
	r.visited[row] = true
	for _, next := range r.spreads[row] {
		r.visit(next)
		bit := next - r.firstFragment
		r.bitsets[row][bit/64] |= 1 << (bit % 64)
		for w, word := range r.bitsets[next] {
			r.bitsets[row][w] |= word
		}
	}
}

// reachableFrom gives the fragments that a body leads to.
func (r *reachability) reachableFrom(row int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for w, word := range r.bitsets[row] {
			for ; word != 0; word &= word - 1 {
				if !yield(w*64 + bits.TrailingZeros64(word)) {
					return
				}
			}
		}
	}
}
