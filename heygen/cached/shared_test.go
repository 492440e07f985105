package cached_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"heygen-graphql/heygen"
	"heygen-graphql/heygen/cached"
	"heygen-graphql/heygen/sandbox"
	"heygen-graphql/internal/cache"
	"heygen-graphql/internal/cache/cachetest"
)

func TestPageCostsAllReplicasOneCall(t *testing.T) {
	runWithReplicas(t, 3, sandbox.Options{Latency: second}, func(r *replicas) {
		r.wantCalls(1, func() {
			r.onAll(100, func(c *cached.Client) {
				if page, err := c.ListAvatarGroups(r.Context(), allGroups); err != nil || len(page.Data) != heygen.MaxPageSize {
					r.Error(err)
				}
			})
		})
	})
}

func TestItemsOfAnotherReplicasListCostNoCall(t *testing.T) {
	runWithReplicas(t, 2, sandbox.Options{}, func(r *replicas) {
		groups, looks, voices := r.listAll()
		other := r.clients[1]
		r.wantCalls(0, func() {
			for _, want := range groups {
				if got, err := other.AvatarGroup(r.Context(), want.ID); err != nil || !cmp.Equal(got, want) {
					r.Fatal(cmp.Diff(want, got), err)
				}
			}
			for _, want := range looks {
				if got, err := other.AvatarLook(r.Context(), want.ID); err != nil || !cmp.Equal(got, want) {
					r.Fatal(cmp.Diff(want, got), err)
				}
			}
			client := r.Client
			r.Client = other
			gotGroups, gotLooks, gotVoices := r.listAll()
			if !cmp.Equal(gotGroups, groups) || !cmp.Equal(gotLooks, looks) || !cmp.Equal(gotVoices, voices) {
				r.Error("the lists differ")
			}
			r.Client = client
		})
		r.wantCalls(1, func() { // a voice in a list lacks its Details
			for _, c := range r.clients {
				if v, err := c.Voice(r.Context(), voices[0].ID); err != nil || v.Details == nil {
					r.Error(v, err)
				}
			}
		})
	})
}

func TestLoadedItemsReportTheirVisibility(t *testing.T) {
	runWithReplicas(t, 3, sandbox.Options{}, func(r *replicas) {
		public := allGroups
		public.Ownership = heygen.Public
		page, err := r.ListAvatarGroups(r.Context(), public)
		if err != nil {
			r.Fatal(err)
		}
		for n, c := range r.clients[1:] {
			ctx, infos := r.observe()
			if n == 0 { // an item of its own record, then of the loaded page
				_, _ = c.AvatarGroup(ctx, page.Data[0].ID)
			} else {
				_, _ = c.ListAvatarGroups(ctx, public)
				_, _ = c.AvatarGroup(ctx, page.Data[0].ID)
			}
			for _, i := range *infos {
				if !i.Public || i.StoredAt != r.start || i.Entry == nil || !i.Entry.Valid() {
					r.Error(i)
				}
			}
			if (*infos)[0].Result != cache.SharedHit {
				r.Error(*infos)
			}
		}
	})
}

func TestOwnershipIsKnownOfLoadedPage(t *testing.T) {
	runWithReplicas(t, 2, sandbox.Options{}, func(r *replicas) {
		for _, ownership := range []heygen.Ownership{heygen.Public, heygen.Private} {
			p := heygen.AvatarGroupsParams{Limit: 5, Ownership: ownership}
			page, _ := r.ListAvatarGroups(r.Context(), p)
			other := r.clients[1]
			before := other.OwnershipDependency()
			_, _ = other.AvatarGroup(r.Context(), page.Data[0].ID)
			if o := other.AvatarGroupOwnership(page.Data[0].ID); o != "" || !before.Valid() {
				r.Errorf("%q before the page is loaded", o)
			}
			r.wantCalls(0, func() { _, _ = other.ListAvatarGroups(r.Context(), p) })
			if o := other.AvatarGroupOwnership(page.Data[0].ID); o != ownership || before.Valid() {
				r.Errorf("%q, want %q", o, ownership)
			}
		}
	})
}

func TestRestartedReplicaIsWarm(t *testing.T) {
	runWithReplicas(t, 1, sandbox.Options{}, func(r *replicas) {
		r.listAll()
		_, _ = r.AvatarGroupCatalogue(r.Context(), "")
		restarted := r.add()
		r.wantCalls(0, func() {
			r.Client = restarted
			r.listAll()
			if _, err := restarted.AvatarGroupCatalogue(r.Context(), ""); err != nil {
				r.Error(err)
			}
			r.Client = r.clients[0]
		})
		if err := restarted.Health(r.Context()); err != nil {
			r.Error(err)
		}
	})
}

func TestStaleRecordIsServedWithOneRefresh(t *testing.T) {
	runWithReplicas(t, 3, sandbox.Options{}, func(r *replicas) {
		_, _ = r.monica(r.clients[0])
		r.advanceTo(2 * time.Minute)
		r.wantCalls(1, func() {
			for _, c := range []*cached.Client{r.clients[1], r.clients[0]} {
				if result := r.resultOf(func(ctx context.Context) { _, _ = c.AvatarGroup(ctx, "group_monica") }); result != cache.Stale {
					r.Error(result)
				}
			}
		})
		r.wantCalls(0, func() {
			if result := r.resultOf(func(ctx context.Context) { _, _ = r.clients[2].AvatarGroup(ctx, "group_monica") }); result != cache.SharedHit {
				r.Error(result)
			}
		})
	})
}

func TestRecordIsServedWhenHeyGenFails(t *testing.T) {
	runWithReplicas(t, 3, sandbox.Options{}, func(r *replicas) {
		_, _ = r.monica(r.clients[0])
		r.advanceTo(90 * time.Minute)
		r.QueueFaults(sandbox.PaymentRequired)
		r.wantCalls(1, func() {
			for _, c := range r.clients {
				if group, err := r.monica(c); err != nil || group.Name == "" {
					r.Error(group, err)
				}
			}
		})
	}, func(o *cached.Options) { o.StaleIfError = 24 * time.Hour })
}

// The lookups are those of one replica, and so are the calls.
func TestRecordsOfAnotherTenantAreNotLoaded(t *testing.T) {
	runWithReplicas(t, 2, sandbox.Options{}, func(r *replicas) {
		keys := []heygen.Key{newKey("ada"), newKey("bob"), heygen.NewBearer("sk_V2_ada")}
		for _, k := range keys {
			r.getMonica(k, 1)
		}
		r.Client = r.clients[1]
		for _, k := range keys {
			r.getMonica(k, 0)
		}
		r.getMonica(newKey("eve"), 1)
		r.wantCalls(1, func() { _, _ = r.monica(r.Client) }) // the server's own key is another tenant
		r.Client = r.clients[0]
		r.wantCalls(0, func() { _, _ = r.monica(r.Client) })
	})
}

func TestSecretIsPartOfCredential(t *testing.T) {
	runWithReplicas(t, 1, sandbox.Options{}, func(r *replicas) {
		_, _ = r.monica(r.clients[0])
		r.options.SharedSecret = "another"
		other := r.add()
		r.wantCalls(1, func() { _, _ = r.monica(other) })
	})
}

func TestTenantOfLoadedValueIsVerified(t *testing.T) {
	runWithReplicas(t, 2, sandbox.Options{}, func(r *replicas) {
		r.getMonica(newKey("ada"), 1)
		r.Client = r.clients[1]
		r.getMonica(newKey("ada"), 0)
		for n := range 2000 { // more than the unverified tenants that are cached
			r.Client.ForKey(newKey(fmt.Sprint("made up ", n)))
		}
		before := r.store.Counts().Loads
		r.getMonica(newKey("ada"), 0)
		if loads := r.store.Counts().Loads - before; loads != 0 {
			r.Errorf("%d loads", loads)
		}
		if open := r.store.Open(); open != 2+2+1000 { // of the server's key, of Ada's, and the unverified ones
			r.Errorf("%d tenants are open", open)
		}
		r.Client = r.clients[0]
	})
}

func TestCloseClosesAllTenants(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := cachetest.New()
		upstream, err := heygen.New(heygen.Options{Key: heygen.NewKey("sk_V2_secret")})
		if err != nil {
			t.Fatal(err)
		}
		c := cached.New(cached.Options{HeyGen: upstream, MaxBytes: 1 << 20, Shared: sharedStore{store}})
		c.ForKey(newKey("ada"))
		if n := store.Open(); n != 2 {
			t.Errorf("%d tenants are open", n)
		}
		c.Close()
		if n := store.Open(); n != 0 {
			t.Errorf("%d tenants are open", n)
		}
	})
}

func TestCatalogueWalksOfAllReplicasShareTheirCalls(t *testing.T) {
	runWithReplicas(t, 3, sandbox.Options{Latency: second / 10}, func(r *replicas) {
		r.wantCalls(pagesOf(len(r.Groups()), heygen.MaxPageSize), func() {
			r.onAll(10, func(c *cached.Client) {
				if groups, err := c.AvatarGroupCatalogue(r.Context(), ""); err != nil || groups.Len() != len(r.Groups()) {
					r.Error(err)
				}
			})
		})
		if log := r.log.String(); strings.Contains(log, "failed") {
			r.Error(log)
		}
	})
}

func TestWarmCataloguesOfAllReplicasCostWhatTheyCostOne(t *testing.T) {
	var want []int
	for _, n := range []int{1, 3} {
		runWithReplicas(t, n, sandbox.Options{Latency: second / 10}, func(r *replicas) {
			ctx, stop := context.WithCancel(r.Context())
			var warming sync.WaitGroup
			var got []int
			for _, c := range r.clients {
				warming.Go(func() { c.KeepWarm(ctx) })
			}
			for minute := range 10 {
				r.advanceTo(time.Duration(minute)*time.Minute + 30*time.Second)
				got = append(got, len(r.Calls()))
			}
			stop()
			warming.Wait()
			if want == nil {
				want = got
			}
			if !slices.Equal(got, want) {
				t.Errorf("%d replicas: %d calls, want %d", n, got, want)
			}
		})
	}
}
