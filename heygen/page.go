package heygen

import (
	"context"
	"iter"
)

// Page is one page of a list.
type Page[T any] struct {
	Data []T
	// HasMore is what HeyGen said. It is not enough to go on: see NextToken.
	HasMore bool
	// NextToken asks for the next page. Empty: the list ends here, or HeyGen
	// said that there is more and did not say where.
	NextToken string
}

// maxToken bounds a page token in bytes: ours travel on inside cursors.
const maxToken = 4 << 10

// maxEmptyPages is how many pages without an item a list may have in a row. A
// filter applied after paging leaves some empty; a broken one never ends.
const maxEmptyPages = 3

// iterate walks a list page by page. It ends with an error where the list would
// never end or is known to go on out of reach.
func iterate[T any](ctx context.Context, endpoint, token string, fetch func(ctx context.Context, token string) (Page[T], error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var zero T
		seen := map[string]bool{token: true}
		for token, emptyPages := token, 0; ; {
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
				violation = "a repeated page token"
			case emptyPages > maxEmptyPages:
				violation = "endless empty pages"
			}
			if violation != "" {
				yield(zero, &Error{Kind: ErrInvalidResponse, Endpoint: endpoint, Cause: violation})
				return
			}
			seen[token] = true
		}
	}
}
