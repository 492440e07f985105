package graph

import (
	"fmt"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"heygen-graphql/graph/errcode"
)

// wrongNull finds a variable that is null in a place that needs a value. A
// default, its own or the place's, makes a nullable variable fit there, and so
// the document is valid; but a null that is given is not replaced by a default.
// It must be found before anything looks at @skip and @include: gqlgen panics
// over a null in them.
func wrongNull(op *graphql.OperationContext) *gqlerror.Error {
	for _, value := range op.Variables {
		if value == nil {
			n := nulls{op.Variables, map[*ast.FragmentDefinition]bool{}}
			return n.in(op.Operation.SelectionSet)
		}
	}
	return nil
}

type nulls struct {
	variables map[string]any
	seen      map[*ast.FragmentDefinition]bool // each is looked through once, however often it is spread
}

func (n nulls) in(set ast.SelectionSet) *gqlerror.Error {
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
			if !n.seen[s.Definition] {
				n.seen[s.Definition] = true
				inner = s.Definition.SelectionSet
			}
		}
		for _, d := range directives {
			if e := n.among(d.Arguments); e != nil {
				return e
			}
		}
		if e := n.among(arguments); e != nil {
			return e
		}
		if e := n.in(inner); e != nil {
			return e
		}
	}
	return nil
}

func (n nulls) among(arguments ast.ArgumentList) *gqlerror.Error {
	for _, a := range arguments {
		if e := n.inside(a.Value); e != nil {
			return e
		}
	}
	return nil
}

func (n nulls) inside(v *ast.Value) *gqlerror.Error {
	if v.Kind == ast.Variable {
		if value, given := n.variables[v.Raw]; given && value == nil && v.ExpectedType != nil && v.ExpectedType.NonNull {
			return errcode.New(v.Position, errcode.BadUserInput, fmt.Sprintf("`$%s` is null where `%s` is needed.", v.Raw, v.ExpectedType))
		}
	}
	for _, child := range v.Children {
		if e := n.inside(child.Value); e != nil {
			return e
		}
	}
	return nil
}
