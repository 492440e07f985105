package graph

import (
	"context"
	"net/http"
	"strings"
	"sync/atomic"

	"heygen-graphql/graph/responsecache"
)

// requestState is what resolvers and gqlgen's hooks add to while one request is
// served. All else that is known of a request is passed as values.
type requestState struct {
	provenance     responsecache.Provenance
	errorCount     atomic.Int64
	internalErrors atomic.Int64
}

type requestStateKey struct{}

func withRequestState(ctx context.Context, s *requestState) context.Context {
	return context.WithValue(ctx, requestStateKey{}, s)
}

// requestStateFrom returns the state of a request, or nil.
func requestStateFrom(ctx context.Context) *requestState {
	s, _ := ctx.Value(requestStateKey{}).(*requestState)
	return s
}

// extensionsHeader names the extensions that a caller requests: cost, upstream.
const extensionsHeader = "X-GraphQL-Extensions"

// requestedExtensions are the extensions that a caller requests.
type requestedExtensions struct{ cost, upstream bool }

func parseExtensions(h http.Header) (requested requestedExtensions) {
	for value := range strings.SplitSeq(strings.Join(h.Values(extensionsHeader), ","), ",") {
		switch strings.ToLower(strings.TrimSpace(value)) {
		case "cost":
			requested.cost = true
		case "upstream":
			requested.upstream = true
		}
	}
	return requested
}
