package upstream

import (
	"encoding/base64"
	"net/url"
	"strconv"
	"strings"
)

// bodyParts are the consecutive parts of a response body.
type bodyParts [3][]byte

func (p bodyParts) length() int { return len(p[0]) + len(p[1]) + len(p[2]) }

var (
	listHead = []byte(`{"data":[`)
	listEnd  = []byte(`],"has_more":false,"next_token":null}`)
	itemHead = []byte(`{"data":`)
	itemEnd  = []byte(`}`)
)

func itemBody(item []byte) bodyParts { return bodyParts{itemHead, item, itemEnd} }

// groupsPage returns the response to GET /v3/avatars. It returns false if a parameter
// is invalid.
func (c *Catalogue) groupsPage(query url.Values) (bodyParts, bool) {
	limit, ok := parseLimit(query)
	after, known := decodeToken(query.Get("token"))
	first := 0
	if known && after != "" {
		first, known = c.position(after)
		first++
	}
	if !ok || !known {
		return bodyParts{}, false
	}
	end := min(first+limit, c.Len())
	if end == c.Len() {
		return bodyParts{listHead, c.groups.slice(first, end), listEnd}, true
	}
	return bodyParts{listHead, c.groups.slice(first, end), nextPageEnd(hexID("group", end-1))}, true
}

// looksPage returns the response to GET /v3/avatars/looks of one group. It returns
// false if a parameter is invalid. The list of all groups' looks is not implemented.
func (c *Catalogue) looksPage(query url.Values) (bodyParts, bool) {
	limit, ok := parseLimit(query)
	group, known := c.position(query.Get("group_id"))
	after, read := decodeToken(query.Get("token"))
	if !ok || !known || !read {
		return bodyParts{}, false
	}
	looks, first := c.renderedLooks(group), 0
	if after != "" {
		position, err := strconv.Atoi(after)
		if err != nil || position < 0 {
			return bodyParts{}, false
		}
		first = position + 1
	}
	end := min(first+limit, len(looks.ends))
	if end == len(looks.ends) {
		return bodyParts{listHead, looks.slice(first, end), listEnd}, true
	}
	return bodyParts{listHead, looks.slice(first, end), nextPageEnd(strconv.Itoa(end - 1))}, true
}

// parseLimit reads HeyGen's limit: 1 to 50, 20 by default.
func parseLimit(query url.Values) (int, bool) {
	if !query.Has("limit") {
		return 20, true
	}
	limit, err := strconv.Atoi(query.Get("limit"))
	return limit, err == nil && limit >= 1 && limit <= 50
}

// nextPageEnd returns the end of a page that is not the last. The token names the last
// item of the page, so it can be used with any limit.
func nextPageEnd(last string) []byte {
	return []byte(`],"has_more":true,"next_token":"` + encodeToken(last) + `"}`)
}

// PageAfter returns the target of the page that follows the first groups.
func PageAfter(groups, limit int) string {
	target := "/v3/avatars?limit=" + strconv.Itoa(limit)
	if groups > 0 {
		target += "&token=" + url.QueryEscape(encodeToken(hexID("group", groups-1)))
	}
	return target
}

func encodeToken(last string) string {
	return base64.StdEncoding.EncodeToString([]byte(`{"last_id":"` + last + `"}`))
}

// decodeToken returns the item that a token names, or "" for an empty token.
func decodeToken(token string) (last string, ok bool) {
	if token == "" {
		return "", true
	}
	decoded, err := base64.StdEncoding.DecodeString(token)
	last, begun := strings.CutPrefix(string(decoded), `{"last_id":"`)
	last, ended := strings.CutSuffix(last, `"}`)
	return last, err == nil && begun && ended && last != ""
}
