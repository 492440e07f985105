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

// TestPaginationNeitherRepeatsNorSkipsRemainingItems changes a list under keyset tokens
// between any two pages: single items are inserted and removed anywhere, the edge of
// the cursor is removed with up to two of its neighbors, and up to three pages of
// items are inserted, most often right before that edge.
func TestPaginationNeitherRepeatsNorSkipsRemainingItems(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.IntRange(5, 12).Draw(t, "page size")
		u := newFakeUpstream(rapid.IntRange(1, 90).Draw(t, "items"), size, false)
		before := u.ids()
		backwards := rapid.Bool().Draw(t, "backwards")
		capacity := 20 * size // items that may still be inserted, so that the pagination ends
		seen := paginate(t, u.pager(t), backwards, func(id string) {
			position := slices.Index(u.ids(), id)
			if n := rapid.IntRange(0, min(3*size, capacity)).Draw(t, "inserted"); n > 0 {
				capacity -= n
				index := rapid.IntRange(0, len(u.items)).Draw(t, "index")
				if position >= 0 && rapid.Bool().Draw(t, "before") {
					index = max(0, position-rapid.IntRange(0, 3).Draw(t, "distance"))
				}
				u.insert(index, n)
			}
			position = slices.Index(u.ids(), id)
			switch rapid.IntRange(0, 3).Draw(t, "removed") {
			case 1: // the edge itself
				u.remove(id)
			case 2: // and up to two items before it
				if position >= 0 {
					u.remove(u.ids()[max(0, position-2) : position+1]...)
				}
			case 3:
				if len(u.items) > 0 {
					u.remove(rapid.SampledFrom(u.ids()).Draw(t, "removed item"))
				}
			}
		})
		remaining := slices.DeleteFunc(slices.Clone(before), func(id string) bool { return !slices.Contains(u.ids(), id) })
		got := slices.DeleteFunc(slices.Clone(seen), func(id string) bool { return !slices.Contains(remaining, id) })
		if diff := cmp.Diff(remaining, got); diff != "" {
			t.Fatal(diff)
		}
	})
}

// checkRemaining checks that got, without the items inserted since ids was read, is
// a prefix of the items of want that have not been removed, or a suffix if fromEnd.
// If complete, it must be all of them.
func checkRemaining(t *rapid.T, u *fakeUpstream, ids, got, want []string, fromEnd, complete bool) {
	t.Helper()
	now := u.ids()
	old := slices.DeleteFunc(slices.Clone(got), func(id string) bool { return !slices.Contains(ids, id) })
	remaining := slices.DeleteFunc(slices.Clone(want), func(id string) bool { return !slices.Contains(now, id) })
	if len(old) > len(remaining) || complete && len(old) < len(remaining) {
		t.Fatalf("got %v\nof %v", got, remaining)
	}
	if fromEnd {
		remaining = remaining[len(remaining)-len(old):]
	}
	if !slices.Equal(old, remaining[:len(old)]) {
		t.Fatalf("got %v\nof %v", got, remaining)
	}
}

// TestCursorFindsRemainingItemsAfterLargeChange removes whole runs of items at once,
// and others anywhere, and inserts up to three pages of items. A cursor may expire
// only if its edge and all five neighbors have been removed.
func TestCursorFindsRemainingItemsAfterLargeChange(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.IntRange(1, 12).Draw(t, "page size")
		u := newFakeUpstream(rapid.IntRange(2, min(90, 20*size)).Draw(t, "items"), size, false)
		l, ids := u.list(), u.ids()
		cursor := allCursors(t, l)
		x := rapid.IntRange(0, len(ids)-1).Draw(t, "edge")
		y := rapid.IntRange(x, len(ids)-1).Draw(t, "later edge")

		u.insert(rapid.IntRange(0, len(ids)).Draw(t, "index"), rapid.IntRange(0, 3*size).Draw(t, "inserted"))
		run := rapid.IntRange(0, 20).Draw(t, "run")
		from := max(0, x-rapid.IntRange(0, run).Draw(t, "run before edge"))
		u.remove(ids[from:min(from+run, len(ids))]...)
		u.remove(rapid.SliceOfN(rapid.SampledFrom(ids), 0, 6).Draw(t, "others")...)

		removed := func(encoded string) bool { // the edge with all its neighbors
			cursor, err := l.Codec.Decode(l.Scope, encoded)
			return err == nil && !slices.ContainsFunc(u.ids(), func(id string) bool {
				h := hashID(id)
				return h == cursor.IDHash || slices.Contains(cursor.HashesBefore, h) || slices.Contains(cursor.HashesAfter, h)
			})
		}
		n := rapid.IntRange(1, 30).Draw(t, "n")
		atX, atY := cursor[ids[x]], cursor[ids[y]]
		for _, test := range []struct {
			args Args
			want []string
		}{
			{Args{First: &n, After: &atX}, ids[x+1:]},
			{Args{Last: &n, Before: &atX}, ids[:x]},
			{Args{First: &n, Before: &atX}, ids[:x]},
			{Args{First: &n, After: &atX, Before: &atY}, ids[min(x+1, y):y]},
			{Args{Last: &n, After: &atX, Before: &atY}, ids[min(x+1, y):y]},
		} {
			afterRemoved := test.args.After != nil && removed(*test.args.After)
			beforeRemoved := test.args.Before != nil && removed(*test.args.Before)
			switch c, err := l.Connect(context.Background(), test.args); {
			case err != nil && !(errors.Is(err, ErrCursorExpired) && (afterRemoved || beforeRemoved)):
				t.Fatal(err)
			case err != nil, beforeRemoved && test.args.First != nil, test.args.After != nil && test.args.Before != nil && x == y:
			case test.args.First != nil:
				checkRemaining(t, u, ids, c.Nodes(), test.want, false, !c.PageInfo.HasNextPage)
			default:
				checkRemaining(t, u, ids, c.Nodes(), test.want, true, !c.PageInfo.HasPreviousPage)
			}
		}
	})
}

func TestPaginationTerminatesUnderPageNumbers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		u := newFakeUpstream(rapid.IntRange(1, 90).Draw(t, "items"), rapid.IntRange(5, 12).Draw(t, "page size"), true)
		capacity := 60
		paginate(t, u.pager(t), false, func(string) {
			if n := rapid.IntRange(0, min(15, capacity)).Draw(t, "inserted"); n > 0 {
				capacity -= n
				u.insert(rapid.IntRange(0, len(u.items)).Draw(t, "index"), n)
			}
			if len(u.items) > 0 && rapid.Bool().Draw(t, "remove") {
				u.remove(rapid.SampledFrom(u.ids()).Draw(t, "removed item"))
			}
		})
	})
}

// TestCursorSurvivesInsertionsBeforeIt pages forwards and backwards from every edge of
// a list, after 150 items were inserted before it under pages of 50, with the edge
// still in the list and with it removed.
func TestCursorSurvivesInsertionsBeforeIt(t *testing.T) {
	const items = 130
	for _, removed := range []bool{false, true} {
		for i := range items {
			for _, distance := range []int{0, 1, 2, 60, items} {
				u := newFakeUpstream(items, 50, false)
				l, ids := u.list(), u.ids()
				all := connect(t, l, Args{First: new(100)})
				edges := append(all.Edges, connect(t, l, Args{First: new(100), After: all.PageInfo.EndCursor()}).Edges...)
				cursor := edges[i].Cursor()
				u.insert(max(0, i-distance), 150)
				if removed {
					u.remove(ids[i])
				}
				old := func(nodes []string) []string {
					return slices.DeleteFunc(nodes, func(id string) bool { return !slices.Contains(ids, id) })
				}
				after := connect(t, l, Args{First: new(100), After: &cursor})
				if got, want := old(after.Nodes()), ids[i+1:]; !slices.Equal(got, want[:min(len(want), len(got))]) || len(after.Edges) < min(len(want), 100) {
					t.Fatalf("after %d, removed %v, inserted %d before it: %v", i, removed, distance, got)
				}
				before := connect(t, l, Args{Last: new(100), Before: &cursor})
				if got, want := old(before.Nodes()), ids[:i]; !slices.Equal(got, want[len(want)-min(len(want), len(got)):]) || len(before.Edges) < min(i, 100) {
					t.Fatalf("before %d, removed %v, inserted %d before it: %v", i, removed, distance, got)
				}
			}
		}
	}
}

func TestRemovedEdgeCostsFewCalls(t *testing.T) {
	for _, test := range []struct {
		items         int
		edge          string
		removed       []string
		after, before int // calls
	}{
		{600, "id20", []string{"id20"}, 1, 1},
		{600, "id20", []string{"id16", "id17", "id18", "id19", "id20"}, 1, 1},
		{600, "id51", []string{"id51"}, 1, 2},        // the first of its page
		{600, "id51", []string{"id1", "id51"}, 1, 1}, // the keyset tokens are others
		{600, "id50", []string{"id50"}, 1, 5},        // the last of its page, whose cursor has no neighbor after it
		{600, "id600", []string{"id600"}, 1, 12},     // the last of the list
		{2100, "id1999", []string{"id1999"}, 2, 40},  // as far as backward pagination reaches
	} {
		u := newFakeUpstream(test.items, 50, false)
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
		u.remove(test.removed...)
		u.calls = 0
		after := connect(t, l, Args{First: new(10), After: &cursor})
		if want := ids[number:min(number+10, len(ids))]; !slices.Equal(after.Nodes(), want) || u.calls != test.after {
			t.Errorf("after %s: %v in %d calls", test.edge, after.Nodes(), u.calls)
		}
		u.calls = 0
		before := connect(t, l, Args{Last: new(1), Before: &cursor})
		if want := ids[number-len(test.removed)-1]; len(test.removed) != 2 && before.Nodes()[0] != want || u.calls != test.before {
			t.Errorf("before %s: %v in %d calls", test.edge, before.Nodes(), u.calls)
		}
	}
}

func TestMovedEdgeCostsAtMostThreeMoreCalls(t *testing.T) {
	for inserted, calls := range map[int]int{0: 1, 25: 1, 50: 2, 100: 3, 150: 4} {
		u := newFakeUpstream(600, 50, false)
		l := u.list()
		cursor := connect(t, l, Args{First: new(20)}).Edges[9].Cursor()
		u.insert(0, inserted)
		u.calls = 0
		if c := connect(t, l, Args{First: new(10), After: &cursor}); c.Nodes()[0] != "id11" || u.calls != calls {
			t.Errorf("%d inserted: %v in %d calls", inserted, c.Nodes(), u.calls)
		}
	}
}

// TestItemsInsertedBetweenTwoCursorsAreNotSkipped: a cursor may have its hashes of the
// ids before its page from an older cursor, and items may have been inserted since.
func TestItemsInsertedBetweenTwoCursorsAreNotSkipped(t *testing.T) {
	u := newFakeUpstream(6, 3, false)
	l := u.list()
	first := connect(t, l, Args{First: new(3)})
	u.insert(2, 1) // id7, before id3
	u.remove("id3")
	second := connect(t, l, Args{First: new(3), After: first.PageInfo.EndCursor()})
	u.remove("id4")
	back := connect(t, l, Args{Last: new(3), Before: second.PageInfo.StartCursor()})
	if want := []string{"id1", "id2", "id7"}; !slices.Equal(back.Nodes(), want) {
		t.Errorf("%v, want %v", back.Nodes(), want)
	}
}

func TestEdgeBeyondLookaheadExpiresCursor(t *testing.T) {
	for _, edge := range []int{1, 2, 4, 21} {
		u := newFakeUpstream(60, 50, false)
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

func TestEmptiedListIsEmptyFromAnyCursor(t *testing.T) {
	u := newFakeUpstream(12, 50, false)
	l := u.list()
	cursor := connect(t, l, Args{}).Edges[7].Cursor()
	u.remove(u.ids()...)
	for _, args := range []Args{{After: &cursor}, {Before: &cursor}, {Last: new(5), Before: &cursor}} {
		if c := connect(t, l, args); len(c.Edges) > 0 || c.PageInfo.HasNextPage {
			t.Errorf("%v", c.Nodes())
		}
	}
}

func TestCursorExpiresWithAllItsNeighbors(t *testing.T) {
	u := newFakeUpstream(120, 50, false)
	l := u.list()
	cursor := connect(t, l, Args{First: new(50)}).Edges[19].Cursor() // id20
	u.remove("id17", "id18", "id19", "id20", "id21", "id22")
	for _, args := range []Args{{After: &cursor}, {Last: new(5), Before: &cursor}} {
		if c, err := l.Connect(t.Context(), args); !errors.Is(err, ErrCursorExpired) {
			t.Errorf("%v, %v", c, err)
		}
	}
}
