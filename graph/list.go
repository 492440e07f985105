package graph

import (
	"context"
	"errors"

	"heygen-graphql/heygen"
)

// pageOf names a page within an operation: a list with its filters, and a token.
type pageOf struct{ scope, token string }

// pages are the pages of one resource that an operation has read. Connections
// over the same list share them.
type pages[T any] = memo[pageOf, listPage[T]]

// listPage is a page as package relay walks over it.
type listPage[T any] struct {
	items []*T
	next  string
}

// fetchPage makes the Fetch of a [relay.List] out of a call to HeyGen. seen is
// told every item.
func fetchPage[T any](
	op *operation, known *pages[T], endpoint, scope string,
	call func(ctx context.Context, token string) (heygen.Page[T], error), seen func(*T),
) func(ctx context.Context, token string) ([]*T, string, error) {
	return func(ctx context.Context, token string) ([]*T, string, error) {
		page, err := known.get(ctx, pageOf{scope, token}, func() (listPage[T], error) {
			page, err := ask(op, endpoint, func(ctx context.Context) (heygen.Page[T], error) { return call(ctx, token) })
			return listed(op, token, page, err, seen)
		})
		return page.items, page.next, err
	}
}

// listed turns one of HeyGen's pages, or the failure to get it, into ours.
func listed[T any](op *operation, token string, page heygen.Page[T], err error, seen func(*T)) (listPage[T], error) {
	if err != nil {
		if told, ok := errors.AsType[*heygen.Error](err); ok && token != "" && told.Kind == heygen.ErrBadRequest {
			err = &Error{Code: CursorExpired, Message: "HeyGen no longer knows the place where this list goes on. Begin anew, without a cursor.", Upstream: told}
		}
		return listPage[T]{}, err
	}
	if page.HasMore && page.NextToken == "" {
		op.log.Warn("HeyGen says that a list goes on, but not where: it ends here for callers")
	}
	items := make([]*T, len(page.Data))
	for i := range page.Data {
		items[i] = &page.Data[i]
		seen(items[i])
	}
	return listPage[T]{items, page.NextToken}, nil
}
