package graph

import (
	"context"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"heygen-graphql/graph/errcode"
	"heygen-graphql/graph/model"
)

// TestArgumentErrorIsLocatedAtItsField does what generated code does while it parses
// the arguments of nodes[1].looks: gqlgen's path then ends in the argument's name.
func TestArgumentErrorIsLocatedAtItsField(t *testing.T) {
	h := &handler{}
	field := func(name string) graphql.CollectedField {
		return graphql.CollectedField{Field: &ast.Field{Name: name, Alias: name, Position: &ast.Position{Line: 3, Column: 7}}}
	}
	ctx := graphql.WithResponseContext(context.Background(), h.present, graphql.DefaultRecover)
	ctx = graphql.WithFieldContext(ctx, &graphql.FieldContext{Field: field("nodes")})
	index := 1
	ctx = graphql.WithFieldContext(ctx, &graphql.FieldContext{Index: &index})
	ctx = graphql.WithFieldContext(ctx, &graphql.FieldContext{Field: field("looks")})
	_, err := graphql.ProcessArgField(ctx, map[string]any{"types": []any{"PHOTO_AVATAR", "UNKNOWN"}}, "types", func(ctx context.Context, v any) (any, error) {
		ctx = graphql.WithPathContext(ctx, graphql.NewPathWithIndex(1))
		avatarType, err := model.UnmarshalAvatarType("UNKNOWN")
		return avatarType, graphql.ErrorOnPath(ctx, err)
	})
	graphql.AddError(ctx, err)
	want := gqlerror.List{{
		Message:    "`types` cannot be used: `UNKNOWN` is not a valid AvatarType argument: it represents values that this server does not know.",
		Path:       ast.Path{ast.PathName("nodes"), ast.PathIndex(1), ast.PathName("looks")},
		Locations:  []gqlerror.Location{{Line: 3, Column: 7}},
		Extensions: map[string]any{"code": "BAD_USER_INPUT"},
	}}
	if diff := cmp.Diff(want, graphql.GetErrors(ctx)); diff != "" {
		t.Error(diff)
	}
}

func TestErrorsBeyondMaximumAreTheSameValue(t *testing.T) {
	h := &handler{}
	ctx := withRequestState(context.Background(), &requestState{})
	for i := range maxFieldErrors + 1 {
		if e := h.present(ctx, &Error{Code: errcode.Forbidden, Message: "no"}); e == errTruncated || e.Message != "no" {
			t.Fatalf("error %d is truncated", i)
		}
	}
	for range 10 {
		if e := h.present(ctx, &Error{Code: errcode.Forbidden, Message: "no"}); e != errTruncated {
			t.Fatalf("%v is built", e)
		}
	}
}
