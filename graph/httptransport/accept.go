package graph

import (
	"mime"
	"strconv"
	"strings"
)

// The media types of an answer. They differ in the status of a request that
// cannot be executed: 400 in the first, 200 in the second, whose clients of old
// expect it so.
const (
	graphqlResponse = "application/graphql-response+json"
	plainJSON       = "application/json"
)

// negotiate chooses the media type by an Accept header, as GraphQL over HTTP
// wants it; "" where none is accepted. Without the header, and wherever a
// wildcard leaves the choice, it is plain JSON.
func negotiate(accept string) string {
	switch strings.TrimSpace(accept) {
	case "", "*/*", plainJSON: // what most clients send
		return plainJSON
	}
	type match struct {
		q        float64
		specific int // how exactly the type is named: 0 not at all, 3 in full
	}
	best := map[string]match{}
	for part := range strings.SplitSeq(accept, ",") {
		name, params, err := mime.ParseMediaType(part)
		if err != nil {
			continue
		}
		q := 1.0
		if text, ok := params["q"]; ok {
			if q, err = strconv.ParseFloat(text, 64); err != nil || q < 0 || q > 1 {
				continue
			}
		}
		for _, offer := range []string{graphqlResponse, plainJSON} {
			specific := map[string]int{offer: 3, "application/*": 2, "*/*": 1}[name]
			if charset := params["charset"]; charset != "" && !strings.EqualFold(charset, "utf-8") {
				specific = 0
			}
			if specific > best[offer].specific {
				best[offer] = match{q, specific}
			}
		}
	}
	graphql, plain := best[graphqlResponse], best[plainJSON]
	switch {
	case graphql.q == 0 && plain.q == 0:
		return ""
	case graphql.q > plain.q, graphql.q == plain.q && graphql.specific > 2:
		return graphqlResponse
	default:
		return plainJSON
	}
}
