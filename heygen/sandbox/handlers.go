package sandbox

import (
	"net/url"
	"slices"
)

// single answers a request for one thing by its id.
func single[T thing[T]](s *Sandbox, c *collection[T], r *request, missing *refusal, wire func(*entry[T]) any) (any, *refusal) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	e, ok := c.find(r.id)
	if !ok {
		return nil, missing
	}
	return one{Data: wire(e), another: func() any {
		s.mu.RLock()
		defer s.mu.RUnlock()
		for _, other := range c.all() {
			if other.at.ID != r.id {
				return wire(other)
			}
		}
		return nil
	}}, nil
}

// oneOf reads a parameter that has to be one of a few values, if it is there at all.
func oneOf[T ~string](query url.Values, name, message string, values ...T) (T, *refusal) {
	value := T(query.Get(name))
	if query.Has(name) && !slices.Contains(values, value) {
		return "", invalid(name, message)
	}
	return value, nil
}

// ownership is which things of a list count: "" stands for all of them. A token stays one of a list without ownership if
// there was none.
func (s *Sandbox) ownership(query url.Values) (Ownership, *refusal) {
	wanted, refused := oneOf(query, "ownership", "ownership must be public or private.", Public, Private)
	if wanted == "" && s.options.OmittedIsPublic {
		wanted = Public
	}
	return wanted, refused
}
