package relay

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func connect(t interface {
	Helper()
	Fatal(...any)
}, l *List[string], args Args) *Connection[string] {
	t.Helper()
	c, err := l.Connect(context.Background(), args)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// pager returns one page of a list in its present state.
type pager func(Args) *Connection[string]

// allCursors returns the cursor of every id of a list. It pages 7 edges at a time.
func allCursors(t *rapid.T, l *List[string]) map[string]string {
	return cursorsOf(func(args Args) *Connection[string] { return connect(t, l, args) })
}

func cursorsOf(page pager) map[string]string {
	cursors := map[string]string{}
	args := Args{First: new(7)}
	for {
		c := page(args)
		for _, e := range c.Edges {
			cursors[e.Node] = e.Cursor()
		}
		if args.After = c.PageInfo.EndCursor(); !c.PageInfo.HasNextPage {
			return cursors
		}
	}
}

// specificationPage returns the page that the Relay specification requires of a list in memory.
func specificationPage(ids []string, n int, last bool, after, before string) (page []string, next, previous bool) {
	if i := slices.Index(ids, after); i >= 0 {
		ids, previous = ids[i+1:], true
	}
	if i := slices.Index(ids, before); i >= 0 {
		ids, next = ids[:i], true
	}
	if last {
		return ids[max(0, len(ids)-n):], next, len(ids) > n
	}
	return ids[:min(n, len(ids))], len(ids) > n, previous
}

func TestConnectFollowsRelaySpecification(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		u := newFakeUpstream(rapid.IntRange(0, 60).Draw(t, "items"), rapid.IntRange(1, 20).Draw(t, "page size"), rapid.Bool().Draw(t, "numbered"))
		if len(u.items) > u.pageSize*MaxPages {
			u.items = u.items[:u.pageSize*MaxPages]
		}
		l, ids := u.list(), u.ids()
		cursor := allCursors(t, l)
		edge := rapid.SampledFrom(append([]string{""}, ids...))
		after, before := edge.Draw(t, "after"), edge.Draw(t, "before")
		n, last := rapid.IntRange(0, 70).Draw(t, "n"), rapid.Bool().Draw(t, "last")
		args := Args{First: &n}
		if last {
			args = Args{Last: &n}
		}
		if after != "" {
			args.After = new(cursor[after])
		}
		if before != "" {
			args.Before = new(cursor[before])
		}
		c := connect(t, l, args)
		page, next, previous := specificationPage(ids, n, last, after, before)
		if diff := cmp.Diff(page, c.Nodes()); diff != "" {
			t.Fatal(diff)
		}
		if c.PageInfo.HasNextPage != next || c.PageInfo.HasPreviousPage != previous {
			t.Fatalf("next %v, previous %v; want %v, %v", c.PageInfo.HasNextPage, c.PageInfo.HasPreviousPage, next, previous)
		}
		for _, e := range c.Edges {
			if e.Cursor() != cursor[e.Node] {
				t.Fatalf("the cursor of %s depends on the arguments", e.Node)
			}
		}
		if len(page) == 0 {
			if c.PageInfo.StartCursor() != nil || c.PageInfo.EndCursor() != nil {
				t.Fatal("an empty page has a startCursor or an endCursor")
			}
		} else if *c.PageInfo.StartCursor() != cursor[page[0]] || *c.PageInfo.EndCursor() != cursor[page[len(page)-1]] {
			t.Fatal("startCursor or endCursor is not the cursor of the first or last edge")
		}
	})
}

// paginate returns the ids of a list, paging to its end, forwards or backwards, in
// pages of any size. It calls change between any two pages.
func paginate(t *rapid.T, page pager, backwards bool, change func(id string)) []string {
	var seen []string
	var lastCursor *string
	for step := 0; ; step++ {
		if step > 400 {
			t.Fatal("the pagination does not end")
		}
		n := rapid.IntRange(1, 25).Draw(t, "n")
		args, id := Args{First: &n}, ""
		if backwards {
			args = Args{Last: &n}
		}
		if len(seen) > 0 {
			id = seen[len(seen)-1]
			if backwards {
				id = seen[0]
			}
		}
		if step > 0 {
			change(id)
			if backwards {
				args.Before = lastCursor
			} else {
				args.After = lastCursor
			}
		}
		c := page(args)
		more := c.PageInfo.HasNextPage
		if backwards {
			seen = append(c.Nodes(), seen...)
			more, lastCursor = c.PageInfo.HasPreviousPage, c.PageInfo.StartCursor()
		} else {
			seen = append(seen, c.Nodes()...)
			lastCursor = c.PageInfo.EndCursor()
		}
		if !more || lastCursor == nil {
			return seen
		}
	}
}

func TestPaginationVisitsEveryItemInBothDirections(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		u := newFakeUpstream(rapid.IntRange(0, 180).Draw(t, "items"), rapid.IntRange(5, 50).Draw(t, "page size"), rapid.Bool().Draw(t, "numbered"))
		seen := paginate(t, u.pager(t), rapid.Bool().Draw(t, "backwards"), func(string) {})
		if diff := cmp.Diff(u.ids(), seen, cmp.Transformer("nil", func(s []string) []string { return append([]string{}, s...) })); diff != "" && len(u.items)+len(seen) > 0 {
			t.Fatal(diff)
		}
	})
}

func TestConnectMakesFewestUpstreamCalls(t *testing.T) {
	for _, numbered := range []bool{false, true} {
		u := newFakeUpstream(600, 50, numbered)
		l := u.list()
		cost := func(want int, args Args) *Connection[string] {
			t.Helper()
			u.calls = 0
			c := connect(t, l, args)
			if u.calls != want {
				t.Errorf("%d calls, want %d", u.calls, want)
			}
			return c
		}
		cost(1, Args{})
		cost(1, Args{First: new(0)})
		cost(1, Args{First: new(1)})
		c := cost(1, Args{First: new(50)})
		cost(2, Args{First: new(51)})
		cost(2, Args{First: new(60)})
		hundred := cost(2, Args{First: new(100)})
		for range 11 { // every further page
			c = cost(1, Args{First: new(50), After: c.PageInfo.EndCursor()})
		}
		if c.PageInfo.HasNextPage {
			t.Error("12 pages of 50 are not the whole list")
		}
		tenth := hundred.Edges[9].Cursor()
		cost(1, Args{First: new(40), After: &tenth})
		cost(2, Args{First: new(41), After: &tenth})
		cost(1, Args{Last: new(5), Before: &tenth})
		cost(1, Args{Before: new(hundred.Edges[49].Cursor())}) // the last edge of a page
		cost(2, Args{Last: new(5), Before: new(hundred.Edges[50].Cursor())})
		cost(12, Args{Last: new(5)})
		cost(1, Args{Last: new(5), After: c.PageInfo.StartCursor()}) // from the middle to the end: only the pages in between
	}
}

func TestConnectRejectsInvalidPagingArguments(t *testing.T) {
	for reason, args := range map[string]Args{
		"`first` must be between 0 and 100.":             {First: new(101)},
		"`first` must be between 0 and 100. ":            {First: new(-1)},
		"`last` must be between 0 and 100.":              {Last: new(101)},
		"`last` must be between 0 and 100. ":             {Last: new(-1)},
		"`first` and `last` cannot be used together.":    {First: new(1), Last: new(1)},
		"`first` and `last` cannot be used together.   ": {First: new(0), Last: new(0)},
	} {
		u := newFakeUpstream(3, 50, false)
		_, err := u.list().Connect(t.Context(), args)
		if bad, ok := errors.AsType[*ArgumentError](err); !ok || bad.Reason != strings.TrimSpace(reason) || u.calls != 0 {
			t.Errorf("%v: %v after %d calls", args, err, u.calls)
		}
	}
}

func TestCursorOfAnotherListIsRejectedWithoutCall(t *testing.T) {
	u := newFakeUpstream(3, 50, false)
	l, other := u.list(), u.list()
	other.Scope = "another"
	cursor := connect(t, other, Args{}).PageInfo.EndCursor()
	u.calls = 0
	for _, args := range []Args{{After: cursor}, {Before: cursor}, {After: new("")}, {Last: new(1), Before: new("x")}} {
		if _, err := l.Connect(t.Context(), args); !errors.Is(err, ErrInvalidCursor) || u.calls != 0 {
			t.Errorf("%v after %d calls", err, u.calls)
		}
	}
}
