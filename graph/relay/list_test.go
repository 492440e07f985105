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

// cursors reads the cursors of a whole list, 7 at a time.
func cursors(t *rapid.T, l *List[string]) map[string]string {
	found := map[string]string{}
	args := Args{First: new(7)}
	for {
		c := connect(t, l, args)
		for _, e := range c.Edges {
			found[e.Node] = e.Cursor()
		}
		if args.After = c.PageInfo.EndCursor(); !c.PageInfo.HasNextPage {
			return found
		}
	}
}

// specified is what the Relay specification wants of a list held in memory.
func specified(ids []string, n int, last bool, after, before string) (page []string, next, previous bool) {
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

func TestEveryPageIsTheOneThatTheSpecificationWants(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		u := newUpstream(rapid.IntRange(0, 60).Draw(t, "items"), rapid.IntRange(1, 20).Draw(t, "page size"), rapid.Bool().Draw(t, "numbered"))
		if len(u.items) > u.size*MaxPages {
			u.items = u.items[:u.size*MaxPages]
		}
		l, ids := u.list(), u.ids()
		cursor := cursors(t, l)
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
		page, next, previous := specified(ids, n, last, after, before)
		if diff := cmp.Diff(page, c.Nodes()); diff != "" {
			t.Fatal(diff)
		}
		if c.PageInfo.HasNextPage != next || c.PageInfo.HasPreviousPage != previous {
			t.Fatalf("next %v, previous %v; want %v, %v", c.PageInfo.HasNextPage, c.PageInfo.HasPreviousPage, next, previous)
		}
		for _, e := range c.Edges {
			if e.Cursor() != cursor[e.Node] {
				t.Fatalf("the cursor of %s depends on how it was reached", e.Node)
			}
		}
		if len(page) == 0 {
			if c.PageInfo.StartCursor() != nil || c.PageInfo.EndCursor() != nil {
				t.Fatal("an empty page has cursors")
			}
		} else if *c.PageInfo.StartCursor() != cursor[page[0]] || *c.PageInfo.EndCursor() != cursor[page[len(page)-1]] {
			t.Fatal("the page's cursors are not its edges'")
		}
	})
}

// walkThrough reads a list to its end, forwards or backwards, in pages of any
// size, and changes it between the pages.
func walkThrough(t *rapid.T, u *upstream, backwards bool, change func(at string)) []string {
	var seen []string
	var lastCursor *string
	l := u.list()
	for step := 0; ; step++ {
		if step > 400 {
			t.Fatal("the walk does not end")
		}
		n := rapid.IntRange(1, 25).Draw(t, "n")
		args, at := Args{First: &n}, ""
		if backwards {
			args = Args{Last: &n}
		}
		if len(seen) > 0 {
			at = seen[len(seen)-1]
			if backwards {
				at = seen[0]
			}
		}
		if step > 0 {
			change(at)
			if backwards {
				args.Before = lastCursor
			} else {
				args.After = lastCursor
			}
		}
		c := connect(t, l, args)
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

func TestConcatenatedPagesAreTheListInBothDirections(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		u := newUpstream(rapid.IntRange(0, 180).Draw(t, "items"), rapid.IntRange(5, 50).Draw(t, "page size"), rapid.Bool().Draw(t, "numbered"))
		seen := walkThrough(t, u, rapid.Bool().Draw(t, "backwards"), func(string) {})
		if diff := cmp.Diff(u.ids(), seen, cmp.Transformer("nil", func(s []string) []string { return append([]string{}, s...) })); diff != "" && len(u.items)+len(seen) > 0 {
			t.Fatal(diff)
		}
	})
}

func TestUpstreamCallsAreAsFewAsCanBe(t *testing.T) {
	for _, numbered := range []bool{false, true} {
		u := newUpstream(600, 50, numbered)
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
		for range 11 { // on from page to page
			c = cost(1, Args{First: new(50), After: c.PageInfo.EndCursor()})
		}
		if c.PageInfo.HasNextPage {
			t.Error("12 pages of 50 are not the list")
		}
		tenth := hundred.Edges[9].Cursor()
		cost(1, Args{First: new(40), After: &tenth})
		cost(2, Args{First: new(41), After: &tenth})
		cost(1, Args{Last: new(5), Before: &tenth})
		cost(1, Args{Before: new(hundred.Edges[49].Cursor())}) // the edge that closes a page
		cost(2, Args{Last: new(5), Before: new(hundred.Edges[50].Cursor())})
		cost(12, Args{Last: new(5)})
		cost(1, Args{Last: new(5), After: c.PageInfo.StartCursor()}) // from the middle to the end: only what lies between
	}
}

func TestPagingArgumentsAreChecked(t *testing.T) {
	for text, args := range map[string]Args{
		"`first` must be between 0 and 100.":                               {First: new(101)},
		"`first` must be between 0 and 100. ":                              {First: new(-1)},
		"`last` must be between 0 and 100.":                                {Last: new(101)},
		"`last` must be between 0 and 100. ":                               {Last: new(-1)},
		"`first` and `last` cannot be given together: use one of them.":    {First: new(1), Last: new(1)},
		"`first` and `last` cannot be given together: use one of them.   ": {First: new(0), Last: new(0)},
	} {
		u := newUpstream(3, 50, false)
		_, err := u.list().Connect(t.Context(), args)
		if bad, ok := errors.AsType[*ArgumentError](err); !ok || bad.Reason != strings.TrimSpace(text) || u.calls != 0 {
			t.Errorf("%v: %v after %d calls", args, err, u.calls)
		}
	}
}

func TestACursorOfAnotherListIsRefusedBeforeAnyCall(t *testing.T) {
	u := newUpstream(3, 50, false)
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
