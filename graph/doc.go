// Package graph is the GraphQL API: its schema, the resolvers behind it, and
// the handler that speaks GraphQL over HTTP. The door is [NewHandler].
//
// It stores nothing and knows no environment: what it asks HeyGen goes through
// an [Upstream], and everything it may do is in its [Options].
//
//	http.Handle("/graphql", graph.NewHandler(graph.Options{HeyGen: client}))
package graph
