package sandbox

import (
	"maps"
	"net/url"
	"slices"
)

// parseQuery parses a query string. It returns an error for one that a client of HeyGen must not send: malformed, or with a
// parameter that is repeated, not documented, or empty. Of several errors it returns that of the first parameter by name.
func parseQuery(raw string, documented []string) (url.Values, *apiError) {
	// A malformed query is rejected as a whole: otherwise a badly escaped token would be dropped, and the first page would
	// be returned again.
	query, err := url.ParseQuery(raw)
	if err != nil {
		return nil, invalidParameter("", "The query string cannot be read.")
	}
	names := slices.Sorted(maps.Keys(query))
	// Servers differ in which value of a repeated parameter they use, so a client that repeats one has a bug.
	for _, name := range names {
		if len(query[name]) > 1 {
			return nil, invalidParameter(name, name+" must not be repeated.")
		}
	}
	for _, name := range names {
		if !slices.Contains(documented, name) {
			return nil, invalidParameter(name, "Extra inputs are not permitted")
		}
		if query.Get(name) == "" {
			return nil, invalidParameter(name, name+" must not be empty.")
		}
	}
	return query, nil
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
