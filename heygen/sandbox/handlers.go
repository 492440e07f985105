package sandbox

import (
	"net/url"
	"slices"
)

// getOne handles a request for one resource by its id.
func getOne[T resource[T]](s *Sandbox, c *collection[T], r *request, errNotFound *apiError, wire func(*entry[T]) any) (any, *apiError) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	e, ok := c.find(r.id)
	if !ok {
		return nil, errNotFound
	}
	return item{Data: wire(e), other: func() any {
		s.mu.RLock()
		defer s.mu.RUnlock()
		for _, other := range c.all() {
			if other.position.ID != r.id {
				return wire(other)
			}
		}
		return nil
	}}, nil
}

// enumParam parses an optional parameter that must be one of the values.
func enumParam[T ~string](query url.Values, name, message string, values ...T) (T, *apiError) {
	value := T(query.Get(name))
	if query.Has(name) && !slices.Contains(values, value) {
		return "", invalidParameter(name, message)
	}
	return value, nil
}

// ownershipParam parses the ownership filter of a list: "" is no filter. Page tokens are bound to the parameters as sent,
// so the default does not change their scope.
func (s *Sandbox) ownershipParam(query url.Values) (Ownership, *apiError) {
	ownership, apiErr := enumParam(query, "ownership", "ownership must be public or private.", Public, Private)
	if ownership == "" && s.options.OmittedIsPublic {
		ownership = Public
	}
	return ownership, apiErr
}

// getMe handles GET /v3/users/me, the cheapest way to find out whether a key is valid.
func (s *Sandbox) getMe(*request) (any, *apiError) {
	type user struct {
		Username string `json:"username"`
		Email    string `json:"email"`
	}
	return item{Data: user{"sandbox", "sandbox@example.com"}}, nil
}
