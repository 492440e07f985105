package sandbox_test

import (
	"net/url"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"heygen-graphql/heygen/sandbox"
)

func TestGroupCountIsTheNumberOfGroups(t *testing.T) {
	catalogue := sandbox.New(sandbox.Options{}).Groups()
	for _, n := range []int{1, 50, 700, len(catalogue), len(catalogue) + 1, 6_000} {
		box := sandbox.New(sandbox.Options{GroupCount: n})
		ids := itemIDs(t, walkGroups(t, box, url.Values{"limit": {"50"}})...)
		if len(ids) != n {
			t.Fatalf("%d groups, want %d", len(ids), n)
		}
		groups := box.Groups()
		common := min(n, len(catalogue))
		if diff := cmp.Diff(catalogue[:common], groups[:common]); diff != "" {
			t.Errorf("%d groups do not start with those of the catalogue: %s", n, diff)
		}
		for i, g := range groups {
			if ids[i] != g.ID {
				t.Fatalf("%d groups: group %d is %s in the list, and %s in Groups", n, i, ids[i], g.ID)
			}
		}
		if slices.Sort(ids); len(slices.Compact(ids)) != n {
			t.Errorf("%d groups have fewer ids", n)
		}
	}
}

func TestGroupCountOutOfRangePanics(t *testing.T) {
	for _, n := range []int{-1, sandbox.MaxGroupCount + 1} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%d groups are accepted", n)
				}
			}()
			sandbox.New(sandbox.Options{GroupCount: n})
		}()
	}
}

func TestGeneratedGroupsAreTheSameInEverySandbox(t *testing.T) {
	few, many := sandbox.New(sandbox.Options{GroupCount: 1_000}).Groups(), sandbox.New(sandbox.Options{GroupCount: 2_000}).Groups()
	if diff := cmp.Diff(few, many[:len(few)]); diff != "" {
		t.Error(diff)
	}
}

func TestGeneratedGroupsArePublicAndSettled(t *testing.T) {
	catalogue := sandbox.New(sandbox.Options{}).Groups()
	groups := sandbox.New(sandbox.Options{GroupCount: 6_000}).Groups()[len(catalogue):]
	names, null := map[string]bool{}, 0
	for _, g := range groups {
		if g.Ownership != sandbox.Public || pointsTo(g.Status, "processing") || pointsTo(g.Status, "pending_consent") {
			t.Errorf("%s is %s with status %v", g.ID, g.Ownership, g.Status)
		}
		if g.PreviewImageURL == nil {
			null++
		} else if *g.PreviewImageURL != "/portraits/"+g.ID+".svg" {
			t.Errorf("%s has the preview %s", g.ID, *g.PreviewImageURL)
		}
		names[g.Name] = true
	}
	if n := len(names) * 100 / len(groups); n < 70 || n == 100 {
		t.Errorf("%d %% of the names differ: want most, not all", n)
	}
	if null == 0 || null*2 > len(groups) {
		t.Errorf("%d of %d have no preview: want some", null, len(groups))
	}
	for _, prefix := range []string{"Monica", "Avatar 10", "李", "Ø"} {
		if !slices.ContainsFunc(groups, func(g sandbox.Group) bool { return strings.HasPrefix(g.Name, prefix) }) {
			t.Errorf("no name starts with %s", prefix)
		}
	}
}

func TestGeneratedGroupHasItsLooks(t *testing.T) {
	box := sandbox.New(sandbox.Options{GroupCount: 800})
	assertLooksCounts(t, box)
	for _, g := range box.Groups()[755:775] {
		path := "/v3/avatars/looks?limit=50&group_id=" + url.QueryEscape(g.ID)
		list := get(t, box, path).Body.Bytes()
		if diff := cmp.Diff(lookIDsOf(box, g.ID), itemIDs(t, list)); diff != "" {
			t.Fatalf("%s: %s", g.ID, diff)
		}
		for _, id := range itemIDs(t, list) {
			look := "/v3/avatars/looks/" + url.PathEscape(id)
			if got := dataField(t, box, look, "id"); got != id {
				t.Errorf("%s is %q", look, got)
			}
			if got := dataField(t, box, look, "group_id"); got != g.ID {
				t.Errorf("%s is of the group %q, want %s", look, got, g.ID)
			}
		}
	}
	if got := get(t, box, "/v3/avatars/looks/0123456789abcdef0123456789abcdef").Code; got != 404 {
		t.Errorf("an unknown id gets %d", got)
	}
}

func TestAllLooksIncludeGeneratedOnesInOrder(t *testing.T) {
	for _, kind := range []sandbox.TokenKind{sandbox.StartID, sandbox.Keyset, sandbox.PageNumbers} {
		box := sandbox.New(sandbox.Options{GroupCount: 800, TokenKind: kind})
		box.AddLooks(sandbox.Look{ID: "between", CreatedAt: box.Groups()[780].CreatedAt - 1})
		box.RemoveLooks(lookIDsOf(box, box.Groups()[790].ID)[0])
		var want []string
		for _, l := range box.Looks() {
			want = append(want, l.ID)
		}
		got := itemIDs(t, walkPages(t, box, "/v3/avatars/looks", url.Values{"limit": {"50"}})...)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("tokens of kind %d: %s", kind, diff)
		}
		if !slices.IsSortedFunc(box.Looks(), func(a, b sandbox.Look) int {
			if a.CreatedAt != b.CreatedAt {
				return int(2*b.CreatedAt - 2*a.CreatedAt)
			}
			return strings.Compare(a.ID, b.ID)
		}) {
			t.Error("not newest first, then by id")
		}
		if slices.Sort(got); len(slices.Compact(got)) != len(want) {
			t.Error("ids repeat")
		}
	}
}

func TestGeneratedGroupsCanBeModified(t *testing.T) {
	box, other := sandbox.New(sandbox.Options{GroupCount: 800}), sandbox.New(sandbox.Options{GroupCount: 800})
	groups := box.Groups()
	a, b, c := groups[770], groups[780], groups[790]
	looks := lookIDsOf(box, a.ID)

	box.AddLooks(sandbox.Look{ID: "added", GroupID: &a.ID, CreatedAt: 1})
	if diff := cmp.Diff(append(slices.Clone(looks), "added"), lookIDsOf(box, a.ID)); diff != "" {
		t.Errorf("AddLooks: %s", diff)
	}
	box.RemoveLooks(looks[0], "added")
	if diff := cmp.Diff(looks[1:], lookIDsOf(box, a.ID)); diff != "" {
		t.Errorf("RemoveLooks: %s", diff)
	}
	first := lookIDsOf(box, b.ID)
	b.LooksCount += 200
	box.AddGroups(b)
	if ids := lookIDsOf(box, b.ID); len(ids) != b.LooksCount || slices.ContainsFunc(first, func(id string) bool { return !slices.Contains(ids, id) }) {
		t.Errorf("AddGroups: %d looks, want %d, the first ones among them", len(ids), b.LooksCount)
	}
	gone := lookIDsOf(box, c.ID)
	box.RemoveGroups(c.ID)
	if ids := lookIDsOf(box, c.ID); len(ids) > 0 || get(t, box, "/v3/avatars/looks/"+url.PathEscape(gone[0])).Code != 404 {
		t.Errorf("RemoveGroups: %v", ids)
	}
	assertLooksCounts(t, box)
	assertLooksCounts(t, other)
}

// BenchmarkSixtyThousandGroups measures the first call, which generates them, and the memory that they take.
func BenchmarkSixtyThousandGroups(b *testing.B) {
	sandbox.New(sandbox.Options{}).Groups() // parses the catalogue
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	var box *sandbox.Sandbox
	for b.Loop() {
		box = sandbox.New(sandbox.Options{GroupCount: 60_000})
		box.RemoveGroups("unknown") // any use of the groups
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/(1<<20), "MiB")
	runtime.KeepAlive(box)
}
