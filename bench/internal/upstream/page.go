package upstream

import (
	"encoding/base64"
	"net/url"
	"strconv"
	"strings"
)

// pieces are the body of an answer, one behind the other.
type pieces [3][]byte

func (p pieces) length() int { return len(p[0]) + len(p[1]) + len(p[2]) }

var (
	listHead = []byte(`{"data":[`)
	listEnd  = []byte(`],"has_more":false,"next_token":null}`)
	oneHead  = []byte(`{"data":`)
	oneEnd   = []byte(`}`)
)

func one(item []byte) pieces { return pieces{oneHead, item, oneEnd} }

// groupsPage is the answer to GET /v3/avatars; false: a parameter is wrong.
func (c *Catalogue) groupsPage(query url.Values) (pieces, bool) {
	limit, ok := limitOf(query)
	after, known := readToken(query.Get("token"))
	first := 0
	if known && after != "" {
		first, known = c.place(after)
		first++
	}
	if !ok || !known {
		return pieces{}, false
	}
	end := min(first+limit, c.Len())
	if end == c.Len() {
		return pieces{listHead, c.groups.from(first, end), listEnd}, true
	}
	return pieces{listHead, c.groups.from(first, end), more(hexOf("group", end-1))}, true
}

// looksPage is the answer to GET /v3/avatars/looks of a group; false: a parameter
// is wrong. The looks of all groups are not needed here.
func (c *Catalogue) looksPage(query url.Values) (pieces, bool) {
	limit, ok := limitOf(query)
	group, known := c.place(query.Get("group_id"))
	after, read := readToken(query.Get("token"))
	if !ok || !known || !read {
		return pieces{}, false
	}
	looks, first := c.looksOf(group), 0
	if after != "" {
		place, err := strconv.Atoi(after)
		if err != nil || place < 0 {
			return pieces{}, false
		}
		first = place + 1
	}
	end := min(first+limit, len(looks.ends))
	if end == len(looks.ends) {
		return pieces{listHead, looks.from(first, end), listEnd}, true
	}
	return pieces{listHead, looks.from(first, end), more(strconv.Itoa(end - 1))}, true
}

// limitOf reads HeyGen's limit: 1 to 50, and 20 where none is given.
func limitOf(query url.Values) (int, bool) {
	if !query.Has("limit") {
		return 20, true
	}
	limit, err := strconv.Atoi(query.Get("limit"))
	return limit, err == nil && limit >= 1 && limit <= 50
}

// more ends a page that is not the last. The token names its last item: it leads
// on from there whatever the limit.
func more(last string) []byte {
	return []byte(`],"has_more":true,"next_token":"` + token(last) + `"}`)
}

// PageAfter is the target of a page of groups behind as many groups.
func PageAfter(groups, limit int) string {
	target := "/v3/avatars?limit=" + strconv.Itoa(limit)
	if groups > 0 {
		target += "&token=" + url.QueryEscape(token(hexOf("group", groups-1)))
	}
	return target
}

func token(last string) string {
	return base64.StdEncoding.EncodeToString([]byte(`{"last_id":"` + last + `"}`))
}

// readToken gives the item that a token names; "": there was no token.
func readToken(token string) (last string, ok bool) {
	if token == "" {
		return "", true
	}
	text, err := base64.StdEncoding.DecodeString(token)
	last, found := strings.CutPrefix(string(text), `{"last_id":"`)
	last, ended := strings.CutSuffix(last, `"}`)
	return last, err == nil && found && ended && last != ""
}
