package graph_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"heygen-graphql/graph"
	"heygen-graphql/heygen"
	"heygen-graphql/heygen/sandbox"
)

// privateGroups gives the private groups that have looks.
func privateGroups(a *api) (groups []sandbox.Group) {
	for _, g := range a.Groups() {
		if g.Ownership == sandbox.Private && g.LooksCount > 0 {
			groups = append(groups, g)
		}
	}
	return groups
}

// Whatever HeyGen lists unasked, a private group has its looks.
func TestAPrivateGroupHasItsLooksWhateverHeyGenListsUnasked(t *testing.T) {
	for _, omittedIsPublic := range []bool{false, true} {
		a := newAPI(t, sandbox.Options{OmittedIsPublic: omittedIsPublic})
		for _, g := range privateGroups(a) {
			want := looksOf(g.ID, "")(a)
			calls := 2
			if omittedIsPublic {
				calls = 3 // the looks are asked for as private, once more
			}
			a.cost(t, calls, func() {
				out := a.ok(t, `query($id: ID!) { avatarGroup(id: $id) { looks(first: 100) { nodes { lookId } } } }`, vars{"id": idOf(g.ID)})
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

// Groups that a list brought cost one call each in either case.
func TestLooksAreAskedForAsTheirGroupWas(t *testing.T) {
	for _, omittedIsPublic := range []bool{false, true} {
		a := newAPI(t, sandbox.Options{OmittedIsPublic: omittedIsPublic})
		for argument, ownership := range map[string]string{"": "", "ownership: PUBLIC": "public", "ownership: PRIVATE": "private"} {
			groups := nodes(a.ok(t, `{ avatarGroups(first: 40, `+argument+`) { nodes { groupId looksCount } } }`, nil), "avatarGroups")
			a.cost(t, 1+len(groups), func() {
				out := a.ok(t, `{ avatarGroups(first: 40, `+argument+`) { nodes { looks(first: 1) { nodes { lookId } } } } }`, nil)
				for i, node := range nodes(out, "avatarGroups") {
					if n := len(node["looks"].(map[string]any)["nodes"].([]any)); n != min(1, int(groups[i]["looksCount"].(float64))) {
						t.Errorf("%v, %s: the first of %v looks: %d", omittedIsPublic, argument, groups[i]["looksCount"], n)
					}
				}
			})
			for _, call := range a.Calls()[1:] {
				if got := call.Query.Get("ownership"); got != ownership || call.Query.Has("ownership") != (ownership != "") {
					t.Errorf("%s: looks are asked for with ownership %q", argument, got)
				}
			}
		}
	}
}

// A cursor goes on with the ownership its list began with, by whatever way its
// group is reached.
func TestACursorOfLooksIsGoodByEveryWayToTheirGroup(t *testing.T) {
	for _, omittedIsPublic := range []bool{false, true} {
		a := newAPI(t, sandbox.Options{OmittedIsPublic: omittedIsPublic})
		group := privateGroups(a)[0]
		for i := range 120 {
			a.AddLooks(sandbox.Look{ID: "look" + string(rune('A'+i/26)) + string(rune('a'+i%26)), Name: "L", GroupID: &group.ID, Ownership: sandbox.Private, CreatedAt: float64(i)})
		}
		want := looksOf(group.ID, "")(a)
		lone := &listField{around: `avatarGroup(id: "` + idOf(group.ID) + `")`, field: "looks", id: "lookId"}
		listed := func(arguments vars) connection {
			out := a.ok(t, `query($first: Int, $after: String) { avatarGroups(first: 100, ownership: PRIVATE) { nodes { groupId looks(first: $first, after: $after) {
				edges { cursor node { lookId } } nodes { lookId } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } } }`, arguments)
			for _, node := range nodes(out, "avatarGroups") {
				if node["groupId"] == group.ID {
					out.Data["avatarGroup"] = node
				}
			}
			return lone.read(t, out)
		}
		for way, first := range map[string]connection{"listed": listed(vars{"first": 70}), "alone": lone.page(t, a, vars{"first": 70})} {
			for _, i := range []int{9, 49, 50, 69} { // in a page of HeyGen's, at its end, behind it
				c := lone.page(t, a, vars{"first": 100, "after": first.cursors[i]})
				if got := append(slices.Clone(first.ids[:i+1]), c.ids...); !slices.Equal(got, want[:min(i+101, len(want))]) {
					t.Errorf("%s, after %d\n%s", way, i, cmp.Diff(want, got))
				}
			}
		}
	}
}

// longTokens gives tokens as long as the client takes them.
type longTokens struct{ graph.Upstream }

func (u longTokens) AvatarGroup(context.Context, heygen.GroupID) (heygen.AvatarGroup, error) {
	return heygen.AvatarGroup{ID: "g"}, nil
}

func (u longTokens) ListAvatarLooks(_ context.Context, p heygen.AvatarLooksParams) (heygen.Page[heygen.AvatarLook], error) {
	token := strings.Repeat("t", 4<<10)
	switch p.Token {
	case "":
		return heygen.Page[heygen.AvatarLook]{Data: []heygen.AvatarLook{{ID: "a"}}, HasMore: true, NextToken: token}, nil
	case token:
		return heygen.Page[heygen.AvatarLook]{Data: []heygen.AvatarLook{{ID: "b"}}}, nil
	}
	return heygen.Page[heygen.AvatarLook]{}, &heygen.Error{Kind: heygen.ErrBadRequest}
}

func TestTheLongestTokenFitsIntoACursorOfLooks(t *testing.T) {
	a := newAPI(t, sandbox.Options{}, func(_ *heygen.Options, o *graph.Options) { o.HeyGen = longTokens{} })
	l := &listField{around: `avatarGroup(id: "g")`, field: "looks", id: "lookId"}
	if c := l.page(t, a, vars{"after": l.page(t, a, vars{"first": 1}).end}); !slices.Equal(c.ids, []string{"b"}) {
		t.Error(c.ids)
	}
}
