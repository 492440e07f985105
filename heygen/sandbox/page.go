package sandbox

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strconv"
)

// item is the response envelope of a single resource.
type item struct {
	Data any `json:"data"`

	other func() any // returns another resource of the same kind in its wire format, or nil; nil where there is only one
}

// page is the response envelope of a list.
type page struct {
	Data      []any   `json:"data"`
	HasMore   bool    `json:"has_more"`
	NextToken *string `json:"next_token"` // null at the end

	req pageRequest
}

// tokenScope identifies a list by its resource and the filters in the query.
func tokenScope(list string, query url.Values, filters ...string) string {
	sent := url.Values{}
	for _, name := range filters {
		if query.Has(name) {
			sent.Set(name, query.Get(name))
		}
	}
	return list + "?" + sent.Encode()
}

// pageRequest is the parsed request for a page of a list.
type pageRequest struct {
	scope     string // the resource and its filters, to which a token is bound
	limit     int
	tokenKind TokenKind
	start     cursor
}

// parsePageRequest parses limit and token. The default limit is 20 for every resource.
func (s *Sandbox) parsePageRequest(query url.Values, scope string, maxLimit int) (pageRequest, *apiError) {
	req := pageRequest{scope: scope, limit: 20, tokenKind: s.options.TokenKind}
	if query.Has("limit") {
		n, err := strconv.Atoi(query.Get("limit"))
		if err != nil || n < 1 || n > maxLimit || strconv.Itoa(n) != query.Get("limit") { // Atoi accepts +5 and 05
			return req, invalidParameter("limit", fmt.Sprintf("limit must be an integer from 1 to %d.", maxLimit))
		}
		req.limit = n
	}
	if query.Has("token") {
		start, ok := req.decodeToken(query.Get("token"))
		if !ok {
			return req, invalidToken()
		}
		req.start = start
	}
	return req, nil
}

func invalidToken() *apiError {
	return invalidParameter("token", "token is unknown, damaged, expired, or of a list with another filter or limit.")
}

// slicePage returns the requested page of the list, filtered by matches. all are those of the collection in list order, or
// those of a group. wire returns the wire format of an entry. It returns an error if the page starts with an item that no longer
// exists.
func slicePage[T resource[T]](c *collection[T], all []*entry[T], req pageRequest, matches func(*T) bool, wire func(*entry[T]) any) (any, *apiError) {
	if req.start.EndlessDepth > 0 {
		return newEndlessPage(req), nil
	}
	if req.start.AfterEnd {
		return page{Data: []any{}, req: req}, nil
	}
	p := page{req: req}
	data, last := make([]any, 0, req.limit), position{} // [], never null
	skip := req.start.Page * req.limit
	if id := req.start.StartID; id != "" {
		start, ok := c.find(id)
		if !ok {
			return nil, invalidToken()
		}
		i, _ := slices.BinarySearchFunc(all, start, compareEntries)
		all = all[i:]
	}
	if after := req.start.After; after != nil {
		start, _ := slices.BinarySearchFunc(all, *after, func(e *entry[T], after position) int {
			return cmp.Or(e.position.compare(after), -1) // the entry at the position is before the page, too
		})
		all = all[start:]
	}
	for _, e := range all {
		if !matches(&e.value) {
			continue
		}
		if skip > 0 {
			skip--
			continue
		}
		if len(data) == req.limit {
			next := cursor{StartID: e.position.ID}
			switch req.tokenKind {
			case Keyset:
				next = cursor{After: &last}
			case PageNumbers:
				next = cursor{Page: req.start.Page + 1}
			}
			p.HasMore, p.NextToken = true, new(req.encodeToken(next))
			break
		}
		data, last = append(data, wire(e)), e.position
	}
	p.Data = data
	return p, nil
}

// newEndlessPage returns an empty page whose next_token leads to another one. Only the fault EndlessPages leads here.
func newEndlessPage(req pageRequest) page {
	return page{Data: []any{}, HasMore: true, NextToken: new(req.encodeToken(cursor{EndlessDepth: req.start.EndlessDepth + 1})), req: req}
}
