package main

import (
	"context"
	"errors"
	"iter"

	"github.com/Khan/genqlient/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// Characters gives every character in HeyGen's order, in pages of so many, 1 to
// 100. An error ends it. When its Code is CURSOR_EXPIRED the list has changed too
// much to go on from where it was: begin again.
func Characters(ctx context.Context, client graphql.Client, page int) iter.Seq2[*Character, error] {
	return charactersAfter(ctx, client, page, nil)
}

func charactersAfter(ctx context.Context, client graphql.Client, page int, after *string) iter.Seq2[*Character, error] {
	return func(yield func(*Character, error) bool) {
		for {
			answer, err := CharactersPage(ctx, client, &page, after)
			if err == nil && answer.AvatarGroups == nil {
				err = errors.New("the list is null, without an error")
			}
			if err != nil {
				yield(nil, err)
				return
			}
			for _, character := range answer.AvatarGroups.Nodes {
				if !yield(character, nil) {
					return
				}
			}
			if !answer.AvatarGroups.PageInfo.HasNextPage {
				return
			}
			after = answer.AvatarGroups.PageInfo.EndCursor
		}
	}
}

// Code is the code of the first error that the server told, such as
// CURSOR_EXPIRED or RATE_LIMITED; "" when it told none.
func Code(err error) string {
	if told, ok := errors.AsType[gqlerror.List](err); ok && len(told) > 0 {
		code, _ := told[0].Extensions["code"].(string)
		return code
	}
	return ""
}
