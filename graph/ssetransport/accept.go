package ssetransport

import (
	"mime"
	"net/http"
	"strconv"
	"strings"
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
	var events, json float64 // the highest q of each
	for mediaRange := range strings.SplitSeq(header, ",") {
		name, params, err := mime.ParseMediaType(mediaRange)
		if err != nil {
			continue
		}
		q := 1.0
		if value, ok := params["q"]; ok {
			if q, err = strconv.ParseFloat(value, 64); err != nil || q < 0 || q > 1 {
				continue
			}
		}
		switch name {
		case mediaType:
			events = max(events, q)
		case "application/json", "application/graphql-response+json":
			json = max(json, q)
		}
	}
	return events > json
}
