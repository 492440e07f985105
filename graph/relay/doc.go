// Package relay turns a list that can only be read forwards, page by page with
// opaque tokens, into connections as the Relay Cursor Connections
// specification describes them: both directions, every edge's cursor usable.
//
// It is not a store: it keeps nothing between two connections, and knows
// neither HeyGen nor a GraphQL library. What a list is, a [List] says:
//
//	list := relay.List[*Group]{
//		Scope: "avatarGroups?ownership=public",
//		Codec: relay.NewCodec(""),
//		ID:    func(g *Group) string { return g.ID },
//		Fetch: fetchPage,
//	}
//	connection, err := list.Connect(ctx, relay.Args{First: new(20)})
package relay
