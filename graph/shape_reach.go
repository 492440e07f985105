package graph

import (
	"iter"
	"math/bits"

	"github.com/vektah/gqlparser/v2/ast"
)

// reach tells which fragments each body of a document leads to, by their places
// among the fragments: a row of bits for each body, operations first.
type reach struct {
	rows [][]uint64
	seen []bool
	next [][]int // the rows of the fragments that a body spreads itself
	of   int     // the row of the first fragment
}

// reachOf works it out with each spread looked at once. Where fragments spread
// themselves it leaves some out: such a document is not validated.
func reachOf(doc *ast.QueryDocument, bodies []*checkedBody) *reach {
	r := &reach{rows: make([][]uint64, len(bodies)), seen: make([]bool, len(bodies)), next: make([][]int, len(bodies)), of: len(doc.Operations)}
	byName := make(map[string]int, len(doc.Fragments))
	for i, f := range doc.Fragments {
		if _, twice := byName[f.Name]; !twice { // validation finds the first of one name
			byName[f.Name] = r.of + i
		}
	}
	words := (len(doc.Fragments) + 63) / 64
	all := make([]uint64, words*len(bodies))
	for i, b := range bodies {
		r.rows[i] = all[i*words : (i+1)*words]
		for _, name := range b.spreads {
			if row, known := byName[name]; known {
				r.next[i] = append(r.next[i], row)
			}
		}
	}
	for i := range bodies {
		r.visit(i)
	}
	return r
}

func (r *reach) visit(row int) {
	if r.seen[row] {
		return
	}
	r.seen[row] = true
	for _, next := range r.next[row] {
		r.visit(next)
		bit := next - r.of
		r.rows[row][bit/64] |= 1 << (bit % 64)
		for w, word := range r.rows[next] {
			r.rows[row][w] |= word
		}
	}
}

// from gives the fragments that a body leads to.
func (r *reach) from(row int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for w, word := range r.rows[row] {
			for ; word != 0; word &= word - 1 {
				if !yield(w*64 + bits.TrailingZeros64(word)) {
					return
				}
			}
		}
	}
}
