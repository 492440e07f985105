package graph_test

import (
	"net/http"

	"heygen-graphql/graph/caller"
	"heygen-graphql/graph/errcode"
	"heygen-graphql/graph/httptransport"
)

// admitBearer returns an Identify that admits the requests with a bearer token. Their
// caller's ID is the header Caller.
func admitBearer(token string) func(*http.Request) (caller.Caller, *caller.Rejection) {
	return func(r *http.Request) (caller.Caller, *caller.Rejection) {
		if r.Header.Get("Authorization") == "Bearer "+token {
			return caller.Caller{ID: r.Header.Get("Caller")}, nil
		}
		return caller.Caller{}, &caller.Rejection{
			RequestError: httptransport.RequestError{Status: http.StatusUnauthorized, Code: errcode.Unauthenticated, Message: "A token is required."},
			Challenge:    "Bearer",
		}
	}
}
