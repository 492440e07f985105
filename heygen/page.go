package heygen

import (
	"context"
	"iter"
)

// Page is one page of a list.
type Page[T any] struct {
	Data []T
	// HasMore is HeyGen's has_more. It is true without a NextToken if HeyGen sent
	// none: the next page is then out of reach.
	HasMore bool
	// NextToken is the token of the next page. Empty: there is none, or HeyGen sent
	// no token.
	NextToken string
}

// maxPageTokenLength is the maximum length of a page token in bytes: cursors hold the token.
const maxPageTokenLength = 4 << 10

// maxEmptyPages is the maximum number of consecutive pages without an item. A filter
// applied after paging leaves some empty; a broken one never ends.
const maxEmptyPages = 3

// iterate yields the items of a list page by page. It yields an error if the list
// would never end, or has more items but no page token.
func iterate[T any](ctx context.Context, endpoint, start string, fetch func(ctx context.Context, token string) (Page[T], error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var zero T
		seen := map[string]bool{start: true}
		for token, emptyPages := start, 0; ; {
			page, err := fetch(ctx, token)
			if err != nil {
				yield(zero, err)
				return
			}
			for _, item := range page.Data {
				if !yield(item, nil) {
					return
				}
			}
			if emptyPages++; len(page.Data) > 0 {
				emptyPages = 0
			}
			violation := ""
			switch token = page.NextToken; {
			case !page.HasMore:
				return
			case token == "":
				violation = "has_more without a token"
			case seen[token]:
				violation = "repeated page token"
			case emptyPages > maxEmptyPages:
				violation = "too many empty pages"
			}
			if violation != "" {
				yield(zero, &Error{Kind: ErrInvalidResponse, Endpoint: endpoint, Cause: violation})
				return
			}
			seen[token] = true
		}
	}
}
