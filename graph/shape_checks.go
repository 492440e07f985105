package graph

import "github.com/vektah/gqlparser/v2/ast"

// checks bounds what it takes to validate a document, in comparisons of one field
// with another, of some 0.25 µs. There are two things to it that grow by the
// square of the document's length, or faster:
//
//   - Every operation and every fragment is checked with all fragments that it
//     leads to: 100 fragments that spread one another in a row are 5,000.
//   - Fields that would have the same name in the answer are compared, each with
//     each, and then what is selected of them: those of one place in every set
//     around it that is an inline fragment, those of a fragment with whatever it
//     may be merged with. 900 fields of one name in 300 inline fragments are
//     120 million comparisons: 40 s.
//
// Which fields could meet is not worked out, but bounded: in one body (that of an
// operation or a fragment) those that have the same path, of two bodies those that
// have the same name and are in fields of the same name.
func checks(doc *ast.QueryDocument) figure {
	if len(doc.Operations) == 0 {
		return figure{} // it is not validated
	}
	c := newChecker()
	for _, o := range doc.Operations {
		c.body(o.SelectionSet, o.Directives, o.VariableDefinitions)
	}
	c.fragments = true
	for _, f := range doc.Fragments {
		c.body(f.SelectionSet, f.Directives, f.VariableDefinition)
	}
	operations, fragments := c.bodies[:len(doc.Operations)], c.bodies[len(doc.Operations):]
	reach := reachOf(doc, c.bodies)
	total := 0
	for i, start := range c.bodies {
		inOperation := i < len(operations)
		total = plus(total, start.outer.comparisons()) // once, as a set of its own
		total = plus(total, start.checks(inOperation))
		for f := range reach.from(i) {
			total = plus(total, fragments[f].checks(inOperation))
		}
	}
	return figure{plus(total, c.merging(fragments)), doc.Operations[0].Position}
}

// checks is what a body takes each time that it is walked over: for an operation
// its fields compare what is inside of them, and in any case its inline fragments.
func (b *checkedBody) checks(inOperation bool) int {
	total := plus(b.work, times(plus(b.outer.comparisons(), b.inner.comparisons()), b.inline))
	if inOperation {
		total = plus(total, b.inner.comparisons())
	}
	return total
}

// equals counts what is to be compared because it has the same path.
type equals struct {
	fields  int // pairs of them, by the product of their sizes
	spreads int // pairs of them
}

func (e equals) comparisons() int { return plus(e.fields/(fieldSize*fieldSize), e.spreads/lookups) }

// merging is what it takes to compare each set with all fragments that it may be
// merged with, and those with one another.
func (c *checker) merging(fragments []*checkedBody) (total int) {
	if len(fragments) == 0 {
		return 0
	}
	fields, sets, inline, spread := 0, 0, 0, 0
	for _, b := range c.bodies {
		fields, sets, inline = fields+b.fields, sets+b.sets, max(inline, b.inline)
	}
	total = c.met / (fieldSize * fieldSize)
	for _, b := range fragments {
		for _, f := range b.tops {
			total = plus(total, times(f.size, c.named[f.key])/(fieldSize*fieldSize))
		}
		for _, in := range b.spreadIn {
			total = plus(total, c.spreadIn[in]/lookups)
		}
		spread += len(b.spreadIn)
	}
	// Each set looks up all of its names in each fragment, and is remembered with it.
	total = plus(total, len(fragments)*(fields/lookups+sets/2))
	total = plus(total, sets*spread/lookups)
	return times(total, 1+inline)
}
