package catalogue_test

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"heygen-graphql/heygen"
	"heygen-graphql/heygen/catalogue"
)

// listItem is an item of a list that is ordered by id.
type listItem struct{ id string }

// catalogueTest is a test of either kind, a [testing.T] or a [rapid.T].
type catalogueTest interface{ Context() context.Context }

// tokenKind is a kind of page token that services like HeyGen use.
type tokenKind string

const (
	startID     tokenKind = "start id"     // the id of the first item of the page: rejected once that is gone
	keyset      tokenKind = "keyset"       // the id after which the page starts
	pageNumbers tokenKind = "page numbers" // an item added or removed before it shifts the page
)

var tokenKinds = []tokenKind{startID, keyset, pageNumbers}

const pageSize = 3

// pagedUpstream is a list with a cache before it.
type pagedUpstream struct {
	kind       tokenKind
	keys       []int // in order
	cached     map[string]heygen.Page[listItem]
	calls      int
	lastToken  string // of the page that was fetched last
	beforeCall func(token string, again bool)
}

// newPagedUpstream returns a list of n items whose keys leave space between them.
func newPagedUpstream(kind tokenKind, n int) *pagedUpstream {
	u := &pagedUpstream{kind: kind, cached: map[string]heygen.Page[listItem]{}, beforeCall: func(string, bool) {}}
	for i := range n {
		u.keys = append(u.keys, 1005+10*i)
	}
	return u
}

func (u *pagedUpstream) ids() []string {
	ids := make([]string, len(u.keys))
	for i, key := range u.keys {
		ids[i] = strconv.Itoa(key)
	}
	return ids
}

func (u *pagedUpstream) remove(id string) {
	u.keys = slices.DeleteFunc(u.keys, func(key int) bool { return strconv.Itoa(key) == id })
}

func (u *pagedUpstream) insert(key int) {
	if i, found := slices.BinarySearch(u.keys, key); !found {
		u.keys = slices.Insert(u.keys, i, key)
	}
}

// fetch returns the cached page of a token, or calls the upstream.
func (u *pagedUpstream) fetch(_ context.Context, token string, again bool) (heygen.Page[listItem], error) {
	if p, ok := u.cached[token]; ok && !again {
		return p, nil
	}
	u.beforeCall(token, again)
	u.calls++
	start, ok := u.start(token)
	if !ok {
		return heygen.Page[listItem]{}, fmt.Errorf("page of %q: %w", token, heygen.ErrPageTokenRejected)
	}
	start = min(start, len(u.keys))
	end := min(start+pageSize, len(u.keys))
	p := pageOf("", u.ids()[start:end]...)
	if p.HasMore = end < len(u.keys); p.HasMore {
		p.NextToken = map[tokenKind]string{startID: u.ids()[end], keyset: u.ids()[end-1], pageNumbers: strconv.Itoa(start/pageSize + 1)}[u.kind]
	}
	u.cached[token], u.lastToken = p, p.NextToken
	return p, nil
}

// start returns the index of the first item of a token's page.
func (u *pagedUpstream) start(token string) (start int, ok bool) {
	if token == "" {
		return 0, true
	}
	n, _ := strconv.Atoi(token)
	if u.kind == pageNumbers {
		return n * pageSize, true
	}
	i, found := slices.BinarySearch(u.keys, n)
	switch {
	case u.kind == startID:
		return i, found
	case found:
		return i + 1, true
	default:
		return i, true
	}
}

// Items are added and removed before the walk, whose first pages are cached since, and
// during it.
func TestWalkOfChangingListNeitherRepeatsNorLosesItems(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		u := newPagedUpstream(rapid.SampledFrom(tokenKinds).Draw(t, "kind"), rapid.IntRange(0, 30).Draw(t, "items"))
		stayed := map[string]bool{}
		for _, id := range u.ids() {
			stayed[id] = true
		}
		removals := 0
		change := func() {
			for range rapid.IntRange(0, 3).Draw(t, "changes") {
				if remove := rapid.Bool().Draw(t, "remove"); !remove {
					u.insert(rapid.IntRange(1000, 1310).Draw(t, "key"))
				} else if removals < 8 && len(u.keys) > 0 {
					removals++
					id := strconv.Itoa(rapid.SampledFrom(u.keys).Draw(t, "removed"))
					delete(stayed, id)
					u.remove(id)
				}
			}
		}
		token := ""
		for range rapid.IntRange(0, 5).Draw(t, "cached pages") {
			p, err := u.fetch(t.Context(), token, false)
			if change(); err != nil || !p.HasMore {
				break
			}
			token = p.NextToken
		}
		u.beforeCall = func(string, bool) {
			if u.calls < 100 { // then it ends
				change()
			}
		}
		ids, err := walkList(t, u, catalogue.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		for _, id := range ids {
			if seen[id] {
				t.Fatalf("%s occurs twice in %v", id, ids)
			}
			seen[id] = true
		}
		if u.kind == pageNumbers { // a removed item shifts the others past the walk
			return
		}
		for id := range stayed {
			if !seen[id] {
				t.Fatalf("%s is missing in %v", id, ids)
			}
		}
		if !slices.IsSorted(ids) {
			t.Fatalf("not in the list's order: %v", ids)
		}
	})
}
