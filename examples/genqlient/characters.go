package main

import (
	"context"
	"errors"
	"iter"

	"github.com/Khan/genqlient/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// Characters returns an iterator over the characters that match search, the best
// matches first. If search is blank, it returns all characters, in HeyGen's order. It
// fetches pages of pageSize characters, 1 to 100, as you iterate. It stops after the
// first error. If its [ErrorCode] is CURSOR_EXPIRED, the list has changed too much to
// continue: start again.
func Characters(ctx context.Context, client graphql.Client, search string, pageSize int) iter.Seq2[*Character, error] {
	return charactersAfter(ctx, client, search, pageSize, nil)
}

func charactersAfter(ctx context.Context, client graphql.Client, search string, pageSize int, after *string) iter.Seq2[*Character, error] {
	return func(yield func(*Character, error) bool) {
		for {
			resp, err := CharactersPage(ctx, client, &search, &pageSize, after)
			if err == nil && resp.AvatarGroups == nil {
				err = errors.New("avatarGroups is null, without an error")
			}
			if err != nil {
				yield(nil, err)
				return
			}
			for _, character := range resp.AvatarGroups.Nodes {
				if !yield(character, nil) {
					return
				}
			}
			if !resp.AvatarGroups.PageInfo.HasNextPage {
				return
			}
			after = resp.AvatarGroups.PageInfo.EndCursor
		}
	}
}

// ErrorCode returns the code of the first GraphQL error in err, such as
// CURSOR_EXPIRED or RATE_LIMITED. It returns "" if there is none.
func ErrorCode(err error) string {
	if list, ok := errors.AsType[gqlerror.List](err); ok && len(list) > 0 {
		code, _ := list[0].Extensions["code"].(string)
		return code
	}
	return ""
}
