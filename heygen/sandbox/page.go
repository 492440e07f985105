package sandbox

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strconv"
)

// one is the envelope of a single thing.
type one struct {
	Data any `json:"data"`

	another func() any // another thing of its kind as it is sent, or nil; nil itself for what there is only one of
}

// page is the envelope of a list.
type page struct {
	Data      []any   `json:"data"`
	HasMore   bool    `json:"has_more"`
	NextToken *string `json:"next_token"` // null at the end

	asked pageRequest
}

// binding names a list by its resource and those of its filters that were sent.
func binding(resource string, query url.Values, filters ...string) string {
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
	binding string // the resource and its filters; a token is good for no other
	limit   int
	tokens  Tokens
	start   cursor
}

// askedPage reads limit and token. most is the resource's largest limit; the default is 20 for all of them.
func (s *Sandbox) askedPage(query url.Values, binding string, most int) (pageRequest, *refusal) {
	asked := pageRequest{binding: binding, limit: 20, tokens: s.options.TokenKind}
	if query.Has("limit") {
		n, err := strconv.Atoi(query.Get("limit"))
		if err != nil || n < 1 || n > most || strconv.Itoa(n) != query.Get("limit") { // Atoi takes +5 and 05
			return asked, invalid("limit", fmt.Sprintf("limit must be an integer from 1 to %d.", most))
		}
		asked.limit = n
	}
	if token := query.Get("token"); token != "" {
		start, ok := asked.open(token)
		if !ok {
			return asked, invalid("token", "token is unknown, damaged, or of a list with another filter or limit.")
		}
		asked.start = start
	}
	return asked, nil
}

// cut takes the page that was asked for out of the whole list, of which only the wanted things count. wire is how one of them
// is sent.
func cut[T thing[T]](all []*entry[T], asked pageRequest, wanted func(*T) bool, wire func(*entry[T]) any) page {
	if asked.start.Void > 0 {
		return voidPage(asked)
	}
	if asked.start.End {
		return page{Data: []any{}, asked: asked}
	}
	p := page{asked: asked}
	data, last := make([]any, 0, asked.limit), position{} // [], never null
	skip := asked.start.Page * asked.limit
	if after := asked.start.After; after != nil {
		start, _ := slices.BinarySearchFunc(all, *after, func(e *entry[T], after position) int {
			return cmp.Or(e.at.compare(after), -1) // the one itself is before the page, too
		})
		all = all[start:]
	}
	for _, e := range all {
		if !wanted(&e.thing) {
			continue
		}
		if skip > 0 {
			skip--
			continue
		}
		if len(data) == asked.limit {
			next := cursor{Page: asked.start.Page + 1}
			if asked.tokens == Keyset {
				next = cursor{After: &last}
			}
			p.HasMore, p.NextToken = true, new(asked.seal(next))
			break
		}
		data, last = append(data, wire(e)), e.at
	}
	p.Data = data
	return p
}

// voidPage is empty and says that there is more, and so is the page after it. Only the fault EndlessPages leads here.
func voidPage(asked pageRequest) page {
	return page{Data: []any{}, HasMore: true, NextToken: new(asked.seal(cursor{Void: asked.start.Void + 1})), asked: asked}
}
