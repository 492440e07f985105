package graph

import (
	"context"
	"slices"

	"github.com/99designs/gqlgen/graphql"
)

// place is where in an answer a field stands: the indexes of the lists that it
// is in, from the outermost one on. It is empty outside of lists.
type place []int

func placeOf(ctx context.Context) place {
	var p place
	for field := graphql.GetFieldContext(ctx); field != nil; field = field.Parent {
		if field.Index != nil {
			p = append(p, *field.Index)
		}
	}
	slices.Reverse(p)
	return p
}

// before tells which of two places comes first in the answer: what is outside
// of lists, then the first item of a list with all that is in it.
func (p place) before(q place) bool { return slices.Compare(p, q) < 0 }
