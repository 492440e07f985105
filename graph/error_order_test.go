package graph

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

func TestErrorOrderIsTotal(t *testing.T) {
	at := func(line, column int, message string, path ...ast.PathElement) *gqlerror.Error {
		e := &gqlerror.Error{Message: message, Path: path}
		if line > 0 {
			e.Locations = []gqlerror.Location{{Line: line, Column: column}}
		}
		return e
	}
	name := func(n string) ast.PathElement { return ast.PathName(n) }
	index := func(i int) ast.PathElement { return ast.PathIndex(i) }
	want := []*gqlerror.Error{
		at(0, 0, "m"),
		at(0, 0, "m", name("y")),
		at(0, 0, "m", name("z")),
		at(1, 9, "m", name("z")),
		at(2, 1, "m", name("b")),
		at(2, 1, "n", name("b")),
		at(2, 3, "m"),
		at(2, 3, "m", name("a"), index(2), name("x")),
		at(2, 3, "m", name("a"), index(10), name("w")),
		at(2, 3, "m", name("a"), index(10), name("x")),
		at(2, 3, "m", name("a"), index(11)),
	}
	for range 2000 {
		got := slices.Clone(want)
		rand.Shuffle(len(got), func(i, j int) { got[i], got[j] = got[j], got[i] })
		slices.SortStableFunc(got, compareErrors)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatal(diff)
		}
	}
	for _, a := range want {
		for _, b := range want {
			if compareErrors(a, b) != -compareErrors(b, a) || (compareErrors(a, b) == 0) != (a == b) {
				t.Errorf("%v and %v", a, b)
			}
		}
	}
}
