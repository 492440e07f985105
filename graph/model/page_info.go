package model

import "heygen-graphql/graph/relay"

// PageInfo is a page's place in its list.
type PageInfo = relay.PageInfo
