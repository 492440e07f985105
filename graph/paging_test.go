package graph_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"heygen-graphql/graph"
	"heygen-graphql/heygen"
	"heygen-graphql/heygen/sandbox"
)

// connection is a page as a client reads it.
type connection struct {
	ids, cursors   []string
	next, previous bool
	start, end     any
}

const pageQuery = `query($first: Int, $after: String, $last: Int, $before: String, $ownership: Ownership) {
	avatarGroups(first: $first, after: $after, last: $last, before: $before, ownership: $ownership) {
		edges { cursor node { groupId } }
		pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
	}
}`

func (a *api) page(t testing.TB, arguments map[string]any) connection {
	t.Helper()
	out := a.ok(t, pageQuery, arguments).Data["avatarGroups"].(map[string]any)
	info := out["pageInfo"].(map[string]any)
	c := connection{next: info["hasNextPage"].(bool), previous: info["hasPreviousPage"].(bool), start: info["startCursor"], end: info["endCursor"]}
	for _, edge := range out["edges"].([]any) {
		e := edge.(map[string]any)
		c.cursors = append(c.cursors, e["cursor"].(string))
		c.ids = append(c.ids, e["node"].(map[string]any)["groupId"].(string))
	}
	return c
}

func (a *api) list(ownership sandbox.Ownership) []string {
	var ids []string
	for _, g := range a.Groups() {
		if ownership == "" || g.Ownership == ownership {
			ids = append(ids, g.ID)
		}
	}
	return ids
}

type vars = map[string]any

var flavours = map[string]sandbox.Tokens{"keyset": sandbox.Keyset, "page numbers": sandbox.PageNumbers}

func TestConcatenatedPagesAreTheListThroughTheWholeStack(t *testing.T) {
	for name, tokens := range flavours {
		t.Run(name, func(t *testing.T) {
			a := newAPI(t, sandbox.Options{Tokens: tokens})
			want := a.list(sandbox.Private)
			all := a.list("")
			for _, n := range []int{1, 2, 19, 20, 49, 50, 51, 60, 99, 100} {
				want, arguments := want, vars{"ownership": "PRIVATE"}
				if n > 2 {
					want, arguments = all, vars{}
				}
				var got []string
				for arguments["first"] = n; ; {
					c := a.page(t, arguments)
					got = append(got, c.ids...)
					if c.previous != (len(got) > len(c.ids)) {
						t.Fatalf("first: %d: hasPreviousPage %v after %d", n, c.previous, len(got))
					}
					if arguments["after"] = c.end; !c.next {
						break
					}
				}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("first: %d\n%s", n, diff)
				}
				if n%10 == 9 { // enough sizes go backwards, where each page costs its way from the start
					continue
				}
				got = nil
				delete(arguments, "after")
				delete(arguments, "first")
				for arguments["last"] = n; ; {
					c := a.page(t, arguments)
					if c.next != (len(got) > 0) {
						t.Fatalf("last: %d: hasNextPage %v before %d", n, c.next, len(got))
					}
					got = append(slices.Clone(c.ids), got...)
					if arguments["before"] = c.start; !c.previous {
						break
					}
				}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("last: %d\n%s", n, diff)
				}
			}
		})
	}
}

func TestEveryEdgesCursorIsUsableInBothDirections(t *testing.T) {
	for name, tokens := range flavours {
		t.Run(name, func(t *testing.T) {
			a := newAPI(t, sandbox.Options{Tokens: tokens})
			ids := a.list("")
			var cursors []string
			for after := any(nil); len(cursors) < 200; {
				c := a.page(t, vars{"first": 100, "after": after})
				cursors, after = append(cursors, c.cursors...), c.end
			}
			for i, cursor := range cursors {
				if c := a.page(t, vars{"first": 3, "after": cursor}); !slices.Equal(c.ids, ids[i+1:i+4]) {
					t.Errorf("after %d: %v", i, c.ids)
				}
				if c := a.page(t, vars{"last": 3, "before": cursor}); !slices.Equal(c.ids, ids[max(0, i-3):i]) || c.previous != (i > 3) || !c.next {
					t.Errorf("before %d: %+v", i, c)
				}
			}
		})
	}
}

func TestACursorHoldsWhileTheListChanges(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	ids := a.list("")
	newest := a.Groups()[0].CreatedAt
	c := a.page(t, vars{"first": 20})
	cursor := c.cursors[9]

	var added []sandbox.Group
	for i := range 150 {
		added = append(added, sandbox.Group{ID: fmt.Sprintf("new%03d", i), Name: "New", CreatedAt: newest + float64(150-i)})
	}
	a.Add(added...)
	for _, gone := range []bool{false, true} {
		if gone {
			a.Remove(ids[9])
		}
		if c := a.page(t, vars{"first": 40, "after": cursor}); !slices.Equal(c.ids, ids[10:50]) {
			t.Errorf("after, gone %v: %v", gone, c.ids)
		}
		if c := a.page(t, vars{"last": 9, "before": cursor}); !slices.Equal(c.ids, ids[:9]) {
			t.Errorf("before, gone %v: %v", gone, c.ids)
		}
	}
}

func TestCursorsWorkOnEveryReplicaWithTheSameSecret(t *testing.T) {
	secretly := func(secret string) func(*heygen.Options, *graph.Options) {
		return func(_ *heygen.Options, o *graph.Options) { o.CursorSecret = secret }
	}
	first := newAPI(t, sandbox.Options{}, secretly("one secret of many"))
	cursor := first.page(t, vars{"first": 5}).cursors[4]
	if c := newAPI(t, sandbox.Options{}, secretly("one secret of many")).page(t, vars{"first": 1, "after": cursor}); c.ids[0] != first.Groups()[5].ID {
		t.Errorf("%v", c.ids)
	}
	for _, other := range []string{"", "another secret!!"} {
		out := newAPI(t, sandbox.Options{}, secretly(other)).do(t, pageQuery, vars{"after": cursor})
		if out.codes() != "INVALID_CURSOR" {
			t.Errorf("a forged cursor: %s", out.Body)
		}
	}
}

func TestPagingArgumentsThatCannotBe(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	good := a.page(t, vars{"first": 5}).cursors[4]
	private := a.page(t, vars{"first": 5, "ownership": "PRIVATE"}).cursors[4]
	a.cost(t, 0, func() {
		for _, test := range []struct {
			arguments vars
			code      string
			says      string
		}{
			{vars{"first": 101}, "BAD_USER_INPUT", "`first` must be between 0 and 100"},
			{vars{"first": -1}, "BAD_USER_INPUT", "`first` must be between 0 and 100"},
			{vars{"last": 101}, "BAD_USER_INPUT", "`last` must be between 0 and 100"},
			{vars{"last": -1}, "BAD_USER_INPUT", "`last` must be between 0 and 100"},
			{vars{"first": 1, "last": 1}, "BAD_USER_INPUT", "together"},
			{vars{"after": ""}, "INVALID_CURSOR", "cut"},
			{vars{"after": "nonsense"}, "INVALID_CURSOR", "cut"},
			{vars{"after": good[:len(good)-1]}, "INVALID_CURSOR", ""},
			{vars{"after": good[:12] + "_" + good[13:]}, "INVALID_CURSOR", "damaged"},
			{vars{"before": good + "A"}, "INVALID_CURSOR", ""},
			{vars{"after": private}, "INVALID_CURSOR", "another list"},
			{vars{"after": good, "ownership": "PUBLIC"}, "INVALID_CURSOR", "another list"},
			{vars{"last": 1, "before": private}, "INVALID_CURSOR", "another list"},
		} {
			out := a.do(t, pageQuery, test.arguments)
			if out.codes() != test.code || !strings.Contains(out.Errors[0].Message, test.says) || out.Data["avatarGroups"] != nil || len(out.Errors[0].Path) != 1 {
				t.Errorf("%v: %s", test.arguments, out.Body)
			}
		}
	})
}

func TestNullArgumentsAreAbsentOnes(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	want := a.page(t, vars{})
	if len(want.ids) != 20 || want.previous || !want.next {
		t.Errorf("the default page: %+v", want)
	}
	got := a.page(t, vars{"first": nil, "after": nil, "last": nil, "before": nil, "ownership": nil})
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(connection{})); diff != "" {
		t.Error(diff)
	}
	before := a.page(t, vars{"before": a.page(t, vars{"first": 30}).end})
	if diff := cmp.Diff(want, before, cmp.AllowUnexported(connection{})); diff != "" {
		t.Errorf("before alone counts as first: 20\n%s", diff)
	}
	if c := a.page(t, vars{"first": 0}); len(c.ids) != 0 || !c.next || c.start != nil || c.end != nil {
		t.Errorf("first: 0 gives %+v", c)
	}
}

func TestATokenThatHeyGenRefusesIsAnExpiredCursor(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	cursor := a.page(t, vars{"first": 50}).end
	for _, fault := range []sandbox.Fault{sandbox.TokenExpired, sandbox.BadRequest} {
		a.Misbehave(fault)
		out := a.do(t, pageQuery, vars{"after": cursor})
		if out.codes() != "CURSOR_EXPIRED" || out.Errors[0].Extensions["upstream"] == nil {
			t.Errorf("%s: %s", fault, out.Body)
		}
	}
	a.Misbehave(sandbox.BadRequest) // without a token it is no cursor's fault
	if out := a.do(t, pageQuery, nil); out.codes() != "UPSTREAM_INVALID_RESPONSE" {
		t.Error(out.Body)
	}
}

func TestAnEmptyPageInBetweenCostsACallAndNothingElse(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	want := a.page(t, vars{"first": 20})
	a.Misbehave(sandbox.EmptyPage)
	a.cost(t, 2, func() {
		if got := a.page(t, vars{"first": 20}); !slices.Equal(got.ids, want.ids) || !got.next {
			t.Errorf("%v, next %v", got.ids, got.next)
		}
	})
}

func TestAnEmptyPageAtTheEndIsTheEnd(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	want := a.list(sandbox.Private)
	a.Misbehave(sandbox.EmptyLastPage)
	first := a.page(t, vars{"first": len(want), "ownership": "PRIVATE"})
	if !slices.Equal(first.ids, want) || !first.next { // as far as has_more tells
		t.Errorf("%d groups, next %v", len(first.ids), first.next)
	}
	if last := a.page(t, vars{"first": 50, "ownership": "PRIVATE", "after": first.end}); len(last.ids) != 0 || last.next || !last.previous {
		t.Errorf("behind it: %+v", last)
	}
	a.Misbehave(sandbox.EmptyLastPage)
	if c := a.page(t, vars{"first": 50, "ownership": "PRIVATE"}); !slices.Equal(c.ids, want) || c.next {
		t.Errorf("%d groups of 50, next %v", len(c.ids), c.next)
	}
	a.Misbehave(sandbox.EmptyLastPage)
	if c := a.page(t, vars{"last": 50, "ownership": "PRIVATE"}); !slices.Equal(c.ids, want) || c.next {
		t.Errorf("%d groups from the end, next %v", len(c.ids), c.next)
	}
}

// HeyGen documents a list without ownership as both kinds, and gave some of its
// users the public ones alone: it is theirs to say, and paging holds either way.
func TestAListWithoutOwnershipIsWhateverHeyGenMakesOfIt(t *testing.T) {
	a := newAPI(t, sandbox.Options{OmittedIsPublic: true})
	var got []string
	for arguments := (vars{"first": 100}); ; {
		c := a.page(t, arguments)
		got = append(got, c.ids...)
		if arguments["after"] = c.end; !c.next {
			break
		}
	}
	if diff := cmp.Diff(a.list(sandbox.Public), got); diff != "" {
		t.Error(diff)
	}
}

func TestBackwardPagingIsBounded(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	var more []sandbox.Group
	for i := range 1500 {
		more = append(more, sandbox.Group{ID: fmt.Sprintf("old%04d", i), Name: "Old", CreatedAt: float64(i)})
	}
	a.Add(more...)
	a.cost(t, 40, func() {
		if out := a.do(t, pageQuery, vars{"last": 1}); out.codes() != "PAGINATION_TOO_DEEP" || !strings.Contains(out.Errors[0].Message, "40") {
			t.Error(out.Body)
		}
	})
}

func TestAListWithoutAnEndEndsWithinAFewCalls(t *testing.T) {
	for _, test := range []struct {
		fault sandbox.Fault
		code  string
		calls int
	}{
		{sandbox.RepeatedToken, "UPSTREAM_INVALID_RESPONSE", 2},
		{sandbox.LoopingToken, "UPSTREAM_INVALID_RESPONSE", 2},
		{sandbox.EndlessPages, "UPSTREAM_INVALID_RESPONSE", 4},
	} {
		a := newAPI(t, sandbox.Options{Faults: []sandbox.Fault{test.fault}, FaultRate: 1})
		a.cost(t, test.calls, func() {
			if out := a.do(t, pageQuery, vars{"first": 100}); out.codes() != test.code {
				t.Errorf("%s: %s", test.fault, out.Body)
			}
		})
	}
	a := newAPI(t, sandbox.Options{Faults: []sandbox.Fault{sandbox.MoreWithoutToken}, FaultRate: 1})
	a.cost(t, 1, func() {
		if c := a.page(t, vars{"first": 100}); len(c.ids) != 50 || c.next {
			t.Errorf("%d groups, next %v", len(c.ids), c.next)
		}
	})
	if !strings.Contains(a.log.String(), "not where") {
		t.Errorf("log: %s", a.log)
	}
}
