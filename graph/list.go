package graph

import (
	"errors"

	"heygen-graphql/heygen"
)

// listed turns one of HeyGen's pages, or the failure to get it, into what
// package relay walks over. seen is told every item.
func listed[T any](op *operation, token string, page heygen.Page[T], err error, seen func(*T)) ([]*T, string, error) {
	if err != nil {
		if told, ok := errors.AsType[*heygen.Error](err); ok && token != "" && told.Kind == heygen.ErrBadRequest {
			err = &Error{Code: CursorExpired, Message: "HeyGen no longer knows the place that the cursor names. Begin anew without it.", Upstream: told}
		}
		return nil, "", err
	}
	if page.HasMore && page.NextToken == "" {
		op.log.Warn("HeyGen says that a list goes on, but not where: it ends here for callers")
	}
	items := make([]*T, len(page.Data))
	for i := range page.Data {
		items[i] = &page.Data[i]
		seen(items[i])
	}
	return items, page.NextToken, nil
}
