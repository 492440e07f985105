package complexity

import "github.com/vektah/gqlparser/v2/ast"

// What it takes to look at one part of a document, in comparisons.
const (
	selectionSteps = 2
	directiveSteps = 4
	variableSteps  = 8
	argumentSteps  = 1
	valueSteps     = 1
	bytesPerStep   = 128 // bytes of a value, which errors repeat, for one comparison
	lookupsPerStep = 8   // of a name, or of what was compared before, for one comparison
	fieldSize      = 4   // of a field without arguments, where an argument has 1: two fields compare theirs each with each
)

// bodyCost is what the body of an operation or a fragment takes.
type bodyCost struct {
	work          int
	root          mergeCandidates // at the top
	nested        mergeCandidates // in fields
	inlineDepth   int             // inline fragments inside of each other, without a field between
	selectionSets int             // of selections

	fields        int       // their number
	rootFields    []keySize // the fields at the top
	spreads       []string
	spreadParents []int // the names of the fields that these are in
}

func (b *bodyCost) candidates(in int) *mergeCandidates {
	if in == noParent {
		return &b.root
	}
	return &b.nested
}

// keySize is a field by the number of the name that it has in the answer, and its size.
type keySize struct{ key, size int }

// noParent is the number of the name that a field at the top of a body is in.
const noParent = -1

// costVisitor looks at one body after the other, and does not follow fragments.
type costVisitor struct {
	bodies []*bodyCost
	keys   map[string]int // numbers of names

	firstFieldByKey []string // the field that each name stands for where it comes first

	paths         map[[2]int]int // numbers of paths, by that of the path around and of a name
	sizeByPath    []int          // of the fields of a path
	spreadsByPath []int          // of a path

	sizeByKey       map[int]int    // sizes of the fields of a name, in the whole document
	sizeByParentKey map[[2]int]int // those in fields of a name, until now
	spreadsByParent map[int]int    // spreads in fields of a name

	inFragments        bool // whether the bodies are those of fragments by now
	crossFragmentPairs int  // sizes of pairs of fields in fields, one of them at least in a fragment
}

func newCostVisitor() *costVisitor {
	return &costVisitor{keys: map[string]int{}, paths: map[[2]int]int{}, sizeByKey: map[int]int{}, sizeByParentKey: map[[2]int]int{}, spreadsByParent: map[int]int{}}
}

func (c *costVisitor) addBody(set ast.SelectionSet, directives ast.DirectiveList, variables ast.VariableDefinitionList) {
	b := &bodyCost{selectionSets: 1}
	b.work = directivesSteps(directives)
	for _, v := range variables {
		b.work += variableSteps + valueCost(v.DefaultValue) + directivesSteps(v.Directives)
	}
	c.selections(b, set, c.newPath(), noParent, 0)
	c.bodies = append(c.bodies, b)
}

func (c *costVisitor) newPath() int {
	c.sizeByPath, c.spreadsByPath = append(c.sizeByPath, 0), append(c.spreadsByPath, 0)
	return len(c.sizeByPath) - 1
}

func (c *costVisitor) selections(b *bodyCost, set ast.SelectionSet, path, in, inline int) {
	b.inlineDepth = max(b.inlineDepth, inline)
	for _, selection := range set {
		b.work += selectionSteps
		switch s := selection.(type) {
		case *ast.Field:
			c.field(b, s, path, in)
		case *ast.InlineFragment:
			b.work += directivesSteps(s.Directives)
			b.selectionSets++
			c.selections(b, s.SelectionSet, path, in, inline+1)
		case *ast.FragmentSpread:
			b.work += directivesSteps(s.Directives)
			same := b.candidates(in)
			same.spreadPairs = Add(same.spreadPairs, c.spreadsByPath[path])
			c.spreadsByPath[path]++
			c.spreadsByParent[in]++
			b.spreads, b.spreadParents = append(b.spreads, s.Name), append(b.spreadParents, in)
		}
	}
}

func (c *costVisitor) field(b *bodyCost, f *ast.Field, path, in int) {
	b.work += argumentsSteps(f.Arguments) + directivesSteps(f.Directives)
	key, known := c.keys[f.Alias]
	if !known {
		key = len(c.keys)
		c.keys[f.Alias] = key
		c.firstFieldByKey = append(c.firstFieldByKey, f.Name)
	}
	inner, known := c.paths[[2]int{path, key}]
	if !known {
		inner = c.newPath()
		c.paths[[2]int{path, key}] = inner
	}
	size := fieldSize + argumentsSize(f.Arguments)
	if f.Name != c.firstFieldByKey[key] {
		size *= 2 // with two of three pairs it is an error, which takes three times as long
	}
	same := b.candidates(in)
	same.fieldPairs = Add(same.fieldPairs, Mul(size, c.sizeByPath[inner]))
	c.sizeByPath[inner] += size
	c.sizeByKey[key] += size
	b.fields++
	if in == noParent {
		b.rootFields = append(b.rootFields, keySize{key, size})
	} else {
		place := [2]int{in, key}
		if c.inFragments {
			c.crossFragmentPairs = Add(c.crossFragmentPairs, Mul(size, c.sizeByParentKey[place]))
		}
		c.sizeByParentKey[place] += size
	}
	if len(f.SelectionSet) > 0 {
		b.selectionSets++
		c.selections(b, f.SelectionSet, inner, key, 0)
	}
}

func directivesSteps(list ast.DirectiveList) (work int) {
	for _, d := range list {
		work += directiveSteps + argumentsSteps(d.Arguments)
	}
	return work
}

func argumentsSteps(list ast.ArgumentList) (work int) {
	for _, a := range list {
		work += argumentSteps + valueCost(a.Value)
	}
	return work
}

func valueCost(v *ast.Value) int {
	if v == nil {
		return 0
	}
	work := valueSteps + len(v.Raw)/bytesPerStep
	for _, child := range v.Children {
		work += valueCost(child.Value)
	}
	return work
}

// argumentsSize is how many arguments there are, and values in them.
func argumentsSize(list ast.ArgumentList) (size int) {
	for _, a := range list {
		size++
		if a.Value != nil {
			size += childrenSize(a.Value.Children)
		}
	}
	return size
}

func childrenSize(list ast.ChildValueList) (size int) {
	for _, child := range list {
		size++
		if child.Value != nil {
			size += childrenSize(child.Value.Children)
		}
	}
	return size
}
