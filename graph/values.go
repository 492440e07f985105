package graph

import (
	"context"
	"fmt"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"heygen-graphql/graph/document/complexity"
	"heygen-graphql/graph/errcode"
)

// maxAnswer is how many values the lists of one answer may hold. A value takes some
// 2 µs and 300 bytes to write; 100 groups with every field of their own, of their
// voice and of three looks have 7,000.
const maxAnswer = 250_000

var errTooManyValues = &Error{
	Code:    errcode.QueryTooComplex,
	Message: fmt.Sprintf("The lists of one operation may give at most %d values, all fields together. Ask for fewer items or fields at a time.", maxAnswer),
}

// fills counts the values of a list's items into the answer. Too many are an error.
func (op *operation) fills(ctx context.Context, items int) error {
	field := graphql.GetFieldContext(ctx).Field
	if op.values.Add(int64(items)*int64(op.widths.of(field))) > maxAnswer {
		return errTooManyValues
	}
	return nil
}

// width counts the values that a selection set gives, once: what is inside of
// further lists is left out, which count for themselves. Fragments for other types
// and what is skipped count, too.
func width(set ast.SelectionSet, fragments map[string]int) (n int) {
	for _, selection := range set {
		switch s := selection.(type) {
		case *ast.Field:
			n = complexity.Add(n, 1)
			if !strings.HasSuffix(s.Definition.Type.Name(), "Connection") {
				n = complexity.Add(n, width(s.SelectionSet, fragments))
			}
		case *ast.InlineFragment:
			n = complexity.Add(n, width(s.SelectionSet, fragments))
		case *ast.FragmentSpread:
			inside, known := fragments[s.Name]
			if !known {
				inside = width(s.Definition.SelectionSet, fragments)
				fragments[s.Name] = inside
			}
			n = complexity.Add(n, inside)
		}
	}
	return n
}

// widths are those of an operation's lists, by the field that each is. Where several
// fields are merged into one it is counted anew, as others may be merged elsewhere.
type widths struct{ memo[*ast.Field, int] }

func (w *widths) of(f graphql.CollectedField) int {
	count := func() (int, error) { return width(f.Selections, map[string]int{}), nil }
	if len(f.Selections) != len(f.SelectionSet) {
		n, _ := count()
		return n
	}
	n, _ := w.get(context.Background(), f.Field, count)
	return n
}
