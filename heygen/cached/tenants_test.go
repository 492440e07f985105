package cached_test

import (
	"errors"
	"fmt"
	"net/http"
	"runtime"
	"slices"
	"sync"
	"testing"
	"time"
	"unsafe"
	"weak"

	"heygen-graphql/heygen"
	"heygen-graphql/heygen/sandbox"
	"heygen-graphql/internal/cache"
)

func newKey(name string) heygen.Key { return heygen.NewKey("sk_V2_" + name) }

// getMonica gets group_monica with a key, and fails unless that takes so many calls.
func (f *fixture) getMonica(k heygen.Key, calls int) {
	f.Helper()
	f.wantCalls(calls, func() {
		if _, err := f.ForKey(k).AvatarGroup(f.Context(), "group_monica"); err != nil {
			f.Error(err)
		}
	})
}

func TestTenantsShareNeitherEntriesNorCalls(t *testing.T) {
	runWithFixture(t, sandbox.Options{Latency: second}, func(f *fixture) {
		keys := []heygen.Key{newKey("ada"), newKey("bob"), heygen.NewBearer("sk_V2_ada")} // the same string in another header is another key
		f.wantCalls(3, func() {                                                           // not even a call in flight is shared
			var all sync.WaitGroup
			for range 10 {
				for _, k := range keys {
					all.Go(func() {
						_, err := f.ForKey(k).AvatarGroup(f.Context(), "group_monica")
						if err != nil {
							f.Error(err)
						}
					})
				}
			}
			all.Wait()
		})
		for _, k := range keys {
			f.getMonica(k, 0)
		}
		f.getMonica(newKey("eve"), 1)
		f.wantCalls(1, func() { // the server's own key is another tenant
			_, _ = f.AvatarGroup(f.Context(), "group_monica")
		})
	})
}

func TestKeyIsForwardedInItsOriginalHeader(t *testing.T) {
	runWithFixture(t, sandbox.Options{}, func(f *fixture) {
		var sent []string
		f.intercept = func(r *http.Request) *http.Response {
			sent = append(sent, fmt.Sprint(r.Header["X-Api-Key"], r.Header["Authorization"]))
			res, _ := f.transport.RoundTrip(r)
			return res
		}
		for _, k := range []heygen.Key{newKey("ada"), heygen.NewBearer("token")} {
			f.getMonica(k, 1)
		}
		f.advanceTo(2 * time.Minute) // stale: the same holds for background refreshes
		for _, k := range []heygen.Key{heygen.NewBearer("token"), newKey("ada")} {
			f.getMonica(k, 1)
		}
		if want := []string{"[sk_V2_ada] []", "[] [Bearer token]", "[] [Bearer token]", "[sk_V2_ada] []"}; !slices.Equal(sent, want) {
			f.Error(sent)
		}
	})
}

func TestRevokedKeyInvalidatesOnlyItsOwnEntries(t *testing.T) {
	runWithFixture(t, sandbox.Options{}, func(f *fixture) {
		f.SetKeys("sk_V2_ada", "sk_V2_bob")
		f.getMonica(newKey("ada"), 1)
		f.getMonica(newKey("bob"), 1)
		f.SetKeys("sk_V2_bob")
		if _, err := f.ForKey(newKey("ada")).AvatarGroup(f.Context(), "group_abigail"); err == nil {
			f.Fatal("a revoked key is accepted")
		}
		f.getMonica(newKey("bob"), 0)
		f.advanceTo(5 * second)
		f.wantCalls(1, func() {
			if _, err := f.ForKey(newKey("ada")).AvatarGroup(f.Context(), "group_monica"); err == nil {
				f.Error("an entry is served to a revoked key")
			}
		})
		if log := f.log.String(); log != "" { // anyone can send wrong keys
			f.Error(log)
		}
	})
}

func TestRateLimitPausesOnlyTheAffectedKey(t *testing.T) {
	runWithFixture(t, sandbox.Options{RetryAfter: 10 * second}, func(f *fixture) {
		f.QueueFaults(sandbox.RateLimited)
		_, _ = f.ForKey(newKey("ada")).AvatarGroup(f.Context(), "group_monica")
		start := time.Now()
		f.getMonica(newKey("bob"), 1)
		if time.Since(start) != 0 {
			f.Errorf("another key waited %v", time.Since(start))
		}
		f.getMonica(newKey("ada"), 1)
		if time.Since(start) != 10*second {
			f.Errorf("the key itself waited %v", time.Since(start))
		}
	})
}

func TestUnverifiedKeysDoNotEvictVerifiedTenants(t *testing.T) {
	runWithFixture(t, sandbox.Options{}, func(f *fixture) {
		f.SetKeys("sk_V2_ada")
		f.getMonica(newKey("ada"), 1)
		for i := range 15_000 {
			_ = f.ForKey(heygen.NewKey(fmt.Sprint("guess", i)))
		}
		f.getMonica(newKey("ada"), 0)
		if n := len(f.Stats()); n != 1+1+1_000 { // the server's own, Ada's, and the last unverified ones
			f.Errorf("%d tenants", n)
		}
	})
}

func TestEvictedTenantsLoseTheirEntries(t *testing.T) {
	runWithFixture(t, sandbox.Options{}, func(f *fixture) {
		ada := f.ForKey(newKey("ada"))
		page, err := ada.ListAvatarGroups(f.Context(), allGroups)
		if err != nil {
			f.Fatal(err)
		}
		f.wantCalls(0, func() { _, _ = ada.AvatarGroup(f.Context(), page.Data[0].ID) })
		adaSize := f.Size()
		for i := range 10_000 {
			_, _ = f.ForKey(heygen.NewKey(fmt.Sprint("user", i))).AvatarGroup(f.Context(), "group_monica")
		}
		single := f.ForKey(heygen.NewKey("user9998"))
		before := f.Size()
		_, _ = single.AvatarGroup(f.Context(), page.Data[1].ID)
		if each := f.Size() - before; before > 10_000*each*11/10+adaSize/2 {
			f.Errorf("%d bytes for 10,000 tenants with %d each; the evicted one had %d", before, each, adaSize)
		}
		if n := len(f.Stats()); n != 1+10_000 {
			f.Errorf("%d tenants", n)
		}
		f.getMonica(newKey("user9999"), 1) // newKey adds a prefix: this is a new key
		f.getMonica(heygen.NewKey("user9999"), 0)
		f.wantCalls(1, func() { _, _ = ada.AvatarGroup(f.Context(), page.Data[0].ID) })
	})
}

func TestKeyIsGarbageCollectedAfterItsCalls(t *testing.T) {
	runWithFixture(t, sandbox.Options{}, func(f *fixture) {
		key := []byte("sk_V2_ada")
		pointer := weak.Make(&key[0])
		f.getMonica(heygen.NewKey(unsafe.String(&key[0], len(key))), 1)
		f.advanceTo(2 * time.Minute)
		f.getMonica(heygen.NewKey(unsafe.String(&key[0], len(key))), 1) // and a background refresh
		key = nil
		for range 10 {
			runtime.GC()
		}
		if pointer.Value() != nil {
			f.Error("something still holds the key")
		}
	})
}

func TestRejectedKeyIsNotSentDuringBackoff(t *testing.T) {
	runWithFixture(t, sandbox.Options{}, func(f *fixture) {
		f.SetKeys("sk_V2_ada")
		getHundred := func(k heygen.Key, calls int, want error) {
			f.Helper()
			f.wantCalls(calls, func() {
				for i := range 100 {
					if _, err := f.ForKey(k).AvatarGroup(f.Context(), heygen.GroupID(fmt.Sprint("group", i))); !errors.Is(err, want) {
						f.Errorf("%d: %v", i, err)
					}
				}
			})
		}
		getHundred(newKey("guess"), 1, heygen.ErrUnauthenticated)
		getHundred(newKey("ada"), 100, heygen.ErrNotFound)
		f.advanceTo(5*second - 1)
		getHundred(newKey("guess"), 0, heygen.ErrUnauthenticated)
		f.advanceTo(5 * second)
		f.SetKeys("sk_V2_ada", "sk_V2_guess")
		f.getMonica(newKey("guess"), 1) // accepted from now on
		getHundred(newKey("guess"), 100, heygen.ErrNotFound)
		f.SetKeys("another")
		f.wantCalls(3, func() { // the server's own key is always sent: else nothing would notice that it is accepted again
			for range 3 {
				_, _ = f.AvatarGroup(f.Context(), "group_monica")
			}
		})
	})
}

func TestTenantsHaveSeparateRefreshQueues(t *testing.T) {
	runWithFixture(t, sandbox.Options{RetryAfter: 25 * second}, func(f *fixture) {
		for _, g := range f.Groups()[:20] {
			_, _ = f.ForKey(newKey("ada")).AvatarGroup(f.Context(), heygen.GroupID(g.ID))
		}
		f.getMonica(newKey("bob"), 1)
		f.advanceTo(2 * time.Minute) // all entries are stale
		f.QueueFaults(sandbox.RateLimited)
		for _, g := range f.Groups()[:20] {
			_, _ = f.ForKey(newKey("ada")).AvatarGroup(f.Context(), heygen.GroupID(g.ID))
		}
		f.advanceTo(2 * time.Minute) // until the refreshes that got a slot have ended
		f.getMonica(newKey("bob"), 1)
		ctx, infos := f.observe()
		if _, err := f.ForKey(newKey("bob")).AvatarGroup(ctx, "group_monica"); err != nil || (*infos)[0].Result != cache.Hit {
			f.Errorf("%v, %v; want a hit, as the stale entry was refreshed", err, *infos)
		}
	})
}
