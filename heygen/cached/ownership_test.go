package cached_test

import (
	"strconv"
	"testing"
	"time"

	"heygen-graphql/heygen"
	"heygen-graphql/heygen/cached"
	"heygen-graphql/heygen/sandbox"
)

func groupsOwnedBy(o heygen.Ownership) heygen.AvatarGroupsParams {
	return heygen.AvatarGroupsParams{Limit: heygen.MaxPageSize, Ownership: o}
}

// listGroups lists groups, and fails unless that takes so many calls.
func (f *fixture) listGroups(p heygen.AvatarGroupsParams, calls int) (page heygen.Page[heygen.AvatarGroup]) {
	f.Helper()
	f.wantCalls(calls, func() {
		var err error
		if page, err = f.ListAvatarGroups(f.Context(), p); err != nil {
			f.Fatal(err)
		}
	})
	return page
}

// wantOwnership fails unless the ownership of the groups is known as want, without a call.
func (f *fixture) wantOwnership(want heygen.Ownership, groups ...heygen.AvatarGroup) {
	f.Helper()
	f.wantCalls(0, func() {
		for _, g := range groups {
			if got := f.AvatarGroupOwnership(g.ID); got != want {
				f.Errorf("%s is %q, want %q", g.ID, got, want)
				return
			}
		}
	})
}

func TestOwnershipIsKnownOfGroupsInFilteredLists(t *testing.T) {
	runWithFixture(t, sandbox.Options{}, func(f *fixture) {
		f.wantOwnership("", heygen.AvatarGroup{ID: "group_monica"})
		f.wantOwnership("", f.listGroups(allGroups, 1).Data...)
		public := f.listGroups(groupsOwnedBy(heygen.Public), 1).Data
		private := f.listGroups(groupsOwnedBy(heygen.Private), 1).Data
		if len(public) != 50 || len(private) == 0 {
			f.Fatal(len(public), len(private))
		}
		f.wantOwnership(heygen.Public, public...)
		f.wantOwnership(heygen.Private, private...)
		f.wantOwnership("", heygen.AvatarGroup{ID: "no_such_id"})
	})
}

// Lists that do not filter, and fetches by id, say nothing of ownership, now or later.
func TestOwnershipOutlivesUnfilteredFetches(t *testing.T) {
	runWithFixture(t, sandbox.Options{}, func(f *fixture) {
		private := f.listGroups(groupsOwnedBy(heygen.Private), 1).Data
		f.listGroups(allGroups, 1)
		f.wantOwnership(heygen.Private, private...)
		f.advanceTo(3 * time.Hour) // after the groups themselves have expired
		f.listGroups(allGroups, 1)
		_, _ = f.getGroup(string(private[0].ID), 0)
		f.wantOwnership("", private...)
		f.listGroups(groupsOwnedBy(heygen.Private), 1)
		f.wantOwnership(heygen.Private, private...)
		f.advanceTo(4*time.Hour + 30*time.Second) // stale
		f.listGroups(allGroups, 1)
		f.wantOwnership(heygen.Private, private...)
	}, func(o *cached.Options) { o.StaleWhileRevalidate = 90 * time.Minute })
}

func TestRejectedKeyForgetsOwnership(t *testing.T) {
	runWithFixture(t, sandbox.Options{Keys: []string{"sk_V2_secret"}}, func(f *fixture) {
		public := f.listGroups(groupsOwnedBy(heygen.Public), 1).Data
		f.wantOwnership(heygen.Public, public...)
		f.SetKeys("sk_V2_another")
		_, _ = f.Voice(f.Context(), "any")
		f.wantOwnership("", public...)
		if n := f.Size(); n != 0 {
			f.Errorf("%d bytes left", n)
		}
	})
}

func TestOwnershipIsNotSharedBetweenKeys(t *testing.T) {
	runWithFixture(t, sandbox.Options{}, func(f *fixture) {
		private := f.listGroups(groupsOwnedBy(heygen.Private), 1).Data
		if got := f.ForKey(heygen.NewKey("sk_V2_ada")).AvatarGroupOwnership(private[0].ID); got != "" {
			f.Error(got)
		}
	})
}

func TestOwnershipIsUnknownWithoutCache(t *testing.T) {
	runWithFixture(t, sandbox.Options{}, func(f *fixture) {
		f.wantOwnership("", f.listGroups(groupsOwnedBy(heygen.Private), 1).Data...)
	}, func(o *cached.Options) { o.MaxBytes = 0 })
}

// An entry of some 420 bytes for each group is part of the bounded size.
func TestOwnershipCountsTowardCacheSize(t *testing.T) {
	sizeOf := func(o heygen.Ownership) (size, groups int64) {
		runWithFixture(t, sandbox.Options{OmittedIsPublic: true}, func(f *fixture) {
			groups = int64(len(f.listGroups(groupsOwnedBy(o), 1).Data))
			size = f.Size()
		})
		return size, groups
	}
	unfiltered, _ := sizeOf("")
	filtered, groups := sizeOf(heygen.Public) // the same groups
	if per := (filtered - unfiltered) / groups; per < 380 || per > 450 {
		t.Errorf("%d bytes a group", per)
	}
	const maxBytes = 1 << 20
	runWithFixture(t, sandbox.Options{}, func(f *fixture) {
		for i := range 3000 {
			f.AddGroups(sandbox.Group{ID: "more" + strconv.Itoa(i), Name: "More", Ownership: sandbox.Private, CreatedAt: 4e9})
		}
		listPages(f, func(token string) (heygen.Page[heygen.AvatarGroup], error) {
			return f.ListAvatarGroups(f.Context(), heygen.AvatarGroupsParams{Limit: heygen.MaxPageSize, Ownership: heygen.Private, Token: token})
		})
		if n := f.Size(); n > maxBytes {
			f.Errorf("%d bytes, the maximum is %d", n, maxBytes)
		}
	}, func(o *cached.Options) { o.MaxBytes = maxBytes })
}
