package document

import (
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// selectedField is a field with the field whose selection set it was merged from.
type selectedField struct {
	*ast.Field
	parent *selectedField
}

// mergeSelectionSets merges the selection sets of fields with one path, fragments
// expanded, and groups the fields in them by response name, in source order. It leaves
// out fields of an unknown type.
func (c *mergeChecker) mergeSelectionSets(fields []selectedField) (groups [][]selectedField) {
	indexes := map[string]int{} // of groups, by response name
	var expanded map[*ast.FragmentDefinition]bool
	var merge func(*selectedField, ast.SelectionSet)
	merge = func(parent *selectedField, set ast.SelectionSet) {
		for _, selection := range set {
			if c.visit(1, selection); c.visits > maxMergeVisits {
				return
			}
			switch s := selection.(type) {
			case *ast.Field:
				if s.ObjectDefinition == nil {
					continue
				}
				i, known := indexes[s.Alias]
				if !known {
					i = len(groups)
					indexes[s.Alias] = i
					groups = append(groups, nil)
				}
				groups[i] = append(groups[i], selectedField{s, parent})
			case *ast.InlineFragment:
				merge(parent, s.SelectionSet)
			case *ast.FragmentSpread:
				if s.Definition == nil || expanded[s.Definition] {
					continue
				}
				if expanded == nil {
					expanded = map[*ast.FragmentDefinition]bool{}
				}
				expanded[s.Definition] = true
				merge(parent, s.Definition.SelectionSet)
			}
		}
	}
	for i := range fields {
		merge(&fields[i], fields[i].SelectionSet)
	}
	return groups
}

// groupByParentType groups fields with one path so that one object can have all fields
// of a group: by object type, those of interfaces and unions in every group. As groups
// are compared by their first field, only the first group has all of the latter if
// they are leaves.
func groupByParentType(fields []selectedField) [][]selectedField {
	other := func(f selectedField) bool { return f.ObjectDefinition != fields[0].ObjectDefinition }
	if !slices.ContainsFunc(fields, other) {
		return [][]selectedField{fields}
	}
	var abstract []selectedField
	var groups [][]selectedField
	indexes := map[*ast.Definition]int{} // of groups, by object type
	for _, f := range fields {
		if f.ObjectDefinition.IsAbstractType() {
			abstract = append(abstract, f)
			continue
		}
		i, known := indexes[f.ObjectDefinition]
		if !known {
			i = len(groups)
			indexes[f.ObjectDefinition] = i
			groups = append(groups, nil)
		}
		groups[i] = append(groups[i], f)
	}
	if len(groups) == 0 {
		return [][]selectedField{abstract}
	}
	for i, group := range groups {
		if i == 1 && len(abstract) > 0 && len(abstract[0].SelectionSet) == 0 {
			abstract = abstract[:1]
		}
		groups[i] = slices.Concat(abstract, group)
	}
	return groups
}

// sameArguments reports whether two fields have the same arguments in any order.
func sameArguments(a, b ast.ArgumentList) bool {
	byName := func(a, b *ast.Argument) int { return strings.Compare(a.Name, b.Name) }
	return slices.EqualFunc(sorted(a, byName), sorted(b, byName), func(a, b *ast.Argument) bool {
		return a.Name == b.Name && sameValue(a.Value, b.Value)
	})
}

// sameValue reports whether two values are the same, the fields of objects in any order.
func sameValue(a, b *ast.Value) bool {
	byName := func(a, b *ast.ChildValue) int { return strings.Compare(a.Name, b.Name) } // elements of lists have none
	return a.Kind == b.Kind && a.Raw == b.Raw && slices.EqualFunc(sorted(a.Children, byName), sorted(b.Children, byName), func(a, b *ast.ChildValue) bool {
		return a.Name == b.Name && sameValue(a.Value, b.Value)
	})
}

// sorted returns a list in order. It does not change the list, which is a part of the
// document.
func sorted[S ~[]E, E any](list S, compare func(E, E) int) S {
	if !slices.IsSortedFunc(list, compare) {
		list = slices.Clone(list)
		slices.SortStableFunc(list, compare)
	}
	return list
}
