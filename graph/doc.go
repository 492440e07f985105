// Package graph is the GraphQL API: its schema, its resolvers, and the HTTP handler.
// The entry point is [NewHandler].
//
// It stores nothing itself and reads no environment: it calls HeyGen through an
// [Upstream], and [Options] configure the rest.
//
//	http.Handle("/graphql", graph.NewHandler(graph.Options{HeyGen: client}))
package graph
