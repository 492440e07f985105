package graph

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"heygen-graphql/graph/errcode"
)

const maxFieldErrors = 1_000 // of one response

// errTruncated replaces each error of a response beyond the maximum: these are not
// built, as hundreds of thousands would take gigabytes. gqlgen copies errors, so
// they are recognized by their rule.
var errTruncated = &gqlerror.Error{Message: "truncated", Rule: "TooManyErrors"}

// sortAndCapErrors sorts the errors of a response and limits their number.
func sortAndCapErrors(errs gqlerror.List) gqlerror.List {
	total := len(errs)
	errs = slices.DeleteFunc(errs, func(e *gqlerror.Error) bool { return e.Rule == errTruncated.Rule })
	slices.SortStableFunc(errs, compareErrors)
	if total <= maxFieldErrors {
		return errs
	}
	return append(errs[:min(len(errs), maxFieldErrors)], &gqlerror.Error{
		Message:    fmt.Sprintf("More errors were left out: a response has at most %d.", maxFieldErrors),
		Extensions: map[string]any{"code": string(errcode.QueryTooComplex)},
	})
}

// compareErrors orders errors by the position of their fields in the document and in
// lists: they occur in the order in which calls end, which varies. Errors without a
// location come first, and the message decides last, so that the order is total.
func compareErrors(a, b *gqlerror.Error) int {
	at, bt := location(a), location(b)
	return cmp.Or(
		cmp.Compare(at.Line, bt.Line),
		cmp.Compare(at.Column, bt.Column),
		slices.CompareFunc(a.Path, b.Path, func(x, y ast.PathElement) int {
			i, _ := x.(ast.PathIndex)
			j, _ := y.(ast.PathIndex)
			m, _ := x.(ast.PathName)
			n, _ := y.(ast.PathName)
			return cmp.Or(cmp.Compare(i, j), cmp.Compare(m, n))
		}),
		cmp.Compare(a.Message, b.Message),
	)
}

func location(e *gqlerror.Error) gqlerror.Location {
	if len(e.Locations) == 0 {
		return gqlerror.Location{}
	}
	return e.Locations[0]
}
