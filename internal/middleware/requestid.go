// Package middleware provides HTTP middleware: request ids, compression, security
// headers, CORS and cross-origin protection, and a check for requests from the
// same machine. It knows neither GraphQL nor HeyGen.
//
//	handler := middleware.RequestID(middleware.SecurityHeaders(middleware.Compress(mux)))
package middleware

import (
	"context"
	"crypto/rand"
	"net/http"
	"regexp"
)

type requestIDKey struct{}

// validRequestID matches ids of callers that are safe in logs and headers.
var validRequestID = regexp.MustCompile(`^[A-Za-z0-9._-]{1,64}$`)

// RequestID assigns each request an id: its X-Request-Id if that is valid, or
// else a random one. It sets the id on the response and in the context, see
// [RequestIDFrom].
func RequestID(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id := r.Header.Get("X-Request-Id")
		if !validRequestID.MatchString(id) {
			id = rand.Text()
		}
		w.Header().Set("X-Request-Id", id)
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), requestIDKey{}, id)))
	})
}

// RequestIDFrom returns the id of the request that ctx belongs to, or "" if it
// has none.
func RequestIDFrom(ctx context.Context) string {
	id, _ := ctx.Value(requestIDKey{}).(string)
	return id
}
