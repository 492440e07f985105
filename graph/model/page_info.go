package model

import "heygen-graphql/graph/relay"

// PageInfo describes the position of a page in its list.
type PageInfo = relay.PageInfo
