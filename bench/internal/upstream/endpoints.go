package upstream

import (
	"net/url"
	"slices"
	"strings"
)

const statusOK, statusBadRequest, statusNotFound = "200 OK", "400 Bad Request", "404 Not Found"

var (
	invalidParameter = bodyParts{[]byte(`{"error":{"code":"invalid_parameter","message":"A parameter is invalid.","param":null,"doc_url":null}}`)}
	resourceNotFound = bodyParts{[]byte(`{"error":{"code":"resource_not_found","message":"The resource does not exist.","param":null,"doc_url":null}}`)}
)

// Endpoints, the indexes of the call counters.
const (
	groupsEndpoint = iota
	groupEndpoint
	looksEndpoint
	voiceEndpoint
	endpointCount
)

// Body returns the response body to a GET of a target such as /v3/avatars?limit=50,
// or nil if the status is not 200.
func (c *Catalogue) Body(target string) []byte {
	path, raw, _ := strings.Cut(target, "?")
	_, status, body := c.respond(path, raw)
	if status != statusOK {
		return nil
	}
	return slices.Concat(body[:]...)
}

// respond returns the endpoint, status and body of a call.
func (c *Catalogue) respond(path, raw string) (endpoint int, status string, body bodyParts) {
	query, _ := url.ParseQuery(raw) // omits malformed parameters
	found, valid := true, true
	switch id, hasID := strings.CutPrefix(path, "/v3/avatars/"); {
	case path == "/v3/avatars":
		endpoint = groupsEndpoint
		body, valid = c.groupsPage(query)
	case path == "/v3/avatars/looks":
		endpoint = looksEndpoint
		body, valid = c.looksPage(query)
	case hasID:
		endpoint = groupEndpoint
		var i int
		if i, found = c.position(id); found {
			body = itemBody(c.groups.slice(i, i+1))
		}
	default:
		endpoint = voiceEndpoint
		var voice []byte
		if voice, found = c.voices[strings.TrimPrefix(path, "/v3/voices/")]; found {
			body = itemBody(voice)
		}
	}
	switch {
	case !valid:
		return endpoint, statusBadRequest, invalidParameter
	case !found:
		return endpoint, statusNotFound, resourceNotFound
	}
	return endpoint, statusOK, body
}
