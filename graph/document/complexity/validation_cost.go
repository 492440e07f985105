package complexity

import "github.com/vektah/gqlparser/v2/ast"

// validationSteps bounds what it takes to validate a document, in comparisons of one field
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
func validationSteps(doc *ast.QueryDocument) Measurement {
	if len(doc.Operations) == 0 {
		return Measurement{} // it is not validated
	}
	c := newCostVisitor()
	for _, o := range doc.Operations {
		c.addBody(o.SelectionSet, o.Directives, o.VariableDefinitions)
	}
	c.inFragments = true
	for _, f := range doc.Fragments {
		c.addBody(f.SelectionSet, f.Directives, f.VariableDefinition)
	}
	operations, fragments := c.bodies[:len(doc.Operations)], c.bodies[len(doc.Operations):]
	reach := fragmentReachability(doc, c.bodies)
	total := 0
	for i, start := range c.bodies {
		inOperation := i < len(operations)
		total = Add(total, start.root.steps()) // once, as a set of its own
		total = Add(total, start.steps(inOperation))
		for f := range reach.reachableFrom(i) {
			total = Add(total, fragments[f].steps(inOperation))
		}
	}
	return Measurement{Add(total, c.mergeSteps(fragments)), doc.Operations[0].Position}
}

// steps is what a body takes each time that it is walked over: for an operation
// its fields compare what is inside of them, and in any case its inline fragments.
func (b *bodyCost) steps(inOperation bool) int {
	total := Add(b.work, Mul(Add(b.root.steps(), b.nested.steps()), b.inlineDepth))
	if inOperation {
		total = Add(total, b.nested.steps())
	}
	return total
}

// mergeCandidates counts what is to be compared because it has the same path.
type mergeCandidates struct {
	fieldPairs  int // pairs of them, by the product of their sizes
	spreadPairs int // pairs of them
}

func (e mergeCandidates) steps() int {
	return Add(e.fieldPairs/(fieldSize*fieldSize), e.spreadPairs/lookupsPerStep)
}

// mergeSteps is what it takes to compare each set with all fragments that it may be
// merged with, and those with one another.
func (c *costVisitor) mergeSteps(fragments []*bodyCost) (total int) {
	if len(fragments) == 0 {
		return 0
	}
	fields, sets, inline, spread := 0, 0, 0, 0
	for _, b := range c.bodies {
		fields, sets, inline = fields+b.fields, sets+b.selectionSets, max(inline, b.inlineDepth)
	}
	total = c.crossFragmentPairs / (fieldSize * fieldSize)
	for _, b := range fragments {
		for _, f := range b.rootFields {
			total = Add(total, Mul(f.size, c.sizeByKey[f.key])/(fieldSize*fieldSize))
		}
		for _, in := range b.spreadParents {
			total = Add(total, c.spreadsByParent[in]/lookupsPerStep)
		}
		spread += len(b.spreadParents)
	}
	// Each set looks up all of its names in each fragment, and is remembered with it.
	total = Add(total, len(fragments)*(fields/lookupsPerStep+sets/2))
	total = Add(total, sets*spread/lookupsPerStep)
	return Mul(total, 1+inline)
}
