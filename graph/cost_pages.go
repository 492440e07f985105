package graph

import (
	"github.com/99designs/gqlgen/graphql"

	"heygen-graphql/graph/model"
	"heygen-graphql/graph/relay"
)

// pages returns upper bounds of the items that a connection returns, and of HeyGen's
// pages that are fetched for them. Both are 0 if its arguments are invalid.
func (e *estimator) pages(f graphql.CollectedField, pageSize int) (items, pages int) {
	args := f.ArgumentMap(e.op.Variables)
	first, last := args["first"], args["last"]
	requested := first
	if first == nil {
		requested = last
	}
	items = relay.DefaultPageSize
	if requested != nil {
		n, err := model.UnmarshalInt(requested)
		if err != nil || n < 0 || n > relay.MaxPageSize || first != nil && last != nil {
			return 0, 0
		}
		items = n
	}
	full := (items + pageSize - 1) / pageSize
	switch {
	case last != nil || args["before"] != nil: // may have to walk the list to its end, or to the edge that it stops before
		return items, relay.MaxPages
	case args["after"] != nil:
		return items, 1 + relay.MaxLookahead + full // from the middle of the last page that was searched
	default:
		return items, max(full, 1)
	}
}

// hasArgument reports whether a field has an argument that is not null.
func (e *estimator) hasArgument(f graphql.CollectedField, argument string) bool {
	return f.ArgumentMap(e.op.Variables)[argument] != nil
}
