package graph

import (
	"iter"
	"math/bits"

	"github.com/vektah/gqlparser/v2/ast"
)

// reach tells which fragments each body of a document leads to, by their places
// among the fragments: a row of bits for each body.
type reach struct {
	rows  [][]uint64
	state []reachState
	next  [][]int // the rows of the fragments that a body spreads itself
	first int     // row of a fragment
}

type reachState byte

const (
	notSeen reachState = iota
	inSight
	behind
)

// reachOf works it out with each spread looked at once. Whatever leads into a
// circle is taken to lead everywhere.
func reachOf(doc *ast.QueryDocument, bodies []*checkedBody) *reach {
	r := &reach{
		rows: make([][]uint64, len(bodies)), state: make([]reachState, len(bodies)), next: make([][]int, len(bodies)),
		first: len(doc.Operations),
	}
	byName := make(map[string]int, len(doc.Fragments))
	for i, f := range doc.Fragments {
		if _, twice := byName[f.Name]; !twice { // validation finds the first of one name
			byName[f.Name] = r.first + i
		}
	}
	for i, b := range bodies {
		for _, name := range b.spreads {
			if row, known := byName[name]; known {
				r.next[i] = append(r.next[i], row)
			}
		}
	}
	words := (len(doc.Fragments) + 63) / 64
	all := make([]uint64, words*len(bodies))
	for i := range bodies {
		r.rows[i] = all[i*words : (i+1)*words : (i+1)*words]
	}
	for i := range bodies {
		r.visit(i)
	}
	return r
}

func (r *reach) visit(row int) {
	if r.state[row] != notSeen {
		return
	}
	r.state[row] = inSight
	for _, next := range r.next[row] {
		r.visit(next)
		bit := next - r.first
		r.rows[row][bit/64] |= 1 << (bit % 64)
		for w, word := range r.rows[next] {
			if r.state[next] == inSight {
				word = ^uint64(0)
			}
			r.rows[row][w] |= word
		}
	}
	r.state[row] = behind
}

// of gives the fragments that a body leads to.
func (r *reach) of(row int) iter.Seq[int] {
	return func(yield func(int) bool) {
		fragments := len(r.rows) - r.first
		for w, word := range r.rows[row] {
			for ; word != 0; word &= word - 1 {
				if i := w*64 + bits.TrailingZeros64(word); i < fragments && !yield(i) {
					return
				}
			}
		}
	}
}
