package relay

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

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
			case err != nil && !(errors.Is(err, ErrCursorExpired) && (lost || vague)):
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

func TestAnEdgeThatMovedCostsUpToThreeMoreCalls(t *testing.T) {
	for added, calls := range map[int]int{0: 1, 25: 1, 50: 2, 100: 3, 150: 4} {
		u := newUpstream(600, 50, false)
		l := u.list()
		cursor := connect(t, l, Args{First: new(20)}).Edges[9].Cursor()
		u.insert(0, added)
		u.calls = 0
		if c := connect(t, l, Args{First: new(10), After: &cursor}); c.Nodes()[0] != "id11" || u.calls != calls {
			t.Errorf("%d added: %v in %d calls", added, c.Nodes(), u.calls)
		}
	}
}

// What a cursor knows of the items in front of its page it may have from an
// older one, and others may have come in between since.
func TestWhatCameBetweenTwoCursorsIsNotLost(t *testing.T) {
	u := newUpstream(6, 3, false)
	l := u.list()
	first := connect(t, l, Args{First: new(3)})
	u.insert(2, 1) // id7, in front of id3
	u.remove("id3")
	second := connect(t, l, Args{First: new(3), After: first.PageInfo.EndCursor()})
	u.remove("id4")
	back := connect(t, l, Args{Last: new(3), Before: second.PageInfo.StartCursor()})
	if want := []string{"id1", "id2", "id7"}; !slices.Equal(back.Nodes(), want) {
		t.Errorf("%v, want %v", back.Nodes(), want)
	}
}

func TestAnEdgePushedOutOfReachIsNotTakenForGone(t *testing.T) {
	for _, edge := range []int{1, 2, 4, 21} {
		u := newUpstream(60, 50, false)
		l := u.list()
		cursor := connect(t, l, Args{First: new(30)}).Edges[edge-1].Cursor()
		u.insert(0, 300)
		for _, args := range []Args{{First: new(3), After: &cursor}, {Last: new(3), Before: &cursor}} {
			if c, err := l.Connect(t.Context(), args); !errors.Is(err, ErrCursorExpired) {
				t.Errorf("from id%d: %v, %v", edge, c, err)
			}
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
		if c, err := l.Connect(t.Context(), args); !errors.Is(err, ErrCursorExpired) {
			t.Errorf("%v, %v", c, err)
		}
	}
}
