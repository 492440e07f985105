package sandbox_test

import (
	"net/url"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"heygen-graphql/heygen/sandbox"
)

const looksOfShortLivedGroup = "/v3/avatars/looks?group_id=" + sandbox.ShortLivedGroupID

func TestShortLivedLooksAreReplacedAndTheirGroupStays(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		box, others := sandbox.New(sandbox.Options{LookLifetime: time.Minute}), sandbox.New(sandbox.Options{LookLifetime: time.Minute})
		groups, all := box.Groups(), len(box.Looks())
		seen := map[string]bool{}
		for range 5 {
			ids := itemIDs(t, get(t, box, looksOfShortLivedGroup).Body.Bytes())
			for _, id := range ids {
				if seen[id] {
					t.Errorf("%s is there again", id)
				}
				seen[id] = true
			}
			sleep(t, time.Minute-time.Nanosecond)
			if again := itemIDs(t, get(t, box, looksOfShortLivedGroup).Body.Bytes()); len(ids) != 4 || !slices.Equal(again, ids) {
				t.Errorf("%v became %v before their lifetime had passed", ids, again)
			}
			sleep(t, time.Nanosecond)
			path := "/v3/avatars/looks/" + url.PathEscape(ids[0])
			w := get(t, box, path)
			assertError(t, path, w.Result(), w.Body.Bytes(), 404, "avatar_not_found", "")
			if w := get(t, box, "/looks/"+url.PathEscape(ids[0])+".svg"); w.Code != 404 {
				t.Errorf("the picture of %s: %d", ids[0], w.Code)
			}
		}
		if diff := cmp.Diff(groups, box.Groups()); diff != "" {
			t.Errorf("the groups have changed: %s", diff)
		}
		if n := len(box.Looks()); n != all {
			t.Errorf("%d looks became %d", all, n)
		}
		if diff := cmp.Diff(box.Looks(), others.Looks()); diff != "" { // this one has seen no call
			t.Errorf("two sandboxes of the same age differ: %s", diff)
		}
		assertLooksCounts(t, box)
	})
}

func TestShortLivedLooksStayWithoutLifetime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		box := sandbox.New(sandbox.Options{TrainingDuration: time.Second})
		before := lookIDsOf(box, sandbox.ShortLivedGroupID)
		sleep(t, 1000*time.Hour)
		if diff := cmp.Diff(before, lookIDsOf(box, sandbox.ShortLivedGroupID)); diff != "" {
			t.Error(diff)
		}
	})
}

func TestShortLivedLooksFollowMutations(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		box := sandbox.New(sandbox.Options{LookLifetime: time.Minute})
		box.AddLooks(sandbox.Look{ID: "added", GroupID: new(sandbox.ShortLivedGroupID), CreatedAt: 3e9})
		box.RemoveLooks(lookIDsOf(box, sandbox.ShortLivedGroupID)[1])
		sleep(t, time.Minute)
		if ids := lookIDsOf(box, sandbox.ShortLivedGroupID); len(ids) != 4 || ids[0] != "added" { // of four, one was removed
			t.Errorf("%q", ids)
		}
		assertLooksCounts(t, box)
		box.RemoveGroups(sandbox.ShortLivedGroupID)
		sleep(t, time.Minute)
		if ids := lookIDsOf(box, sandbox.ShortLivedGroupID); len(ids) != 0 {
			t.Errorf("%q", ids)
		}
	})
}

func TestGroupIsRemovedWithItsLastLook(t *testing.T) {
	box := sandbox.New(sandbox.Options{UnknownGroupIs404: true})
	const group = "/v3/avatars/group_monica"
	box.RemoveLooks("monica_office", "monica_street")
	if w := get(t, box, group); w.Code != 200 || looksCountOf(box, "group_monica") != 1 {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	box.RemoveLooks("monica_sofa")
	for _, path := range []string{group, "/v3/avatars/looks?group_id=group_monica"} {
		w := get(t, box, path)
		assertError(t, path, w.Result(), w.Body.Bytes(), 404, "avatar_group_not_found", "")
	}
	if first := itemIDs(t, get(t, box, "/v3/avatars?limit=1").Body.Bytes()); first[0] == "group_monica" {
		t.Error("the group is still listed")
	}
	assertLooksCounts(t, box)
}

func TestGroupWithoutLooksIsNotRemoved(t *testing.T) {
	box := sandbox.New(sandbox.Options{})
	box.AddGroups(sandbox.Group{ID: "x"}, sandbox.Group{ID: "y", LooksCount: 1})
	box.AddLooks(sandbox.Look{ID: lookIDsOf(box, "y")[0], GroupID: new("x")}) // it moves, which is no removal
	if x, y := looksCountOf(box, "x"), looksCountOf(box, "y"); x != 1 || y != 0 {
		t.Errorf("x has %d looks, y has %d", x, y)
	}
	box.RemoveLooks("unknown")
	assertLooksCounts(t, box)
}
