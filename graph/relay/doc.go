// Package relay implements Relay Cursor Connections over two kinds of lists: a [List],
// which an upstream serves only forwards, one page per opaque page token, and a
// [Sorted] list, which is whole and in memory. It supports forward and backward
// pagination from the cursor of any edge. Neither kind accepts the cursors of the other.
//
// # Upstream lists
//
// A page cursor holds the page token of its edge's page, the edge's index in it, and
// hashes of the ids of the edge and of up to 5 neighbors. So no cursor needs
// state on the server, and the position is found again after the list has
// changed, under keyset tokens and under page numbers.
//
// Forward pagination starts at the cursor's page: one upstream call where a page
// is large enough. Backward pagination has to start at the first page, as
// page tokens lead only forwards; [MaxPages] limits it to 40 pages. An edge that
// is not in its page is searched for in up to 3 pages more, the lookahead
// ([MaxLookahead]). If neither it nor a neighbor is found, the cursor has
// expired ([ErrCursorExpired]).
//
// Page tokens may lead back to an earlier page. Brent's cycle detection finds
// that, also across connections, as cursors carry its checkpoint ([ErrCycle]).
//
// The package stores nothing between two connections. It depends on neither HeyGen
// nor a GraphQL library. A [List] describes the upstream list:
//
//	list := relay.List[*Group]{
//		Scope: "avatarGroups?ownership=public",
//		Codec: relay.NewCodec(""),
//		ID:    func(g *Group) string { return g.ID },
//		Fetch: fetchPage,
//	}
//	connection, err := list.Connect(ctx, relay.Args{First: new(20)})
//
// # Sorted lists
//
// A keyset cursor holds the sort key of its edge. The list locates the key while items come
// and go, and pages cost no upstream call. Neither [MaxPages] nor the lookahead applies:
//
//	connection, err := relay.ConnectSorted(codec, "avatarGroups?search=monica", groups, relay.Args{Last: new(20)})
package relay
