// Package graph is the GraphQL API: its schema, its resolvers, and the HTTP handler.
// The entry point is [NewHandler].
//
// Its only state is the cache of parsed documents. It reads no environment: it calls
// HeyGen through an [Upstream], and [Options] configure the rest.
//
//	http.Handle("/graphql", graph.NewHandler(graph.Options{HeyGen: client}))
package graph
