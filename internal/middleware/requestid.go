// Package middleware holds the HTTP middleware around what this server serves, and what
// tells where a request comes from. It is not about GraphQL and not about HeyGen.
//
//	handler := middleware.RequestID(middleware.Guarded(middleware.Compress(mux)))
package middleware

import (
	"context"
	"crypto/rand"
	"net/http"
	"regexp"
)

type requestIDKey struct{}

// A caller's own id is kept if it can do no harm in a log or a header.
var requestID = regexp.MustCompile(`^[A-Za-z0-9._-]{1,64}$`)

// RequestID names each request: by the X-Request-Id it came with, or else by a
// random one. The answer carries it, and [RequestIDFrom] gives it to whoever logs.
func RequestID(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id := r.Header.Get("X-Request-Id")
		if !requestID.MatchString(id) {
			id = rand.Text()
		}
		w.Header().Set("X-Request-Id", id)
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), requestIDKey{}, id)))
	})
}

// RequestIDFrom gives the id of the request that a context belongs to; empty: none.
func RequestIDFrom(ctx context.Context) string {
	id, _ := ctx.Value(requestIDKey{}).(string)
	return id
}
