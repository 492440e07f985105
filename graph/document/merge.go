package document

import (
	"iter"
	"slices"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// mergeFields returns an operation as it is executed with its variables: without
// fragments, @skip and @include, and each field once in its selection set, in the order
// of the response (CollectFields and MergeSelectionSets in the specification). A
// selection set on an interface or a union has one inline fragment for each object type.
// The operation must be valid. If it is merged already, it is returned as it is.
//
// What follows is linear in the fields that are executed, however many fragments select
// them. gqlgen's CollectFields is not: it compares each field with every other one of
// its set, again for each fragment around it.
func mergeFields(schema *ast.Schema, operation *ast.OperationDefinition, variables map[string]any) *ast.OperationDefinition {
	if isMerged(operation.SelectionSet) {
		return operation
	}
	m := fieldMerger{schema: schema, variables: variables, expandedIn: map[*ast.FragmentDefinition]int{}}
	merged := *operation
	merged.SelectionSet = m.selectionSets(schema.Query, []ast.SelectionSet{operation.SelectionSet})
	return &merged
}

// isMerged reports whether a selection set has only distinct fields without directives,
// and so has each set in it.
func isMerged(set ast.SelectionSet) bool {
	var names map[string]bool
	for i, selection := range set {
		f, ok := selection.(*ast.Field)
		if !ok || len(f.Directives) > 0 || !isMerged(f.SelectionSet) {
			return false
		}
		if i < 8 { // scanning a few is faster than a map
			if slices.ContainsFunc(set[:i], func(s ast.Selection) bool { return s.(*ast.Field).Alias == f.Alias }) {
				return false
			}
			continue
		}
		if names == nil {
			names = make(map[string]bool, len(set))
			for _, earlier := range set[:i] {
				names[earlier.(*ast.Field).Alias] = true
			}
		}
		if names[f.Alias] {
			return false
		}
		names[f.Alias] = true
	}
	return true
}

// fieldMerger merges the fields of one valid operation, for its types and variables.
// Package complexity has a merger of its own (merge.go), which runs before validation: it
// measures what this one will visit, without types or variables.
type fieldMerger struct {
	schema     *ast.Schema
	variables  map[string]any
	expandedIn map[*ast.FragmentDefinition]int // the last set that the fragment is expanded in
	sets       int                             // merged
}

// selectionSets merges the selection sets of fields with one response path.
func (m *fieldMerger) selectionSets(parent *ast.Definition, sets []ast.SelectionSet) (merged ast.SelectionSet) {
	if !parent.IsAbstractType() {
		return m.objectSets(parent, sets)
	}
	for _, object := range m.schema.GetPossibleTypes(parent) {
		if fields := m.objectSets(object, sets); len(fields) > 0 {
			merged = append(merged, &ast.InlineFragment{
				TypeCondition: object.Name, ObjectDefinition: parent, SelectionSet: fields, Position: sets[0][0].GetPosition(),
			})
		}
	}
	return merged
}

// objectSets merges selection sets on an object type.
func (m *fieldMerger) objectSets(object *ast.Definition, sets []ast.SelectionSet) (merged ast.SelectionSet) {
	m.sets++
	collected := collectedSet{fieldMerger: m, object: object, indexes: map[string]int{}}
	for _, set := range sets {
		collected.add(set)
	}
	for _, f := range collected.fields {
		if len(f.sets) > 0 {
			field := *f.Field
			field.SelectionSet = m.selectionSets(m.schema.Types[f.Definition.Type.Name()], f.sets)
			f.Field = &field
		}
		merged = append(merged, f.Field)
	}
	return merged
}

// collectedField is the first field of its response name, with the selection sets of
// all of them.
type collectedField struct {
	*ast.Field
	sets []ast.SelectionSet
}

// collectedSet holds the fields of a selection set on an object type.
type collectedSet struct {
	*fieldMerger
	object  *ast.Definition
	fields  []collectedField
	indexes map[string]int // by response name
}

// add adds the fields of a selection set that apply to the object. It expands a fragment
// once.
func (c *collectedSet) add(set ast.SelectionSet) {
	for _, selection := range set {
		switch s := selection.(type) {
		case *ast.Field:
			if c.includes(s.Directives) {
				c.addField(s)
			}
		case *ast.InlineFragment:
			if c.includes(s.Directives) && c.applies(s.TypeCondition) {
				c.add(s.SelectionSet)
			}
		case *ast.FragmentSpread:
			if c.expandedIn[s.Definition] != c.sets && c.includes(s.Directives) && c.applies(s.Definition.TypeCondition) {
				c.expandedIn[s.Definition] = c.sets
				c.add(s.Definition.SelectionSet)
			}
		}
	}
}

func (c *collectedSet) addField(f *ast.Field) {
	i, known := c.indexes[f.Alias]
	if !known {
		i = len(c.fields)
		c.indexes[f.Alias] = i
		c.fields = append(c.fields, collectedField{Field: f})
	}
	if len(f.SelectionSet) > 0 {
		c.fields[i].sets = append(c.fields[i].sets, f.SelectionSet)
	}
}

// applies reports whether a fragment with a type condition applies to the object.
func (c *collectedSet) applies(typeCondition string) bool {
	return typeCondition == "" || typeCondition == c.object.Name || slices.Contains(c.schema.PossibleTypes[typeCondition], c.object)
}

// includes reports whether @skip and @include select what they are on.
func (m *fieldMerger) includes(directives ast.DirectiveList) bool {
	for _, d := range directives {
		if value, err := d.Arguments.ForName("if").Value.Value(m.variables); err != nil || value != (d.Name == "include") {
			return false
		}
	}
	return true
}

// MergedFields returns the fields that a selection set of a merged operation selects of
// an object type.
func MergedFields(set ast.SelectionSet, typeName string) iter.Seq[graphql.CollectedField] {
	return func(yield func(graphql.CollectedField) bool) {
		for _, selection := range set {
			switch s := selection.(type) {
			case *ast.Field:
				if !yield(collected(s)) {
					return
				}
			case *ast.InlineFragment:
				for _, f := range s.SelectionSet {
					if s.TypeCondition == typeName && !yield(collected(f.(*ast.Field))) {
						return
					}
				}
			}
		}
	}
}

func collected(f *ast.Field) graphql.CollectedField {
	return graphql.CollectedField{Field: f, Selections: f.SelectionSet, IsNonDeferrable: true}
}
