package complexity

import "github.com/vektah/gqlparser/v2/ast"

// The cost of the parts of a document, in steps.
const (
	selectionSteps = 2
	directiveSteps = 4
	variableSteps  = 8
	argumentSteps  = 1
	valueSteps     = 1

	bytesPerStep   = 128 // of a value: errors repeat it
	lookupsPerStep = 8   // of a name, or of a memoized comparison
	fieldSize      = 4   // of a field without arguments; each argument adds 1, as two fields compare theirs pairwise
)

// bodyCost is the cost of the body of an operation or a fragment.
type bodyCost struct {
	walk          int             // steps of visiting its parts
	root          mergeCandidates // in the root selection set
	nested        mergeCandidates // within fields
	inlineDepth   int             // nesting of inline fragments without a field between
	selectionSets int

	fields        int
	rootFields    []keySize
	spreads       []string // names of the fragments that it spreads
	spreadParents []int    // keys of the fields that these are in
}

// candidates returns the counts for selections within a field.
func (b *bodyCost) candidates(parent int) *mergeCandidates {
	if parent == noParent {
		return &b.root
	}
	return &b.nested
}

// keySize is the key of a field and its size. A key is the number of a response name.
type keySize struct{ key, size int }

// noParent is the parent key of the root fields of a body.
const noParent = -1

// costVisitor visits one body after another. It does not follow fragment spreads.
type costVisitor struct {
	bodies []*bodyCost
	keys   map[string]int // by response name

	firstFieldByKey []string // the name of the first field with each key

	paths         map[[2]int]int // numbers of response paths, by that of the parent path and a key
	sizeByPath    []int          // sum of the sizes of the fields
	spreadsByPath []int

	sizeByKey       map[int]int    // sum of the sizes of the fields, in the whole document
	sizeByParentKey map[[2]int]int // so far, by the keys of the parent and the field
	spreadsByParent map[int]int    // by the key of the parent

	inFragments        bool // the bodies are those of fragments
	crossFragmentPairs int  // pairs of nested fields, at least one in a fragment, weighted by the product of their sizes
}

func newCostVisitor() *costVisitor {
	return &costVisitor{keys: map[string]int{}, paths: map[[2]int]int{}, sizeByKey: map[int]int{}, sizeByParentKey: map[[2]int]int{}, spreadsByParent: map[int]int{}}
}

func (v *costVisitor) addBody(set ast.SelectionSet, directives ast.DirectiveList, variables ast.VariableDefinitionList) {
	b := &bodyCost{selectionSets: 1}
	b.walk = stepsOfDirectives(directives)
	for _, variable := range variables {
		b.walk += variableSteps + stepsOfValue(variable.DefaultValue) + stepsOfDirectives(variable.Directives)
	}
	v.selections(b, set, v.newPath(), noParent, 0)
	v.bodies = append(v.bodies, b)
}

func (v *costVisitor) newPath() int {
	v.sizeByPath, v.spreadsByPath = append(v.sizeByPath, 0), append(v.spreadsByPath, 0)
	return len(v.sizeByPath) - 1
}

func (v *costVisitor) selections(b *bodyCost, set ast.SelectionSet, path, parent, inlineDepth int) {
	b.inlineDepth = max(b.inlineDepth, inlineDepth)
	for _, selection := range set {
		b.walk += selectionSteps
		switch s := selection.(type) {
		case *ast.Field:
			v.field(b, s, path, parent)
		case *ast.InlineFragment:
			b.walk += stepsOfDirectives(s.Directives)
			b.selectionSets++
			v.selections(b, s.SelectionSet, path, parent, inlineDepth+1)
		case *ast.FragmentSpread:
			b.walk += stepsOfDirectives(s.Directives)
			candidates := b.candidates(parent)
			candidates.spreadPairs = Add(candidates.spreadPairs, v.spreadsByPath[path])
			v.spreadsByPath[path]++
			v.spreadsByParent[parent]++
			b.spreads, b.spreadParents = append(b.spreads, s.Name), append(b.spreadParents, parent)
		}
	}
}

func (v *costVisitor) field(b *bodyCost, f *ast.Field, parentPath, parent int) {
	b.walk += stepsOfArguments(f.Arguments) + stepsOfDirectives(f.Directives)
	key, known := v.keys[f.Alias]
	if !known {
		key = len(v.keys)
		v.keys[f.Alias] = key
		v.firstFieldByKey = append(v.firstFieldByKey, f.Name)
	}
	path, known := v.paths[[2]int{parentPath, key}]
	if !known {
		path = v.newPath()
		v.paths[[2]int{parentPath, key}] = path
	}
	size := fieldSize + sizeOfArguments(f.Arguments)
	if f.Name != v.firstFieldByKey[key] {
		size *= 2 // two of three pairs are conflicts, and an error takes three times as long
	}
	candidates := b.candidates(parent)
	candidates.fieldPairs = Add(candidates.fieldPairs, Mul(size, v.sizeByPath[path]))
	v.sizeByPath[path] += size
	v.sizeByKey[key] += size
	b.fields++
	if parent == noParent {
		b.rootFields = append(b.rootFields, keySize{key, size})
	} else {
		keys := [2]int{parent, key}
		if v.inFragments {
			v.crossFragmentPairs = Add(v.crossFragmentPairs, Mul(size, v.sizeByParentKey[keys]))
		}
		v.sizeByParentKey[keys] += size
	}
	if len(f.SelectionSet) > 0 {
		b.selectionSets++
		v.selections(b, f.SelectionSet, path, key, 0)
	}
}

func stepsOfDirectives(list ast.DirectiveList) (steps int) {
	for _, d := range list {
		steps += directiveSteps + stepsOfArguments(d.Arguments)
	}
	return steps
}

func stepsOfArguments(list ast.ArgumentList) (steps int) {
	for _, a := range list {
		steps += argumentSteps + stepsOfValue(a.Value)
	}
	return steps
}

func stepsOfValue(value *ast.Value) int {
	if value == nil {
		return 0
	}
	steps := valueSteps + len(value.Raw)/bytesPerStep
	for _, child := range value.Children {
		steps += stepsOfValue(child.Value)
	}
	return steps
}

// sizeOfArguments returns the number of arguments and of values nested in them.
func sizeOfArguments(list ast.ArgumentList) (size int) {
	for _, a := range list {
		size++
		if a.Value != nil {
			size += sizeOfChildren(a.Value.Children)
		}
	}
	return size
}

func sizeOfChildren(list ast.ChildValueList) (size int) {
	for _, child := range list {
		size++
		if child.Value != nil {
			size += sizeOfChildren(child.Value.Children)
		}
	}
	return size
}
