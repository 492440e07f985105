package sandbox

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"hash/crc32"
)

// cursor is the start of a page, as its token encodes it. The zero cursor is the start of the list.
type cursor struct {
	StartID      string    `json:"start_id,omitempty"`      // StartID: from this item on
	After        *position `json:"after,omitempty"`         // Keyset: after this position
	Page         int       `json:"page,omitempty"`          // PageNumbers: counted from 0
	EndlessDepth int       `json:"endless_depth,omitempty"` // EndlessPages: the number of pages past the end
	EmptyPages   int       `json:"empty_pages,omitempty"`   // EmptyPage: the number of empty pages in place of this one; only makes the token unique
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
