package httptransport

import (
	"mime"
	"strconv"
	"strings"
)

// The media types of a response. They differ in the status of a request that
// cannot be executed: 400 in the first, 200 in the second, as legacy clients expect.
const (
	MediaTypeGraphQLResponse = "application/graphql-response+json"
	MediaTypeJSON            = "application/json"
)

// NegotiateMediaType returns the media type for the values of the Accept header, as
// the GraphQL over HTTP specification defines it. It returns "" if none is
// acceptable, and JSON without the header or where a wildcard leaves the choice.
func NegotiateMediaType(accept []string) string {
	header := strings.Join(accept, ",")
	switch strings.TrimSpace(header) {
	case "", "*/*", MediaTypeJSON: // what most clients send
		return MediaTypeJSON
	}
	type match struct {
		q           float64
		specificity int // of the media range: 0 no match, 3 the full type
	}
	best := map[string]match{}
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
		for _, offer := range []string{MediaTypeGraphQLResponse, MediaTypeJSON} {
			specificity := map[string]int{offer: 3, "application/*": 2, "*/*": 1}[name]
			if charset := params["charset"]; charset != "" && !strings.EqualFold(charset, "utf-8") {
				specificity = 0
			}
			if specificity > best[offer].specificity {
				best[offer] = match{q, specificity}
			}
		}
	}
	graphqlMatch, jsonMatch := best[MediaTypeGraphQLResponse], best[MediaTypeJSON]
	switch {
	case graphqlMatch.q == 0 && jsonMatch.q == 0:
		return ""
	case graphqlMatch.q > jsonMatch.q, graphqlMatch.q == jsonMatch.q && graphqlMatch.specificity > 2:
		return MediaTypeGraphQLResponse
	default:
		return MediaTypeJSON
	}
}
