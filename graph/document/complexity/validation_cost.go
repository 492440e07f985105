package complexity

import "github.com/vektah/gqlparser/v2/ast"

// validationSteps returns an upper bound on the cost of validating a document. A step
// is the comparison of two fields, some 0.25 µs. Two parts of gqlparser's validation
// take quadratic time or worse:
//
//   - It walks every operation and every fragment together with all fragments that it
//     reaches: a chain of 100 fragments is 5,000 walks of a fragment.
//   - OverlappingFieldsCanBeMerged compares the fields of one response name pairwise,
//     and then their selections. It compares the fields of a set again for every inline
//     fragment around it, and those of a fragment with every set that it may be merged
//     with. 900 fields of one name in 300 inline fragments are 120 million
//     comparisons: 40 s.
//
// It does not find out which fields can be merged, but bounds them. Within one body,
// which is the source of an operation or a fragment, these are the fields of one
// response path; between two bodies, the fields of one name within fields of one name.
func validationSteps(doc *ast.QueryDocument) Measurement {
	if len(doc.Operations) == 0 {
		return Measurement{} // it is rejected without validation
	}
	v := newCostVisitor()
	for _, o := range doc.Operations {
		v.addBody(o.SelectionSet, o.Directives, o.VariableDefinitions)
	}
	v.inFragments = true
	for _, f := range doc.Fragments {
		v.addBody(f.SelectionSet, f.Directives, f.VariableDefinition)
	}
	operations, fragments := v.bodies[:len(doc.Operations)], v.bodies[len(doc.Operations):]
	reachable := fragmentReachability(doc, v.bodies)
	total := 0
	for i, body := range v.bodies {
		inOperation := i < len(operations)
		total = Add(total, body.root.steps()) // the root selection set, once
		total = Add(total, body.steps(inOperation))
		for f := range reachable.from(i) {
			total = Add(total, fragments[f].steps(inOperation))
		}
	}
	return Measurement{Add(total, v.mergeSteps(fragments)), doc.Operations[0].Position}
}

// steps returns the cost of walking a body once. The selection sets of its inline
// fragments are always compared, those of its fields only on behalf of an operation.
func (b *bodyCost) steps(inOperation bool) int {
	total := Add(b.walk, Mul(Add(b.root.steps(), b.nested.steps()), b.inlineDepth))
	if inOperation {
		total = Add(total, b.nested.steps())
	}
	return total
}

// mergeCandidates counts the pairs of selections that have one response path.
type mergeCandidates struct {
	fieldPairs  int // weighted by the product of their sizes
	spreadPairs int
}

func (c mergeCandidates) steps() int {
	return Add(c.fieldPairs/(fieldSize*fieldSize), c.spreadPairs/lookupsPerStep)
}

// mergeSteps returns the cost of comparing each selection set with all fragments that
// it may be merged with, and those fragments with each other.
func (v *costVisitor) mergeSteps(fragments []*bodyCost) (total int) {
	if len(fragments) == 0 {
		return 0
	}
	fields, sets, inlineDepth, spreads := 0, 0, 0, 0
	for _, b := range v.bodies {
		fields, sets, inlineDepth = fields+b.fields, sets+b.selectionSets, max(inlineDepth, b.inlineDepth)
	}
	total = v.crossFragmentPairs / (fieldSize * fieldSize)
	for _, b := range fragments {
		for _, f := range b.rootFields {
			total = Add(total, Mul(f.size, v.sizeByKey[f.key])/(fieldSize*fieldSize))
		}
		for _, parent := range b.spreadParents {
			total = Add(total, v.spreadsByParent[parent]/lookupsPerStep)
		}
		spreads += len(b.spreadParents)
	}
	// Each set looks up all of its names in each fragment, and the pair is memoized.
	total = Add(total, len(fragments)*(fields/lookupsPerStep+sets/2))
	total = Add(total, sets*spreads/lookupsPerStep)
	return Mul(total, 1+inlineDepth)
}
