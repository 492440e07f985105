package relay

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"pgregory.net/rapid"
)

// fakeUpstream is a list that changes between calls. Its page tokens are either keyset
// tokens, which name the last key of the page before, or page numbers.
type fakeUpstream struct {
	items     []item
	pageSize  int
	numbered  bool // page numbers
	calls     int
	issuedIDs int

	alter func(pageNumber int, token string, page *UpstreamPage[string]) // alters every response; may be nil
}

type item struct {
	key float64 // the sort key, unrelated to the id
	id  string
}

func newFakeUpstream(items, size int, numbered bool) *fakeUpstream {
	u := &fakeUpstream{pageSize: size, numbered: numbered}
	u.insert(0, items)
	return u
}

// insert inserts n items before the one at index i.
func (u *fakeUpstream) insert(i, n int) {
	lowKey, highKey := 0.0, 1.0
	if i > 0 {
		lowKey = u.items[i-1].key
	}
	if i < len(u.items) {
		highKey = u.items[i].key
	}
	inserted := make([]item, n)
	for k := range inserted {
		u.issuedIDs++
		inserted[k] = item{lowKey + (highKey-lowKey)*float64(k+1)/float64(n+1), "id" + strconv.Itoa(u.issuedIDs)}
	}
	u.items = slices.Insert(u.items, i, inserted...)
}

func (u *fakeUpstream) remove(ids ...string) {
	u.items = slices.DeleteFunc(u.items, func(it item) bool { return slices.Contains(ids, it.id) })
}

func (u *fakeUpstream) ids() []string {
	ids := make([]string, len(u.items))
	for i, it := range u.items {
		ids[i] = it.id
	}
	return ids
}

var errToken = errors.New("unknown page token")

func (u *fakeUpstream) fetch(_ context.Context, token string) (UpstreamPage[string], error) {
	u.calls++
	start, number := 0, 0
	switch {
	case token == "":
	case u.numbered:
		n, err := strconv.Atoi(strings.TrimPrefix(token, "page "))
		if err != nil {
			return UpstreamPage[string]{}, errToken
		}
		number = n
		start = min(n*u.pageSize, len(u.items))
	default:
		key, err := strconv.ParseFloat(strings.TrimPrefix(token, "after "), 64)
		if err != nil {
			return UpstreamPage[string]{}, errToken
		}
		start = len(u.items)
		if i := slices.IndexFunc(u.items, func(it item) bool { return it.key > key }); i >= 0 {
			start = i
		}
	}
	end := min(start+u.pageSize, len(u.items))
	page := UpstreamPage[string]{Items: u.ids()[start:end], HasMore: end < len(u.items)}
	switch {
	case !page.HasMore:
	case u.numbered:
		page.NextToken = fmt.Sprint("page ", number+1)
	default:
		page.NextToken = "after " + strconv.FormatFloat(u.items[end-1].key, 'g', -1, 64)
	}
	if u.alter != nil {
		u.alter(start/u.pageSize, token, &page)
	}
	return page, nil
}

// upstreamPage returns a page with the token of the next one, or "" if it is the last.
func upstreamPage(items []string, next string) UpstreamPage[string] {
	return UpstreamPage[string]{Items: items, HasMore: next != "", NextToken: next}
}

func (u *fakeUpstream) list() *List[string] {
	return &List[string]{Scope: "test", Codec: NewCodec(""), ID: func(id string) string { return id }, Fetch: u.fetch}
}

func (u *fakeUpstream) pager(t *rapid.T) pager {
	l := u.list()
	return func(args Args) *Connection[string] { return connect(t, l, args) }
}
