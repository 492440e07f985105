package gqlgen

import (
	"net/http"

	"github.com/99designs/gqlgen/graphql/handler"
)

// Server answers GraphQL by way of HeyGen at a base URL: with the server that gqlgen
// gives as an example, for that is what is compared.
func Server(base, key string) http.Handler {
	heygen := newClient(base, key)
	schema := NewExecutableSchema(Config{Resolvers: &Resolver{heygen: heygen}})
	return withLoaders(heygen, handler.NewDefaultServer(schema))
}
