package catalogue_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"heygen-graphql/heygen"
	"heygen-graphql/heygen/catalogue"
)

// walkList reads the whole list of an upstream. It returns the ids of its items.
func walkList(t catalogueTest, u *pagedUpstream, limits catalogue.Limits) ([]string, error) {
	items, err := catalogue.Walk(t.Context(), limits, func(i *listItem) string { return i.id }, u.fetch)
	ids := make([]string, len(items))
	for i, it := range items {
		ids[i] = it.id
	}
	return ids, err
}

func TestWalkReadsEachPageOnceInOrder(t *testing.T) {
	for _, kind := range tokenKinds {
		for _, n := range []int{0, 1, 2, 3, 6, 7} {
			u := newPagedUpstream(kind, n)
			ids, err := walkList(t, u, catalogue.Limits{})
			if err != nil || !slices.Equal(ids, u.ids()) || u.calls != max(1, (n+pageSize-1)/pageSize) {
				t.Errorf("%s, %d items: %v after %d calls, %v", kind, n, ids, u.calls, err)
			}
		}
	}
}

// scripted returns a fetch function with these pages by token.
func scripted(calls *[]string, pages map[string]heygen.Page[listItem]) func(context.Context, string, bool) (heygen.Page[listItem], error) {
	return func(_ context.Context, token string, again bool) (heygen.Page[listItem], error) {
		if again {
			token += " again"
		}
		*calls = append(*calls, token)
		page, ok := pages[token]
		if !ok {
			return page, &heygen.Error{Kind: heygen.ErrPageTokenRejected}
		}
		return page, nil
	}
}

func pageOf(next string, ids ...string) heygen.Page[listItem] {
	p := heygen.Page[listItem]{HasMore: next != "", NextToken: next}
	for _, id := range ids {
		p.Data = append(p.Data, listItem{id: id})
	}
	return p
}

func TestWalkFollowsTokens(t *testing.T) {
	always := heygen.Page[listItem]{HasMore: true}
	for name, test := range map[string]struct {
		pages  map[string]heygen.Page[listItem]
		limits catalogue.Limits
		want   []string
		err    error
		calls  []string
	}{
		"duplicates across pages": {
			map[string]heygen.Page[listItem]{"": pageOf("1", "a", "b"), "1": pageOf("2", "b", "c"), "2": pageOf("", "a", "d")},
			catalogue.Limits{}, []string{"a", "b", "c", "d"}, nil, []string{"", "1", "2"}},
		"three empty pages": {
			map[string]heygen.Page[listItem]{"": pageOf("1", "a"), "1": pageOf("2"), "2": pageOf("3"), "3": pageOf("4"), "4": pageOf("5", "b"), "5": pageOf("")},
			catalogue.Limits{}, []string{"a", "b"}, nil, []string{"", "1", "2", "3", "4", "5"}},
		"four empty pages": {
			map[string]heygen.Page[listItem]{"": pageOf("1", "a"), "1": pageOf("2"), "2": pageOf("3"), "3": pageOf("4"), "4": pageOf("5")},
			catalogue.Limits{}, nil, catalogue.ErrIncomplete, []string{"", "1", "2", "3", "4"}},
		"pages that repeat items without end": {
			map[string]heygen.Page[listItem]{"": pageOf("1", "a"), "1": pageOf("2", "a"), "2": pageOf("3", "a"), "3": pageOf("4", "a"), "4": pageOf("5", "a")},
			catalogue.Limits{}, nil, catalogue.ErrIncomplete, []string{"", "1", "2", "3", "4"}},
		"more without a token": {
			map[string]heygen.Page[listItem]{"": pageOf("1", "a"), "1": always},
			catalogue.Limits{}, nil, catalogue.ErrIncomplete, []string{"", "1"}},
		"a token of its own page": {
			map[string]heygen.Page[listItem]{"": pageOf("1", "a"), "1": pageOf("1", "b")},
			catalogue.Limits{}, nil, catalogue.ErrIncomplete, []string{"", "1"}},
		"a cycle": {
			map[string]heygen.Page[listItem]{"": pageOf("1", "a"), "1": pageOf("2", "b"), "2": pageOf("1", "c")},
			catalogue.Limits{}, nil, catalogue.ErrIncomplete, []string{"", "1", "2"}},
		"a rejected token": {
			map[string]heygen.Page[listItem]{"": pageOf("1", "a"), "1": pageOf("dead", "b", "c"), "1 again": pageOf("2", "b", "d"), "2": pageOf("", "c", "e")},
			catalogue.Limits{}, []string{"a", "b", "d", "c", "e"}, nil, []string{"", "1", "dead", "1 again", "2"}},
		"two dead tokens": {
			map[string]heygen.Page[listItem]{"": pageOf("1", "a"), "1": pageOf("dead", "b"), " again": pageOf("2", "a"), "2": pageOf("", "c")},
			catalogue.Limits{}, []string{"a", "c"}, nil, []string{"", "1", "dead", "1 again", " again", "2"}},
		"tokens that are always rejected": {
			map[string]heygen.Page[listItem]{"": pageOf("1", "a"), " again": pageOf("1", "a")}, catalogue.Limits{}, nil, catalogue.ErrIncomplete,
			[]string{"", "1", " again", "1", " again", "1", " again", "1", " again", "1", " again", "1", " again", "1", " again", "1", " again", "1"}},
		"a rejection without a token": {
			nil, catalogue.Limits{}, nil, heygen.ErrPageTokenRejected, []string{""}},
		"as many items as allowed": {
			map[string]heygen.Page[listItem]{"": pageOf("1", "a", "b"), "1": pageOf("", "b", "c")},
			catalogue.Limits{MaxItems: 3}, []string{"a", "b", "c"}, nil, []string{"", "1"}},
		"too many items": {
			map[string]heygen.Page[listItem]{"": pageOf("1", "a", "b"), "1": pageOf("", "c", "d")},
			catalogue.Limits{MaxItems: 3}, nil, catalogue.ErrTooLarge, []string{"", "1"}},
		"more items than allowed on the next page": {
			map[string]heygen.Page[listItem]{"": pageOf("1", "a", "b"), "1": pageOf("2", "c")},
			catalogue.Limits{MaxItems: 3}, nil, catalogue.ErrTooLarge, []string{"", "1"}},
		"as many pages as allowed": {
			map[string]heygen.Page[listItem]{"": pageOf("1", "a"), "1": pageOf("", "b")},
			catalogue.Limits{MaxPages: 2}, []string{"a", "b"}, nil, []string{"", "1"}},
		"too many pages": {
			map[string]heygen.Page[listItem]{"": pageOf("1", "a"), "1": pageOf("2", "b")},
			catalogue.Limits{MaxPages: 2}, nil, catalogue.ErrTooDeep, []string{"", "1"}},
	} {
		var calls, ids []string
		items, err := catalogue.Walk(t.Context(), test.limits, func(i *listItem) string { return i.id }, scripted(&calls, test.pages))
		for _, i := range items {
			ids = append(ids, i.id)
		}
		if !errors.Is(err, test.err) || !slices.Equal(ids, test.want) || !slices.Equal(calls, test.calls) {
			t.Errorf("%s: %v, %v after %q", name, ids, err, calls)
		}
	}
}

// A page is read again at most a few times between two that are deeper: in a long list
// any number of tokens may die.
func TestWalkCountsRejectionsWithoutProgressOnly(t *testing.T) {
	u := newPagedUpstream(startID, 100*pageSize)
	u.beforeCall = func(token string, again bool) {
		if !again && token != "" {
			u.remove(token)
		}
	}
	ids, err := walkList(t, u, catalogue.Limits{})
	if err == nil || len(ids) > 0 {
		t.Error("every token dies at once", len(ids), err)
	}
	u = newPagedUpstream(startID, 100*pageSize)
	reads := 0
	u.beforeCall = func(token string, again bool) {
		if token == u.lastToken && token != "" && !again {
			if reads++; reads%2 == 1 { // every second token is dead when it is used
				u.remove(token)
			}
		}
	}
	if ids, err = walkList(t, u, catalogue.Limits{}); err != nil || !slices.Equal(ids, u.ids()) || reads < 100 {
		t.Errorf("%d of %d items after %d tokens, %v", len(ids), len(u.ids()), reads, err)
	}
}

func TestWalkReturnsErrorOfPageUnchanged(t *testing.T) {
	want := fmt.Errorf("of a page")
	_, err := catalogue.Walk(t.Context(), catalogue.Limits{}, func(i *listItem) string { return i.id }, func(_ context.Context, token string, _ bool) (heygen.Page[listItem], error) {
		if token != "" {
			return heygen.Page[listItem]{}, want
		}
		return pageOf("1", "a"), nil
	})
	if err != want {
		t.Error(err)
	}
}
