package httptransport

import (
	"strings"

	"heygen-graphql/internal/jsonscan"
)

var fastKeys = jsonscan.Keys("query", "operationName", "variables")

// parseFast parses a body of the form that clients send: an object with query,
// operationName and variables, each at most once. It exists for speed only:
// encoding/json takes longer for this than a lookup in the response cache. It
// returns false, and leaves p as it was, for whatever it does not support. The body
// must be valid UTF-8.
func (r *Request) parseFast(body []byte) (ok bool) {
	var values [3]jsonscan.Value
	s := jsonscan.New(body)
	if skipped := s.Object(fastKeys, values[:]); skipped > 0 || !s.End() {
		return false
	}
	query, operationName, variables := values[0], values[1], values[2]
	parsed := Request{RawParams: r.RawParams}
	if parsed.Query, ok = query.Unescape(body); !ok || strings.TrimSpace(parsed.Query) == "" {
		return false
	}
	if operationName.Present() {
		if parsed.OperationName, ok = operationName.Unescape(body); !ok {
			return false
		}
	}
	if variables.Present() {
		if variables.Kind != jsonscan.Object {
			return false
		}
		parsed.rawVariables = variables.Raw(body)
	}
	*r = parsed
	return true
}
