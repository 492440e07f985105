package document

import (
	"fmt"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"heygen-graphql/graph/errcode"
)

// checkNullVariables returns an error for a variable that is null at a position
// that requires a value. A default, of the variable or of the argument, makes a
// nullable variable valid there, and so the document is; but an explicit null is
// not replaced by a default. It must be called before anything evaluates @skip and
// @include: gqlgen panics over a null in them.
func checkNullVariables(op *graphql.OperationContext) *gqlerror.Error {
	for _, value := range op.Variables {
		if value == nil {
			n := nullFinder{op.Variables, map[*ast.FragmentDefinition]bool{}}
			return n.selectionSet(op.Operation.SelectionSet)
		}
	}
	return nil
}

type nullFinder struct {
	variables map[string]any
	visited   map[*ast.FragmentDefinition]bool // each is visited once, however often it is spread
}

func (n nullFinder) selectionSet(set ast.SelectionSet) *gqlerror.Error {
	for _, selection := range set {
		var arguments ast.ArgumentList
		var directives ast.DirectiveList
		var inner ast.SelectionSet
		switch s := selection.(type) {
		case *ast.Field:
			arguments, directives, inner = s.Arguments, s.Directives, s.SelectionSet
		case *ast.InlineFragment:
			directives, inner = s.Directives, s.SelectionSet
		case *ast.FragmentSpread:
			directives = s.Directives
			if !n.visited[s.Definition] {
				n.visited[s.Definition] = true
				inner = s.Definition.SelectionSet
			}
		}
		for _, d := range directives {
			if e := n.arguments(d.Arguments); e != nil {
				return e
			}
		}
		if e := n.arguments(arguments); e != nil {
			return e
		}
		if e := n.selectionSet(inner); e != nil {
			return e
		}
	}
	return nil
}

func (n nullFinder) arguments(arguments ast.ArgumentList) *gqlerror.Error {
	for _, a := range arguments {
		if e := n.value(a.Value); e != nil {
			return e
		}
	}
	return nil
}

func (n nullFinder) value(v *ast.Value) *gqlerror.Error {
	if v.Kind == ast.Variable {
		if value, ok := n.variables[v.Raw]; ok && value == nil && v.ExpectedType != nil && v.ExpectedType.NonNull {
			return errcode.New(v.Position, errcode.BadUserInput, fmt.Sprintf("`$%s` is null where `%s` is required.", v.Raw, v.ExpectedType))
		}
	}
	for _, child := range v.Children {
		if e := n.value(child.Value); e != nil {
			return e
		}
	}
	return nil
}
