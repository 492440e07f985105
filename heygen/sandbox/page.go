package sandbox

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strconv"
)

// item is the envelope of a single thing.
type item struct {
	Data any `json:"data"`

	other func() any // another thing of its kind as it is sent, or nil; nil itself for what there is only one of
}

// page is the envelope of a list.
type page struct {
	Data      []any   `json:"data"`
	HasMore   bool    `json:"has_more"`
	NextToken *string `json:"next_token"` // null at the end

	req pageRequest
}

// tokenScope names a list by its resource and those of its filters that were sent.
func tokenScope(resource string, query url.Values, filters ...string) string {
	sent := url.Values{}
	for _, name := range filters {
		if query.Has(name) {
			sent.Set(name, query.Get(name))
		}
	}
	return resource + "?" + sent.Encode()
}

// pageRequest is which part of which list a caller asks for.
type pageRequest struct {
	scope     string // the resource and its filters; a token is good for no other
	limit     int
	tokenKind TokenKind
	start     cursor
}

// parsePageRequest reads limit and token. most is the resource's largest limit; the default is 20 for all of them.
func (s *Sandbox) parsePageRequest(query url.Values, scope string, maxLimit int) (pageRequest, *apiError) {
	req := pageRequest{scope: scope, limit: 20, tokenKind: s.options.TokenKind}
	if query.Has("limit") {
		n, err := strconv.Atoi(query.Get("limit"))
		if err != nil || n < 1 || n > maxLimit || strconv.Itoa(n) != query.Get("limit") { // Atoi takes +5 and 05
			return req, invalidParameter("limit", fmt.Sprintf("limit must be an integer from 1 to %d.", maxLimit))
		}
		req.limit = n
	}
	if token := query.Get("token"); token != "" {
		start, ok := req.decodeToken(token)
		if !ok {
			return req, invalidParameter("token", "token is unknown, damaged, or of a list with another filter or limit.")
		}
		req.start = start
	}
	return req, nil
}

// slicePage takes the page that was asked for out of the whole list, of which only the wanted things count. wire is how one of them
// is sent.
func slicePage[T resource[T]](all []*entry[T], req pageRequest, matches func(*T) bool, wire func(*entry[T]) any) page {
	if req.start.EndlessDepth > 0 {
		return endlessPage(req)
	}
	if req.start.AfterEnd {
		return page{Data: []any{}, req: req}
	}
	p := page{req: req}
	data, last := make([]any, 0, req.limit), position{} // [], never null
	skip := req.start.Page * req.limit
	if after := req.start.After; after != nil {
		start, _ := slices.BinarySearchFunc(all, *after, func(e *entry[T], after position) int {
			return cmp.Or(e.position.compare(after), -1) // the one itself is before the page, too
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
			next := cursor{Page: req.start.Page + 1}
			if req.tokenKind == Keyset {
				next = cursor{After: &last}
			}
			p.HasMore, p.NextToken = true, new(req.encodeToken(next))
			break
		}
		data, last = append(data, wire(e)), e.position
	}
	p.Data = data
	return p
}

// endlessPage is empty and says that there is more, and so is the page after it. Only the fault EndlessPages leads here.
func endlessPage(req pageRequest) page {
	return page{Data: []any{}, HasMore: true, NextToken: new(req.encodeToken(cursor{EndlessDepth: req.start.EndlessDepth + 1})), req: req}
}
