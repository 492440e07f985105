package relay

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func connectSorted(t *testing.T, list Sorted[string], args Args) *Connection[string] {
	t.Helper()
	c, err := ConnectSorted(NewCodec(""), "test", list, args)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// pageArguments returns every combination of a size, or none, and of a direction.
func pageArguments(maxSize int) []Args {
	all := []Args{{}}
	for n := range maxSize + 1 {
		all = append(all, Args{First: new(n)}, Args{Last: new(n)})
	}
	return all
}

// TestConnectSortedReturnsWhatConnectReturns compares every combination of arguments over
// lists of up to 5 items. The cursors are of the whole list, or of one that still had
// another item.
func TestConnectSortedReturnsWhatConnectReturns(t *testing.T) {
	type cursors struct{ page, keyset *string }
	for size := range 6 {
		for removed := -1; removed < size; removed++ {
			items := newSortedItems(size)
			u := &fakeUpstream{items: items, pageSize: MaxPageSize}
			edges := []cursors{{}}
			for i, edge := range connect(t, u.list(), Args{}).Edges {
				edges = append(edges, cursors{new(edge.Cursor()), new(connectSorted(t, items, Args{}).Edges[i].Cursor())})
			}
			if removed >= 0 {
				items = slices.Delete(slices.Clone(items), removed, removed+1)
				u.items = items
			}
			for _, args := range pageArguments(size + 1) {
				for afterIndex, after := range edges {
					for beforeIndex, before := range edges {
						args.After, args.Before = after.page, before.page
						want := connect(t, u.list(), args)
						args.After, args.Before = after.keyset, before.keyset
						got := connectSorted(t, items, args)
						same := slices.Equal(got.Nodes(), want.Nodes()) &&
							got.PageInfo.HasNextPage == want.PageInfo.HasNextPage && got.PageInfo.HasPreviousPage == want.PageInfo.HasPreviousPage
						if !same {
							t.Fatalf("%d items without %d, after %d, before %d, %+v:\ngot  %v %+v\nwant %v %+v", size, removed, afterIndex, beforeIndex, args,
								got.Nodes(), got.PageInfo, want.Nodes(), want.PageInfo)
						}
					}
				}
			}
		}
	}
}

func TestConnectSortedFollowsRelaySpecification(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := newSortedItems(rapid.IntRange(0, 150).Draw(t, "items"))
		ids, cursor := list.ids(), cursorsOf(list.pager(t))
		x, y := rapid.IntRange(-1, len(ids)-1).Draw(t, "after"), rapid.IntRange(-1, len(ids)-1).Draw(t, "before")
		n, last := rapid.IntRange(0, MaxPageSize).Draw(t, "n"), rapid.Bool().Draw(t, "last")
		args, after, before := Args{First: &n}, "", ""
		if last {
			args = Args{Last: &n}
		}
		if x >= 0 {
			after = ids[x]
			args.After = new(cursor[after])
		}
		if y >= 0 {
			before = ids[y]
			args.Before = new(cursor[before])
		}
		c := list.pager(t)(args)
		want, next, previous := specificationPage(ids, n, last, after, before)
		if diff := cmp.Diff(want, c.Nodes()); diff != "" {
			t.Fatal(diff)
		}
		if c.PageInfo.HasNextPage != next || c.PageInfo.HasPreviousPage != previous {
			t.Fatalf("next %v, previous %v; want %v, %v", c.PageInfo.HasNextPage, c.PageInfo.HasPreviousPage, next, previous)
		}
		for _, e := range c.Edges { // from another codec with the same secret
			if e.Cursor() != cursor[e.Node] {
				t.Fatalf("the cursor of %s depends on the arguments", e.Node)
			}
		}
		if len(want) == 0 {
			if c.PageInfo.StartCursor() != nil || c.PageInfo.EndCursor() != nil {
				t.Fatal("an empty page has a startCursor or an endCursor")
			}
		} else if *c.PageInfo.StartCursor() != cursor[want[0]] || *c.PageInfo.EndCursor() != cursor[want[len(want)-1]] {
			t.Fatal("startCursor or endCursor is not the cursor of the first or last edge")
		}
	})
}

func TestSortedPaginationVisitsEveryItemInBothDirections(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := newSortedItems(rapid.IntRange(0, 180).Draw(t, "items"))
		seen := paginate(t, list.pager(t), rapid.Bool().Draw(t, "backwards"), func(string) {})
		if !slices.Equal(seen, list.ids()) {
			t.Fatalf("got %v", seen)
		}
	})
}

// TestSortedPaginationNeitherRepeatsNorSkipsRemainingItems removes, inserts and moves
// items between any two pages, most often around the edge of the cursor.
func TestSortedPaginationNeitherRepeatsNorSkipsRemainingItems(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := newSortedItems(rapid.IntRange(1, 120).Draw(t, "items"))
		remaining := list.ids()
		issued, hasMoved := 0, map[string]bool{}
		insert := func(id string, near int) {
			key := rapid.Float64Range(float64(near-5), float64(near+5)).Draw(t, "key")
			list = append(slices.Clone(list), item{key, id})
			slices.SortFunc(list, compareItems)
		}
		remove := func(id string) {
			list = slices.DeleteFunc(slices.Clone(list), func(it item) bool { return it.id == id })
			remaining = slices.DeleteFunc(remaining, func(r string) bool { return r == id })
		}
		seen := paginate(t, list.pager(t), rapid.Bool().Draw(t, "backwards"), func(id string) {
			position := max(0, slices.Index(list.ids(), id))
			for range rapid.IntRange(0, min(10, 60-issued)).Draw(t, "inserted") {
				issued++
				insert("new"+strings.Repeat("w", issued), position)
			}
			for range min(rapid.IntRange(0, 5).Draw(t, "removed"), len(list)) {
				i := rapid.IntRange(max(0, position-3), position+3).Draw(t, "removed item")
				remove(list[min(i, len(list)-1)].id)
			}
			if len(list) > 0 && rapid.Bool().Draw(t, "move") {
				moved := list[rapid.IntRange(0, len(list)-1).Draw(t, "moved item")].id
				hasMoved[moved] = true
				remove(moved)
				insert(moved, rapid.IntRange(0, 120).Draw(t, "moved to"))
			}
		})
		got := slices.DeleteFunc(slices.Clone(seen), func(id string) bool { return !slices.Contains(remaining, id) })
		if !slices.Equal(got, remaining) {
			t.Fatalf("got %v\nof  %v", got, remaining)
		}
		for i, id := range seen {
			if !hasMoved[id] && slices.Contains(seen[:i], id) {
				t.Fatalf("%s is repeated in %v", id, seen)
			}
		}
	})
}

func TestConnectSortedRejectsInvalidPagingArguments(t *testing.T) {
	for _, args := range []Args{{First: new(101)}, {First: new(-1)}, {Last: new(101)}, {Last: new(-1)}, {First: new(0), Last: new(0)}} {
		args.After = new("also invalid, but reported second")
		_, want := newFakeUpstream(3, 50, false).list().Connect(t.Context(), args)
		_, err := ConnectSorted(NewCodec(""), "test", Sorted[string](newSortedItems(3)), args)
		if bad, ok := errors.AsType[*ArgumentError](err); !ok || bad.Error() != want.Error() {
			t.Errorf("%+v: %v, want %v", args, err, want)
		}
	}
}

// BenchmarkConnectSorted returns 50 edges from the middle of a list, with their cursors.
func BenchmarkConnectSorted(b *testing.B) {
	codec, list := NewCodec(""), Sorted[string](newSortedItems(60_000))
	cursors := &keysetCursors[string]{codec, hashScope("test"), list}
	args := Args{First: new(50), After: new(string(cursors.appendCursorAt(nil, 30_000)))}
	var buf []byte
	b.ReportAllocs()
	for b.Loop() {
		c, err := ConnectSorted(codec, "test", list, args)
		if err != nil || len(c.Edges) != 50 {
			b.Fatal(len(c.Edges), err)
		}
		for _, edge := range c.Edges {
			buf = edge.AppendCursor(buf[:0])
		}
	}
}
