package cached_test

import (
	"errors"
	"slices"
	"strconv"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"heygen-graphql/heygen"
	"heygen-graphql/heygen/cached"
	"heygen-graphql/heygen/catalogue"
	"heygen-graphql/heygen/sandbox"
)

// wantGroups reads the catalogue of the public groups, and fails unless it holds those that
// the sandbox has, or had when want was made, and that takes so many calls.
func (f *fixture) wantGroups(want []string, calls int) {
	f.Helper()
	f.wantCalls(calls, func() {
		groups, err := f.AvatarGroupCatalogue(f.Context(), heygen.Public)
		if err != nil {
			f.Errorf("at %v: %v", time.Since(f.start), err)
			return
		}
		if got := groupIDs(groups); !slices.Equal(got, want) {
			f.Errorf("at %v: %d groups, want %d", time.Since(f.start), len(got), len(want))
		}
	})
}

// groupIDs returns the ids of the groups of a catalogue in HeyGen's order.
func groupIDs(groups *catalogue.Groups) (ids []string) {
	all := groups.Select(catalogue.GroupQuery{})
	for i := range all.Len() {
		ids = append(ids, string(all.Item(i).ID))
	}
	return ids
}

// runWithSettledLists is runWithFixture without groups in training, whose status is never
// served stale.
func runWithSettledLists(t *testing.T, o sandbox.Options, test func(*fixture), configure ...func(*cached.Options)) {
	runWithFixture(t, o, func(f *fixture) {
		for _, g := range f.Groups() {
			if g.Status != nil && (*g.Status == "processing" || *g.Status == "pending_consent") {
				f.RemoveGroups(g.ID)
			}
		}
		test(f)
	}, configure...)
}

// publicGroups returns the ids of the public groups of the sandbox.
func (f *fixture) publicGroups() (ids []string) {
	for _, g := range f.Groups() {
		if g.Ownership == sandbox.Public {
			ids = append(ids, g.ID)
		}
	}
	return ids
}

// pagesOf returns the number of pages of a list of n items.
func pagesOf(n, pageSize int) int { return (n + pageSize - 1) / pageSize }

func TestCatalogueCostsOneCallPerPageThenNone(t *testing.T) {
	runWithSettledLists(t, sandbox.Options{}, func(f *fixture) {
		owned := map[heygen.Ownership]int{heygen.Public: len(f.publicGroups())}
		owned[""] = len(f.Groups())
		owned[heygen.Private] = owned[""] - owned[heygen.Public]
		for ownership, n := range owned {
			for _, calls := range []int{pagesOf(n, 50), 0} {
				f.wantCalls(calls, func() {
					groups, err := f.AvatarGroupCatalogue(f.Context(), ownership)
					if err != nil || groups.Len() != n {
						f.Errorf("%q: %v, want %d groups", ownership, err, n)
					}
				})
			}
		}
		voices := map[sandbox.Ownership]int{}
		for _, v := range f.Voices() {
			voices[sandbox.Ownership(v.Type)]++
		}
		for ownership, n := range voices {
			for _, calls := range []int{pagesOf(n, 100), 0} {
				f.wantCalls(calls, func() {
					got, err := f.VoiceCatalogue(f.Context(), heygen.VoicesParams{Type: heygen.VoiceType(ownership), Limit: 7, Token: "ignored"})
					if err != nil || got.Len() != n {
						f.Errorf("%q: %v, want %d voices", ownership, err, n)
					}
				})
			}
		}
	})
}

func TestCatalogueReadsPagesOfPlainListFromCache(t *testing.T) {
	runWithSettledLists(t, sandbox.Options{}, func(f *fixture) {
		all := f.publicGroups()
		p := groupsOwnedBy(heygen.Public)
		for range 3 {
			p.Token = f.listGroups(p, 1).NextToken
		}
		f.wantGroups(all, pagesOf(len(all), 50)-3)
		f.listGroups(p, 0)
		f.wantCalls(0, func() { // neither do its items cost a call
			for _, id := range all {
				_, _ = f.AvatarGroup(f.Context(), heygen.GroupID(id))
			}
		})
	})
}

func TestFirstCallersShareOneWalk(t *testing.T) {
	runWithSettledLists(t, sandbox.Options{Latency: second}, func(f *fixture) {
		all := f.publicGroups()
		pages := pagesOf(len(all), 50)
		f.wantCalls(pages, func() {
			var callers sync.WaitGroup
			for range 100 {
				callers.Go(func() {
					groups, err := f.AvatarGroupCatalogue(f.Context(), heygen.Public)
					if err != nil || groups.Len() != len(all) || time.Since(f.start) != time.Duration(pages)*second {
						f.Errorf("%v after %v", err, time.Since(f.start))
					}
				})
			}
			callers.Wait()
		})
	})
}

func TestCatalogueResumesFromCachedPages(t *testing.T) {
	runWithSettledLists(t, sandbox.Options{}, func(f *fixture) {
		all := f.publicGroups()
		pages := pagesOf(len(all), 50)
		f.QueueFaults(sandbox.OK, sandbox.OK, sandbox.OK, sandbox.InternalError)
		f.wantCalls(4, func() {
			if groups, err := f.AvatarGroupCatalogue(f.Context(), heygen.Public); !errors.Is(err, heygen.ErrUnavailable) || groups != nil {
				f.Error(groups, err)
			}
		})
		f.wantGroups(all, pages-3)
		f.wantGroups(all, 0)
	})
}

func TestHourOfSearchesCostsPagesTimesRefreshes(t *testing.T) {
	runWithSettledLists(t, sandbox.Options{}, func(f *fixture) {
		all := f.publicGroups()
		const refreshes = 60 // one every minute, the first walk included
		f.wantCalls(pagesOf(len(all), 50)*refreshes, func() {
			for at := time.Duration(0); at < time.Hour; at += 5 * second {
				f.advanceTo(at)
				var clients sync.WaitGroup
				for range 100 {
					clients.Go(func() {
						if groups, err := f.AvatarGroupCatalogue(f.Context(), heygen.Public); err != nil || groups.Len() != len(all) {
							f.Error(err)
						}
					})
				}
				clients.Wait()
				synctest.Wait()
			}
		})
	})
}

func TestStaleCatalogueIsServedDuringOneRefresh(t *testing.T) {
	runWithSettledLists(t, sandbox.Options{Latency: second}, func(f *fixture) {
		before := f.publicGroups()
		pages := pagesOf(len(before), 50)
		f.wantGroups(before, pages)
		f.RemoveGroups(before[3])
		f.AddGroups(sandbox.Group{ID: "new", Name: "New", CreatedAt: 4e9})
		after := f.publicGroups()
		f.advanceTo(61*second - 1)
		f.wantGroups(before, 0)
		f.advanceTo(61 * second)
		f.wantCalls(pages, func() {
			for range 100 {
				groups, err := f.AvatarGroupCatalogue(f.Context(), heygen.Public)
				if err != nil || !slices.Equal(groupIDs(groups), before) || time.Since(f.start) != 61*second {
					f.Error(err)
				}
			}
			f.advanceTo(time.Duration(61+pages) * second)
		})
		f.wantGroups(after, 0)
		f.advanceTo(time.Duration(62+60) * second)
		f.wantCalls(pages, func() {
			_, _ = f.AvatarGroupCatalogue(f.Context(), heygen.Public)
			f.advanceTo(200 * second)
		})
	})
}

// A walk over many pages: the last ones are fresh when the first ones are stale.
func TestRefreshReadsPagesOlderThanTheCatalogueAgain(t *testing.T) {
	runWithSettledLists(t, sandbox.Options{Latency: 9 * second}, func(f *fixture) {
		all := f.publicGroups()
		pages := pagesOf(len(all), 50)
		if pages < 8 {
			f.Fatal(pages)
		}
		f.wantGroups(all, pages)
		f.wantCalls(pages, func() {
			_, _ = f.AvatarGroupCatalogue(f.Context(), heygen.Public)
			f.advanceTo(10 * time.Minute)
		})
	}, func(o *cached.Options) { o.RefreshTimeout = time.Hour })
}

func TestStalePagesMakeCatalogueStaleAtOnce(t *testing.T) {
	runWithSettledLists(t, sandbox.Options{}, func(f *fixture) {
		before := f.publicGroups()
		pages := pagesOf(len(before), 50)
		listPages(f, func(token string) (heygen.Page[heygen.AvatarGroup], error) {
			return f.ListAvatarGroups(f.Context(), heygen.AvatarGroupsParams{Limit: 50, Ownership: heygen.Public, Token: token})
		})
		f.AddGroups(sandbox.Group{ID: "new", Name: "New", CreatedAt: 4e9})
		f.advanceTo(10 * time.Minute)
		f.wantGroups(before, 0) // stale pages are not refreshed one by one
		f.wantGroups(before, pages)
		f.wantGroups(f.publicGroups(), 0)
	})
}

func TestCatalogueIsServedIfHeyGenFails(t *testing.T) {
	runWithSettledLists(t, sandbox.Options{}, func(f *fixture) {
		all := f.publicGroups()
		f.wantGroups(all, pagesOf(len(all), 50))
		f.advanceTo(3 * time.Hour)
		f.SetFaults(1, sandbox.InternalError)
		f.wantGroups(all, 1)
		f.wantGroups(all, 0) // during the back-off
		f.advanceTo(3*time.Hour + 2*second)
		f.SetFaults(0)
		f.wantGroups(all, pagesOf(len(all), 50))
	}, func(o *cached.Options) { o.StaleIfError = 24 * time.Hour })
}

func Test401And403InvalidateCatalogue(t *testing.T) {
	for fault, kind := range map[sandbox.Fault]error{sandbox.Unauthorized: heygen.ErrUnauthenticated, sandbox.Forbidden: heygen.ErrForbidden} {
		runWithSettledLists(t, sandbox.Options{}, func(f *fixture) {
			all := f.publicGroups()
			f.wantGroups(all, pagesOf(len(all), 50))
			f.QueueFaults(fault)
			if _, err := f.Voice(f.Context(), "any"); !errors.Is(err, kind) {
				f.Error(err)
			}
			f.QueueFaults(sandbox.OK, fault)
			f.wantCalls(2, func() {
				if _, err := f.AvatarGroupCatalogue(f.Context(), heygen.Public); !errors.Is(err, kind) {
					f.Error(err)
				}
			})
			f.wantGroups(all, pagesOf(len(all), 50))
		})
	}
}

func TestCatalogueIsNotSharedBetweenKeys(t *testing.T) {
	runWithSettledLists(t, sandbox.Options{}, func(f *fixture) {
		all := f.publicGroups()
		f.wantGroups(all, pagesOf(len(all), 50))
		f.Client = f.ForKey(heygen.NewKey("sk_V2_ada"))
		f.wantGroups(all, pagesOf(len(all), 50))
		f.wantGroups(all, 0)
	})
}

// itemsComeAndGo changes the list of groups: at the front, at the end and in between.
func (f *fixture) itemsComeAndGo(round int) {
	all := f.publicGroups()
	f.RemoveGroups(all[0], all[len(all)/2], all[len(all)-1])
	for i, createdAt := range []float64{4e9, 1, 1.7e9} {
		f.AddGroups(sandbox.Group{ID: "new" + strconv.Itoa(10*round+i), Name: "New", CreatedAt: createdAt + float64(round)})
	}
}

func TestCatalogueFollowsChangesOfTheList(t *testing.T) {
	for _, kind := range []sandbox.TokenKind{sandbox.StartID, sandbox.Keyset, sandbox.PageNumbers} {
		runWithSettledLists(t, sandbox.Options{TokenKind: kind}, func(f *fixture) {
			before := f.publicGroups()
			f.wantGroups(before, pagesOf(len(before), 50))
			for round := range 10 {
				f.itemsComeAndGo(round)
				f.advanceTo(time.Duration(round+1) * time.Minute)
				f.wantGroups(before, pagesOf(len(before), 50)) // stale
				before = f.publicGroups()
				f.wantGroups(before, 0)
			}
		})
	}
}

// The first item of the third page is removed after the second page was cached.
func TestCatalogueSurvivesRejectedToken(t *testing.T) {
	runWithSettledLists(t, sandbox.Options{}, func(f *fixture) {
		p := groupsOwnedBy(heygen.Public)
		for range 2 {
			p.Token = f.listGroups(p, 1).NextToken
		}
		f.RemoveGroups(f.publicGroups()[100])
		all := f.publicGroups()
		f.wantGroups(all, 1+pagesOf(len(all), 50)-1) // the rejected call, and all pages but the first
		f.wantGroups(all, 0)
	})
}

// With a queue for both, two catalogues would take its two slots for as long as they are read.
func TestCatalogueRefreshesDoNotDelayThoseOfPages(t *testing.T) {
	runWithSettledLists(t, sandbox.Options{Latency: second}, func(f *fixture) {
		p := heygen.AvatarGroupsParams{Limit: 7}
		f.listGroups(p, 1)
		for _, o := range []heygen.Ownership{"", heygen.Public} {
			if _, err := f.AvatarGroupCatalogue(f.Context(), o); err != nil {
				f.Error(err)
			}
		}
		f.advanceTo(2 * time.Minute)
		f.wantCalls(1, func() { // the other one queues
			for _, o := range []heygen.Ownership{"", heygen.Public} {
				_, _ = f.AvatarGroupCatalogue(f.Context(), o)
			}
		})
		f.listGroups(p, 1)
	})
}
