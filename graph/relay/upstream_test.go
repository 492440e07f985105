package relay

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// upstream is a list that changes between calls and is paged in one of the two
// ways that lists are: after the last key, or by the number of the page.
type upstream struct {
	items    []item
	size     int
	numbered bool
	calls    int
	named    int // ids given out
}

type item struct {
	key float64 // the order of the list, and never a node's identity
	id  string
}

func newUpstream(items, size int, numbered bool) *upstream {
	u := &upstream{size: size, numbered: numbered}
	u.insert(0, items)
	return u
}

// insert adds n items in front of the one at place i.
func (u *upstream) insert(i, n int) {
	low, high := 0.0, 1.0
	if i > 0 {
		low = u.items[i-1].key
	}
	if i < len(u.items) {
		high = u.items[i].key
	}
	added := make([]item, n)
	for k := range added {
		u.named++
		added[k] = item{low + (high-low)*float64(k+1)/float64(n+1), "id" + strconv.Itoa(u.named)}
	}
	u.items = slices.Insert(u.items, i, added...)
}

func (u *upstream) remove(ids ...string) {
	u.items = slices.DeleteFunc(u.items, func(it item) bool { return slices.Contains(ids, it.id) })
}

func (u *upstream) ids() []string {
	ids := make([]string, len(u.items))
	for i, it := range u.items {
		ids[i] = it.id
	}
	return ids
}

var errToken = errors.New("the token is not one of this list")

func (u *upstream) fetch(_ context.Context, token string) ([]string, string, error) {
	u.calls++
	start, number := 0, 0
	switch {
	case token == "":
	case u.numbered:
		n, err := strconv.Atoi(strings.TrimPrefix(token, "page "))
		if err != nil {
			return nil, "", errToken
		}
		number = n
		start = min(n*u.size, len(u.items))
	default:
		key, err := strconv.ParseFloat(strings.TrimPrefix(token, "after "), 64)
		if err != nil {
			return nil, "", errToken
		}
		start = len(u.items)
		if i := slices.IndexFunc(u.items, func(it item) bool { return it.key > key }); i >= 0 {
			start = i
		}
	}
	end := min(start+u.size, len(u.items))
	ids := u.ids()[start:end]
	switch {
	case end == len(u.items):
		return ids, "", nil
	case u.numbered:
		return ids, fmt.Sprint("page ", number+1), nil
	default:
		return ids, "after " + strconv.FormatFloat(u.items[end-1].key, 'g', -1, 64), nil
	}
}

func (u *upstream) list() *List[string] {
	return &List[string]{Scope: "test", Codec: NewCodec(""), ID: func(id string) string { return id }, Fetch: u.fetch}
}
