package graph

import (
	"context"
	"fmt"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"heygen-graphql/graph/errcode"
	"heygen-graphql/graph/loader"
)

// The bounds of one response.
const (
	// maxResponseItems is the maximum number of items of all lists: looks have groups,
	// which have looks, and each item takes some 10 KB to write.
	maxResponseItems = 10_000
	// maxResponseValues is the maximum number of values in lists. A value takes some
	// 2 µs and 300 bytes to write; 100 groups with every field of their own, of their
	// voice and of three looks have 7,000.
	maxResponseValues = 250_000
)

var errTooManyItems = &Error{
	Code:    errcode.QueryTooComplex,
	Message: fmt.Sprintf("The lists of one operation may return at most %d items, all fields together; an empty list counts as one. Request fewer at a time.", maxResponseItems),
}

var errTooManyValues = &Error{
	Code:    errcode.QueryTooComplex,
	Message: fmt.Sprintf("The lists of one operation may return at most %d values, all fields together. Request fewer items or fields at a time.", maxResponseValues),
}

// addItems counts items of lists in the response. It returns an error if there are
// too many.
func (s *operationScope) addItems(n int) error {
	if s.itemCount.Add(int64(n)) > maxResponseItems {
		return errTooManyItems
	}
	return nil
}

// addValues counts the values of a list's items in the response. It returns an error
// if there are too many.
func (s *operationScope) addValues(ctx context.Context, items int) error {
	field := graphql.GetFieldContext(ctx).Field
	if s.valueCount.Add(int64(items)*int64(s.widths.of(field))) > maxResponseValues {
		return errTooManyValues
	}
	return nil
}

// selectionWidth returns the number of values that a merged selection set produces for
// one object, without those in further lists, which are counted themselves. On an
// interface it is the sum over its object types.
func selectionWidth(set ast.SelectionSet) (n int) {
	for _, selection := range set {
		switch s := selection.(type) {
		case *ast.Field:
			n++
			if !strings.HasSuffix(s.Definition.Type.Name(), "Connection") {
				n += selectionWidth(s.SelectionSet)
			}
		case *ast.InlineFragment:
			n += selectionWidth(s.SelectionSet)
		}
	}
	return n
}

// selectionWidths caches the widths of an operation's lists by field.
type selectionWidths struct{ loader.Memo[*ast.Field, int] }

func (w *selectionWidths) of(f graphql.CollectedField) int {
	n, _ := w.Do(context.Background(), f.Field, func() (int, error) { return selectionWidth(f.SelectionSet), nil })
	return n
}
