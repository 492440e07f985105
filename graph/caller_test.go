package graph_test

import (
	"net/http"

	"heygen-graphql/graph"
	"heygen-graphql/graph/errcode"
	"heygen-graphql/graph/httptransport"
)

// admitBearer returns an Identify that admits the requests with a bearer token. Their
// caller's ID is the header Caller.
func admitBearer(token string) func(*http.Request) (graph.Caller, *graph.Rejection) {
	return func(r *http.Request) (graph.Caller, *graph.Rejection) {
		if r.Header.Get("Authorization") == "Bearer "+token {
			return graph.Caller{ID: r.Header.Get("Caller")}, nil
		}
		return graph.Caller{}, &graph.Rejection{
			RequestError: httptransport.RequestError{Status: http.StatusUnauthorized, Code: errcode.Unauthenticated, Message: "A token is required."},
			Challenge:    "Bearer",
		}
	}
}
