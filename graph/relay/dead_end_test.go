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

// breaks are the ways in which a list says that more follows after a page, but not how to
// get there: they return the token of the next page.
var breaks = map[string]func(token string) string{
	"no token":    func(string) string { return "" },
	"own token":   func(token string) string { return token },
	"empty pages": func(token string) string { return emptyPages + token },
}

// emptyPages begins the tokens of pages without items. Each leads to another such page.
const emptyPages = "empty "

// brokenUpstream is a list that breaks at the page with this number.
func brokenUpstream(u *fakeUpstream, kind string, pageNumber int) *List[string] {
	u.alter = func(number int, token string, page *UpstreamPage[string]) {
		if number == pageNumber {
			page.NextToken = breaks[kind](token)
		}
	}
	l := u.list()
	fetch := l.Fetch
	l.Fetch = func(ctx context.Context, token string) (UpstreamPage[string], error) {
		if strings.HasPrefix(token, emptyPages) {
			u.calls++
			return UpstreamPage[string]{HasMore: true, NextToken: token + "."}, nil
		}
		return fetch(ctx, token)
	}
	return l
}

// TestListWithoutContinuationNeverLooksComplete compares connections of a list that breaks
// at one page with those of the unbroken list. Either they are equal, or the caller selected
// more than the pages up to the break hold, and there is an error.
func TestListWithoutContinuationNeverLooksComplete(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.IntRange(1, 20).Draw(t, "page size")
		u := newFakeUpstream(rapid.IntRange(size+1, 60).Draw(t, "items"), size, rapid.Bool().Draw(t, "numbered")) // of two pages or more
		ids := u.ids()
		if pages := MaxPages - maxEmptyPages - 1; len(ids) > size*pages {
			u.items, ids = u.items[:size*pages], ids[:size*pages]
		}
		cursor := allCursors(t, u.list())
		kind := rapid.SampledFrom([]string{"no token", "own token", "empty pages"}).Draw(t, "kind")
		breakAt := rapid.IntRange(0, (len(ids)-1)/size-1).Draw(t, "break") // not the last page
		known := (breakAt + 1) * size
		l := brokenUpstream(u, kind, breakAt)

		edge := rapid.IntRange(-1, len(ids)-1) // -1: none
		after, before := edge.Draw(t, "after"), edge.Draw(t, "before")
		n, last := rapid.IntRange(0, 40).Draw(t, "n"), rapid.Bool().Draw(t, "last")
		args, afterID, beforeID := Args{First: &n}, "", ""
		if last {
			args = Args{Last: &n}
		}
		if after >= 0 {
			afterID, args.After = ids[after], new(cursor[ids[after]])
		}
		if before >= 0 {
			beforeID, args.Before = ids[before], new(cursor[ids[before]])
		}
		u.calls = 0
		c, err := l.Connect(t.Context(), args)
		if limit := len(ids)/size + 1 + maxEmptyPages + 1; u.calls > limit {
			t.Fatalf("%d calls", u.calls)
		}
		// A cursor of an edge that ends its page leads to the next one, even beyond the break.
		startsBeyond := after >= 0 && (after+1)/size > breakAt
		reaches := startsBeyond || before > after && before < known || !last && after+1+n <= known
		switch {
		case err != nil && (reaches || !errors.Is(err, ErrDeadEnd)):
			t.Fatalf("%v, although all is known", err)
		case err != nil:
			return
		}
		page, next, previous := specificationPage(ids, n, last, afterID, beforeID)
		if diff := cmp.Diff(page, c.Nodes()); diff != "" {
			t.Fatal(diff)
		}
		if c.PageInfo.HasNextPage != next || c.PageInfo.HasPreviousPage != previous {
			t.Fatalf("next %v, previous %v; want %v, %v", c.PageInfo.HasNextPage, c.PageInfo.HasPreviousPage, next, previous)
		}
	})
}

// A client that pages on gets every item up to the break once, and then an error, as
// often as it tries.
func TestPagingEndsAtTheBreakWithAnError(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		u := newFakeUpstream(rapid.IntRange(2, 120).Draw(t, "items"), rapid.IntRange(1, 25).Draw(t, "page size"), rapid.Bool().Draw(t, "numbered"))
		ids := u.ids()
		kind := rapid.SampledFrom([]string{"no token", "own token", "empty pages"}).Draw(t, "kind")
		breakAt := rapid.IntRange(0, (len(ids)-1)/u.pageSize).Draw(t, "break")
		if breakAt == (len(ids)-1)/u.pageSize {
			ids = append(ids, "never seen") // the last page claims to have a successor
		}
		l := brokenUpstream(u, kind, breakAt)
		alter := u.alter
		u.alter = func(number int, token string, page *UpstreamPage[string]) {
			page.HasMore = page.HasMore || number == breakAt
			alter(number, token, page)
		}
		known := min((breakAt+1)*u.pageSize, len(ids))
		if known == len(ids) {
			known-- // without "never seen"
		}
		var seen []string
		failures := 0
		for args := (Args{}); failures < 3; {
			n := rapid.IntRange(1, 25).Draw(t, "n")
			if failures == 0 && len(seen)+n > known && rapid.Bool().Draw(t, "exactly") && len(seen) < known {
				n = known - len(seen)
			}
			args.First = &n
			u.calls = 0
			c, err := l.Connect(t.Context(), args)
			switch {
			case u.calls > n/u.pageSize+2+maxEmptyPages+1:
				t.Fatalf("%d calls", u.calls)
			case errors.Is(err, ErrDeadEnd):
				failures++
			case err != nil || !c.PageInfo.HasNextPage:
				t.Fatalf("%v, next %v", err, err == nil && c.PageInfo.HasNextPage)
			case len(seen)+n > known:
				t.Fatalf("%d edges of %d", len(c.Edges), known-len(seen))
			default:
				seen, failures = append(seen, c.Nodes()...), 0
				args.After = c.PageInfo.EndCursor()
			}
		}
		if !slices.Equal(seen, ids[:len(seen)]) {
			t.Fatalf("got %v of %v", seen, ids[:known])
		}
	})
}

func TestDeadEndReturnsWhatIsKnown(t *testing.T) {
	for _, kind := range []string{"no token", "own token"} {
		u := newFakeUpstream(20, 5, false)
		healthy := connect(t, u.list(), Args{First: new(20)}).Edges
		eleventh, twelfth := new(healthy[10].Cursor()), new(healthy[11].Cursor())
		l := brokenUpstream(u, kind, 1)
		end := connect(t, l, Args{First: new(10)}).PageInfo.EndCursor()
		middle := connect(t, l, Args{First: new(8)}).PageInfo.EndCursor()
		for _, test := range []struct {
			args  Args
			edges int // -1: ErrDeadEnd
			next  bool
			calls int
		}{
			{Args{First: new(0)}, 0, true, 1},
			{Args{First: new(5)}, 5, true, 1},
			{Args{First: new(10)}, 10, true, 2},
			{Args{First: new(11)}, -1, false, 2},
			{Args{}, -1, false, 2},
			{Args{First: new(2), After: middle}, 2, true, 1},
			{Args{First: new(3), After: middle}, -1, false, 1},
			{Args{First: new(0), After: end}, 0, true, 1},
			{Args{First: new(1), After: end}, -1, false, 1},
			{Args{Last: new(3)}, -1, false, 2},
			{Args{Last: new(3), Before: end}, 3, true, 2},
			{Args{First: new(10), Before: end}, 9, false, 2},
			{Args{First: new(10), Before: eleventh}, 10, false, 2}, // the cursor says what precedes it
			{Args{Last: new(3), Before: eleventh}, 3, true, 2},
			{Args{First: new(10), Before: twelfth}, 10, true, 2},
			{Args{First: new(11), Before: twelfth}, -1, false, 2},
			{Args{Last: new(3), Before: twelfth}, -1, false, 2},
			{Args{First: new(1), After: eleventh}, 1, true, 1}, // the upstream still accepts later tokens
		} {
			u.calls = 0
			c, err := l.Connect(t.Context(), test.args)
			switch {
			case u.calls != test.calls:
				t.Errorf("%s, %+v: %d calls, want %d", kind, test, u.calls, test.calls)
			case test.edges < 0:
				if !errors.Is(err, ErrDeadEnd) {
					t.Errorf("%s, %+v: %v", kind, test, err)
				}
			case err != nil || len(c.Edges) != test.edges || c.PageInfo.HasNextPage != test.next:
				t.Errorf("%s, %+v: %+v, %v", kind, test, c, err)
			}
		}
		// The upstream corrects the page: the cursor leads on.
		u.alter = nil
		if c := connect(t, l, Args{First: new(100), After: end}); !slices.Equal(c.Nodes(), u.ids()[10:]) || c.PageInfo.HasNextPage {
			t.Errorf("%s, corrected: %v", kind, c.Nodes())
		}
	}
}

func TestEmptyDeadEndIsAnErrorUnlessNothingIsRequested(t *testing.T) {
	l := &List[string]{Scope: "s", Codec: NewCodec(""), ID: func(id string) string { return id }, Fetch: func(context.Context, string) (UpstreamPage[string], error) {
		return UpstreamPage[string]{HasMore: true}, nil
	}}
	for _, args := range []Args{{}, {First: new(1)}, {Last: new(1)}, {Last: new(0)}} {
		if c, err := l.Connect(t.Context(), args); !errors.Is(err, ErrDeadEnd) {
			t.Errorf("%+v, %v", c, err)
		}
	}
	if c := connect(t, l, Args{First: new(0)}); !c.PageInfo.HasNextPage {
		t.Error("an empty page looks like the end of the list")
	}
}

func TestEmptyPagesAreFetchedOnlyOnce(t *testing.T) {
	calls := 0
	l := &List[string]{Scope: "s", Codec: NewCodec(""), ID: func(id string) string { return id }, Fetch: func(_ context.Context, token string) (UpstreamPage[string], error) {
		calls++
		return UpstreamPage[string]{HasMore: true, NextToken: token + "."}, nil
	}}
	before := l.Codec.Encode("s", Cursor{PageToken: "t", PageNumber: 1, IDHash: 1})
	for _, args := range []Args{{First: new(0)}, {First: new(0), Before: &before}} {
		calls = 0
		if c := connect(t, l, args); len(c.Edges) != 0 || !c.PageInfo.HasNextPage || calls != maxEmptyPages+1 {
			t.Errorf("%d edges, next %v after %d calls", len(c.Edges), c.PageInfo.HasNextPage, calls)
		}
	}
}
