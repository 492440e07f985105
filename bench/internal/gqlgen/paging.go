package gqlgen

import (
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"
)

// mostPage is the most that HeyGen gives at once.
const mostPage = 50

// cursor names a page's token and how many of the items behind it to skip.
type cursor struct {
	token string
	skip  int
}

func (c cursor) String() string {
	return base64.StdEncoding.EncodeToString([]byte(c.token + ":" + strconv.Itoa(c.skip)))
}

func readCursor(text *string) (c cursor, err error) {
	if text == nil {
		return c, nil
	}
	plain, err := base64.StdEncoding.DecodeString(*text)
	if err != nil {
		return c, err
	}
	colon := strings.LastIndexByte(string(plain), ':')
	if colon < 0 {
		return c, fmt.Errorf("%q is no cursor", *text)
	}
	c.token = string(plain[:colon])
	c.skip, err = strconv.Atoi(string(plain[colon+1:]))
	if c.skip < 0 || c.skip >= mostPage {
		return c, fmt.Errorf("%q is no cursor", *text)
	}
	return c, err
}

// page collects items behind a cursor, and asks for no more than is needed.
// places are their cursors.
func page[T any](first *int32, after *string, fetch func(token string, limit int) (list[T], error)) (items []T, places []cursor, more bool, err error) {
	wanted := 20
	if first != nil {
		wanted = int(*first)
	}
	at, err := readCursor(after)
	if err != nil {
		return nil, nil, false, err
	}
	for more = true; more && len(items) < wanted; {
		got, err := fetch(at.token, min(mostPage, at.skip+wanted-len(items)))
		if err != nil {
			return nil, nil, false, err
		}
		for i := at.skip; i < len(got.Data); i++ {
			place := cursor{at.token, i + 1}
			if i == len(got.Data)-1 && got.HasMore {
				place = cursor{got.NextToken, 0}
			}
			items, places = append(items, got.Data[i]), append(places, place)
		}
		more, at = got.HasMore, cursor{token: got.NextToken}
	}
	return items, places, more, nil
}
