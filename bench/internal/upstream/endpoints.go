package upstream

import (
	"net/url"
	"slices"
	"strings"
)

const ok, badRequest, notFound = "200 OK", "400 Bad Request", "404 Not Found"

var (
	wrong   = pieces{[]byte(`{"error":{"code":"invalid_parameter","message":"A parameter is wrong.","param":null,"doc_url":null}}`)}
	missing = pieces{[]byte(`{"error":{"code":"resource_not_found","message":"There is no such thing.","param":null,"doc_url":null}}`)}
)

// The endpoints, as calls are counted by them.
const (
	groupsEndpoint = iota
	groupEndpoint
	looksEndpoint
	voiceEndpoint
	endpoints
)

// Body gives what the upstream answers to a GET of a target such as
// /v3/avatars?limit=50; nil: it refuses it.
func (c *Catalogue) Body(target string) []byte {
	path, raw, _ := strings.Cut(target, "?")
	_, status, body := c.find(path, raw)
	if status != ok {
		return nil
	}
	return slices.Concat(body[:]...)
}

// find answers a call.
func (c *Catalogue) find(path, raw string) (endpoint int, status string, body pieces) {
	query, _ := url.ParseQuery(raw) // what is malformed is left out
	found, fine := true, true
	switch id, under := strings.CutPrefix(path, "/v3/avatars/"); {
	case path == "/v3/avatars":
		endpoint = groupsEndpoint
		body, fine = c.groupsPage(query)
	case path == "/v3/avatars/looks":
		endpoint = looksEndpoint
		body, fine = c.looksPage(query)
	case under:
		endpoint = groupEndpoint
		var place int
		if place, found = c.place(id); found {
			body = one(c.groups.from(place, place+1))
		}
	default:
		endpoint = voiceEndpoint
		var voice []byte
		if voice, found = c.voices[strings.TrimPrefix(path, "/v3/voices/")]; found {
			body = one(voice)
		}
	}
	switch {
	case !fine:
		return endpoint, badRequest, wrong
	case !found:
		return endpoint, notFound, missing
	}
	return endpoint, ok, body
}
