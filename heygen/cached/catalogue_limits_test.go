package cached_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"heygen-graphql/heygen"
	"heygen-graphql/heygen/cached"
	"heygen-graphql/heygen/catalogue"
	"heygen-graphql/heygen/sandbox"
)

func TestTooLargeListHasNoCatalogue(t *testing.T) {
	runWithSettledLists(t, sandbox.Options{}, func(f *fixture) {
		for _, calls := range []int{2, 0} { // the error is cached, too
			f.wantCalls(calls, func() {
				if _, err := f.AvatarGroupCatalogue(f.Context(), heygen.Public); !errors.Is(err, catalogue.ErrTooLarge) {
					f.Error(err)
				}
			})
		}
		all, _, _ := f.listAll()
		if len(all) != len(f.Groups()) {
			f.Errorf("%d groups", len(all))
		}
		f.RemoveGroups(f.publicGroups()[80:]...)
		f.advanceTo(time.Minute)
		_, _ = f.AvatarGroupCatalogue(f.Context(), heygen.Public)
		synctest.Wait()
		f.wantGroups(f.publicGroups(), 0)
	}, func(o *cached.Options) { o.CatalogueMaxItems = 99 })
}

func TestLooksOfGroupHaveAtMost40Pages(t *testing.T) {
	runWithSettledLists(t, sandbox.Options{}, func(f *fixture) {
		group := "g"
		f.AddGroups(sandbox.Group{ID: group, Name: "Many", LooksCount: 2000, CreatedAt: 4e9})
		params := heygen.AvatarLooksParams{GroupID: heygen.GroupID(group), Limit: 3, Token: "ignored"}
		for _, calls := range []int{40, 0} {
			f.wantCalls(calls, func() {
				if looks, err := f.AvatarLookCatalogue(f.Context(), params); err != nil || looks.Len() != 2000 {
					f.Error(err)
				}
			})
		}
		f.wantCalls(pagesOf(len(f.Looks()), 50), func() { // of all groups
			if looks, err := f.AvatarLookCatalogue(f.Context(), heygen.AvatarLooksParams{}); err != nil || looks.Len() != len(f.Looks()) {
				f.Error(err)
			}
		})
		f.AddGroups(sandbox.Group{ID: group, Name: "Many", LooksCount: 2001, CreatedAt: 4e9})
		f.advanceTo(3 * time.Hour)
		for _, calls := range []int{40, 0} {
			f.wantCalls(calls, func() {
				if _, err := f.AvatarLookCatalogue(f.Context(), params); !errors.Is(err, catalogue.ErrTooDeep) {
					f.Error(err)
				}
			})
		}
	}, func(o *cached.Options) { o.CatalogueMaxItems = 100_000 })
}

func TestCatalogueWithoutCacheIsReadEachTime(t *testing.T) {
	runWithSettledLists(t, sandbox.Options{Latency: second}, func(f *fixture) {
		if f.CachesCatalogues() {
			f.Error("without a cache")
		}
		all := f.publicGroups()
		f.wantGroups(all, pagesOf(len(all), 50))
		f.wantGroups(all, pagesOf(len(all), 50))
	}, func(o *cached.Options) { o.MaxBytes = 0 })
	runWithSettledLists(t, sandbox.Options{}, func(f *fixture) {
		if !f.CachesCatalogues() {
			f.Error("with a cache")
		}
	})
}

// A group in training is on the first page.
func TestCatalogueFetchesOnlyPagesWithItemsInTrainingAgain(t *testing.T) {
	runWithSettledLists(t, sandbox.Options{}, func(f *fixture) {
		status := "processing"
		training := sandbox.Group{ID: "g", Name: "Ann", CreatedAt: 4e9, Status: &status}
		f.AddGroups(training)
		all := f.publicGroups()
		f.wantGroups(all, pagesOf(len(all), 50))
		f.advanceTo(5*second - 1)
		f.wantGroups(all, 0)
		f.advanceTo(5 * second)
		f.wantGroups(all, 1)
		status = "completed"
		f.AddGroups(training)
		f.advanceTo(10 * second)
		f.wantCalls(1, func() { // a stale status is not served
			groups, err := f.AvatarGroupCatalogue(f.Context(), heygen.Public)
			if err != nil || *groups.Select(catalogue.GroupQuery{}).Item(0).Status != heygen.Completed {
				f.Error(err)
			}
		})
		f.advanceTo(60*second - 1)
		f.wantGroups(all, 0)
		f.advanceTo(60 * second)
		f.wantGroups(all, pagesOf(len(all), 50))
	})
}

func TestCatalogueIsNotServedAfterItsSignedURLsExpire(t *testing.T) {
	runWithSettledLists(t, sandbox.Options{PreviewTTL: 20 * time.Minute}, func(f *fixture) {
		params := heygen.AvatarLooksParams{AvatarType: heygen.PhotoAvatar}
		signed := func() string {
			looks, err := f.AvatarLookCatalogue(f.Context(), params)
			if err != nil {
				return err.Error()
			}
			all := looks.Select(catalogue.LookQuery{})
			for i := range all.Len() {
				if u := all.Item(i).PreviewImageURL; u != nil && strings.Contains(*u, "Expires=") {
					return *u
				}
			}
			return "none is signed"
		}
		first := signed()
		f.advanceTo(20*time.Minute - 1)
		f.SetFaults(1, sandbox.InternalError)
		if got := signed(); got != first || !strings.Contains(got, "Expires=") {
			f.Error(got)
		}
		f.advanceTo(20 * time.Minute)
		if got := signed(); strings.Contains(got, "Expires=") || got == "none is signed" {
			f.Error(got)
		}
		f.SetFaults(0)
		if got := signed(); got == first || !strings.Contains(got, "Expires=") {
			f.Error(got)
		}
	}, func(o *cached.Options) { o.StaleIfError = 24 * time.Hour })
}

func TestCallerWhoseDeadlineEndsLeavesOthersTheWalk(t *testing.T) {
	runWithSettledLists(t, sandbox.Options{Latency: second}, func(f *fixture) {
		all := f.publicGroups()
		f.wantCalls(pagesOf(len(all), 50), func() {
			var others sync.WaitGroup
			ctx, cancel := context.WithTimeout(f.Context(), 2*second+second/2)
			defer cancel()
			others.Go(func() {
				_, err := f.AvatarGroupCatalogue(ctx, heygen.Public)
				if e, ok := errors.AsType[*heygen.Error](err); !ok || e.Kind != heygen.ErrTimeout || e.Endpoint != heygen.EndpointListAvatarGroups || time.Since(f.start) != 2*second+second/2 {
					f.Errorf("%v after %v", err, time.Since(f.start))
				}
			})
			synctest.Wait()
			others.Go(func() {
				if groups, err := f.AvatarGroupCatalogue(f.Context(), heygen.Public); err != nil || groups.Len() != len(all) {
					f.Error(err)
				}
			})
			others.Wait()
		})
	})
}

func TestWalkIsCanceledWhenItsLastCallerLeaves(t *testing.T) {
	runWithSettledLists(t, sandbox.Options{Latency: second}, func(f *fixture) {
		f.wantCalls(3, func() {
			var callers sync.WaitGroup
			for _, timeout := range []time.Duration{second / 2, 2*second + second/2} {
				callers.Go(func() {
					ctx, cancel := context.WithTimeout(f.Context(), timeout)
					defer cancel()
					if _, err := f.AvatarGroupCatalogue(ctx, heygen.Public); !errors.Is(err, heygen.ErrTimeout) {
						f.Error(err)
					}
				})
			}
			callers.Wait()
			synctest.Wait()
			if n := f.InFlight(); n != 0 {
				f.Errorf("%d calls in flight", n)
			}
			f.advanceTo(time.Minute)
		})
		f.wantGroups(f.publicGroups(), pagesOf(len(f.publicGroups()), 50)-2) // stale pages are served
	})
}

// Each attempt reads five pages.
func TestBackgroundRefreshTakesSeveralAttempts(t *testing.T) {
	runWithSettledLists(t, sandbox.Options{Latency: second}, func(f *fixture) {
		before := f.publicGroups()
		pages := pagesOf(len(before), 50)
		f.wantGroups(before, pages)
		f.itemsComeAndGo(1)
		f.wantCalls(pages+(pages-1)/5, func() { // one page is canceled in each attempt but the last
			for attempt := range pagesOf(pages, 5) {
				f.advanceTo(2*time.Minute + time.Duration(attempt)*8*second) // after the back-off
				if groups, err := f.AvatarGroupCatalogue(f.Context(), heygen.Public); err != nil || !slices.Equal(groupIDs(groups), before) {
					f.Error(err)
				}
			}
			f.advanceTo(3 * time.Minute)
		})
		if groups, err := f.AvatarGroupCatalogue(f.Context(), heygen.Public); err != nil || !slices.Equal(groupIDs(groups), f.publicGroups()) {
			f.Error(err)
		}
		if !strings.Contains(f.log.String(), `level=WARN msg="catalogue walk failed" list=public_groups items=0 pages=5 duration=5.5s outcome=timeout`) {
			f.Error(f.log.String())
		}
	}, func(o *cached.Options) { o.RefreshTimeout, o.Fresh = 5*second+second/2, 3*second })
}

// The second page is older than all others.
func TestCatalogueExpiresWithItsOldestPage(t *testing.T) {
	for _, staleIfError := range []time.Duration{0, time.Hour} {
		runWithSettledLists(t, sandbox.Options{}, func(f *fixture) {
			p := groupsOwnedBy(heygen.Public)
			second := p
			second.Token = f.listGroups(p, 1).NextToken
			f.listGroups(second, 1)
			f.advanceTo(70 * time.Second)
			f.listGroups(p, 1) // refreshes the first page
			all := f.publicGroups()
			f.wantGroups(all, pagesOf(len(all), 50)-2)
			f.SetFaults(1, sandbox.InternalError)
			f.advanceTo(time.Hour + time.Minute - 3*time.Second)
			f.wantGroups(all, 1)
			f.advanceTo(time.Hour + time.Minute)
			if _, err := f.AvatarGroupCatalogue(f.Context(), heygen.Public); (err == nil) != (staleIfError > 0) || err != nil && !errors.Is(err, heygen.ErrUnavailable) {
				f.Errorf("its second page has expired: %v", err)
			}
			if staleIfError == 0 {
				return
			}
			f.SetFaults(0)
			f.AddGroups(sandbox.Group{ID: "new", Name: "New", CreatedAt: 4e9})
			f.advanceTo(time.Hour + time.Minute + 2*time.Second)
			f.wantGroups(f.publicGroups(), pagesOf(len(all)+1, 50)) // fetched first
		}, func(o *cached.Options) { o.StaleIfError = staleIfError })
	}
}

func TestCatalogueThatExceedsTheCacheIsLogged(t *testing.T) {
	small := func(o *cached.Options) { o.MaxBytes = 1 << 20 }
	const message = `level=WARN msg="catalogue exceeds the cache" list=public_groups size=`
	runWithSettledLists(t, sandbox.Options{GroupCount: 1500}, func(f *fixture) {
		for range 3 {
			if _, err := f.AvatarGroupCatalogue(f.Context(), heygen.Public); err != nil {
				f.Error(err)
			}
		}
		f.advanceTo(second)
		_, _ = f.AvatarGroupCatalogue(f.Context(), heygen.Public)
		if log := f.log.String(); strings.Count(log, message) != 2 || !strings.Contains(log, " capacity=524288 suppressed=2") {
			f.Error(log)
		}
		if cached := f.Catalogues(); len(cached) > 0 {
			f.Error(cached)
		}
	}, small)
	runWithSettledLists(t, sandbox.Options{GroupCount: 1500}, func(f *fixture) { // a caller's key
		f.Client = f.ForKey(heygen.NewKey("sk_V2_ada"))
		if _, err := f.AvatarGroupCatalogue(f.Context(), heygen.Public); err != nil || strings.Contains(f.log.String(), "exceeds") {
			f.Error(f.log.String(), err)
		}
	}, small)
	runWithSettledLists(t, sandbox.Options{}, func(f *fixture) { // with enough memory
		f.wantGroups(f.publicGroups(), pagesOf(len(f.publicGroups()), 50))
		if strings.Contains(f.log.String(), "exceeds") {
			f.Error(f.log.String())
		}
	})
}
