package graph

import (
	"github.com/99designs/gqlgen/graphql"

	"heygen-graphql/graph/model"
	"heygen-graphql/graph/relay"
)

// pages bounds the items that a connection gives, and the pages of HeyGen's that
// are read for them. Both are 0 where its arguments are refused.
func (c *coster) pages(f graphql.CollectedField, pageSize int) (items, pages int) {
	args := f.ArgumentMap(c.op.Variables)
	first, last := args["first"], args["last"]
	asked := first
	if first == nil {
		asked = last
	}
	items = relay.DefaultPageSize
	if asked != nil {
		n, err := model.UnmarshalInt(asked)
		if err != nil || n < 0 || n > relay.MaxPageSize || first != nil && last != nil {
			return 0, 0
		}
		items = n
	}
	full := (items + pageSize - 1) / pageSize
	switch {
	case last != nil || args["before"] != nil:
		return items, relay.MaxPages
	case args["after"] != nil:
		return items, 1 + relay.MaxLookahead + full // from the middle of the last page that was searched
	default:
		return items, max(full, 1)
	}
}

// given tells whether a field has an argument that is not null.
func (c *coster) given(f graphql.CollectedField, argument string) bool {
	return f.ArgumentMap(c.op.Variables)[argument] != nil
}
