package sandbox

import (
	"encoding/json"
	"io"
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
	methods    methods
	parameters []string // the documented query parameters
}{
	{"/v3/users/me", methods{get: (*Sandbox).getMe}, nil},
	{"/v3/avatars", methods{get: (*Sandbox).listGroups}, []string{"ownership", "limit", "token"}},
	// A resource of its own, not the group with the id "looks".
	{"/v3/avatars/looks", methods{get: (*Sandbox).listLooks}, []string{"group_id", "avatar_type", "ownership", "limit", "token"}},
	{"/v3/avatars/looks/{id}", methods{get: (*Sandbox).getLook}, nil},
	{"/v3/avatars/{id}", methods{get: (*Sandbox).getGroup}, nil},
	{"/v3/voices", methods{get: (*Sandbox).listVoices}, []string{"type", "engine", "language", "gender", "limit", "token"}},
	{"/v3/voices/{id}", methods{get: (*Sandbox).getVoice}, nil},
	{"/v3/webhooks/endpoints", methods{get: (*Sandbox).listEndpoints, post: (*Sandbox).createEndpoint}, nil},
	{"/v3/webhooks/endpoints/{id}", methods{delete: (*Sandbox).deleteEndpoint}, nil},
}

// operation handles a call.
type operation func(*Sandbox, *request) (body any, apiErr *apiError)

// methods are the operations of a route; nil: the method is not allowed.
type methods struct{ get, post, delete operation }

func (m methods) of(method string) operation {
	switch method {
	case http.MethodGet, http.MethodHead:
		return m.get
	case http.MethodPost:
		return m.post
	case http.MethodDelete:
		return m.delete
	}
	return nil
}

// allow returns the Allow header.
func (m methods) allow() string {
	var allowed []string
	for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodDelete} {
		if m.of(method) != nil {
			allowed = append(allowed, method)
		}
	}
	return strings.Join(allowed, ", ")
}

// request is an authenticated API call.
type request struct {
	id    string // the unescaped segment matched by {id}
	query url.Values
	body  io.Reader
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
		handle := route.methods.of(r.Method)
		if handle == nil {
			resp := methodNotAllowed(r.Method).response()
			resp.allow = route.methods.allow()
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
		body, apiErr := handle(s, &request{id, query, r.Body, now, s.urls(r, now)})
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
