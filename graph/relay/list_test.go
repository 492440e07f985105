package relay

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
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
		if len(u.items) > u.size*maxPages {
			u.items = u.items[:u.size*maxPages]
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

// TestNothingThatStayedIsRepeatedOrLost changes a list under keyset tokens
// between any two pages: single items come and go anywhere, the edge that one
// stands on goes with up to two of its neighbours, and as many items as three
// pages hold are added, most often right in front of where one stands.
func TestNothingThatStayedIsRepeatedOrLost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.IntRange(5, 12).Draw(t, "page size")
		u := newUpstream(rapid.IntRange(1, 90).Draw(t, "items"), size, false)
		before := u.ids()
		backwards := rapid.Bool().Draw(t, "backwards")
		room := 20 * size // what may still be added, so that no walk gets too deep
		seen := walkThrough(t, u, backwards, func(at string) {
			here := slices.Index(u.ids(), at)
			if n := rapid.IntRange(0, min(3*size, room)).Draw(t, "added"); n > 0 {
				room -= n
				where := rapid.IntRange(0, len(u.items)).Draw(t, "where")
				if here >= 0 && rapid.Bool().Draw(t, "in front") {
					where = max(0, here-rapid.IntRange(0, 3).Draw(t, "how near"))
				}
				u.insert(where, n)
			}
			here = slices.Index(u.ids(), at)
			switch rapid.IntRange(0, 3).Draw(t, "removed") {
			case 1: // the edge itself
				u.remove(at)
			case 2: // and what stood in front of it
				if here >= 0 {
					u.remove(u.ids()[max(0, here-2) : here+1]...)
				}
			case 3:
				if len(u.items) > 0 {
					u.remove(rapid.SampledFrom(u.ids()).Draw(t, "gone"))
				}
			}
		})
		stayed := slices.DeleteFunc(slices.Clone(before), func(id string) bool { return !slices.Contains(u.ids(), id) })
		got := slices.DeleteFunc(slices.Clone(seen), func(id string) bool { return !slices.Contains(stayed, id) })
		if diff := cmp.Diff(stayed, got); diff != "" {
			t.Fatal(diff)
		}
	})
}

// stays checks that got is what remains of want, its items in their order:
// all of it if whole, else its beginning, or its end if last.
func stays(t *rapid.T, u *upstream, ids, got, want []string, last, whole bool) {
	t.Helper()
	now := u.ids()
	old := slices.DeleteFunc(slices.Clone(got), func(id string) bool { return !slices.Contains(ids, id) })
	left := slices.DeleteFunc(slices.Clone(want), func(id string) bool { return !slices.Contains(now, id) })
	if len(old) > len(left) || whole && len(old) < len(left) {
		t.Fatalf("got %v\nof %v", got, left)
	}
	if last {
		left = left[len(left)-len(old):]
	}
	if !slices.Equal(old, left[:len(old)]) {
		t.Fatalf("got %v\nof %v", got, left)
	}
}

// TestWhatStayedIsFoundFromAnyCursorAfterOneLargeChange removes whole runs of
// items at once, and others anywhere, while as many are added as three pages
// hold. A place is given up only when the edge and all five neighbours are gone.
func TestWhatStayedIsFoundFromAnyCursorAfterOneLargeChange(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.IntRange(1, 12).Draw(t, "page size")
		u := newUpstream(rapid.IntRange(2, min(90, 20*size)).Draw(t, "items"), size, false)
		l, ids := u.list(), u.ids()
		cursor := cursors(t, l)
		x := rapid.IntRange(0, len(ids)-1).Draw(t, "edge")
		y := rapid.IntRange(x, len(ids)-1).Draw(t, "another")

		u.insert(rapid.IntRange(0, len(ids)).Draw(t, "where"), rapid.IntRange(0, 3*size).Draw(t, "added"))
		run := rapid.IntRange(0, 20).Draw(t, "run")
		from := max(0, x-rapid.IntRange(0, run).Draw(t, "run in front"))
		u.remove(ids[from:min(from+run, len(ids))]...)
		u.remove(rapid.SliceOfN(rapid.SampledFrom(ids), 0, 6).Draw(t, "others")...)

		gone := func(cursor string) bool { // the edge with all its neighbours
			at, err := l.Codec.Decode(l.Scope, cursor)
			return err == nil && !slices.ContainsFunc(u.ids(), func(id string) bool {
				h := idHash(id)
				return h == at.Self || slices.Contains(at.Front, h) || slices.Contains(at.Behind, h)
			})
		}
		n := rapid.IntRange(1, 30).Draw(t, "n")
		here, there := cursor[ids[x]], cursor[ids[y]]
		for _, test := range []struct {
			args Args
			want []string
		}{
			{Args{First: &n, After: &here}, ids[x+1:]},
			{Args{Last: &n, Before: &here}, ids[:x]},
			{Args{First: &n, Before: &here}, ids[:x]},
			{Args{First: &n, After: &here, Before: &there}, ids[min(x+1, y):y]},
			{Args{Last: &n, After: &here, Before: &there}, ids[min(x+1, y):y]},
		} {
			lost := test.args.After != nil && gone(*test.args.After)
			vague := test.args.Before != nil && gone(*test.args.Before)
			switch c, err := l.Connect(context.Background(), test.args); {
			case err != nil && !(errors.Is(err, ErrGone) && (lost || vague)):
				t.Fatal(err)
			case err != nil, vague && test.args.First != nil, test.args.After != nil && test.args.Before != nil && x == y:
			case test.args.First != nil:
				stays(t, u, ids, c.Nodes(), test.want, false, !c.PageInfo.HasNextPage)
			default:
				stays(t, u, ids, c.Nodes(), test.want, true, !c.PageInfo.HasPreviousPage)
			}
		}
	})
}

func TestAWalkEndsUnderPageNumbersWhateverChanges(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		u := newUpstream(rapid.IntRange(1, 90).Draw(t, "items"), rapid.IntRange(5, 12).Draw(t, "page size"), true)
		room := 60
		walkThrough(t, u, false, func(string) {
			if n := rapid.IntRange(0, min(15, room)).Draw(t, "added"); n > 0 {
				room -= n
				u.insert(rapid.IntRange(0, len(u.items)).Draw(t, "where"), n)
			}
			if len(u.items) > 0 && rapid.Bool().Draw(t, "remove") {
				u.remove(rapid.SampledFrom(u.ids()).Draw(t, "gone"))
			}
		})
	})
}

// TestACursorHoldsAfterAnyChangeInFront goes back and forth from every edge of
// a list, after 150 items came in front of it under pages of 50, with the edge
// still there and gone.
func TestACursorHoldsAfterAnyChangeInFront(t *testing.T) {
	const items = 130
	for _, gone := range []bool{false, true} {
		for i := range items {
			for _, distance := range []int{0, 1, 2, 60, items} {
				u := newUpstream(items, 50, false)
				l, ids := u.list(), u.ids()
				all := connect(t, l, Args{First: new(100)})
				edges := append(all.Edges, connect(t, l, Args{First: new(100), After: all.PageInfo.EndCursor()}).Edges...)
				cursor := edges[i].Cursor()
				u.insert(max(0, i-distance), 150)
				if gone {
					u.remove(ids[i])
				}
				old := func(nodes []string) []string {
					return slices.DeleteFunc(nodes, func(id string) bool { return !slices.Contains(ids, id) })
				}
				behind := connect(t, l, Args{First: new(100), After: &cursor})
				if got, want := old(behind.Nodes()), ids[i+1:]; !slices.Equal(got, want[:min(len(want), len(got))]) || len(behind.Edges) < min(len(want), 100) {
					t.Fatalf("behind %d, gone %v, added %d in front: %v", i, gone, distance, got)
				}
				front := connect(t, l, Args{Last: new(100), Before: &cursor})
				if got, want := old(front.Nodes()), ids[:i]; !slices.Equal(got, want[len(want)-min(len(want), len(got)):]) || len(front.Edges) < min(i, 100) {
					t.Fatalf("in front of %d, gone %v, added %d in front: %v", i, gone, distance, got)
				}
			}
		}
	}
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

func TestBackwardPagingIsBounded(t *testing.T) {
	u := newUpstream(2001, 50, false)
	if _, err := u.list().Connect(t.Context(), Args{Last: new(1)}); !errors.Is(err, ErrTooDeep) || u.calls != 40 {
		t.Errorf("%v after %d calls", err, u.calls)
	}
	u = newUpstream(2000, 50, false)
	if c := connect(t, u.list(), Args{Last: new(1)}); c.Nodes()[0] != "id2000" {
		t.Errorf("got %v", c.Nodes())
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

func TestAListWithoutAnEndIsAnErrorWithinAFewCalls(t *testing.T) {
	for name, test := range map[string]struct {
		fetch func(token string, call int) ([]string, string)
		calls int
	}{
		"one token for ever":      {func(string, int) ([]string, string) { return []string{"a"}, "t" }, 2},
		"two tokens in turn":      {func(_ string, call int) ([]string, string) { return []string{"a"}, fmt.Sprint(call % 2) }, 3},
		"empty pages, new tokens": {func(_ string, call int) ([]string, string) { return nil, fmt.Sprint(call) }, 4},
	} {
		calls := 0
		l := &List[string]{Scope: "s", Codec: NewCodec(""), ID: func(s string) string { return s },
			Fetch: func(_ context.Context, token string) ([]string, string, error) {
				calls++
				items, next := test.fetch(token, calls)
				return items, next, nil
			}}
		if _, err := l.Connect(t.Context(), Args{First: new(100)}); !errors.Is(err, ErrEndless) || calls != test.calls {
			t.Errorf("%s: %v after %d calls", name, err, calls)
		}
	}
}

// TestACircleOfTokensEnds walks a list whose third page leads back to its second:
// no single connection meets a token twice, so the cursors must tell.
func TestACircleOfTokensEnds(t *testing.T) {
	for _, circle := range []int{1, 2, 3, 7} {
		calls := 0
		l := &List[string]{Scope: "s", Codec: NewCodec(""), ID: func(s string) string { return s },
			Fetch: func(_ context.Context, token string) ([]string, string, error) {
				calls++
				n := 0
				if token != "" {
					n, _ = strconv.Atoi(token)
				}
				items := make([]string, 50)
				for i := range items {
					items[i] = fmt.Sprint(n, "-", i)
				}
				return items, fmt.Sprint(n%circle + 1), nil
			}}
		for _, n := range []int{10, 25, 50, 100} {
			calls = 0
			for args := (Args{First: &n}); ; {
				c, err := l.Connect(t.Context(), args)
				if errors.Is(err, ErrEndless) {
					break
				}
				if err != nil || calls > 5*circle+50/n*10 {
					t.Fatalf("a circle of %d, %d at a time: %v after %d calls", circle, n, err, calls)
				}
				args.After = c.PageInfo.EndCursor()
			}
		}
	}
}

func TestAPageIsShorterWhereFullOnesWouldTakeTooManyCalls(t *testing.T) {
	u := newUpstream(150, 2, false) // as a filter applied after paging leaves a list
	l := u.list()
	c := connect(t, l, Args{First: new(100)})
	if len(c.Edges) != 80 || u.calls != 40 || !c.PageInfo.HasNextPage {
		t.Errorf("%d edges after %d calls, next %v", len(c.Edges), u.calls, c.PageInfo.HasNextPage)
	}
	if c = connect(t, l, Args{First: new(100), After: c.PageInfo.EndCursor()}); len(c.Edges) != 70 || c.PageInfo.HasNextPage {
		t.Errorf("%d edges", len(c.Edges))
	}
}

func TestAnEdgeThatIsGoneCostsFewCalls(t *testing.T) {
	for _, test := range []struct {
		items         int
		edge          string
		gone          []string
		after, before int // calls
	}{
		{600, "id20", []string{"id20"}, 1, 1},
		{600, "id20", []string{"id16", "id17", "id18", "id19", "id20"}, 1, 1},
		{600, "id51", []string{"id51"}, 1, 2},        // the first of its page
		{600, "id51", []string{"id1", "id51"}, 1, 1}, // and other pages lead there
		{600, "id50", []string{"id50"}, 1, 5},        // the last of its page, which knows of none behind it
		{600, "id600", []string{"id600"}, 1, 12},     // the last of all
		{2100, "id1999", []string{"id1999"}, 2, 40},  // as far as backward paging reaches
	} {
		u := newUpstream(test.items, 50, false)
		l := u.list()
		number, _ := strconv.Atoi(strings.TrimPrefix(test.edge, "id"))
		var cursor string
		for args := (Args{First: new(50)}); cursor == ""; {
			c := connect(t, l, args)
			if args.After = c.PageInfo.EndCursor(); slices.Contains(c.Nodes(), test.edge) {
				cursor = c.Edges[(number-1)%50].Cursor()
			}
		}
		ids := u.ids()
		u.remove(test.gone...)
		u.calls = 0
		after := connect(t, l, Args{First: new(10), After: &cursor})
		if want := ids[number:min(number+10, len(ids))]; !slices.Equal(after.Nodes(), want) || u.calls != test.after {
			t.Errorf("after %s: %v in %d calls", test.edge, after.Nodes(), u.calls)
		}
		u.calls = 0
		before := connect(t, l, Args{Last: new(1), Before: &cursor})
		if want := ids[number-len(test.gone)-1]; len(test.gone) != 2 && before.Nodes()[0] != want || u.calls != test.before {
			t.Errorf("before %s: %v in %d calls", test.edge, before.Nodes(), u.calls)
		}
	}
}

func TestAListThatWasEmptiedIsEmptyFromAnyCursor(t *testing.T) {
	u := newUpstream(12, 50, false)
	l := u.list()
	cursor := connect(t, l, Args{}).Edges[7].Cursor()
	u.remove(u.ids()...)
	for _, args := range []Args{{After: &cursor}, {Before: &cursor}, {Last: new(5), Before: &cursor}} {
		if c := connect(t, l, args); len(c.Edges) > 0 || c.PageInfo.HasNextPage {
			t.Errorf("%v", c.Nodes())
		}
	}
}

func TestAPlaceOfWhichNothingIsLeftIsAnError(t *testing.T) {
	u := newUpstream(120, 50, false)
	l := u.list()
	cursor := connect(t, l, Args{First: new(50)}).Edges[19].Cursor() // id20
	u.remove("id17", "id18", "id19", "id20", "id21", "id22")
	for _, args := range []Args{{After: &cursor}, {Last: new(5), Before: &cursor}} {
		if c, err := l.Connect(t.Context(), args); !errors.Is(err, ErrGone) {
			t.Errorf("%v, %v", c, err)
		}
	}
}

func TestEmptyPagesInBetweenAreWalkedOver(t *testing.T) {
	pages := map[string]struct {
		items []string
		next  string
	}{"": {nil, "1"}, "1": {nil, "2"}, "2": {[]string{"a"}, "3"}, "3": {nil, "4"}, "4": {nil, "5"}, "5": {nil, "6"}, "6": {[]string{"b"}, ""}}
	l := &List[string]{Scope: "s", Codec: NewCodec(""), ID: func(s string) string { return s },
		Fetch: func(_ context.Context, token string) ([]string, string, error) {
			return pages[token].items, pages[token].next, nil
		}}
	if c := connect(t, l, Args{}); !slices.Equal(c.Nodes(), []string{"a", "b"}) || c.PageInfo.HasNextPage {
		t.Errorf("%v", c.Nodes())
	}
}

func TestErrorsOfAFetchArePassedOn(t *testing.T) {
	failed := errors.New("failed")
	l := &List[string]{Scope: "s", Codec: NewCodec(""), ID: func(s string) string { return s },
		Fetch: func(context.Context, string) ([]string, string, error) { return nil, "", failed }}
	cursor := l.Codec.Encode("s", Cursor{Token: "t", Page: 1, Self: 1})
	for _, args := range []Args{{}, {Last: new(1)}, {After: &cursor}, {Before: &cursor}} {
		if _, err := l.Connect(t.Context(), args); !errors.Is(err, failed) {
			t.Errorf("%v", err)
		}
	}
}
