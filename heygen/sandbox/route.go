package sandbox

import (
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// routes in reading order: the first that fits answers. {id} stands for one segment that is not empty.
//
// This is not an http.ServeMux, because that answers an unclean path (a group id of "..", say) with a redirect, which would
// hide from a client that it has escaped an id badly.
var routes = []struct {
	pattern string
	handle  func(*Sandbox, *request) (body any, apiErr *apiError)
}{
	{"/v3/users/me", (*Sandbox).getMe},
	{"/v3/avatars", (*Sandbox).listGroups},
	{"/v3/avatars/looks", (*Sandbox).listLooks}, // a resource of its own, not the group with the id "looks"
	{"/v3/avatars/looks/{id}", (*Sandbox).getLook},
	{"/v3/avatars/{id}", (*Sandbox).getGroup},
	{"/v3/voices", (*Sandbox).listVoices},
	{"/v3/voices/{id}", (*Sandbox).getVoice},
}

// request is an API call that has been let in.
type request struct {
	id    string // what stands in the place of {id}, unescaped
	query url.Values
	now   time.Time
	urls  urlBuilder
}

// match tells whether an escaped path fits a pattern, and what stands in the place of {id}.
func match(pattern, path string) (id string, ok bool) {
	prefix, wild := strings.CutSuffix(pattern, "{id}")
	rest, ok := strings.CutPrefix(path, prefix)
	if !wild || !ok {
		return "", path == pattern
	}
	if rest == "" || strings.Contains(rest, "/") {
		return "", false
	}
	id, err := url.PathUnescape(rest)
	return id, err == nil
}

// response is a whole answer before it is sent, so that a fault can spoil it first.
type response struct {
	status int
	allow  string // the Allow header, if any
	body   []byte
	page   *pageRequest // of a page, what was asked for

	other func() any // of a single thing, as in one
}

// handle is what HeyGen would say to r.
func (s *Sandbox) handle(r *http.Request) response {
	for _, route := range routes {
		id, ok := match(route.pattern, r.URL.EscapedPath())
		if !ok {
			continue
		}
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			apiErr := methodNotAllowed(r.Method).response()
			apiErr.allow = "GET, HEAD"
			return apiErr
		}
		if apiErr := s.authenticate(r); apiErr != nil {
			return apiErr.response()
		}
		// A query that cannot be read is refused, not read in part: else a token that was badly escaped would vanish, and the
		// first page would come again.
		query, err := url.ParseQuery(r.URL.RawQuery)
		if err != nil {
			return invalidParameter("", "The query string cannot be read.").response()
		}
		// Of a parameter that is sent twice, each server picks its own, so that a client that sends one has a mistake in it.
		for _, name := range slices.Sorted(maps.Keys(query)) {
			if len(query[name]) > 1 {
				return invalidParameter(name, name+" must not be repeated.").response()
			}
		}
		now := time.Now()
		body, apiErr := route.handle(s, &request{id, query, now, s.urls(r, now)})
		if apiErr != nil {
			return apiErr.response()
		}
		out := response{status: http.StatusOK, body: encode(body)}
		switch body := body.(type) {
		case page:
			out.page = &body.req
		case item:
			out.other = body.other
		}
		return out
	}
	return notFound("not_found", "There is nothing at this path.").response()
}

// encode keeps & and < as they are: nothing here is embedded in HTML. It fails for nothing but a created_at that is
// no number.
func encode(body any) []byte {
	var out strings.Builder
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(body); err != nil {
		panic(err)
	}
	return []byte(strings.TrimSuffix(out.String(), "\n"))
}
