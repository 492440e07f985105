package gqlgen

import (
	"net/http"

	"github.com/99designs/gqlgen/graphql/handler"
)

// Server returns a GraphQL handler that calls HeyGen at a base URL. It uses gqlgen's
// example server, as that is what is compared.
func Server(base, key string) http.Handler {
	heygen := newClient(base, key)
	schema := NewExecutableSchema(Config{Resolvers: &Resolver{heygen: heygen}})
	return withLoaders(heygen, handler.NewDefaultServer(schema))
}
