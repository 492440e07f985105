package sandbox

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"strings"
)

// cursor is what a page token says about where its page starts. The zero cursor is the start of the list.
type cursor struct {
	After        *position `json:"a,omitempty"` // Keyset: after this one
	Page         int       `json:"p,omitempty"` // PageNumbers: counted from 0
	EndlessDepth int       `json:"v,omitempty"` // EndlessPages: past the end of everything, this many pages deep
	EmptyPages   int       `json:"e,omitempty"` // EmptyPage: how many empty pages came in the place of this one; else of no effect
	AfterEnd     bool      `json:"z,omitempty"` // EmptyLastPage: after the last page
}

// tokenPayload is what is inside a token: the cursor, and a sum of what it is bound to. Its names are short, as tokens travel in
// URLs.
type tokenPayload struct {
	Salt     int    `json:"s"`
	Checksum uint32 `json:"b"`
	cursor
}

// checksum sums up what a token is good for: one list with its filters, one limit, one flavour.
func (p pageRequest) checksum() uint32 {
	return crc32.ChecksumIEEE(fmt.Appendf(nil, "%s %d %d", p.scope, p.limit, p.tokenKind))
}

// encodeToken makes the token for a cursor. The same cursor has the same token in every process: a token outlives a restart.
//
// Each token has all of + / = in it, the characters that a URL changes when a client forgets to escape them. They come
// about by trying one salt after the other: one in five or so will do.
func (p pageRequest) encodeToken(c cursor) string {
	for salt := 0; ; salt++ {
		payload, err := json.Marshal(tokenPayload{salt, p.checksum(), c})
		if err != nil {
			panic(err) // only for a created_at that is no number
		}
		sum := sha256.Sum256(payload)
		key := [8]byte(sum[:])
		token := base64.StdEncoding.EncodeToString(append(key[:], obfuscate(payload, key)...))
		if strings.Contains(token, "+") && strings.Contains(token, "/") && strings.Contains(token, "=") {
			return token
		}
	}
}

// decodeToken is the inverse of seal. A token is right if it is, to the last character, the one that seal makes of its cursor for
// this request: one of another list, limit or flavour is not.
func (p pageRequest) decodeToken(token string) (cursor, bool) {
	raw, err := base64.StdEncoding.DecodeString(token)
	if err != nil || len(raw) < 8 {
		return cursor{}, false
	}
	var in tokenPayload
	if err := json.Unmarshal(obfuscate(raw[8:], [8]byte(raw)), &in); err != nil {
		return cursor{}, false
	}
	return in.cursor, p.encodeToken(in.cursor) == token
}

// obfuscate hides what a token says, and shows it again. It is no secret: it keeps a reader from building on what is
// inside, and one changed character from changing only one.
func obfuscate(data []byte, key [8]byte) []byte {
	out := make([]byte, len(data))
	var pad [sha256.Size]byte
	for i := range data {
		if i%len(pad) == 0 {
			pad = sha256.Sum256(append(key[:], byte(i/len(pad))))
		}
		out[i] = data[i] ^ pad[i%len(pad)]
	}
	return out
}
