package gqlgen

import (
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"
)

// maxPageSize is HeyGen's maximum page size.
const maxPageSize = 50

// cursor is the token of an upstream page and the number of its items to skip.
type cursor struct {
	token string
	skip  int
}

func (c cursor) String() string {
	return base64.StdEncoding.EncodeToString([]byte(c.token + ":" + strconv.Itoa(c.skip)))
}

func decodeCursor(encoded *string) (c cursor, err error) {
	if encoded == nil {
		return c, nil
	}
	decoded, err := base64.StdEncoding.DecodeString(*encoded)
	if err != nil {
		return c, err
	}
	colon := strings.LastIndexByte(string(decoded), ':')
	if colon < 0 {
		return c, fmt.Errorf("%q is not a cursor", *encoded)
	}
	c.token = string(decoded[:colon])
	c.skip, err = strconv.Atoi(string(decoded[colon+1:]))
	if c.skip < 0 || c.skip >= maxPageSize {
		return c, fmt.Errorf("%q is not a cursor", *encoded)
	}
	return c, err
}

// collectPage fetches the first items after a cursor, and no more than needed. It
// returns the items, their cursors, and whether more follow.
func collectPage[T any](first *int32, after *string, fetch func(token string, limit int) (listResponse[T], error)) (items []T, cursors []cursor, more bool, err error) {
	wanted := 20
	if first != nil {
		wanted = int(*first)
	}
	at, err := decodeCursor(after)
	if err != nil {
		return nil, nil, false, err
	}
	for more = true; more && len(items) < wanted; {
		response, err := fetch(at.token, min(maxPageSize, at.skip+wanted-len(items)))
		if err != nil {
			return nil, nil, false, err
		}
		for i := at.skip; i < len(response.Data); i++ {
			position := cursor{at.token, i + 1}
			if i == len(response.Data)-1 && response.HasMore {
				position = cursor{response.NextToken, 0}
			}
			items, cursors = append(items, response.Data[i]), append(cursors, position)
		}
		more, at = response.HasMore, cursor{token: response.NextToken}
	}
	return items, cursors, more, nil
}
