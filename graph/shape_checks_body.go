package graph

import "github.com/vektah/gqlparser/v2/ast"

// What it takes to look at one part of a document, in comparisons.
const (
	selectionChecks = 2
	directiveChecks = 4
	variableChecks  = 8
	argumentChecks  = 1
	valueChecks     = 1
	copied          = 128 // bytes of a value, which errors repeat, for one comparison
	lookups         = 8   // of a name, or of what was compared before, for one comparison
	fieldSize       = 4   // of a field without arguments, where an argument has 1: two fields compare theirs each with each
)

// checkedBody is what the body of an operation or a fragment takes.
type checkedBody struct {
	work   int
	outer  equals // at the top
	inner  equals // in fields
	inline int    // inline fragments inside of each other, without a field between
	sets   int    // of selections

	fields   int     // their number
	tops     []sized // the fields at the top
	spreads  []string
	spreadIn []int // the names of the fields that these are in
}

func (b *checkedBody) same(in int) *equals {
	if in == top {
		return &b.outer
	}
	return &b.inner
}

// sized is a field by the number of the name that it has in the answer, and its size.
type sized struct{ key, size int }

// top is the number of the name that a field at the top of a body is in.
const top = -1

// checker looks at one body after the other, and does not follow fragments.
type checker struct {
	bodies []*checkedBody
	keys   map[string]int // numbers of names

	meanings []string // the field that each name stands for where it comes first

	paths   map[[2]int]int // numbers of paths, by that of the path around and of a name
	sizes   []int          // of the fields of a path
	spreads []int          // of a path

	named    map[int]int    // sizes of the fields of a name, in the whole document
	namedIn  map[[2]int]int // those in fields of a name, until now
	spreadIn map[int]int    // spreads in fields of a name

	fragments bool // whether the bodies are those of fragments by now
	met       int  // sizes of pairs of fields in fields, one of them at least in a fragment
}

func newChecker() *checker {
	return &checker{keys: map[string]int{}, paths: map[[2]int]int{}, named: map[int]int{}, namedIn: map[[2]int]int{}, spreadIn: map[int]int{}}
}

func (c *checker) body(set ast.SelectionSet, directives ast.DirectiveList, variables ast.VariableDefinitionList) {
	b := &checkedBody{sets: 1}
	b.work = ofDirectives(directives)
	for _, v := range variables {
		b.work += variableChecks + ofValue(v.DefaultValue) + ofDirectives(v.Directives)
	}
	c.selections(b, set, c.newPath(), top, 0)
	c.bodies = append(c.bodies, b)
}

func (c *checker) newPath() int {
	c.sizes, c.spreads = append(c.sizes, 0), append(c.spreads, 0)
	return len(c.sizes) - 1
}

func (c *checker) selections(b *checkedBody, set ast.SelectionSet, path, in, inline int) {
	b.inline = max(b.inline, inline)
	for _, selection := range set {
		b.work += selectionChecks
		switch s := selection.(type) {
		case *ast.Field:
			c.field(b, s, path, in)
		case *ast.InlineFragment:
			b.work += ofDirectives(s.Directives)
			b.sets++
			c.selections(b, s.SelectionSet, path, in, inline+1)
		case *ast.FragmentSpread:
			b.work += ofDirectives(s.Directives)
			same := b.same(in)
			same.spreads = plus(same.spreads, c.spreads[path])
			c.spreads[path]++
			c.spreadIn[in]++
			b.spreads, b.spreadIn = append(b.spreads, s.Name), append(b.spreadIn, in)
		}
	}
}

func (c *checker) field(b *checkedBody, f *ast.Field, path, in int) {
	b.work += ofArguments(f.Arguments) + ofDirectives(f.Directives)
	key, known := c.keys[f.Alias]
	if !known {
		key = len(c.keys)
		c.keys[f.Alias] = key
		c.meanings = append(c.meanings, f.Name)
	}
	inner, known := c.paths[[2]int{path, key}]
	if !known {
		inner = c.newPath()
		c.paths[[2]int{path, key}] = inner
	}
	size := fieldSize + sizeOf(f.Arguments)
	if f.Name != c.meanings[key] {
		size *= 2 // with two of three pairs it is an error, which takes three times as long
	}
	same := b.same(in)
	same.fields = plus(same.fields, times(size, c.sizes[inner]))
	c.sizes[inner] += size
	c.named[key] += size
	b.fields++
	if in == top {
		b.tops = append(b.tops, sized{key, size})
	} else {
		place := [2]int{in, key}
		if c.fragments {
			c.met = plus(c.met, times(size, c.namedIn[place]))
		}
		c.namedIn[place] += size
	}
	if len(f.SelectionSet) > 0 {
		b.sets++
		c.selections(b, f.SelectionSet, inner, key, 0)
	}
}

func ofDirectives(list ast.DirectiveList) (work int) {
	for _, d := range list {
		work += directiveChecks + ofArguments(d.Arguments)
	}
	return work
}

func ofArguments(list ast.ArgumentList) (work int) {
	for _, a := range list {
		work += argumentChecks + ofValue(a.Value)
	}
	return work
}

func ofValue(v *ast.Value) int {
	if v == nil {
		return 0
	}
	work := valueChecks + len(v.Raw)/copied
	for _, child := range v.Children {
		work += ofValue(child.Value)
	}
	return work
}

// sizeOf is how many arguments there are, and values in them.
func sizeOf(list ast.ArgumentList) (size int) {
	for _, a := range list {
		size++
		if a.Value != nil {
			size += sizeOfList(a.Value.Children)
		}
	}
	return size
}

func sizeOfList(list ast.ChildValueList) (size int) {
	for _, child := range list {
		size++
		if child.Value != nil {
			size += sizeOfList(child.Value.Children)
		}
	}
	return size
}
