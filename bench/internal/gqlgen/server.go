package gqlgen

import (
	"net/http"

	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/klauspost/compress/gzhttp"
)

// Server returns a GraphQL handler that calls HeyGen at a base URL. It uses gqlgen's
// example server, as that is what is compared. If compress is true, gzhttp compresses
// the responses, with its defaults.
func Server(base, key string, compress bool) http.Handler {
	heygen := newClient(base, key)
	schema := NewExecutableSchema(Config{Resolvers: &Resolver{heygen: heygen}})
	h := withLoaders(heygen, handler.NewDefaultServer(schema))
	if compress {
		h = gzhttp.GzipHandler(h)
	}
	return h
}
