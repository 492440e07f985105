package loader

import (
	"context"
	"slices"

	"github.com/99designs/gqlgen/graphql"
)

// Position is where a field is in the response: the indexes of the lists around
// it, outermost first. Outside of lists it is empty.
type Position []int

// PositionOf returns the position of the field that is being resolved.
func PositionOf(ctx context.Context) Position {
	var p Position
	for field := graphql.GetFieldContext(ctx); field != nil; field = field.Parent {
		if field.Index != nil {
			p = append(p, *field.Index)
		}
	}
	slices.Reverse(p)
	return p
}

// before reports whether p comes before q in the response: fields outside of
// lists first, then the first item of a list with everything below it.
func (p Position) before(q Position) bool { return slices.Compare(p, q) < 0 }
