package sandbox

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"iter"
	"net/url"
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

// slicePage returns the requested page of the list, filtered by matches. all returns the entries of the collection in list
// order from a position on, or those of a group. wire returns the wire format of an entry. It returns an error if the page starts
// with an item that no longer exists.
func slicePage[T resource[T]](c list[T], all func(*position) iter.Seq[*entry[T]], req pageRequest, matches func(*T) bool, wire func(*entry[T]) any) (any, *apiError) {
	if req.start.EndlessDepth > 0 {
		return newEndlessPage(req), nil
	}
	if req.start.AfterEnd {
		return page{Data: []any{}, req: req}, nil
	}
	p := page{req: req}
	data, last := make([]any, 0, req.limit), position{} // [], never null
	skip, after := req.start.Page*req.limit, req.start.After
	start := after
	if id := req.start.StartID; id != "" {
		first, ok := c.find(id)
		if !ok {
			return nil, invalidToken()
		}
		start = &first.position
	}
	for e := range all(start) {
		if after != nil && e.position == *after || !matches(&e.value) {
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

// cursor is the start of a page, as its token encodes it. The zero cursor is the start of the list.
type cursor struct {
	StartID      string    `json:"start_id,omitempty"`      // StartID: from this item on
	After        *position `json:"after,omitempty"`         // Keyset: after this position
	Page         int       `json:"page,omitempty"`          // PageNumbers: counted from 0
	EndlessDepth int       `json:"endless_depth,omitempty"` // EndlessPages: the number of pages past the end
	EmptyPages   int       `json:"empty_pages,omitempty"`   // EmptyPage: the number of empty pages instead of this one; only makes the token unique
	AfterEnd     bool      `json:"after_end,omitempty"`     // EmptyLastPage: after the last page
}

// tokenPayload is the content of a token, such as {"start_id":"845919ae10…","check":"1c291ca3???>>>"}.
type tokenPayload struct {
	cursor
	Check string `json:"check"`
}

// check identifies the cursor and what its token is bound to: one list with its filters, one limit, one kind of token.
func (p pageRequest) check(c cursor) string {
	return fmt.Sprintf("%08x", crc32.ChecksumIEEE(fmt.Appendf(nil, "%s %d %d %s", p.scope, p.limit, p.tokenKind, encode(c))))
}

// encodeToken returns the token for a cursor: base64 of JSON with padding, as HeyGen's. The same cursor has the same token in
// every process: a token survives a restart.
//
// Each token contains + / and =, the characters that a URL changes when a client forgets to escape them. Base64 of ASCII has
// / only for a question mark, and + only for a greater-than sign, at every third byte; of three in a row, one is there. HeyGen's
// own tokens have them by chance.
func (p pageRequest) encodeToken(c cursor) string {
	payload := tokenPayload{c, p.check(c) + "???>>>"}
	content := encode(payload)
	if len(content)%3 == 0 { // it would have no padding
		payload.Check += "?"
		content = encode(payload)
	}
	return base64.StdEncoding.EncodeToString(content)
}

// decodeToken is the inverse of encodeToken. A token is valid if it equals the one that encodeToken returns for its cursor
// and this request: a token of another list, limit or kind is not.
func (p pageRequest) decodeToken(token string) (cursor, bool) {
	content, err := base64.StdEncoding.DecodeString(token)
	if err != nil {
		return cursor{}, false
	}
	var in tokenPayload
	if err := json.Unmarshal(content, &in); err != nil {
		return cursor{}, false
	}
	return in.cursor, p.encodeToken(in.cursor) == token
}
