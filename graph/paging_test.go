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

var tokenKinds = map[string]sandbox.TokenKind{"start id": sandbox.StartID, "page numbers": sandbox.PageNumbers}

func TestConcatenatedPagesEqualTheList(t *testing.T) {
	for name, tokens := range tokenKinds {
		t.Run(name, func(t *testing.T) {
			forEachUnchangedConnection(t, sandbox.Options{TokenKind: tokens}, func(t *testing.T, a *api, l *connectionCase) {
				want := l.ids(a)
				for _, n := range []int{1, 2, 19, 20, 49, 50, 51, 60, 99, 100} {
					if n < 3 && len(want) > 100 || l != groupConnection && n%10 == 9 {
						continue
					}
					if got := pageForward(t, a, l, n); !slices.Equal(got, want) {
						t.Errorf("first: %d\n%s", n, cmp.Diff(want, got))
					}
					if n%10 == 9 { // the other sizes suffice: each page costs the calls from the start of the list
						continue
					}
					if got := pageBackward(t, a, l, n); !slices.Equal(got, want) {
						t.Errorf("last: %d\n%s", n, cmp.Diff(want, got))
					}
				}
			})
		})
	}
}

// pageForward returns the ids of a list, read forward in pages of n.
func pageForward(t *testing.T, a *api, l *connectionCase, n int) (got []string) {
	t.Helper()
	for arguments := (vars{"first": n}); ; {
		c := l.fetchPage(t, a, arguments)
		got = append(got, c.ids...)
		if c.previous != (len(got) > len(c.ids)) {
			t.Fatalf("first: %d: hasPreviousPage %v after %d", n, c.previous, len(got))
		}
		if arguments["after"] = c.end; !c.next {
			return got
		}
	}
}

// pageBackward returns the ids of a list, read backward in pages of n.
func pageBackward(t *testing.T, a *api, l *connectionCase, n int) (got []string) {
	t.Helper()
	for arguments := (vars{"last": n}); ; {
		c := l.fetchPage(t, a, arguments)
		if c.next != (len(got) > 0) {
			t.Fatalf("last: %d: hasNextPage %v before %d", n, c.next, len(got))
		}
		got = append(slices.Clone(c.ids), got...)
		if arguments["before"] = c.start; !c.previous {
			return got
		}
	}
}

func TestEdgeCursorsWorkInBothDirections(t *testing.T) {
	for name, tokens := range tokenKinds {
		t.Run(name, func(t *testing.T) {
			forEachUnchangedConnection(t, sandbox.Options{TokenKind: tokens}, func(t *testing.T, a *api, l *connectionCase) {
				ids := l.ids(a)
				var cursors []string
				for after := any(nil); len(cursors) < min(210, len(ids)); {
					c := l.fetchPage(t, a, vars{"first": 100, "after": after})
					cursors, after = append(cursors, c.cursors...), c.end
				}
				for i, cursor := range cursors {
					if (l != groupConnection || tokens != sandbox.StartID) && i%l.pageSize > 3 && i%l.pageSize < l.pageSize-3 && i%7 != 0 {
						continue // test those near page boundaries, and some in between
					}
					next, previous := ids[i+1:min(i+4, len(ids))], ids[max(0, i-3):i]
					if c := l.fetchPage(t, a, vars{"first": 3, "after": cursor}); !slices.Equal(c.ids, next) || c.next != (i+4 < len(ids)) || !c.previous {
						t.Errorf("after %d: %v", i, c.ids)
					}
					if c := l.fetchPage(t, a, vars{"last": 3, "before": cursor}); !slices.Equal(c.ids, previous) || c.previous != (i > 3) || !c.next {
						t.Errorf("before %d: %+v", i, c)
					}
				}
			})
		})
	}
}

func TestCursorsStayValidWhileTheListChanges(t *testing.T) {
	forEachConnection(t, sandbox.Options{}, func(t *testing.T, a *api, l *connectionCase) {
		page := l.fetchPage(t, a, vars{"first": 20})
		id, cursor := page.ids[9], page.cursors[9]
		for i := range 3 * l.pageSize { // 150, or 300 voices
			l.add(a, fmt.Sprintf("new%03d", i), 3e9+float64(3*l.pageSize-i))
		}
		ids := l.ids(a)
		i := slices.Index(ids, id)
		for _, deleted := range []bool{false, true} {
			if deleted {
				l.remove(a, id)
			}
			if c := l.fetchPage(t, a, vars{"first": 40, "after": cursor}); !slices.Equal(c.ids, ids[i+1:min(i+41, len(ids))]) {
				t.Errorf("after, deleted %v: %v", deleted, c.ids)
			}
			if c := l.fetchPage(t, a, vars{"last": 9, "before": cursor}); !slices.Equal(c.ids, ids[i-9:i]) {
				t.Errorf("before, deleted %v: %v", deleted, c.ids)
			}
		}
	})
}

func TestCursorsAreValidOnReplicasWithTheSameSecret(t *testing.T) {
	withCursorSecret := func(secret string) func(*heygen.Options, *graph.Options) {
		return func(_ *heygen.Options, o *graph.Options) { o.CursorSecret = secret }
	}
	first := newAPI(t, sandbox.Options{}, withCursorSecret("one secret of many"))
	cursor := first.groupPage(t, vars{"first": 5}).cursors[4]
	if c := newAPI(t, sandbox.Options{}, withCursorSecret("one secret of many")).groupPage(t, vars{"first": 1, "after": cursor}); c.ids[0] != first.Groups()[5].ID {
		t.Errorf("%v", c.ids)
	}
	for _, other := range []string{"", "another secret!!"} {
		out := newAPI(t, sandbox.Options{}, withCursorSecret(other)).do(t, groupConnection.query(), vars{"after": cursor})
		if out.codes() != "INVALID_CURSOR" {
			t.Errorf("a forged cursor: %s", out.Body)
		}
	}
}

func TestInvalidPagingArgumentsAreRejectedWithoutListCall(t *testing.T) {
	forEachConnection(t, sandbox.Options{}, func(t *testing.T, a *api, l *connectionCase) {
		good := l.fetchPage(t, a, vars{"first": 5}).cursors[4]
		a.expectCalls(t, 13*l.extraCalls, func() {
			for _, test := range []struct {
				arguments vars
				code      string
				message   string
			}{
				{vars{"first": 101}, "BAD_USER_INPUT", "`first` must be between 0 and 100"},
				{vars{"first": -1}, "BAD_USER_INPUT", "`first` must be between 0 and 100"},
				{vars{"last": 101}, "BAD_USER_INPUT", "`last` must be between 0 and 100"},
				{vars{"last": -1}, "BAD_USER_INPUT", "`last` must be between 0 and 100"},
				{vars{"first": 1, "last": 1}, "BAD_USER_INPUT", "together"},
				{vars{"after": ""}, "INVALID_CURSOR", "truncated"},
				{vars{"after": "nonsense"}, "INVALID_CURSOR", "truncated"},
				{vars{"after": good[:len(good)-1]}, "INVALID_CURSOR", ""},
				{vars{"after": good[:12] + otherCharacter(good[12:13]) + good[13:]}, "INVALID_CURSOR", "signature"},
				{vars{"before": good + "A"}, "INVALID_CURSOR", ""},
				{vars{"last": 1, "before": "nonsense"}, "INVALID_CURSOR", "`before` cannot be used: the cursor is truncated"},
				{vars{"after": good, "before": "nonsense"}, "INVALID_CURSOR", "`before` cannot be used"},
				{vars{"after": groupGlobalID("group_monica")}, "INVALID_CURSOR", "`after` cannot be used: the cursor is truncated"},
			} {
				out := a.do(t, l.query(), test.arguments)
				if out.codes() != test.code || !strings.Contains(out.Errors[0].Message, test.message) || l.find(out) != nil || len(out.Errors[0].Path) != 1+l.extraCalls {
					t.Errorf("%v: %s", test.arguments, out.Body)
				}
			}
		})
	})
}

// otherCharacter returns another character of base64url.
func otherCharacter(character string) string {
	if character == "_" {
		return "-"
	}
	return "_"
}

// The looks of a group are another list as AvatarGroup.looks than as avatarLooks.
func TestCursorIsInvalidInAnotherConnection(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	for _, source := range connectionCases {
		cursor := source.fetchPage(t, a, vars{"first": 5}).cursors[4]
		for _, l := range connectionCases {
			if l == source {
				continue
			}
			a.expectCalls(t, 2*l.extraCalls, func() {
				for _, arguments := range []vars{{"after": cursor}, {"last": 1, "before": cursor}} {
					if out := a.do(t, l.query(), arguments); out.codes() != "INVALID_CURSOR" || !strings.Contains(out.Errors[0].Message, "another list") {
						t.Errorf("cursor of %s in %s: %s", source.name, l.name, out.Body)
					}
				}
			})
		}
	}
	// Nor is it valid without the filter of its list.
	private := connectionCases[1].fetchPage(t, a, vars{"first": 5}).cursors[4]
	if out := a.do(t, `query($after: String) { avatarGroups(after: $after, ownership: PUBLIC) { nodes { id } } }`, vars{"after": private}); out.codes() != "INVALID_CURSOR" {
		t.Error(out.Body)
	}
}

func TestNullPagingArgumentsEqualOmittedOnes(t *testing.T) {
	forEachConnection(t, sandbox.Options{}, func(t *testing.T, a *api, l *connectionCase) {
		want, n := l.fetchPage(t, a, vars{}), len(l.ids(a))
		if len(want.ids) != 20 || want.previous || want.next != (n > 20) {
			t.Errorf("the default page: %+v", want)
		}
		got := l.fetchPage(t, a, vars{"first": nil, "after": nil, "last": nil, "before": nil})
		if diff := cmp.Diff(want, got, cmp.AllowUnexported(connectionPage{})); diff != "" {
			t.Error(diff)
		}
		if n > 30 {
			before := l.fetchPage(t, a, vars{"before": l.fetchPage(t, a, vars{"first": 30}).end})
			if diff := cmp.Diff(want, before, cmp.AllowUnexported(connectionPage{})); diff != "" {
				t.Errorf("before alone differs from first: 20\n%s", diff)
			}
		}
		if c := l.fetchPage(t, a, vars{"first": 0}); len(c.ids) != 0 || !c.next || c.start != nil || c.end != nil {
			t.Errorf("first: 0 returns %+v", c)
		}
	})
}

func TestRejectedPageTokenIsCursorExpired(t *testing.T) {
	forEachPlainConnection(t, sandbox.Options{}, func(t *testing.T, a *api, l *connectionCase) {
		for i := range 2 * l.pageSize { // more than a page
			l.add(a, fmt.Sprintf("new%03d", i), 3e9)
		}
		before := slices.Repeat([]sandbox.Fault{sandbox.OK}, l.extraCalls)
		cursor := l.fetchPage(t, a, vars{"first": l.pageSize}).end
		for _, fault := range []sandbox.Fault{sandbox.TokenExpired, sandbox.BadRequest, sandbox.NotFound} {
			a.QueueFaults(append(before, fault)...)
			out := a.do(t, l.query(), vars{"after": cursor})
			if out.codes() != "CURSOR_EXPIRED" || out.Errors[0].Extensions["upstream"] == nil {
				t.Errorf("%s: %s", fault, out.Body)
			}
		}
		a.QueueFaults(append(before, sandbox.BadRequest)...) // without a token, the cursor is not the cause
		if out := a.do(t, l.query(), nil); out.codes() != "UPSTREAM_INVALID_RESPONSE" {
			t.Error(out.Body)
		}
	})
}

func TestEmptyIntermediatePageIsSkipped(t *testing.T) {
	forEachPlainConnection(t, sandbox.Options{}, func(t *testing.T, a *api, l *connectionCase) {
		want := l.fetchPage(t, a, vars{"first": 20})
		a.QueueFaults(append(slices.Repeat([]sandbox.Fault{sandbox.OK}, l.extraCalls), sandbox.EmptyPage)...)
		a.expectCalls(t, 2+l.extraCalls, func() {
			if got := l.fetchPage(t, a, vars{"first": 20}); !slices.Equal(got.ids, want.ids) || got.next != want.next {
				t.Errorf("%v, next %v", got.ids, got.next)
			}
		})
	})
}

func TestEmptyLastPageEndsTheList(t *testing.T) {
	forEachPlainConnection(t, sandbox.Options{}, func(t *testing.T, a *api, l *connectionCase) {
		want, n := l.ids(a), len(l.ids(a))
		pages := (n + l.pageSize - 1) / l.pageSize
		emptyEnd := append(slices.Repeat([]sandbox.Fault{sandbox.OK}, l.extraCalls), slices.Repeat([]sandbox.Fault{sandbox.EmptyLastPage}, pages)...)
		a.QueueFaults(emptyEnd...)
		a.expectCalls(t, pages+1+l.extraCalls, func() {
			if c := l.fetchPage(t, a, vars{"last": 20}); !slices.Equal(c.ids, want[n-20:]) || c.next {
				t.Errorf("the last twenty: %v, next %v", c.ids, c.next)
			}
		})
		if n > 100 {
			return
		}
		a.QueueFaults(emptyEnd...)
		first := l.fetchPage(t, a, vars{"first": n})
		if !slices.Equal(first.ids, want) || !first.next { // as has_more says
			t.Errorf("%d items, next %v", len(first.ids), first.next)
		}
		a.QueueFaults(append(slices.Repeat([]sandbox.Fault{sandbox.OK}, l.extraCalls), sandbox.OK)...)
		if last := l.fetchPage(t, a, vars{"first": 50, "after": first.end}); len(last.ids) != 0 || last.next || !last.previous {
			t.Errorf("after the last item: %+v", last)
		}
		a.QueueFaults(emptyEnd...)
		if c := l.fetchPage(t, a, vars{"first": min(n+1, 100)}); !slices.Equal(c.ids, want) || c.next {
			t.Errorf("first is one more: %d items, next %v", len(c.ids), c.next)
		}
	})
}

func TestUnreadableItemsAreOmitted(t *testing.T) {
	forEachPlainConnection(t, sandbox.Options{}, func(t *testing.T, a *api, l *connectionCase) {
		a.log.reset()
		for _, fault := range []sandbox.Fault{sandbox.BadItem, sandbox.ItemWithoutID} {
			a.QueueFaults(append(slices.Repeat([]sandbox.Fault{sandbox.OK}, l.extraCalls), fault)...)
			if c := l.fetchPage(t, a, vars{"first": 1}); c.ids[0] != l.ids(a)[1] {
				t.Errorf("%s: the page begins with %v", fault, c.ids)
			}
		}
		if !strings.Contains(a.log.String(), "skipped unreadable list items") { // at most once a second
			t.Errorf("log: %s", a.log)
		}
		a.QueueFaults(append(slices.Repeat([]sandbox.Fault{sandbox.OK}, l.extraCalls), sandbox.BadItems)...)
		if out := a.do(t, l.query(), nil); out.codes() != "UPSTREAM_INVALID_RESPONSE" || l.find(out) != nil {
			t.Errorf("a page of unreadable items alone: %s", out.Body)
		}
	})
}

// HeyGen documents that a list without ownership has both kinds, but returned only the
// public ones to some of its users. Paging works either way.
func TestOmittedOwnershipUsesUpstreamDefault(t *testing.T) {
	a := newAPI(t, sandbox.Options{OmittedIsPublic: true})
	var got []string
	for arguments := (vars{"first": 100}); ; {
		c := a.groupPage(t, arguments)
		got = append(got, c.ids...)
		if arguments["after"] = c.end; !c.next {
			break
		}
	}
	public := filterIDs(a.Groups(), func(g sandbox.Group) (string, bool) { return g.ID, g.Ownership == sandbox.Public })
	if diff := cmp.Diff(public, got); diff != "" {
		t.Error(diff)
	}
}

func TestBackwardPagingIsLimitedTo40Pages(t *testing.T) {
	forEachPlainConnection(t, sandbox.Options{}, func(t *testing.T, a *api, l *connectionCase) {
		if l.pageSize == 100 {
			a.AddVoices(manyItems(4000, func(id string, createdAt float64) sandbox.Voice {
				return sandbox.Voice{ID: id, Name: "New", Language: "English", CreatedAt: createdAt}
			})...)
		} else if l.id == "groupId" {
			a.AddGroups(manyItems(2000, func(id string, createdAt float64) sandbox.Group {
				return sandbox.Group{ID: id, Name: "New", Ownership: sandbox.Private, CreatedAt: createdAt}
			})...)
		} else {
			a.AddLooks(manyItems(2000, func(id string, createdAt float64) sandbox.Look {
				look := sandbox.Look{ID: id, Name: "New", Ownership: sandbox.Private, AvatarType: "photo_avatar", CreatedAt: createdAt}
				if l.parent != "" || l.filter[:7] == "groupId" {
					look.GroupID, look.AvatarType = new(groupWithManyLooks), ""
				}
				return look
			})...)
		}
		a.expectCalls(t, 40+l.extraCalls, func() {
			if out := a.do(t, l.query(), vars{"last": 1}); out.codes() != "PAGINATION_TOO_DEEP" || !strings.Contains(out.Errors[0].Message, "40") {
				t.Error(out.Body)
			}
		})
	})
}

// manyItems returns n items in ascending order of their creation.
func manyItems[T any](n int, newItem func(id string, createdAt float64) T) (items []T) {
	for i := range n {
		items = append(items, newItem(fmt.Sprintf("more%04d", i), float64(i)))
	}
	return items
}

func TestEndlessListFailsWithinFourCalls(t *testing.T) {
	forEachPlainConnection(t, sandbox.Options{}, func(t *testing.T, a *api, l *connectionCase) {
		for i := range 2 * l.pageSize { // at least three pages, apart from the fault
			l.add(a, fmt.Sprintf("new%03d", i), 3e9)
		}
		for _, test := range []struct {
			fault sandbox.Fault
			calls int
		}{{sandbox.RepeatedToken, 2}, {sandbox.LoopingToken, 2}, {sandbox.EndlessPages, 4}} {
			a.expectCalls(t, test.calls+l.extraCalls, func() {
				a.QueueFaults(append(slices.Repeat([]sandbox.Fault{sandbox.OK}, l.extraCalls), slices.Repeat([]sandbox.Fault{test.fault}, test.calls)...)...)
				if out := a.do(t, l.query(), vars{"last": 1}); out.codes() != "UPSTREAM_INVALID_RESPONSE" {
					t.Errorf("%s: %s", test.fault, out.Body)
				}
			})
		}
	})
}
