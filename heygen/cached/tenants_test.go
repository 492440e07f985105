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

func key(name string) heygen.Key { return heygen.NewKey("sk_V2_" + name) }

// fetches asks for Monica with a key, and fails unless HeyGen is asked so often.
func (w *world) fetches(k heygen.Key, calls int) {
	w.Helper()
	w.costs(calls, func() {
		if _, err := w.ForKey(k).AvatarGroup(w.Context(), "group_monica"); err != nil {
			w.Error(err)
		}
	})
}

func TestNothingIsSharedBetweenKeys(t *testing.T) {
	in(t, sandbox.Options{Latency: second}, func(w *world) {
		keys := []heygen.Key{key("ada"), key("bob"), heygen.NewBearer("sk_V2_ada")} // the same text is another credential
		w.costs(3, func() {                                                         // not even a call under way
			var all sync.WaitGroup
			for range 10 {
				for _, k := range keys {
					all.Go(func() {
						_, err := w.ForKey(k).AvatarGroup(w.Context(), "group_monica")
						if err != nil {
							w.Error(err)
						}
					})
				}
			}
			all.Wait()
		})
		for _, k := range keys {
			w.fetches(k, 0)
		}
		w.fetches(key("eve"), 1)
		w.costs(1, func() { // the client's own key is one more
			_, _ = w.AvatarGroup(w.Context(), "group_monica")
		})
	})
}

func TestEachKeyIsSentAsItCame(t *testing.T) {
	in(t, sandbox.Options{}, func(w *world) {
		var sent []string
		w.intercept = func(r *http.Request) *http.Response {
			sent = append(sent, fmt.Sprint(r.Header["X-Api-Key"], r.Header["Authorization"]))
			res, _ := w.transport.RoundTrip(r)
			return res
		}
		for _, k := range []heygen.Key{key("ada"), heygen.NewBearer("token")} {
			w.fetches(k, 1)
		}
		w.at(2 * time.Minute) // stale: also of calls behind answers
		for _, k := range []heygen.Key{heygen.NewBearer("token"), key("ada")} {
			w.fetches(k, 1)
		}
		if want := []string{"[sk_V2_ada] []", "[] [Bearer token]", "[] [Bearer token]", "[sk_V2_ada] []"}; !slices.Equal(sent, want) {
			w.Error(sent)
		}
	})
}

func TestARevokedKeyLosesWhatWasKeptForItAlone(t *testing.T) {
	in(t, sandbox.Options{}, func(w *world) {
		w.SetKeys("sk_V2_ada", "sk_V2_bob")
		w.fetches(key("ada"), 1)
		w.fetches(key("bob"), 1)
		w.SetKeys("sk_V2_bob")
		if _, err := w.ForKey(key("ada")).AvatarGroup(w.Context(), "group_abigail"); err == nil {
			w.Fatal("a revoked key is of use")
		}
		w.fetches(key("bob"), 0)
		w.at(5 * second)
		w.costs(1, func() {
			if _, err := w.ForKey(key("ada")).AvatarGroup(w.Context(), "group_monica"); err == nil {
				w.Error("what was kept is given to whom it no longer belongs")
			}
		})
		if log := w.log.String(); log != "" { // anybody can send wrong keys
			w.Error(log)
		}
	})
}

func TestAPauseIsOneKeysAlone(t *testing.T) {
	in(t, sandbox.Options{RetryAfter: 10 * second}, func(w *world) {
		w.QueueFaults(sandbox.RateLimited)
		_, _ = w.ForKey(key("ada")).AvatarGroup(w.Context(), "group_monica")
		began := time.Now()
		w.fetches(key("bob"), 1)
		if time.Since(began) != 0 {
			w.Errorf("another key waited %v", time.Since(began))
		}
		w.fetches(key("ada"), 1)
		if time.Since(began) != 10*second {
			w.Errorf("the key itself waited %v", time.Since(began))
		}
	})
}

func TestMadeUpKeysPushOutNobodyThatHeyGenKnows(t *testing.T) {
	in(t, sandbox.Options{}, func(w *world) {
		w.SetKeys("sk_V2_ada")
		w.fetches(key("ada"), 1)
		for i := range 15_000 {
			_ = w.ForKey(heygen.NewKey(fmt.Sprint("guess", i)))
		}
		w.fetches(key("ada"), 0)
		if n := len(w.Stats()); n != 1+1+1_000 { // the server's own, Ada's, and the last that were made up
			w.Errorf("%d credentials are remembered", n)
		}
	})
}

func TestManyKeysAreForgottenAndWhatWasKeptForThem(t *testing.T) {
	in(t, sandbox.Options{}, func(w *world) {
		ada := w.ForKey(key("ada"))
		page, err := ada.ListAvatarGroups(w.Context(), allGroups)
		if err != nil {
			w.Fatal(err)
		}
		w.costs(0, func() { _, _ = ada.AvatarGroup(w.Context(), page.Data[0].ID) })
		adas := w.Size()
		for i := range 10_000 {
			_, _ = w.ForKey(heygen.NewKey(fmt.Sprint("user", i))).AvatarGroup(w.Context(), "group_monica")
		}
		one := w.ForKey(heygen.NewKey("user9998"))
		before := w.Size()
		_, _ = one.AvatarGroup(w.Context(), page.Data[1].ID)
		if each := w.Size() - before; before > 10_000*each*11/10+adas/2 {
			w.Errorf("%d bytes are kept for 10,000 with %d each, and %d for one that is forgotten", before, each, adas)
		}
		if n := len(w.Stats()); n != 1+10_000 {
			w.Errorf("%d credentials are remembered", n)
		}
		w.fetches(key("user9999"), 1) // this one has another name
		w.fetches(heygen.NewKey("user9999"), 0)
		w.costs(1, func() { _, _ = ada.AvatarGroup(w.Context(), page.Data[0].ID) })
	})
}

func TestNoKeyIsRememberedOnceItsCallsHaveEnded(t *testing.T) {
	in(t, sandbox.Options{}, func(w *world) {
		text := []byte("sk_V2_ada")
		kept := weak.Make(&text[0])
		w.fetches(heygen.NewKey(unsafe.String(&text[0], len(text))), 1)
		w.at(2 * time.Minute)
		w.fetches(heygen.NewKey(unsafe.String(&text[0], len(text))), 1) // and a call behind an answer
		text = nil
		for range 10 {
			runtime.GC()
		}
		if kept.Value() != nil {
			w.Error("something still holds the key")
		}
	})
}

func TestAKeyThatHeyGenRefusesIsNotShownToItAgainAndAgain(t *testing.T) {
	in(t, sandbox.Options{}, func(w *world) {
		w.SetKeys("sk_V2_ada")
		ask := func(k heygen.Key, calls int, wanted error) {
			w.Helper()
			w.costs(calls, func() {
				for i := range 100 {
					if _, err := w.ForKey(k).AvatarGroup(w.Context(), heygen.GroupID(fmt.Sprint("group", i))); !errors.Is(err, wanted) {
						w.Errorf("%d: %v", i, err)
					}
				}
			})
		}
		ask(key("guess"), 1, heygen.ErrUnauthenticated)
		ask(key("ada"), 100, heygen.ErrNotFound)
		w.at(5*second - 1)
		ask(key("guess"), 0, heygen.ErrUnauthenticated)
		w.at(5 * second)
		w.SetKeys("sk_V2_ada", "sk_V2_guess")
		w.fetches(key("guess"), 1) // it is taken from now on
		ask(key("guess"), 100, heygen.ErrNotFound)
		w.SetKeys("another")
		w.costs(3, func() { // the server's own is asked with every time: somebody has to notice that it is good again
			for range 3 {
				_, _ = w.AvatarGroup(w.Context(), "group_monica")
			}
		})
	})
}

func TestNobodysRefreshesWaitForAnothers(t *testing.T) {
	in(t, sandbox.Options{RetryAfter: 25 * second}, func(w *world) {
		for _, g := range w.Groups()[:20] {
			_, _ = w.ForKey(key("ada")).AvatarGroup(w.Context(), heygen.GroupID(g.ID))
		}
		w.fetches(key("bob"), 1)
		w.at(2 * time.Minute) // all of it is stale
		w.QueueFaults(sandbox.RateLimited)
		for _, g := range w.Groups()[:20] {
			_, _ = w.ForKey(key("ada")).AvatarGroup(w.Context(), heygen.GroupID(g.ID))
		}
		w.at(2 * time.Minute) // until those that are let through have ended
		w.fetches(key("bob"), 1)
		ctx, sources := w.sources()
		if _, err := w.ForKey(key("bob")).AvatarGroup(ctx, "group_monica"); err != nil || (*sources)[0].Result != cache.Hit {
			w.Errorf("%v: it is still %v", err, *sources)
		}
	})
}
