package sandbox

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"strings"
)

// cursor is the start of a page, as its token encodes it. The zero cursor is the start of the list.
type cursor struct {
	After        *position `json:"a,omitempty"` // Keyset: after this one
	Page         int       `json:"p,omitempty"` // PageNumbers: counted from 0
	EndlessDepth int       `json:"v,omitempty"` // EndlessPages: the number of pages past the end
	EmptyPages   int       `json:"e,omitempty"` // EmptyPage: the number of empty pages in place of this one; only makes the token unique
	AfterEnd     bool      `json:"z,omitempty"` // EmptyLastPage: after the last page
}

// tokenPayload is the content of a token: the cursor, and a checksum of the request it is bound to. Its keys are short
// because tokens travel in URLs.
type tokenPayload struct {
	Salt     int    `json:"s"`
	Checksum uint32 `json:"b"`
	cursor
}

// checksum identifies what a token is bound to: one list with its filters, one limit, one kind of token.
func (p pageRequest) checksum() uint32 {
	return crc32.ChecksumIEEE(fmt.Appendf(nil, "%s %d %d", p.scope, p.limit, p.tokenKind))
}

// encodeToken returns the token for a cursor. The same cursor has the same token in every process: a token survives a restart.
//
// Each token contains + / and =, the characters that a URL changes when a client forgets to escape them. The loop tries
// salts until it does: about one in five will do.
func (p pageRequest) encodeToken(c cursor) string {
	for salt := 0; ; salt++ {
		payload, err := json.Marshal(tokenPayload{salt, p.checksum(), c})
		if err != nil {
			panic(err) // only for a created_at that is not a number
		}
		sum := sha256.Sum256(payload)
		key := [8]byte(sum[:])
		token := base64.StdEncoding.EncodeToString(append(key[:], obfuscate(payload, key)...))
		if strings.Contains(token, "+") && strings.Contains(token, "/") && strings.Contains(token, "=") {
			return token
		}
	}
}

// decodeToken is the inverse of encodeToken. A token is valid if it equals the one that encodeToken returns for its cursor
// and this request: a token of another list, limit or kind is not.
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

// obfuscate hides the payload of a token, and is its own inverse. It is not encryption: it prevents clients from relying on the
// payload, and makes one changed character change more than one.
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
