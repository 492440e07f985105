package ssetransport

import (
	"net/http"
	"strings"

	"heygen-graphql/graph/httptransport"
)

const mediaType = "text/event-stream"

// Accepts reports whether the Accept header names text/event-stream, and prefers it to the
// JSON types that it names as well: urql names all of them with each query. A wildcard alone
// does not name it: clients that expect one response send */*.
func Accepts(h http.Header) bool {
	header := strings.ToLower(strings.Join(h.Values("Accept"), ","))
	if header == mediaType { // what EventSource and graphql-sse send
		return true
	}
	if !strings.Contains(header, mediaType) {
		return false
	}
	var events, json float64 // the highest quality of each
	for r := range httptransport.MediaRanges(header) {
		switch r.Name {
		case mediaType:
			events = max(events, r.Quality)
		case httptransport.MediaTypeJSON, httptransport.MediaTypeGraphQLResponse:
			json = max(json, r.Quality)
		}
	}
	return events > json
}
