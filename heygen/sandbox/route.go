package sandbox

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// routes are matched in this order. {id} matches one non-empty path segment.
//
// This is not an http.ServeMux, because that redirects an unclean path (a group id of "..", say), which would hide from a
// client that it has escaped an id badly.
var routes = []struct {
	pattern    string
	handle     func(*Sandbox, *request) (body any, apiErr *apiError)
	parameters []string // the documented query parameters
}{
	{"/v3/users/me", (*Sandbox).getMe, nil},
	{"/v3/avatars", (*Sandbox).listGroups, []string{"ownership", "limit", "token"}},
	// A resource of its own, not the group with the id "looks".
	{"/v3/avatars/looks", (*Sandbox).listLooks, []string{"group_id", "avatar_type", "ownership", "limit", "token"}},
	{"/v3/avatars/looks/{id}", (*Sandbox).getLook, nil},
	{"/v3/avatars/{id}", (*Sandbox).getGroup, nil},
	{"/v3/voices", (*Sandbox).listVoices, []string{"type", "engine", "language", "gender", "limit", "token"}},
	{"/v3/voices/{id}", (*Sandbox).getVoice, nil},
}

// request is an authenticated API call.
type request struct {
	id    string // the unescaped segment matched by {id}
	query url.Values
	now   time.Time
	urls  urlBuilder
}

// match reports whether an escaped path matches a pattern. It returns the unescaped {id}.
func match(pattern, path string) (id string, ok bool) {
	prefix, hasID := strings.CutSuffix(pattern, "{id}")
	rest, ok := strings.CutPrefix(path, prefix)
	if !hasID || !ok {
		return "", path == pattern
	}
	if rest == "" || strings.Contains(rest, "/") {
		return "", false
	}
	id, err := url.PathUnescape(rest)
	return id, err == nil
}

// response is a complete response before it is sent, so that a fault can modify it.
type response struct {
	status int
	allow  string // the Allow header, if any
	body   []byte
	page   *pageRequest // of a list, the parsed request

	other func() any // of a single resource, as in item
}

// respond returns the normal response to r.
func (s *Sandbox) respond(r *http.Request) response {
	for _, route := range routes {
		id, ok := match(route.pattern, r.URL.EscapedPath())
		if !ok {
			continue
		}
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			resp := methodNotAllowed(r.Method).response()
			resp.allow = "GET, HEAD"
			return resp
		}
		if apiErr := s.authenticate(r); apiErr != nil {
			return apiErr.response()
		}
		query, apiErr := parseQuery(r.URL.RawQuery, route.parameters)
		if apiErr != nil {
			return apiErr.response()
		}
		now := time.Now()
		body, apiErr := route.handle(s, &request{id, query, now, s.urls(r, now)})
		if apiErr != nil {
			return apiErr.response()
		}
		resp := response{status: http.StatusOK, body: encode(body)}
		switch body := body.(type) {
		case page:
			resp.page = &body.req
		case item:
			resp.other = body.other
		}
		return resp
	}
	return notFound("not_found", "There is nothing at this path.").response()
}

// getOne handles a request for one resource by its id.
func getOne[T resource[T]](s *Sandbox, c list[T], r *request, errNotFound *apiError, wire func(*entry[T]) any) (any, *apiError) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	e, ok := c.find(r.id)
	if !ok {
		return nil, errNotFound
	}
	return item{Data: wire(e), other: func() any {
		s.mu.RLock()
		defer s.mu.RUnlock()
		for other := range c.all(nil) {
			if other.position.ID != r.id {
				return wire(other)
			}
		}
		return nil
	}}, nil
}

// getMe handles GET /v3/users/me, the cheapest way to find out whether a key is valid.
func (s *Sandbox) getMe(*request) (any, *apiError) {
	type user struct {
		Username string `json:"username"`
		Email    string `json:"email"`
	}
	return item{Data: user{"sandbox", "sandbox@example.com"}}, nil
}

// encode does not escape & and <: nothing here is embedded in HTML. It panics only for a created_at that is not a
// number.
func encode(body any) []byte {
	var out strings.Builder
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(body); err != nil {
		panic(err)
	}
	return []byte(strings.TrimSuffix(out.String(), "\n"))
}
