package cached_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"heygen-graphql/heygen"
	"heygen-graphql/heygen/cached"
	"heygen-graphql/heygen/sandbox"
	"heygen-graphql/internal/cache"
)

// A response depends on the catalogue alone, not on its pages.
func TestCatalogueIsReportedOnceToTheObserver(t *testing.T) {
	runWithSettledLists(t, sandbox.Options{}, func(f *fixture) {
		p := groupsOwnedBy(heygen.Public)
		f.listGroups(p, 1)
		f.advanceTo(10 * second)
		want := func(ownership heygen.Ownership, result cache.Result, storedAt, freshUntil time.Duration) {
			t.Helper()
			ctx, infos := f.observe()
			if _, err := f.AvatarGroupCatalogue(ctx, ownership); err != nil || len(*infos) != 1 {
				f.Fatal(*infos, err)
			}
			i := (*infos)[0]
			if i.Endpoint != heygen.EndpointListAvatarGroups || i.Result != result || i.Failed || i.StoredAt.Sub(f.start) != storedAt ||
				i.FreshUntil.Sub(f.start) != freshUntil || i.Public != (ownership == heygen.Public) || !i.Entry.Valid() {
				f.Errorf("%+v", i)
			}
			synctest.Wait()
		}
		want(heygen.Public, cache.Miss, 0, 60*second)
		want(heygen.Public, cache.Hit, 0, 60*second)
		want(heygen.Private, cache.Miss, 10*second, 70*second)
		f.advanceTo(60 * second)
		want(heygen.Public, cache.Stale, 0, 60*second)
		want(heygen.Public, cache.Hit, 60*second, 120*second)
		f.QueueFaults(sandbox.InternalError)
		ctx, infos := f.observe()
		if _, err := f.AvatarGroupCatalogue(ctx, ""); err == nil || len(*infos) != 1 || !(*infos)[0].Failed || (*infos)[0].Entry != nil {
			f.Error(*infos, err)
		}
	})
}

func TestCatalogueOfCachedPagesIsHit(t *testing.T) {
	runWithSettledLists(t, sandbox.Options{}, func(f *fixture) {
		f.listAll()
		ctx, infos := f.observe()
		if _, err := f.AvatarGroupCatalogue(ctx, ""); err != nil || len(*infos) != 1 || (*infos)[0].Result != cache.Hit {
			f.Error(*infos, err)
		}
		f.advanceTo(time.Minute)
		if _, err := f.VoiceCatalogue(ctx, heygen.VoicesParams{}); err != nil || len(*infos) != 2 || (*infos)[1].Result != cache.Stale {
			f.Error(*infos, err)
		}
	})
}

func TestEveryWalkIsLoggedAndObserved(t *testing.T) {
	var walks []cached.CatalogueWalk
	observe := func(o *cached.Options) {
		o.ObserveWalk = func(w cached.CatalogueWalk) { walks = append(walks, w) }
	}
	runWithSettledLists(t, sandbox.Options{Latency: second}, func(f *fixture) {
		public := len(f.publicGroups())
		_, _ = f.AvatarGroupCatalogue(f.Context(), heygen.Public)
		_, _ = f.AvatarGroupCatalogue(f.Context(), heygen.Public) // is a hit
		f.QueueFaults(sandbox.OK, sandbox.RateLimited)
		ctx, cancel := context.WithTimeout(f.Context(), 3*second)
		defer cancel()
		_, _ = f.AvatarGroupCatalogue(ctx, "")
		f.advanceTo(time.Since(f.start) + 2*second)
		f.QueueFaults(sandbox.MoreWithoutToken)
		_, _ = f.VoiceCatalogue(f.Context(), heygen.VoicesParams{Language: "English"})
		canceled, cancelNow := context.WithCancel(f.Context())
		time.AfterFunc(second/2, cancelNow)
		_, _ = f.VoiceCatalogue(canceled, heygen.VoicesParams{Type: heygen.PrivateVoice})
		synctest.Wait()
		pages := pagesOf(public, 50)
		want := []cached.CatalogueWalk{
			{List: "public_groups", Outcome: "ok", Items: public, Pages: pages, Duration: time.Duration(pages) * second},
			{List: "groups", Outcome: "failed", Pages: 1, Duration: 2 * second},
			{List: "filtered_voices", Outcome: "incomplete", Pages: 1, Duration: second},
			{List: "private_voices", Outcome: "canceled", Duration: second / 2},
		}
		if diff := cmp.Diff(want, walks); diff != "" {
			f.Error(diff)
		}
		for _, w := range walks {
			if !slices.Contains(cached.CatalogueLists(), w.List) || !slices.Contains(cached.CatalogueOutcomes(), w.Outcome) {
				f.Errorf("%+v has no label", w)
			}
		}
		log := f.log.String()
		for _, line := range []string{
			`level=INFO msg="catalogue read" list=public_groups items=`,
			`level=WARN msg="catalogue walk failed" list=groups items=0 pages=1 duration=2s outcome=failed kind="rate limited"`,
			`level=WARN msg="catalogue walk failed" list=filtered_voices items=0 pages=1 duration=1s outcome=incomplete suppressed=0`,
		} {
			if strings.Count(log, line) != 1 {
				f.Errorf("%s is not in %s", line, log)
			}
		}
		if strings.Count(log, "catalogue") != 3 { // what a caller did is logged at debug level
			f.Error(log)
		}
	}, observe)
	walks = nil
	runWithSettledLists(t, sandbox.Options{}, func(f *fixture) {
		f.Client = f.ForKey(heygen.NewKey("sk_V2_ada"))
		_, _ = f.AvatarGroupCatalogue(f.Context(), heygen.Public)
		f.QueueFaults(sandbox.InternalError)
		_, _ = f.AvatarGroupCatalogue(f.Context(), "")
		if log := f.log.String(); strings.Contains(log, "catalogue") || len(walks) != 2 {
			f.Error(log, walks)
		}
	}, observe)
}

func TestFailedWalksAreLoggedOnceASecond(t *testing.T) {
	runWithSettledLists(t, sandbox.Options{}, func(f *fixture) {
		f.SetFaults(1, sandbox.InternalError)
		for range 5 {
			if _, err := f.AvatarGroupCatalogue(f.Context(), ""); !errors.Is(err, heygen.ErrUnavailable) {
				f.Error(err)
			}
		}
		f.advanceTo(second)
		_, _ = f.AvatarGroupCatalogue(f.Context(), "")
		if log := f.log.String(); strings.Count(log, "catalogue walk failed") != 2 || !strings.Contains(log, "suppressed=4") {
			f.Error(log)
		}
	})
}

func TestCataloguesReportsSizeAndAge(t *testing.T) {
	runWithSettledLists(t, sandbox.Options{}, func(f *fixture) {
		if got := f.Catalogues(); len(got) > 0 {
			f.Error(got)
		}
		all := f.publicGroups()
		f.wantGroups(all, pagesOf(len(all), 50))
		f.advanceTo(10 * time.Minute)
		want := map[string]cached.CatalogueStats{"public_groups": {Items: len(all), Age: 10 * time.Minute}}
		f.wantCalls(0, func() {
			if diff := cmp.Diff(want, f.Catalogues()); diff != "" {
				f.Error(diff)
			}
		})
		f.QueueFaults(sandbox.Unauthorized)
		_, _ = f.Voice(f.Context(), "any")
		if got := f.Catalogues(); len(got) > 0 {
			f.Error(got)
		}
	})
}
