package graph

import (
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
)

// TestEveryInputScalarHasParser fails when a scalar is added to the schema only.
func TestEveryInputScalarHasParser(t *testing.T) {
	s := newSchema(&Resolver{}).Schema()
	check := func(argument *ast.Type) {
		if def := s.Types[argument.Name()]; def.Kind == ast.Scalar && scalars[def.Name] == nil {
			t.Errorf("%s has no parser", def.Name)
		}
	}
	for _, def := range s.Types {
		for _, f := range def.Fields {
			for _, a := range f.Arguments {
				check(a.Type)
			}
			if def.Kind == ast.InputObject {
				check(f.Type)
			}
		}
	}
	for _, def := range s.Types {
		if def.Kind == ast.Scalar && !def.BuiltIn && scalars[def.Name] == nil {
			t.Errorf("%s has no parser", def.Name)
		}
	}
}
