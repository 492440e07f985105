package httptransport

import (
	"iter"
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
	for r := range MediaRanges(header) {
		for _, offer := range []string{MediaTypeGraphQLResponse, MediaTypeJSON} {
			specificity := map[string]int{offer: 3, "application/*": 2, "*/*": 1}[r.Name]
			if charset := r.Params["charset"]; charset != "" && !strings.EqualFold(charset, "utf-8") {
				specificity = 0
			}
			if specificity > best[offer].specificity {
				best[offer] = match{r.Quality, specificity}
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

// MediaRange is an element of an Accept header.
type MediaRange struct {
	Name    string // in lower case
	Params  map[string]string
	Quality float64 // 0 to 1
}

// MediaRanges returns the valid elements of an Accept header.
func MediaRanges(header string) iter.Seq[MediaRange] {
	return func(yield func(MediaRange) bool) {
		for element := range strings.SplitSeq(header, ",") {
			name, params, err := mime.ParseMediaType(element)
			if err != nil {
				continue
			}
			r := MediaRange{name, params, 1}
			if value, ok := params["q"]; ok {
				if r.Quality, err = strconv.ParseFloat(value, 64); err != nil || r.Quality < 0 || r.Quality > 1 {
					continue
				}
			}
			if !yield(r) {
				return
			}
		}
	}
}
