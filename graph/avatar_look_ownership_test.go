package graph_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"heygen-graphql/graph"
	"heygen-graphql/graph/relay"
	"heygen-graphql/heygen"
	"heygen-graphql/heygen/sandbox"
)

// privateGroupsWithLooks returns the private groups that have looks.
func privateGroupsWithLooks(a *api) (groups []sandbox.Group) {
	for _, g := range a.Groups() {
		if g.Ownership == sandbox.Private && g.LooksCount > 0 {
			groups = append(groups, g)
		}
	}
	return groups
}

// HeyGen may list all looks by default, or the public ones only.
func TestPrivateGroupHasItsLooksWhateverTheDefaultOwnership(t *testing.T) {
	for _, omittedIsPublic := range []bool{false, true} {
		a := newAPI(t, sandbox.Options{OmittedIsPublic: omittedIsPublic})
		for _, g := range privateGroupsWithLooks(a) {
			want := lookIDsOf(g.ID, "")(a)
			calls := 2
			if omittedIsPublic {
				calls = 3 // the looks are requested again with ownership=private
			}
			a.expectCalls(t, calls, func() {
				out := a.mustDo(t, `query($id: ID!) { avatarGroup(id: $id) { looks(first: 100) { nodes { lookId } } } }`, vars{"id": groupGlobalID(g.ID)})
				var got []string
				for _, look := range out.Data["avatarGroup"].(map[string]any)["looks"].(map[string]any)["nodes"].([]any) {
					got = append(got, look.(map[string]any)["lookId"].(string))
				}
				if diff := cmp.Diff(want[:min(100, len(want))], got); diff != "" || len(want) > 50 {
					t.Errorf("%s has %d looks: %s", g.ID, len(want), diff)
				}
			})
		}
	}
}

// A list of groups reveals their ownership, so that their looks cost one call each.
func TestListedGroupNeedsNoOwnershipFallback(t *testing.T) {
	for _, omittedIsPublic := range []bool{false, true} {
		a := newAPI(t, sandbox.Options{OmittedIsPublic: omittedIsPublic})
		for argument, ownership := range map[string]string{"": "", "ownership: PUBLIC": "", "ownership: PRIVATE": "private"} {
			groups := nodesOf(a.mustDo(t, `{ avatarGroups(first: 40, `+argument+`) { nodes { groupId looksCount } } }`, nil), "avatarGroups")
			a.expectCalls(t, 1+len(groups), func() {
				out := a.mustDo(t, `{ avatarGroups(first: 40, `+argument+`) { nodes { looks(first: 1) { nodes { lookId } } } } }`, nil)
				for i, node := range nodesOf(out, "avatarGroups") {
					if n := len(node["looks"].(map[string]any)["nodes"].([]any)); n != min(1, int(groups[i]["looksCount"].(float64))) {
						t.Errorf("%v, %s: the first of %v looks: %d", omittedIsPublic, argument, groups[i]["looksCount"], n)
					}
				}
			})
			for _, call := range a.Calls()[1:] {
				if got := call.Query.Get("ownership"); got != ownership || call.Query.Has("ownership") != (ownership != "") {
					t.Errorf("%s: looks are requested with ownership %q", argument, got)
				}
			}
		}
	}
}

// A cursor continues with the ownership that its list began with, by whatever path its
// group is reached.
func TestLooksCursorWorksByEveryPathToGroup(t *testing.T) {
	for _, omittedIsPublic := range []bool{false, true} {
		a := newAPI(t, sandbox.Options{OmittedIsPublic: omittedIsPublic})
		group := privateGroupsWithLooks(a)[0]
		for i := range 120 {
			a.AddLooks(sandbox.Look{ID: "look" + string(rune('A'+i/26)) + string(rune('a'+i%26)), Name: "L", GroupID: &group.ID, Ownership: sandbox.Private, CreatedAt: float64(i)})
		}
		want := lookIDsOf(group.ID, "")(a)
		single := &connectionCase{parent: `avatarGroup(id: "` + groupGlobalID(group.ID) + `")`, field: "looks", id: "lookId"}
		listedPage := func(arguments vars) connectionPage {
			out := a.mustDo(t, `query($first: Int, $after: String) { avatarGroups(first: 100, ownership: PRIVATE) { nodes { groupId looks(first: $first, after: $after) {
				edges { cursor node { lookId } } nodes { lookId } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } } }`, arguments)
			for _, node := range nodesOf(out, "avatarGroups") {
				if node["groupId"] == group.ID {
					out.Data["avatarGroup"] = node
				}
			}
			return single.parsePage(t, out)
		}
		for path, first := range map[string]connectionPage{"listed": listedPage(vars{"first": 70}), "by id": single.fetchPage(t, a, vars{"first": 70})} {
			for _, i := range []int{9, 49, 50, 69} { // within a page of HeyGen, at its end, after it
				c := single.fetchPage(t, a, vars{"first": 100, "after": first.cursors[i]})
				if got := append(slices.Clone(first.ids[:i+1]), c.ids...); !slices.Equal(got, want[:min(i+101, len(want))]) {
					t.Errorf("%s, after %d\n%s", path, i, cmp.Diff(want, got))
				}
			}
		}
	}
}

// If no looks match a filter, they may be hidden or not exist. For a group of unknown
// ownership, that costs one more call.
func TestEmptyFilteredLooksUseFallbackForUnknownOwnership(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	photos := map[string]bool{}
	for _, l := range a.Looks() {
		if l.GroupID != nil && l.AvatarType == "photo_avatar" {
			photos[*l.GroupID] = true
		}
	}
	without := 0
	for _, g := range a.Groups()[:20] {
		if g.LooksCount > 0 && !photos[g.ID] {
			without++
		}
	}
	const query = `{ avatarGroups(first: 20%s) { nodes { looks(avatarType: PHOTO_AVATAR) { nodes { lookId } } } } }`
	a.expectCalls(t, 21+without, func() { a.mustDo(t, fmt.Sprintf(query, ""), nil) })
	a.expectCalls(t, 21, func() { a.mustDo(t, fmt.Sprintf(query, ", ownership: PUBLIC"), nil) })
	a.expectCalls(t, 21, func() { a.mustDo(t, fmt.Sprintf(query, ", ownership: PRIVATE"), nil) })
	if without == 0 {
		t.Error("every group has photo avatars")
	}
}

// hiddenLooksUpstream lists groups of either ownership by default, but public looks
// only. It has one group, whose two looks are private.
type hiddenLooksUpstream struct {
	graph.Upstream
	rejection *heygen.Error // of requests for private looks; nil: none
	paginated bool          // one look a page
}

func (u hiddenLooksUpstream) AvatarGroup(context.Context, heygen.GroupID) (heygen.AvatarGroup, error) {
	return heygen.AvatarGroup{ID: "g", LooksCount: 2}, nil
}

func (u hiddenLooksUpstream) ListAvatarGroups(context.Context, heygen.AvatarGroupsParams) (heygen.Page[heygen.AvatarGroup], error) {
	return heygen.Page[heygen.AvatarGroup]{Data: []heygen.AvatarGroup{{ID: "g", LooksCount: 2}}}, nil
}

func (u hiddenLooksUpstream) ListAvatarLooks(_ context.Context, p heygen.AvatarLooksParams) (heygen.Page[heygen.AvatarLook], error) {
	var page heygen.Page[heygen.AvatarLook]
	if p.Ownership != heygen.Private {
		return page, nil
	}
	if u.rejection != nil {
		return page, u.rejection
	}
	page.Data = []heygen.AvatarLook{{ID: "a"}, {ID: "b"}}
	if u.paginated && p.Token == "" {
		page.Data, page.HasMore, page.NextToken = page.Data[:1], true, "second"
	} else if u.paginated {
		page.Data = page.Data[1:]
	}
	return page, nil
}

func newHiddenLooksAPI(t *testing.T, u hiddenLooksUpstream) *api {
	return newAPI(t, sandbox.Options{}, func(_ *heygen.Options, o *graph.Options) { o.HeyGen = u })
}

func TestHiddenLooksAreListedThroughTheirGroup(t *testing.T) {
	a := newHiddenLooksAPI(t, hiddenLooksUpstream{})
	for query, want := range map[string]string{
		`{ avatarGroup(id: "g") { looks { nodes { lookId } } } }`:                `{"avatarGroup":{"looks":{"nodes":[{"lookId":"a"},{"lookId":"b"}]}}}`,
		`{ avatarGroups { nodes { looks { nodes { lookId } } } } }`:              `{"avatarGroups":{"nodes":[{"looks":{"nodes":[{"lookId":"a"},{"lookId":"b"}]}}]}}`,
		`{ avatarGroups { nodes { looks(first: 1) { nodes { lookId } } } } }`:    `{"avatarGroups":{"nodes":[{"looks":{"nodes":[{"lookId":"a"}]}}]}}`,
		`{ avatarGroup(id: "g") { looks(last: 1) { nodes { lookId } } } }`:       `{"avatarGroup":{"looks":{"nodes":[{"lookId":"b"}]}}}`,
		`{ avatarLooks(groupId: "g", ownership: PRIVATE) { nodes { lookId } } }`: `{"avatarLooks":{"nodes":[{"lookId":"a"},{"lookId":"b"}]}}`,
		`{ avatarLooks(groupId: "g") { nodes { lookId } } }`:                     `{"avatarLooks":{"nodes":[]}}`, // as HeyGen lists them
	} {
		if out := a.mustDo(t, query, nil); out.dataJSON(t) != want {
			t.Errorf("%s: %s", query, out.Body)
		}
	}
}

// The fallback request is a guess: if HeyGen rejects it, the empty list is the result.
func TestRejectedOwnershipFallbackReturnsEmptyList(t *testing.T) {
	for kind, code := range map[error]string{
		heygen.ErrNotFound: "", heygen.ErrForbidden: "", heygen.ErrBadRequest: "", heygen.ErrRejected: "",
		heygen.ErrUnavailable: "UPSTREAM_UNAVAILABLE", heygen.ErrRateLimited: "RATE_LIMITED", heygen.ErrUnauthenticated: "UPSTREAM_UNAUTHENTICATED",
	} {
		a := newHiddenLooksAPI(t, hiddenLooksUpstream{rejection: &heygen.Error{Kind: kind, Param: "group_id"}})
		want := `{"avatarGroup":{"looks":{"nodes":[]}}}`
		if code != "" {
			want = `{"avatarGroup":{"looks":null}}`
		}
		if out := a.do(t, `{ avatarGroup(id: "g") { looks { nodes { lookId } } } }`, nil); out.codes() != code || out.dataJSON(t) != want {
			t.Errorf("%v: %s", kind, out.Body)
		}
	}
}

// The cursor is signed and has a token that no list of looks can have. Without
// CURSOR_SECRET, anybody can sign one.
func TestForgedLooksTokenIsNotSentToHeyGen(t *testing.T) {
	a := newHiddenLooksAPI(t, hiddenLooksUpstream{paginated: true})
	l := &connectionCase{parent: `avatarGroup(id: "g")`, field: "looks", id: "lookId"}
	const scope = "AvatarGroup.looks limit=50 avatar_type=&group_id=g&ownership="
	cursor := func(token string) string {
		return relay.NewCodec("").Encode(scope, relay.Cursor{PageToken: token, PageNumber: 1, EndsPage: true})
	}
	if c := l.fetchPage(t, a, vars{"after": cursor("rsecond")}); !slices.Equal(c.ids, []string{"b"}) {
		t.Fatalf("the cursor does not select the second page: %v", c.ids)
	}
	for _, token := range []string{"-", "r", "second", "é", "\x00\x00", "Rsecond"} {
		if out := a.do(t, l.query(), vars{"after": cursor(token)}); out.codes() != "INVALID_CURSOR" {
			t.Errorf("%q: %s", token, out.Body)
		}
	}
}

// longTokenUpstream returns tokens of the maximum length that the client accepts.
type longTokenUpstream struct{ graph.Upstream }

func (u longTokenUpstream) AvatarGroup(context.Context, heygen.GroupID) (heygen.AvatarGroup, error) {
	return heygen.AvatarGroup{ID: "g"}, nil
}

func (u longTokenUpstream) ListAvatarLooks(_ context.Context, p heygen.AvatarLooksParams) (heygen.Page[heygen.AvatarLook], error) {
	token := strings.Repeat("t", 4<<10)
	switch p.Token {
	case "":
		return heygen.Page[heygen.AvatarLook]{Data: []heygen.AvatarLook{{ID: "a"}}, HasMore: true, NextToken: token}, nil
	case token:
		return heygen.Page[heygen.AvatarLook]{Data: []heygen.AvatarLook{{ID: "b"}}}, nil
	}
	return heygen.Page[heygen.AvatarLook]{}, &heygen.Error{Kind: heygen.ErrBadRequest}
}

func TestLongestTokenFitsInLooksCursor(t *testing.T) {
	a := newAPI(t, sandbox.Options{}, func(_ *heygen.Options, o *graph.Options) { o.HeyGen = longTokenUpstream{} })
	l := &connectionCase{parent: `avatarGroup(id: "g")`, field: "looks", id: "lookId"}
	if c := l.fetchPage(t, a, vars{"after": l.fetchPage(t, a, vars{"first": 1}).end}); !slices.Equal(c.ids, []string{"b"}) {
		t.Error(c.ids)
	}
}
